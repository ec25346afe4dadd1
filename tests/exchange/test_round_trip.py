"""What is sealed is read back and judged valid, and its parts come out unchanged."""

from __future__ import annotations

import hashlib
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest

from exchange.reader import StrictPackageReader
from exchange.reasons import REASONS, reason
from models.domain.canonical_json import canonical_json
from models.domain.check_code import check_code
from models.domain.errors import EnvironmentProblem, KeyProblem
from models.domain.message import MessageType
from models.domain.verdict import VerdictWord
from services.ports.exchange import TrustMaterial
from tests.exchange.books import signed_book
from tests.exchange.conftest import PHOTOGRAPH, sample_payload
from tests.exchange.world import (
    NOW,
    START,
    UNIT,
    World,
    codes,
    filing,
    head,
    judge,
    listed,
    signed_pdf,
    submission,
    with_evidence,
    write,
)

PHOTO = listed("现场照片.jpg", PHOTOGRAPH)["member"]


def test_a_good_submission_is_valid(sample: Path, world: World) -> None:
    judgement = judge(sample, world.trust)
    verdict = judgement.verdict
    assert verdict.word is VerdictWord.VALID, verdict.reasons
    assert (verdict.intact, verdict.authentic, verdict.trusted, verdict.complete, verdict.supported) == (
        True,
    ) * 5
    assert judgement.message_type == "submission"
    assert judgement.unit_code == UNIT.unit_code
    assert judgement.payload == sample_payload()
    assert judgement.size == sample.stat().st_size
    (signer,) = judgement.signers
    assert (signer.name, signer.unit, signer.role) == ("张三", UNIT.unit_name, "预算单位")
    assert signer.fingerprint == world.unit.certificate.fingerprint
    assert signer.signing_time == NOW
    assert judgement.certificate_der == world.unit.signing_certificate.der


def test_the_container_is_a_plain_stored_zip_in_canonical_order(sample: Path, world: World) -> None:
    judgement = judge(sample, world.trust)
    with zipfile.ZipFile(sample) as archive:
        assert archive.testzip() is None
        assert tuple(archive.namelist()) == judgement.members
        assert {item.compress_type for item in archive.infolist()} == {zipfile.ZIP_STORED}
        manifest = archive.read("META-INF/ASiCManifest001.xml")
        payload = archive.read("payload.json")
        assert archive.read("mimetype") == b"application/vnd.etsi.asic-e+zip"
    assert judgement.members[:2] == ("mimetype", "payload.json")
    assert judgement.members[-2:] == ("META-INF/ASiCManifest001.xml", "META-INF/signature001.p7s")
    assert judgement.manifest_sha256 == hashlib.sha256(manifest).hexdigest()
    assert judgement.payload_sha256 == hashlib.sha256(payload).hexdigest()
    assert sample.name.split("_")[-1] == f"{judgement.manifest_sha256[:8]}.asice"


def test_written_package_tells_identity_and_check_code(world: World, tmp_path: Path) -> None:
    written = write(tmp_path, submission(), world.unit)
    assert written.check_code == check_code(canonical_json(submission()))
    assert written.size == written.path.stat().st_size
    assert judge(written.path, world.trust).manifest_sha256 == written.manifest_sha256
    assert [path.name for path in tmp_path.iterdir()] == [written.path.name]


def test_same_content_has_the_same_identity(world: World, tmp_path: Path) -> None:
    first = write(tmp_path, submission(), world.unit, when=NOW)
    second = write(tmp_path, submission(), world.unit, when=NOW - timedelta(hours=1))
    assert first.manifest_sha256 == second.manifest_sha256


def test_members_come_out_with_their_digests_checked(sample: Path, world: World) -> None:
    identity = judge(sample, world.trust).manifest_sha256
    assert identity is not None
    reader = StrictPackageReader()
    assert reader.member(sample, PHOTO, identity) == PHOTOGRAPH
    documents = reader.documents(sample, identity)
    assert list(documents) == ["documents/target.pdf", "documents/target.xlsx"]
    assert documents["documents/target.xlsx"] == signed_book(world.unit)


@pytest.mark.parametrize("change", ["content", "identity", "member", "gone"])
def test_members_of_another_file_are_not_handed_out(
    change: str, sample: Path, world: World, tmp_path: Path
) -> None:
    identity = judge(sample, world.trust).manifest_sha256
    assert identity is not None
    path, name = tmp_path / "copy.asice", PHOTO
    data = sample.read_bytes()
    if change != "gone":
        path.write_bytes(data.replace(b"photograph", b"photomontage"[:10]) if change == "content" else data)
    with pytest.raises(EnvironmentProblem, match="当时接收的"):
        StrictPackageReader().member(
            path,
            "evidence/none.jpg" if change == "member" else name,
            "0" * 64 if change == "identity" else identity,
        )


def test_evidence_comes_out_as_it_went_in(sample: Path, world: World, tmp_path: Path) -> None:
    identity = judge(sample, world.trust).manifest_sha256
    assert identity is not None
    assert StrictPackageReader().evidence(sample, identity) == {PHOTO: PHOTOGRAPH}
    with pytest.raises(EnvironmentProblem, match="当时接收的"):
        StrictPackageReader().evidence(sample, "0" * 64)


def test_one_file_at_two_places_travels_once(world: World, tmp_path: Path) -> None:
    names = ("长" * 190 + ".jpg", "合同.JPG", "无结尾")
    items = [listed(name, PHOTOGRAPH, f"indicators[r{n}]") for n, name in enumerate(names)]
    members = {item["member"]: PHOTOGRAPH for item in items}
    assert sorted(name.rpartition(".")[2] for name in members) == ["bin", "jpg"]
    path = write(tmp_path, with_evidence(*items), world.unit, members).path
    judgement = judge(path, world.trust)
    assert judgement.verdict.word is VerdictWord.VALID
    assert judgement.payload == with_evidence(*items)


@pytest.mark.parametrize("members", [{}, {"evidence/a.jpg": PHOTOGRAPH}])
def test_the_writer_refuses_evidence_that_is_not_what_is_listed(
    members: dict[str, bytes], world: World, tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match="evidence_missing"):
        write(tmp_path, with_evidence(listed("现场.jpg", PHOTOGRAPH)), world.unit, members)
    assert list(tmp_path.iterdir()) == []


def test_bureau_messages_need_a_bureau_certificate(world: World, tmp_path: Path) -> None:
    receipt = head(MessageType.RECEIPT)
    good = write(tmp_path, receipt, world.bureau)
    assert judge(good.path, world.trust).verdict.word is VerdictWord.VALID
    with pytest.raises(KeyProblem):
        write(tmp_path, receipt, world.unit)


def test_a_first_filing_waits_for_registration_and_then_counts(world: World, tmp_path: Path) -> None:
    key = world.self_signed_unit
    path = write(tmp_path, submission(), key).path
    judgement = judge(path, world.trust)
    assert judgement.verdict.word is VerdictWord.CANNOT_JUDGE
    assert codes(judgement) == {"unregistered_signer"}
    assert judgement.payload == submission()
    registered = TrustMaterial(world.trust.roots, (key.certificate.pem,), ())
    assert judge(path, registered).verdict.word is VerdictWord.VALID


def test_a_registration_request_stands_on_its_own_certificate(world: World, tmp_path: Path) -> None:
    request = head(MessageType.REGISTRATION_REQUEST, kit=None)
    path = write(tmp_path, request, world.self_signed_unit).path
    assert codes(judge(path, world.trust)) == {"unregistered_signer"}
    registered = TrustMaterial((), (world.self_signed_unit.certificate.pem,))
    assert judge(path, registered).verdict.word is VerdictWord.VALID
    with pytest.raises(KeyProblem):
        write(tmp_path, request, world.unit)


def test_what_cannot_be_judged_is_not_called_invalid(world: World, sample: Path) -> None:
    roots = world.trust.roots
    assert codes(judge(sample, TrustMaterial())) == {"no_root"}
    assert codes(judge(sample, TrustMaterial(roots))) == {"no_revocation_list"}
    assert codes(judge(sample, TrustMaterial(roots, (), ("not a list",)))) == {"no_revocation_list"}
    late = judge(sample, world.trust, NOW + timedelta(days=500))
    assert codes(late) == {"stale_revocation_list"}
    for trust in (TrustMaterial(), TrustMaterial(roots)):
        assert judge(sample, trust).verdict.word is VerdictWord.CANNOT_JUDGE


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        (submission(format=2), "newer_format"),
        ({"format": 2, "message_type": "submission"}, "newer_format"),
        (submission(message_type="love_letter"), "unknown_message_type"),
    ],
)
def test_messages_of_a_newer_program_cannot_be_judged(
    payload: dict[str, object], code: str, world: World, tmp_path: Path
) -> None:
    from tests.exchange.rawzip import seal

    path = tmp_path / "new.asice"
    path.write_bytes(seal(world.unit, payload=canonical_json(payload)))
    asked: list[object] = []
    judgement = judge(path, world.trust, inspect_answers=lambda value: asked.append(value) or ())
    assert codes(judgement) == {code}
    assert judgement.verdict.word is VerdictWord.CANNOT_JUDGE
    assert not judgement.verdict.supported
    assert asked == []


def test_answers_are_inspected_only_by_the_callback(sample: Path, world: World) -> None:
    seen: list[object] = []

    def inspect(payload: object) -> list[object]:
        seen.append(payload)
        return [reason("blocking_findings"), reason("unknown_form_version", "第1份填报件")]

    judgement = judge(sample, world.trust, inspect_answers=inspect)
    assert seen == [sample_payload()]
    assert codes(judgement) == {"blocking_findings", "unknown_form_version"}
    assert judgement.verdict.word is VerdictWord.CANNOT_JUDGE
    assert not judgement.verdict.supported
    assert not judgement.verdict.complete
    assert judgement.verdict.trusted


def test_notes_about_dates(world: World, tmp_path: Path) -> None:
    ahead = write(tmp_path, submission(), world.unit, when=NOW + timedelta(minutes=11)).path
    judgement = judge(ahead, world.trust)
    assert codes(judgement) == {"dated_in_future"}
    assert judgement.verdict.word is VerdictWord.VALID_WITH_NOTES
    assert judgement.verdict.is_acceptable
    nearly = write(tmp_path, submission(number=2), world.unit, when=NOW + timedelta(minutes=9)).path
    assert judge(nearly, world.trust).verdict.word is VerdictWord.VALID


def test_a_registered_key_near_and_after_its_expiry(world: World, tmp_path: Path) -> None:
    key = world.self_signed_unit
    path = write(tmp_path, submission(), key).path
    trust = TrustMaterial((), (key.certificate.pem,))
    end = key.certificate.not_after
    assert codes(judge(path, trust, end - timedelta(days=5))) == {"certificate_expiring"}
    assert codes(judge(path, trust, end + timedelta(days=5))) == {"certificate_expired"}
    assert judge(path, trust, end + timedelta(days=5)).verdict.word is VerdictWord.VALID_WITH_NOTES


def test_an_expired_root_cannot_judge(world: World, sample: Path) -> None:
    late = judge(sample, world.trust, world.root.certificate.not_after + timedelta(days=1))
    assert {"root_expired", "stale_revocation_list", "certificate_expired"} == codes(late)


@pytest.mark.parametrize("kind", ["missing", "folder", "pipe"])
def test_unreadable_paths_are_answered(kind: str, world: World, tmp_path: Path) -> None:
    import os

    path = tmp_path / "x.asice"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    judgement = judge(path, world.trust)
    assert codes(judgement) == {"unreadable_file"}
    assert judgement.verdict.word is VerdictWord.CANNOT_JUDGE


def test_an_empty_file_is_called_empty(world: World, tmp_path: Path) -> None:
    path = tmp_path / "x.asice"
    path.touch()
    judgement = judge(path, world.trust)
    assert codes(judgement) == {"empty_file"}
    assert "文件是空的" in judgement.verdict.reasons[0].message


@pytest.mark.parametrize("content", [b"\0", b"PDF", b"%PDF-1.4\n" + b"x" * 2000, "你好".encode("gbk") * 500])
def test_other_files_are_no_packages(content: bytes, world: World, tmp_path: Path) -> None:
    path = tmp_path / "x.asice"
    path.write_bytes(content)
    assert codes(judge(path, world.trust)) == {"not_a_package"}


def test_another_zip_is_no_package(world: World, tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert codes(judge(path, world.trust)) == {"not_a_package"}


@pytest.mark.parametrize(
    "payload",
    [
        {"message_type": "submission"},
        submission(filings=[]),
        submission(kit="k"),
        submission(created_at="2026-11-20T10:00:00"),
        submission(filings=[filing(version=True)]),
        submission(filings=[filing(), filing()]),
    ],
)
def test_the_writer_refuses_what_the_reader_would(
    payload: dict[str, object], world: World, tmp_path: Path
) -> None:
    payload.setdefault("unit_code", "990001001")
    payload.setdefault("number", 1)
    with pytest.raises(ValueError, match="payload_type"):
        write(tmp_path, payload, world.unit)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "name", ["documents/目标.pdf", "evidence/../x", "readme.txt", "mimetype", "evidence/con.txt"]
)
def test_the_writer_refuses_member_names(name: str, world: World, tmp_path: Path) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # UnicodeEncodeError, names and places alike
        write(tmp_path, submission(), world.unit, {name: b"x"})
    assert list(tmp_path.iterdir()) == []


def test_sealing_refuses_a_clock_outside_the_certificate(world: World, tmp_path: Path) -> None:
    with pytest.raises(KeyProblem, match="早于"):
        write(tmp_path, submission(), world.unit, when=START - timedelta(days=1))
    with pytest.raises(KeyProblem, match="过期"):
        write(tmp_path, submission(), world.unit, when=START + timedelta(days=1500))
    with pytest.raises(KeyProblem, match="根证书"):
        write(tmp_path, head(MessageType.RECEIPT), world.root)
    with pytest.raises(KeyProblem, match="单位"):
        write(tmp_path, submission(), world.other_unit)
    assert list(tmp_path.iterdir()) == []


def test_a_document_signed_by_somebody_else_is_noticed(world: World, tmp_path: Path) -> None:
    members = {"documents/a.pdf": signed_pdf(world.other_unit)}
    path = write(tmp_path, submission(), world.unit, members).path
    assert codes(judge(path, world.trust)) == {"pdf_other_signer"}
    assert codes(judge(path, world.trust, inspect_documents=False)) == set()


def test_every_reason_has_a_whole_sentence() -> None:
    for code, kind in REASONS.items():
        message = reason(code, "报送文件", "细节").message
        assert message.startswith("报送文件：")
        assert message.endswith("。")
        assert not any(word in message for word in ("json", "zip", "PDF", "CMS", "CRL", "{", "}"))
        assert kind.code == code
