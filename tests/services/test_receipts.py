"""Receipts: signed over digest and time, taken in where the package was made, never anywhere else."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from models.domain.check_code import check_code_of_digest, spaced_check_code
from models.domain.errors import Cancelled, EnvironmentProblem, InputError
from models.domain.filing import FilingStatus
from services import bureau_keys, covers, filings, receipt_batch, receipts
from services.job import JobContext
from services.ports.documents import PageMark
from services.ports.store import PackageRecord
from services.workspaces import Workspace
from tests.fakes.exchange import spoil
from tests.services.attaching import attach, row_of, source
from tests.services.county import OTHER, County, kept


@pytest.fixture
def desk(county: County) -> Workspace:
    return county.desk()


def received(county: County, desk: Workspace, count: int = 1) -> PackageRecord:
    county.accepted(desk, county.filled(desk, count))
    return next(r for r in receipts.without_receipt(county.bureau) if r.unit_code == desk.profile.unit.code)


def issue(county: County, record: PackageRecord) -> Path:
    return Path(receipts.issue_receipt(county.bureau, record, county.keys.bureau, county.stick).source_path)


class TestIssuing:
    def test_what_it_says(self, county: County, desk: Workspace) -> None:
        record = received(county, desk, 3)
        body = json.loads(issue(county, record).read_text("utf-8"))
        payload = body["payload"]
        assert payload["message_type"] == "receipt"
        assert payload["to_unit_code"] == desk.profile.unit.code
        assert payload["submission_sha256"] == record.manifest_sha256
        assert payload["received_at"] == "2026-09-01T09:00:00+08:00"
        assert [(f["filing_id"], f["version"]) for f in payload["filings"]] == list(record.filing_versions)
        own = county.tools.authority.read_certificate(payload["certificate"])
        assert own.fingerprint == desk.vault.certificate("unit").fingerprint
        assert receipts.without_receipt(county.bureau) == []

    def test_its_page_tells_the_time_of_the_desk(self, county: County, desk: Workspace) -> None:
        """The store gives moments back in UTC; half past seven in the morning is the day before there."""
        record = replace(received(county, desk), at=datetime(2026, 8, 31, 23, 30, tzinfo=UTC))
        issue(county, record)
        cover, marks = county.tools.documents.covers[-1]
        facts = {line.label: line.value for line in cover.facts}
        assert facts["接收时间"] == "2026年9月1日 07:30"
        code = spaced_check_code(check_code_of_digest(bytes.fromhex(record.payload_sha256)))
        assert facts["内容核对码"] == code
        assert marks.mark is PageMark.PRACTICE
        assert marks.check_code
        assert cover.contents[0][-1] == "第 1 版"

    def test_a_batch_tells_its_progress_and_can_be_stopped(self, county: County, desk: Workspace) -> None:
        county.accepted(desk, county.filled(desk))
        other = county.desk(OTHER)
        county.accepted(other, county.filled(other))
        waiting = receipts.without_receipt(county.bureau)
        told: list[tuple[int, int]] = []
        ctx = JobContext(lambda done, total, _text: (told.append((done, total)), ctx.cancel()))  # type: ignore[func-returns-value]
        with pytest.raises(Cancelled):
            receipt_batch.issue_receipts(county.bureau, waiting, county.keys.bureau, county.stick, ctx)
        assert told == [(0, 2)]
        assert len(receipts.without_receipt(county.bureau)) == 1
        rest = receipts.without_receipt(county.bureau)
        written = receipt_batch.issue_receipts(
            county.bureau, rest, county.keys.bureau, county.stick, JobContext()
        )
        assert [path.exists() for path in written] == [True]

    def test_a_batch_lies_in_a_folder_for_each_unit(self, county: County, desk: Workspace) -> None:
        county.accepted(desk, county.filled(desk))
        other = county.desk(OTHER)
        county.accepted(other, county.filled(other))
        waiting, out = receipts.without_receipt(county.bureau), county.stick / "out"
        written = receipt_batch.issue_receipts(county.bureau, waiting, county.keys.bureau, out, JobContext())
        units = [desk.profile.unit, other.profile.unit]
        assert {path.parent.name for path in written} == {f"{unit.code} {unit.name}" for unit in units}

    def test_a_full_disk_leaves_no_receipt_about(self, county: County, desk: Workspace) -> None:
        record = received(county, desk)
        before = sorted(county.stick.iterdir())
        county.tools.files.failure = EnvironmentProblem("磁盘已满")
        with pytest.raises(EnvironmentProblem):
            issue(county, record)
        assert sorted(county.stick.iterdir()) == before
        assert receipts.without_receipt(county.bureau) == [record]

    def test_a_revoked_key_gets_no_certificate_with_it(self, county: County, desk: Workspace) -> None:
        record = received(county, desk)
        bureau_keys.revoke_key(county.bureau, county.keys, desk.vault.certificate("unit").fingerprint)
        payload = json.loads(issue(county, record).read_text("utf-8"))["payload"]
        assert payload["certificate"] == ""


class TestTakingIn:
    def test_filings_become_received_and_the_certificate_comes_home(
        self, county: County, desk: Workspace
    ) -> None:
        record = received(county, desk, 2)
        path = issue(county, record)
        taken = receipts.take_receipt(desk, path)
        assert (taken.filing_count, taken.certificate_taken, taken.was_known) == (2, True, False)
        assert {kept(desk, f).status for f, _ in record.filing_versions} == {FilingStatus.RECEIVED}
        assert not desk.vault.certificate("unit").is_self_signed
        with desk.store.reading() as work:
            sent = work.packages.get(record.manifest_sha256)
        assert sent is not None
        assert receipts.receipt_time(desk, sent) == record.at
        again = receipts.take_receipt(desk, path)
        assert (again.filing_count, again.certificate_taken, again.was_known) == (0, False, True)

    def test_a_filing_reopened_meanwhile_stays_a_draft(self, county: County, desk: Workspace) -> None:
        record = received(county, desk, 2)
        path = issue(county, record)
        filing = kept(desk, record.filing_versions[0][0])
        filings.reopen(desk, filings.open_filing(desk, filing.task_id, filing.project_id))
        assert receipts.take_receipt(desk, path).filing_count == 1
        assert kept(desk, filing.filing_id).status is FilingStatus.DRAFT

    def test_a_receipt_of_an_older_version_leaves_the_newer_sealed(
        self, county: County, desk: Workspace
    ) -> None:
        record = received(county, desk)
        path = issue(county, record)
        filing = kept(desk, record.filing_versions[0][0])
        filings.reopen(desk, filings.open_filing(desk, filing.task_id, filing.project_id))
        county.sealed(desk, [filing.filing_id])
        assert receipts.take_receipt(desk, path).filing_count == 0
        assert kept(desk, filing.filing_id).status is FilingStatus.SEALED

    def test_the_one_of_another_unit(self, county: County, desk: Workspace) -> None:
        path = issue(county, received(county, desk))
        with pytest.raises(InputError, match="给“示例县柳林镇人民政府”的接收回执"):
            receipts.take_receipt(county.desk(OTHER), path)

    def test_on_another_computer(self, county: County, desk: Workspace) -> None:
        path = issue(county, received(county, desk))
        with pytest.raises(InputError, match="本机没有这份回执对应的报送文件"):
            receipts.take_receipt(county.desk(name="second"), path)

    def test_what_is_no_receipt(self, county: County, desk: Workspace) -> None:
        with pytest.raises(InputError, match="不是接收回执"):
            receipts.take_receipt(desk, county.kit_file)
        with pytest.raises(InputError, match="打不开"):
            receipts.take_receipt(desk, county.stick / "gone.asice")

    def test_one_that_was_changed(self, county: County, desk: Workspace) -> None:
        path = issue(county, received(county, desk))
        spoil(path, spoiled=True)
        with pytest.raises(InputError, match="签名以后被改动"):
            receipts.take_receipt(desk, path)
        assert not any(r.receipt_sha256 for r in sent(desk))

    def test_one_a_unit_has_written_itself(self, county: County, desk: Workspace) -> None:
        payload = json.loads(issue(county, received(county, desk)).read_text("utf-8"))["payload"]
        with pytest.raises(InputError, match="不能发出这类文件"):
            receipts.take_receipt(desk, county.forged(desk, payload))


def sent(desk: Workspace) -> list[PackageRecord]:
    with desk.store.reading() as work:
        return list(work.packages.find("sent"))


class TestCovers:
    def test_of_a_package(self, county: County, desk: Workspace) -> None:
        county.sealed(desk, county.filled(desk, 3))
        (record,) = sent(desk)
        moved = replace(record, at=datetime(2026, 8, 31, 23, 30, tzinfo=UTC))
        desk.store.state.packages[record.manifest_sha256] = moved  # type: ignore[attr-defined]
        assert covers.cover_of(desk, record.manifest_sha256).startswith(b"cover|")
        cover, marks = county.tools.documents.covers[-1]
        facts = {line.label: line.value for line in cover.facts}
        assert facts["生成日期"] == "2026年9月1日"
        assert facts["签名核对码"].replace(" ", "") == desk.vault.certificate("unit").fingerprint
        assert facts["内容核对码"].replace(" ", "") == marks.check_code
        assert len(cover.contents) == 3
        assert any("不代替单位公章" in note for note in cover.notes)

    def test_it_lists_what_travels_along(self, county: County, desk: Workspace, tmp_path: Path) -> None:
        ids = county.filled(desk, 3)
        filing_id = next(i for i in ids if kept(desk, i).project_id)
        place, row = row_of(desk, filing_id), kept(desk, filing_id).answers["indicators"][0]
        attach(desk, filing_id, source(tmp_path, "实施方案.pdf", b"%PDF-1.7 " + b"x" * 2_000_000))
        attach(desk, filing_id, source(tmp_path, "验收单.pdf"), place=place)
        county.sealed(desk, ids)
        (record,) = sent(desk)
        covers.cover_of(desk, record.manifest_sha256)
        cover, _ = county.tools.documents.covers[-1]
        number = [id_ for id_, _ in record.filing_versions].index(filing_id) + 1
        assert cover.enclosures == (
            ("实施方案.pdf", "1.9 MB", f"第 {number} 份", "整张表"),
            ("验收单.pdf", "17 字节", f"第 {number} 份", f"指标“{row['third_level']}”"),
        )

    def test_of_one_that_is_not_there(self, county: County, desk: Workspace) -> None:
        with pytest.raises(InputError, match="没有这份报送文件的记录"):
            covers.cover_of(desk, "0" * 64)
        county.sealed(desk, county.filled(desk))
        (record,) = sent(desk)
        (desk.archive / record.archive_name).unlink()
        with pytest.raises(EnvironmentProblem, match="已损坏"):
            covers.cover_of(desk, record.manifest_sha256)

    def test_application_and_kit_notice(self, county: County, desk: Workspace) -> None:
        covers.registration_page(desk, desk.vault.certificate("unit"))
        application, _ = county.tools.documents.covers[-1]
        facts = {line.label: line.value for line in application.facts}
        assert facts["签名核对码"].replace(" ", "") == desk.vault.certificate("unit").fingerprint
        with county.bureau.store.reading() as work:
            record = work.packages.get(county.bureau.current_kit().digest)
        assert record is not None
        covers.kit_notice(county.bureau, record, "示例", 1)
        notice, _ = county.tools.documents.covers[-1]
        code = {line.label: line.value for line in notice.facts}["核对码"]
        assert code == spaced_check_code(check_code_of_digest(bytes.fromhex(record.payload_sha256)))
