"""Intake: received once, replaced by newer versions, and whatever is refused leaves no trace but its note."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest

from models.domain.filing import FilingStatus
from services import audit_log, bureau_keys, filings, intake, kit_issue, receipts
from services.archive import open_received
from services.intake_rows import IntakeOutcome
from services.job import JobContext
from services.kit_issue import draft_from
from services.messages import kit_digest
from services.ports.store import FilingQuery
from services.workspaces import Workspace
from tests.fakes.exchange import spoil
from tests.services.county import OTHER, TOWN, County, everything_but_notes
from tests.services.intaking import payload_of, refused, sealed_payload


def test_received_with_project_answers_and_own_copy(county: County, town: Workspace) -> None:
    path = county.accepted(town, county.filled(town, 3))
    payload = payload_of(path)
    with county.bureau.store.reading() as work:
        for item in payload["filings"]:
            kept = work.filings.get(item["filing_id"])
            assert kept is not None
            assert (kept.status, kept.version, kept.unit_code) == (FilingStatus.RECEIVED, 1, TOWN)
            assert kept.answers == item["answers"]
            (version,) = work.filings.versions(item["filing_id"])
            assert (version.answers, version.findings) == (item["answers"], item["findings"])
            project = item["project"]
            if project is not None:
                stored = work.projects.get(project["project_id"])
                assert stored is not None
                assert (stored.name, stored.unit_code) == (project["name"], TOWN)
                (year,) = work.projects.years(project["project_id"])
                assert year.from_register
                assert (year.budget_fen or 0) > 0
                assert year.fund_type
                assert year.bureau_office
        (record,) = work.packages.find("received", "submission")
        overview = work.filings.overview(FilingQuery())
    assert (record.unit_name, record.payload_sha256 != "") == (town.profile.unit.name, True)
    assert (county.bureau.archive / record.archive_name).read_bytes() == path.read_bytes()
    assert {(o.progress, o.blocking, o.to_explain) for o in overview} == {(100, 0, 0)}
    assert intake.quarantine(county.bureau) == []


def test_the_same_package_again_is_unchanged_wherever_it_lies(county: County, town: Workspace) -> None:
    path = county.accepted(town, county.filled(town))
    elsewhere = county.folder / "再次拷贝.asice"
    elsewhere.write_bytes(path.read_bytes())
    before = everything_but_notes(county.bureau)
    rows = county.receive(path, elsewhere).rows
    assert [row.outcome for row in rows] == [IntakeOutcome.UNCHANGED] * 2
    assert everything_but_notes(county.bureau) == before


def test_a_note_is_settled_when_its_copy_was_received(county: County, town: Workspace) -> None:
    path = county.sealed(town, county.filled(town))
    elsewhere = county.folder / "copy.asice"
    elsewhere.write_bytes(path.read_bytes())
    county.receive(path, elsewhere)
    county.register()
    county.receive(path)
    assert [note.path for note in intake.quarantine(county.bureau)] == [str(elsewhere)]
    assert [row.outcome for row in county.receive(elsewhere).rows] == [IntakeOutcome.UNCHANGED]
    assert intake.quarantine(county.bureau) == []


def test_unchanged_is_said_even_when_its_key_was_revoked_since(county: County, town: Workspace) -> None:
    path = county.accepted(town, county.filled(town))
    key = town.vault.certificate("unit").fingerprint
    bureau_keys.revoke_key(county.bureau, county.keys, key)
    assert [row.outcome for row in county.receive(path).rows] == [IntakeOutcome.UNCHANGED]


def test_an_altered_copy_of_a_received_package_is_refused(county: County, town: Workspace) -> None:
    path = county.accepted(town, county.filled(town))
    spoil(path, spoiled=True)
    assert refused(county, path) == {"member_changed"}


def test_first_meeting_waits_then_is_received(county: County, town: Workspace) -> None:
    path = county.sealed(town, county.filled(town))
    assert refused(county, path) == {"unregistered_signer"}
    county.register()
    assert [row.outcome for row in county.receive(path).rows] == [IntakeOutcome.RECEIVED]


def test_an_older_registered_key_needs_no_second_click(county: County, town: Workspace) -> None:
    """The key is certified; a package it signed under another self-signed certificate of its own counts."""
    first = county.filled(town, 2)
    county.accepted(town, first[:1])
    with county.bureau.store.writing() as work:
        kept = [r for r in work.certificates.all() if r.kind == "registered"]
    county.bureau.store.state.certificates = {  # type: ignore[attr-defined]
        key: record
        for key, record in county.bureau.store.state.certificates.items()  # type: ignore[attr-defined]
        if record not in kept
    }
    path = county.sealed(town, first[1:])
    assert [row.outcome for row in county.receive(path).rows] == [IntakeOutcome.RECEIVED]
    with county.bureau.store.reading() as work:
        assert [r.serial for r in work.certificates.all() if r.kind == "registered"] == [kept[0].serial]


def test_a_newer_version_replaces(county: County, town: Workspace) -> None:
    (filing_id,) = county.filled(town)
    county.accepted(town, [filing_id])
    with town.store.reading() as work:
        filing = work.filings.get(filing_id)
    assert filing is not None
    opened = filings.reopen(town, filings.open_filing(town, filing.task_id, filing.project_id))
    filings.save_draft(town, opened, {**opened.filing.answers, "reviewer_name": "周正"}, {})
    path = county.sealed(town, [filing_id])
    (row,) = county.receive(path).rows
    assert (row.outcome, row.version) == (IntakeOutcome.REPLACED, 2)
    with county.bureau.store.reading() as work:
        kept = work.filings.get(filing_id)
        assert kept is not None
        assert (kept.version, kept.answers["reviewer_name"]) == (2, "周正")
        assert [v.version for v in work.filings.versions(filing_id)] == [2, 1]


def test_attack_16_older_version_conflict_and_task(county: County, town: Workspace) -> None:
    payload = sealed_payload(county, town)
    second = deepcopy(payload)
    second["filings"][0]["version"] = 2
    assert county.codes(county.forged(town, second)) == [set()]
    assert refused(county, county.forged(town, payload, "older.asice")) == {"older_version"}
    same = deepcopy(second)
    same["filings"][0]["answers"]["reviewer_name"] = "换了人"
    assert refused(county, county.forged(town, same, "same.asice")) == {"version_conflict"}
    strange = deepcopy(second)
    strange["filings"][0] |= {"version": 3, "task_id": "never_handed_out"}
    assert refused(county, county.forged(town, strange, "task.asice")) == {"unknown_task"}
    year = deepcopy(second)
    year["filings"][0] |= {"version": 3, "budget_year": 2031}
    assert refused(county, county.forged(town, year, "year.asice")) == {"unknown_task"}


def test_one_bad_filing_keeps_the_whole_package_out(county: County, town: Workspace) -> None:
    payload = sealed_payload(county, town, 3)
    payload["filings"][1]["task_id"] = "never_handed_out"
    assert refused(county, county.forged(town, payload)) == {"unknown_task"}


def leave_out_of_the_kit(county: County, payload: dict[str, Any]) -> None:
    """The kit in force has no line for the town, and the payload names that kit."""
    state = county.bureau.store.state  # type: ignore[attr-defined]
    kit = state.kits[0].kit
    shorter = replace(kit, units=tuple(unit for unit in kit.units if unit.code != TOWN))
    state.kits = [replace(state.kits[0], kit=shorter)]
    payload["kit"]["digest"] = kit_digest(shorter)


def test_a_unit_that_is_in_no_register(county: County, town: Workspace) -> None:
    payload = sealed_payload(county, town)
    leave_out_of_the_kit(county, payload)
    with county.bureau.store.writing() as work:
        work.registers.remove_unit(TOWN)
        work.commit()
    assert refused(county, county.forged(town, payload)) == {"unknown_unit"}


def test_a_unit_added_to_the_register_after_the_kit_is_known(county: County, town: Workspace) -> None:
    payload = sealed_payload(county, town)
    leave_out_of_the_kit(county, payload)
    assert county.codes(county.forged(town, payload)) == [set()]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"version": 99}, "unknown_kit_version"),
        ({"kit_id": "310000-2026"}, "unknown_kit_version"),
        ({"digest": "0" * 64}, "unknown_kit_version"),
    ],
)
def test_a_kit_this_bureau_never_issued(
    county: County, town: Workspace, change: dict[str, Any], code: str
) -> None:
    payload = sealed_payload(county, town)
    payload["kit"] |= change
    assert refused(county, county.forged(town, payload)) == {code}


def test_no_kit_at_all(county: County, town: Workspace) -> None:
    payload = {**sealed_payload(county, town), "kit": None}
    assert refused(county, county.forged(town, payload)) == {"unknown_kit_version"}


def test_a_late_filing_under_the_kit_before(county: County, town: Workspace) -> None:
    """The next kit hands the task out no more; what was filled in for it still comes in and can be opened."""
    payload = sealed_payload(county, town)
    draft = draft_from(county.bureau, county.bureau.current_kit().kit)
    task_id = payload["filings"][0]["task_id"]
    tasks = tuple(task for task in draft.tasks if task.task_id != task_id)
    assert len(tasks) == len(draft.tasks) - 1
    kit_issue.issue_kit(county.bureau, replace(draft, tasks=tasks), county.keys, county.stick)
    assert county.codes(county.forged(town, payload)) == [set()]
    assert open_received(county.bureau, payload["filings"][0]["filing_id"]).context.task.task_id == task_id


class TestAnotherUnit:
    def test_its_code_in_the_payload(self, county: County, town: Workspace) -> None:
        payload = sealed_payload(county, town)
        payload["unit_code"] = OTHER
        payload["filings"][0]["unit_code"] = OTHER
        assert refused(county, county.forged(town, payload)) == {"unit_mismatch"}

    def test_its_code_in_one_filing_only(self, county: County, town: Workspace) -> None:
        payload = sealed_payload(county, town)
        payload["filings"][0]["unit_code"] = OTHER
        assert refused(county, county.forged(town, payload)) == {"unit_mismatch"}

    def test_its_filing_is_not_overwritten(self, county: County, town: Workspace) -> None:
        payload = sealed_payload(county, town)
        other = county.desk(OTHER)
        path = county.accepted(other, county.filled(other))
        theirs = payload_of(path)["filings"][0]["filing_id"]
        payload["filings"][0] |= {"filing_id": theirs, "version": 2}
        assert refused(county, county.forged(town, payload)) == {"unit_mismatch"}

    def test_its_project_is_not_overwritten(self, county: County, town: Workspace) -> None:
        payload = sealed_payload(county, town, 2)
        mine = next(item for item in payload["filings"] if item["project"])
        other = county.desk(OTHER)
        path = county.accepted(other, county.filled(other, 2))
        theirs = next(item for item in payload_of(path)["filings"] if item["project"])["project"]
        with county.bureau.store.reading() as work:
            before = work.projects.get(theirs["project_id"]), work.projects.years(theirs["project_id"])
        mine["project"] |= {"project_id": theirs["project_id"], "project_code": theirs["project_code"]}
        assert county.codes(county.forged(town, payload)) == [set()]
        with county.bureau.store.reading() as work:
            assert before == (
                work.projects.get(theirs["project_id"]),
                work.projects.years(theirs["project_id"]),
            )
            kept = work.filings.get(mine["filing_id"])
            assert kept is not None
            own = work.projects.get(kept.project_id)
            (year,) = work.projects.years(kept.project_id)
        assert own is not None
        assert (own.unit_code, own.name) == (TOWN, mine["project"]["name"])
        assert (year.budget_fen, year.from_register) == (
            None,
            False,
        )  # the register's line is the other unit's

    def test_their_project_keeps_its_own_place_in_both_orders(self, county: County, town: Workspace) -> None:
        payload = sealed_payload(county, town, 2)
        mine = next(item for item in payload["filings"] if item["project"])
        other = county.desk(OTHER)
        theirs = sealed_payload(county, other, 2)
        shared = next(item for item in theirs["filings"] if item["project"])["project"]["project_id"]
        mine["project"]["project_id"] = shared
        for desk, one in ((town, payload), (other, theirs)):
            assert county.codes(county.forged(desk, one, f"{desk.profile.unit.code}.asice")) == [set()]
        again = deepcopy(theirs)
        for item in again["filings"]:
            item["version"] = 2
        assert county.codes(county.forged(other, again, "again.asice")) == [set()]
        with county.bureau.store.reading() as work:
            owners = {p.project_id: p.unit_code for p in work.projects.list()}
            for filing in work.filings.find(FilingQuery()):
                assert not filing.project_id or owners[filing.project_id] == filing.unit_code


def test_the_log_tells_what_came_who_was_registered_and_what_was_answered(
    county: County, town: Workspace
) -> None:
    """操作日志: kit, key, intake and receipt in order; a run that changes nothing leaves no trace."""
    path = county.accepted(town, county.filled(town))
    intake.receive(county.bureau, [path], JobContext())
    (waiting,) = receipts.without_receipt(county.bureau)
    receipts.issue_receipt(county.bureau, waiting, county.keys.bureau, county.stick)
    lines = audit_log.newest(county.bureau)
    assert [line.action for line in lines[:3]] == ["receipt", "intake", "register_key"]
    assert [line.action for line in lines[3:]].count("kit") == 1
    assert {line.about for line in lines[:3]} == {town.profile.unit.name}
    assert lines[1].what == "接收报送文件 1 份"
    assert audit_log.check_log(county.bureau).is_whole
