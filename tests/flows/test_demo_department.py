"""The department's level of a demonstration, judged by openssl: everything signed, nothing changed on the way."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from main import Adapters
from models.domain.filing import FilingStatus
from services.ports.store import FilingQuery
from services.workspaces import DeskRole, open_workspace
from tests.flows.demo_folder import DemoFolder

pytestmark = [pytest.mark.slow, pytest.mark.judge]


def test_the_departments_level_is_told(demo: DemoFolder) -> None:
    """In plain Chinese: taken in, returned, forwarded, judged one by one, approved, handed on."""
    *told, last = demo.said.splitlines()
    assert len(told) == 5
    for line, word in zip(
        told, ("下级单位", "退回", "汇总报送", "逐份核对签名", "登记预算批复"), strict=True
    ):
        assert word in line
    assert last.startswith("演示完成")


def test_its_package_holds_the_units_own_byte_for_byte(demo: DemoFolder) -> None:
    posted = {p.path.name: p.path.read_bytes() for p in demo.below if p.path.parent == demo.post}
    for name, content in demo.carrier.members.items():
        if name.startswith("packages/"):
            assert posted[Path(name).name] == content
    units = {p.payload["unit_code"] for p in demo.nested}
    assert units == {"205", "205001", "205002"}
    assert {f["form_id"] for p in demo.nested for f in p.payload["filings"]} >= {
        "performance_target",
        "target_summary",
    }
    outcomes = [one["outcome"] for one in demo.carrier.payload["decisions"]]
    assert (outcomes.count("return"), set(outcomes)) == (1, {"pass", "return"})


def test_openssl_verifies_what_is_inside_and_what_went_below(demo: DemoFolder, tmp_path: Path) -> None:
    registered = demo.registered()
    for number, package in enumerate((*demo.nested, *demo.below)):
        own = registered.get(package.signer.public_bytes(Encoding.DER))
        trust = own if own is not None else demo.trust("root") + demo.trust("crl")
        said = package.verify_with_openssl(tmp_path / str(number), trust, with_list=own is None)
        assert "Verification successful" in said


def test_one_form_went_back_and_came_again(demo: DemoFolder) -> None:
    (slip,) = [p for p in demo.below if p.payload["message_type"] == "return_slip"]
    (item,) = slip.payload["filings"]
    versions = [
        filing["version"]
        for package in demo.nested
        for filing in package.payload["filings"]
        if filing["filing_id"] == item["filing_id"]
    ]
    assert sorted(versions) == [1, 2]


def test_everything_is_answered_and_handed_on_unchanged(demo: DemoFolder) -> None:
    answered = {
        p.payload["submission_sha256"] for p in demo.packages if p.payload["message_type"] == "receipt"
    }
    for package in (demo.carrier, *demo.nested):
        manifest = hashlib.sha256(package.members["META-INF/ASiCManifest001.xml"]).hexdigest()
        assert manifest in answered
    sent = {p.path.name: p.path.read_bytes() for p in demo.packages}
    handed = [p for p in demo.below if p.path.parent != demo.post]
    assert {p.path.parent.name.partition(" ")[0] for p in handed} == {"205001", "205002"}
    assert {p.payload["message_type"] for p in handed} == {"receipt", "approval"}
    for package in handed:
        assert package.path.read_bytes() == sent[package.path.name]
        assert package.path.parent.name.startswith(package.payload["to_unit_code"])


def test_its_desk_opens_and_has_everything_answered(demo: DemoFolder, tmp_path: Path) -> None:
    shutil.copytree(demo.root / "department", tmp_path / "department")
    desk = open_workspace(Adapters(), tmp_path / "department").workspace
    assert desk.profile.role is DeskRole.DEPARTMENT
    with desk.store.reading() as work:
        sent = work.packages.find("sent")
        filings = work.filings.find(FilingQuery())
    answered = {r.message_type for r in sent if r.receipt_sha256}
    assert answered == {"department_submission", "submission"}
    assert {f.status for f in filings} <= {
        FilingStatus.APPROVED,
        FilingStatus.PASSED,
        FilingStatus.RECEIVED,
    }
    assert desk.vault.unlock("unit", demo.result["passwords"]["department"], desk.tools.clock.now())
    desk.close()
