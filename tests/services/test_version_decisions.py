"""Deciding between two versions: side by side, one is in force, the other is kept, and nothing passes unjudged."""

from __future__ import annotations

from copy import deepcopy
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from models.domain.errors import InputError
from models.domain.filing import Filing
from services import archive, bureau_keys, intake, package_forms, receipts, version_decisions
from services.intake_rows import IntakeOutcome
from services.package_lines import PackageLine, package_lines
from services.version_comparison import PackageComparison, compare
from services.workspaces import Workspace
from tests.fakes.exchange import spoil
from tests.services.county import County, everything_but_notes, kept
from tests.services.intaking import refused, sealed_payload

pytestmark = pytest.mark.wide

WHY = "与单位电话核实"


class Scene:
    """A filing received in version 2, and another package that contradicts it waiting."""

    def __init__(self, county: County, town: Workspace) -> None:
        self.county, self.town, self.bureau = county, town, county.bureau
        self.payload = sealed_payload(county, town, 1)
        first = self.changed(2, reviewer_name="先来的")
        assert county.codes(self.forged(first, "first.asice")) == [set()]

    def changed(self, version: int, **answers: Any) -> dict[str, Any]:
        payload = deepcopy(self.payload)
        payload["filings"][0]["version"] = version
        payload["filings"][0]["answers"] |= answers
        return payload

    def forged(self, payload: dict[str, Any], name: str) -> Path:
        self.county.tools.clock.moment += timedelta(minutes=1)
        return self.county.forged(self.town, payload, name)

    @property
    def filing_id(self) -> str:
        return str(self.payload["filings"][0]["filing_id"])

    def filing(self) -> Filing:
        return kept(self.bureau, self.filing_id)

    def waiting(self, version: int, name: str = "later.asice", **answers: Any) -> Path:
        """A package that waits for a decision."""
        path = self.forged(self.changed(version, **answers), name)
        assert refused(self.county, path) == {"older_version" if version < 2 else "version_conflict"}
        return path

    def line(self, name: str) -> PackageLine:
        (found,) = (item for item in package_lines(self.bureau) if item.file_name == name)
        return found

    def again(self, name: str) -> PackageComparison:
        """Side by side once more, from the copy kept here."""
        record = self.line(name).record
        assert record is not None
        return compare(self.bureau, self.bureau.archive / record.archive_name)


@pytest.fixture
def scene(county: County, town: Workspace) -> Scene:
    return Scene(county, town)


@pytest.mark.parametrize("version", [1, 2])
def test_both_stand_side_by_side(scene: Scene, version: int) -> None:
    before = everything_but_notes(scene.bureau)
    shown = compare(scene.bureau, scene.waiting(version, reviewer_name="后来的"))
    (one,) = shown.filings
    assert (one.kept.version, one.came.version) == (2, version)
    assert one.kept.signer == one.came.signer == scene.town.profile.person_name
    assert one.kept.sealed_at is not None
    assert one.came.sealed_at is not None
    assert one.came.sealed_at > one.kept.sealed_at
    assert one.kept.received_at is not None
    (difference,) = one.differences
    assert (difference.kept, difference.came) == ("先来的", "后来的")
    assert (shown.others, shown.is_settled, shown.decisions) == (0, False, ())
    assert everything_but_notes(scene.bureau) == before


@pytest.mark.parametrize("version", [1, 2])
def test_the_one_that_came_is_adopted_and_the_other_kept(scene: Scene, version: int) -> None:
    path = scene.waiting(version, reviewer_name="后来的")
    assert scene.line("later.asice").can_decide
    version_decisions.adopt(scene.bureau, compare(scene.bureau, path), WHY)
    assert (scene.filing().version, scene.filing().answers["reviewer_name"]) == (version, "后来的")
    assert intake.quarantine(scene.bureau) == []
    opened = archive.open_received(scene.bureau, scene.filing_id)
    assert opened.in_force is not None
    assert opened.in_force.answers["reviewer_name"] == "后来的"
    assert {item.answers["reviewer_name"] for item in opened.versions} == {"先来的", "后来的"}
    (decision,) = opened.decisions
    assert (decision.is_adopted, decision.reason) == (True, WHY)
    assert (decision.decided_by, decision.kept_version) == (scene.bureau.profile.person_name, 2)
    assert scene.line("later.asice").remark == f"已接收，经核实采用：{WHY}"
    overruled = scene.line("first.asice")
    assert (overruled.is_overruled, overruled.can_open, overruled.needs_attention) == (True, True, False)
    assert "改用另一份" in overruled.remark
    record = scene.line("later.asice").record
    assert record is not None
    (form,) = package_forms.forms_of(scene.bureau, record)
    assert form.version == version
    assert [row.outcome for row in scene.county.receive(path).rows] == [IntakeOutcome.UNCHANGED]


def test_the_original_is_kept_and_the_other_put_aside_whole(scene: Scene) -> None:
    path = scene.waiting(2, reviewer_name="后来的")
    before = scene.filing()
    version_decisions.keep(scene.bureau, compare(scene.bureau, path), WHY)
    assert scene.filing() == before
    assert intake.quarantine(scene.bureau) == []
    line = scene.line("later.asice")
    assert (line.is_declined, line.is_refused, line.needs_attention, line.awaits_receipt) == (
        True,
        False,
        False,
        False,
    )
    assert line.remark == f"已核实，保留原来的第 2 版：{WHY}"
    assert line.record is not None
    assert (scene.bureau.archive / line.record.archive_name).read_bytes() == path.read_bytes()
    assert line.record not in receipts.without_receipt(scene.bureau)
    assert [row.outcome for row in scene.county.receive(path).rows] == [IntakeOutcome.DECLINED]
    assert intake.quarantine(scene.bureau) == []
    (decision,) = archive.open_received(scene.bureau, scene.filing_id).decisions
    assert not decision.is_adopted


def test_a_decision_can_be_turned_round_both_ways(scene: Scene) -> None:
    path = scene.waiting(1, reviewer_name="后来的")
    version_decisions.keep(scene.bureau, compare(scene.bureau, path), WHY)
    path.unlink()  # the stick has gone home; the copy here is enough
    shown = scene.again("later.asice")
    assert shown.is_settled
    with pytest.raises(InputError, match="已经决定过"):
        version_decisions.keep(scene.bureau, shown, WHY)
    version_decisions.adopt(scene.bureau, shown, "单位来函")
    assert scene.filing().answers["reviewer_name"] == "后来的"
    assert scene.line("later.asice").is_received
    version_decisions.adopt(scene.bureau, scene.again("first.asice"), "又来函")
    assert (scene.filing().version, scene.filing().answers["reviewer_name"]) == (2, "先来的")
    decisions = archive.open_received(scene.bureau, scene.filing_id).decisions
    assert [item.reason for item in decisions] == ["又来函", "单位来函", WHY]
    with pytest.raises(InputError, match="现在采用的一份"):
        scene.again("first.asice")


def test_after_an_older_one_was_adopted_a_third_of_the_newer_number_is_a_conflict(scene: Scene) -> None:
    version_decisions.adopt(scene.bureau, compare(scene.bureau, scene.waiting(1)), WHY)
    third = scene.forged(scene.changed(2, reviewer_name="第三份"), "third.asice")
    assert refused(scene.county, third) == {"version_conflict"}
    assert scene.county.codes(scene.forged(scene.changed(3), "fourth.asice")) == [set()]
    assert scene.filing().version == 3


def test_other_filings_of_the_package_follow_the_decision(county: County, town: Workspace) -> None:
    payload = sealed_payload(county, town, 2)
    alone = deepcopy(payload)
    alone["filings"] = alone["filings"][:1]
    assert county.codes(county.forged(town, alone, "alone.asice")) == [set()]
    path = county.forged(town, payload, "both.asice")
    assert refused(county, path) == {"version_conflict"}
    shown = compare(county.bureau, path)
    assert (len(shown.filings), shown.others) == (1, 1)
    assert shown.filings[0].differences == ()
    version_decisions.adopt(county.bureau, shown, WHY)
    assert kept(county.bureau, payload["filings"][1]["filing_id"]).version == 1


class TestNothingPassesUnjudged:
    def test_a_reason_is_asked_for(self, scene: Scene) -> None:
        shown = compare(scene.bureau, scene.waiting(2, reviewer_name="后来的"))
        before = everything_but_notes(scene.bureau)
        for decide in (version_decisions.adopt, version_decisions.keep):
            with pytest.raises(InputError, match="理由"):
                decide(scene.bureau, shown, " \n ")
            with pytest.raises(InputError, match="理由超过"):
                decide(scene.bureau, shown, "长" * 300)
        assert everything_but_notes(scene.bureau) == before

    def test_an_altered_file_is_never_compared(self, scene: Scene) -> None:
        path = scene.waiting(2, reviewer_name="后来的")
        shown = compare(scene.bureau, path)
        spoil(path, spoiled=True)
        for act in (
            lambda: compare(scene.bureau, path),
            lambda: version_decisions.adopt(scene.bureau, shown, WHY),
        ):
            with pytest.raises(InputError):
                act()
        assert scene.filing().answers["reviewer_name"] == "先来的"

    def test_a_revoked_key_decides_nothing(self, scene: Scene) -> None:
        path = scene.waiting(2, reviewer_name="后来的")
        key = scene.town.vault.certificate("unit").fingerprint
        bureau_keys.revoke_key(scene.bureau, scene.county.keys, key)
        with pytest.raises(InputError):
            compare(scene.bureau, path)

    def test_what_else_is_wrong_comes_first(self, scene: Scene) -> None:
        payload = scene.changed(1)
        payload["kit"]["digest"] = "0" * 64
        path = scene.forged(payload, "kit.asice")
        assert refused(scene.county, path) == {"older_version", "unknown_kit_version"}
        assert not scene.line("kit.asice").can_decide
        with pytest.raises(InputError, match="先处理"):
            compare(scene.bureau, path)

    def test_a_file_that_has_gone(self, scene: Scene) -> None:
        path = scene.waiting(2, reviewer_name="后来的")
        path.unlink()
        with pytest.raises(InputError):
            compare(scene.bureau, path)

    def test_a_newer_version_that_came_meanwhile(self, scene: Scene) -> None:
        shown = compare(scene.bureau, scene.waiting(2, reviewer_name="后来的"))
        assert scene.county.codes(scene.forged(scene.changed(3), "newer.asice")) == [set()]
        with pytest.raises(InputError, match="情况有变化"):
            version_decisions.adopt(scene.bureau, shown, WHY)
        assert scene.filing().version == 3

    def test_a_package_without_contest_is_simply_received(self, scene: Scene) -> None:
        path = scene.forged(scene.changed(3), "newer.asice")
        with pytest.raises(InputError, match="没有版本上的争议"):
            compare(scene.bureau, path)
