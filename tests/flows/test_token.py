"""A unit and a bureau that sign with tokens (SoftHSM2 through its real module), from the request to the receipt."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from models.domain.errors import KeyProblem, WrongPassword
from models.domain.filing import FilingStatus
from models.domain.review_rule import ReviewRule
from services import (
    bureau_keys,
    ceremony,
    countersigning,
    intake,
    kits,
    practice,
    receipts,
    sealing,
    setup,
    token_keys,
    trust_lists,
)
from services.job import JobContext
from services.ports.store import FilingQuery
from services.ports.tokens import TokenChoice
from services.workspaces import DeskRole, Workspace
from tests.exchange.soft_token import LABEL, PIN, SoftToken
from tests.exchange.workbook_judges import xmlsec
from tests.flows.conftest import PASSWORD, County

pytestmark = [pytest.mark.judge, pytest.mark.slow]
TOWN = "820001"


@pytest.fixture
def token(tmp_path: Path) -> Iterator[SoftToken]:
    made = SoftToken(tmp_path / "token")
    yield made
    made.close()


@pytest.fixture
def desk(county: County) -> Iterator[Workspace]:
    made = county.unit(TOWN)
    practice.fill(made, limit=1)
    yield made
    made.close()


def drafts(desk: Workspace) -> list[str]:
    return [one.opened.filing.filing_id for one in sealing.candidates(desk) if not one.obstacle]


def run(*command: str, cwd: Path | None = None) -> str:
    assert shutil.which(command[0]), f"{command[0]} is missing"
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture
def first_day(county: County, token: SoftToken) -> Iterator[Workspace]:
    """A desk that signs with its token since its first start: no key was ever made in a file."""
    offer = kits.look_at_kit(county.tools, county.bureau.kit_file)
    unit = next(one for one in offer.kit.units if one.code == TOWN)
    given = (county.tools, county.folder / "first_day", offer, unit, "张敏")
    with pytest.raises(WrongPassword):
        token_keys.set_up_unit(*given, TokenChoice(token.place, "000000"), DeskRole.FILER)
    made = token_keys.set_up_unit(*given, TokenChoice(token.place, PIN), DeskRole.FILER)
    assert (made.vault.names(), made.vault.token("unit")) == (("unit",), token.place)
    practice.fill(made, limit=1)
    yield made
    made.close()


def test_sealed_with_tokens_and_believed_by_everybody(
    county: County, first_day: Workspace, token: SoftToken, tmp_path: Path
) -> None:
    desk = first_day
    (listed,) = token_keys.keys_on(desk, token.place, PIN)
    assert (listed.algorithm, listed.obstacle) == ("RSA-2048", "")
    asked = setup.write_registration_request(desk, county.stick, PIN)
    bureau = county.bureau.workspace
    keys = token_keys.use_token_at_bureau(bureau, county.bureau.keys, TokenChoice(token.place, PIN))
    intake.receive(bureau, [asked.path], JobContext())
    (waiting,) = intake.quarantine(bureau)
    assert waiting.signer["fingerprint"] == desk.vault.certificate("unit").fingerprint
    issued = bureau_keys.register_key(bureau, keys, waiting)
    desk.vault.take_certificate("unit", issued.pem)
    wanted = drafts(desk)
    sealed = sealing.seal(desk, wanted, county.stick, PIN, JobContext()).written
    (listed, *others) = token_keys.keys_on(desk, token.place, PIN)
    assert issued.serial in {key.certificate.serial for key in (listed, *others) if key.certificate}

    trust = bureau_keys.trust_of(bureau)
    (tmp_path / "root.pem").write_text(trust.roots[0])
    (tmp_path / "trust.pem").write_text(trust.roots[0] + trust.revocation_lists[0])
    opened = tmp_path / "open"
    run("unzip", "-q", str(sealed.path), "-d", str(opened))
    assert "CAdES Verification successful" in run(
        "openssl", "cms", "-verify", "-binary", "-cades", "-inform", "DER", "-content",
        "META-INF/ASiCManifest001.xml", "-in", "META-INF/signature001.p7s", "-out", "/dev/null",
        "-CAfile", str(tmp_path / "trust.pem"), "-crl_check", cwd=opened,
    )  # fmt: skip
    (pdf,), (book,) = (list((opened / "documents").glob(f"*.{ending}")) for ending in ("pdf", "xlsx"))
    told = run("pdfsig", "-nocert", str(pdf))
    assert "Signature is Valid" in told
    assert "Not total document signed" not in told
    judged = xmlsec(book, tmp_path / "root.pem", tmp_path / "book")
    assert (judged.said, judged.signed_info) == ("OK", "3/3")
    assert judged.manifest.split("/")[0] == judged.manifest.split("/")[1]

    intake.receive(bureau, [sealed.path], JobContext())
    (record,) = receipts.without_receipt(bureau)
    receipt = receipts.issue_receipt(bureau, record, keys.bureau, county.stick)
    receipts.take_receipt(desk, Path(receipt.source_path))
    with desk.store.reading() as work:
        (filing,) = work.filings.find(FilingQuery(status=FilingStatus.RECEIVED))
    assert [filing.filing_id] == wanted


def test_a_bureau_that_signs_with_a_token_from_the_first_day(
    county: County, token: SoftToken, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The root is a key file; what the token's key signs is believed by it; whatever goes wrong leaves no desk."""
    folder, root = county.folder / "new_bureau", "gen-mima-2026"
    wanted = setup.BureauSetup("990000", "示例县财政局", "李文", 2026, root, TokenChoice(token.place, PIN))
    wrong = replace(wanted, bureau_secret=TokenChoice(token.place, "000000"))
    with pytest.raises(WrongPassword, match="PIN 码不正确"):
        setup.set_up_bureau(county.tools, folder, wrong)
    token.pull_out()
    with pytest.raises(KeyProblem, match=f"找不到 UKey“{LABEL}”"):
        setup.set_up_bureau(county.tools, folder, wanted)
    token.plug_in()
    with monkeypatch.context() as patch:  # its key is made and certified, then it is pulled out
        issue = bureau_keys.issue_on_token

        def pulled(*given: Any) -> object:
            issued = issue(*given)
            token.pull_out()
            return issued

        patch.setattr(bureau_keys, "issue_on_token", pulled)
        with pytest.raises(KeyProblem, match=f"找不到 UKey“{LABEL}”"):
            setup.set_up_bureau(county.tools, folder, wanted)
    assert not folder.exists()
    token.plug_in()
    desk, keys = setup.set_up_bureau(county.tools, folder, wanted)
    assert (desk.vault.token("root"), desk.vault.token("bureau")) == (None, token.place)
    trust = bureau_keys.trust_of(desk)
    (tmp_path / "trust.pem").write_text(trust.roots[0] + trust.revocation_lists[0])
    written = trust_lists.write_trust_list(desk, keys, county.stick)
    opened = tmp_path / "open"
    run("unzip", "-q", str(written.source_path), "-d", str(opened))
    assert "CAdES Verification successful" in run(
        "openssl", "cms", "-verify", "-binary", "-cades", "-inform", "DER", "-content",
        "META-INF/ASiCManifest001.xml", "-in", "META-INF/signature001.p7s", "-out", "/dev/null",
        "-CAfile", str(tmp_path / "trust.pem"), "-crl_check", cwd=opened,
    )  # fmt: skip
    (tmp_path / "safe.pdf").write_bytes(ceremony.ceremony_page(desk, ceremony.Keeping()))
    assert re.search(r"Pages: +1\n", run("pdfinfo", str(tmp_path / "safe.pdf")))
    desk.close()


def test_every_trouble_leaves_the_draft_and_no_file(
    county: County, desk: Workspace, token: SoftToken, monkeypatch: pytest.MonkeyPatch
) -> None:
    token_keys.use_token(desk, TokenChoice(token.place, PIN))
    wanted, stick = drafts(desk), county.folder / "empty"
    stick.mkdir()
    with pytest.raises(WrongPassword, match=r"PIN 码不正确.*连续输错几次会被锁定"):
        sealing.seal(desk, wanted, stick, "000000", JobContext())
    token.pull_out()
    with pytest.raises(KeyProblem, match=f"找不到 UKey“{LABEL}”"):
        sealing.seal(desk, wanted, stick, PIN, JobContext())
    token.plug_in()
    pulled = JobContext()
    told: list[str] = []

    def at_step(_done: int, _total: int, text: str) -> None:
        told.append(text)
        if text == sealing.STEPS[3]:  # documents are signed, the container is not
            token.pull_out()

    monkeypatch.setattr(pulled, "step", at_step)
    with pytest.raises(KeyProblem, match=f"找不到 UKey“{LABEL}”"):
        sealing.seal(desk, wanted, stick, PIN, pulled)
    assert sealing.STEPS[3] in told
    token.plug_in()
    assert list(stick.iterdir()) == []
    assert drafts(desk) == wanted
    sealing.seal(desk, wanted, stick, PIN, JobContext())
    assert len(list(stick.iterdir())) == 1


def test_the_head_countersigns_with_a_token(
    county: County, desk: Workspace, token: SoftToken, tmp_path: Path
) -> None:
    stored = desk.current_kit()
    rule = replace(stored.kit.review or ReviewRule(), needs_two_signers=True)
    with desk.store.writing() as work:
        work.kits.add(replace(stored.kit, review=rule), stored.digest, desk.tools.clock.now())
        work.commit()
    head = token_keys.make_head_key(desk, "陈立", TokenChoice(token.place, PIN))
    half = sealing.seal(desk, drafts(desk), county.stick, PASSWORD, JobContext()).written
    whole = countersigning.countersign(desk, countersigning.look_at(desk, half.path), county.stick, PIN)
    opened = tmp_path / "open"
    run("unzip", "-q", str(whole.path), "-d", str(opened))
    (tmp_path / "head.pem").write_text(head.pem)
    found = sorted((opened / "META-INF").glob("*.p7s"))
    for one in found:
        run(
            "openssl", "cms", "-verify", "-binary", "-inform", "DER", "-content",
            f"META-INF/ASiCManifest{one.stem[-3:]}.xml", "-in", str(one.relative_to(opened)), "-out", "/dev/null",
            "-noverify", "-signer", str(tmp_path / f"{one.stem}.pem"), cwd=opened,
        )  # fmt: skip
    assert len(found) == 2
    signers = [path.read_text().split() for path in sorted(tmp_path.glob("signature*.pem"))]
    assert head.pem.split() in signers
