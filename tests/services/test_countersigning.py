"""Two people sign a submission: asked for by the kit, half signed first, whole only with 单位负责人."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from models.domain.errors import EnvironmentProblem, InputError, KeyProblem, WrongPassword
from models.domain.message import COUNTERSIGNED
from models.domain.review_rule import ReviewRule
from services import bureau_keys, countersigning, covers, intake, key_care, key_registration, kits
from services.job import JobContext
from services.ports.exchange import SignerRole
from services.workspaces import Workspace
from tests.fakes.exchange import spoil
from tests.services.county import OTHER, PASSWORD, County

pytestmark = pytest.mark.wide

HEAD = "head-2026"


@pytest.fixture
def desk(county: County) -> Workspace:
    """The town's desk under a kit that asks for two signers, with the head's key."""
    made = county.desk()
    county.filled(made)
    asks_for_two(county, made)
    key_care.make_head_key(made, "陈镇长", HEAD)
    return made


def asks_for_two(county: County, desk: Workspace) -> None:
    kit = county.bureau.current_kit().kit
    rule = replace(kit.review or ReviewRule(), needs_two_signers=True)
    path = county.issued(template=replace(kit, review=rule))
    kits.take_kit(desk, kits.look_at_kit(county.tools, path, desk.current_kit().kit))


def half_of(county: County, desk: Workspace) -> Path:
    from services import sealing

    return county.sealed(desk, [item.opened.filing.filing_id for item in sealing.candidates(desk)])


def test_half_signed_is_refused_with_its_own_reason(county: County, desk: Workspace) -> None:
    path = half_of(county, desk)
    (row,) = county.receive(path).rows
    assert {reason.code for reason in row.reasons} == {"unregistered_signer", "countersignature_missing"}
    assert any("还缺单位负责人的签名" in reason.message for reason in row.reasons)
    (record,) = countersigning.waiting(desk)
    assert record.file_name == path.name


def test_whole_registered_and_received(county: County, desk: Workspace) -> None:
    path = half_of(county, desk)
    half = countersigning.look_at(desk, path)
    assert (half.first.name, len(half.contents)) == (desk.profile.person_name, 1)
    written = countersigning.countersign(desk, half, path.parent, HEAD)
    assert (written.check_code, written.path) == (half.check_code, path)
    assert countersigning.waiting(desk) == []
    assert county.codes(path) == [{"unregistered_signer", "unregistered_countersigner"}]
    (waiting,) = intake.quarantine(county.bureau)
    assert waiting.signer["countersigner"]["name"] == "陈镇长"
    key_registration.register_and_receive(
        county.bureau, county.keys, waiting, JobContext(), lambda _row: None
    )
    assert intake.quarantine(county.bureau) == []
    issued = [r for r in bureau_keys.certificates(county.bureau) if r.kind == "issued"]
    roles = {county.tools.authority.read_certificate(r.pem).subject.role for r in issued}
    assert roles == {SignerRole.BUREAU, SignerRole.UNIT, SignerRole.HEAD}
    with county.bureau.store.reading() as work:
        (record,) = work.packages.find("received", "submission")
    assert record.signer["countersigner"]["name"] == "陈镇长"


def test_the_cover_names_both_keys(county: County, desk: Workspace) -> None:
    path = half_of(county, desk)
    countersigning.countersign(desk, countersigning.look_at(desk, path), path.parent, HEAD)
    with desk.store.reading() as work:
        (record,) = work.packages.find("sent", "submission")
    assert record.verdict[COUNTERSIGNED] is True
    words = {line.label: line.value for line in covers.cover_facts(desk, record)}
    assert words["负责人签名核对码"].replace(" ", "") == desk.vault.certificate("head").fingerprint


def test_at_another_computer_into_another_folder(county: County, desk: Workspace, tmp_path: Path) -> None:
    path = half_of(county, desk)
    other = county.desk(name="head's computer")
    asks_for_two(county, other)
    key_care.make_head_key(other, "陈镇长", HEAD)
    folder = tmp_path / "whole"
    folder.mkdir()
    written = countersigning.countersign(other, countersigning.look_at(other, path), folder, HEAD)
    assert written.path.parent == folder
    assert "countersignature_missing" not in county.codes(written.path)[0]


def test_what_is_not_to_be_countersigned(county: County, desk: Workspace) -> None:
    path = half_of(county, desk)
    with pytest.raises(InputError, match="不用单位负责人签名"):
        countersigning.look_at(desk, county.kit_file)
    neighbour = county.desk(OTHER)
    with pytest.raises(InputError, match="的报送文件"):
        countersigning.look_at(neighbour, path)
    half = countersigning.look_at(desk, path)
    with pytest.raises(WrongPassword):
        countersigning.countersign(desk, half, path.parent, PASSWORD)
    county.tools.writer.failure = EnvironmentProblem("磁盘已满", "请清理", "U 盘")
    with pytest.raises(EnvironmentProblem, match="磁盘已满"):
        countersigning.countersign(desk, half, path.parent, HEAD)
    assert len(countersigning.waiting(desk)) == 1
    countersigning.countersign(desk, half, path.parent, HEAD)
    with pytest.raises(InputError, match="已经有负责人签名"):
        countersigning.look_at(desk, path)
    spoil(path, spoiled=True)
    with pytest.raises(InputError, match="改动"):
        countersigning.look_at(desk, path)


def test_without_a_head(county: County) -> None:
    made = county.desk()
    county.filled(made)
    asks_for_two(county, made)
    path = half_of(county, made)
    half = countersigning.look_at(made, path)
    with pytest.raises(KeyProblem, match="还没有设置单位负责人的签名"):
        countersigning.countersign(made, half, path.parent, HEAD)
    with pytest.raises(InputError, match="姓名没有填"):
        key_care.make_head_key(made, "  ", HEAD)


def test_an_older_program_that_promises_nothing(county: County, desk: Workspace) -> None:
    """A package under such a kit without a word of the second signature is refused all the same."""
    import json

    payload = json.loads(half_of(county, desk).read_text("utf-8"))["payload"]
    del payload[COUNTERSIGNED]
    path = county.forged(desk, payload, "old.asice")
    county.receive(path)
    county.register()
    assert county.codes(path) == [{"countersignature_missing"}]


def test_a_late_filing_under_a_kit_that_asked_for_one(county: County) -> None:
    made = county.desk()
    path = county.sealed(made, county.filled(made))
    kit = county.bureau.current_kit().kit
    county.issued(template=replace(kit, review=replace(kit.review or ReviewRule(), needs_two_signers=True)))
    county.receive(path)
    county.register()
    assert county.codes(path) == [set()]
