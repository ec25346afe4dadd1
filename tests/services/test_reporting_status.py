"""Who has sent what against what was due: numbers by register and kit, nothing counted twice, nothing lost."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import replace
from datetime import timedelta

import pytest

from forms import registry
from forms.schema import FormSubject
from models.domain.project import RegisterEntry, Unit
from services.kit_differences import kit_differences
from services.projects import NewProject, add_project
from services.reporting_status import BEYOND, EARLIER, DueItem, DueState, UnitStatus, reporting_status
from services.workspaces import Workspace
from tests.services.county import TOWN, County


@pytest.fixture
def desk(county: County) -> Workspace:
    return county.desk()


def town(county: County) -> UnitStatus:
    return next(status for status in reporting_status(county.bureau) if status.unit.code == TOWN)


def items(county: County, state: DueState) -> list[DueItem]:
    return [item for item in town(county).items if item.state is state]


def with_register(county: County, *entries: RegisterEntry) -> None:
    """The kit in force with more lines of the project register."""
    state = county.bureau.store.state  # type: ignore[attr-defined]
    kit = state.kits[0].kit
    state.kits = [replace(state.kits[0], kit=replace(kit, register=(*kit.register, *entries)))]


def test_before_anything_came(county: County) -> None:
    kit = county.bureau.current_kit().kit
    board = reporting_status(county.bureau)
    assert [status.unit for status in board] == list(kit.units)
    for status in board:
        lines = [e for e in kit.register if e.unit_code == status.unit.code]
        tasks = [t for t in kit.tasks if t.is_due_from(status.unit) and not t.is_optional]
        exempt = due = 0
        for task in tasks:
            if registry.form(task.form_id).subject is FormSubject.UNIT:
                due += 1
                continue
            of_year = [e for e in lines if e.budget_year == task.budget_year]
            free = [
                e for e in of_year if e.exempt_reason or (e.forms_due and task.form_id not in e.forms_due)
            ]
            exempt, due = exempt + len(free), due + len(of_year) - len(free)
        assert (status.due, status.count(DueState.MISSING), status.count(DueState.EXEMPT)) == (
            due,
            due,
            exempt,
        )
        assert status.count(DueState.SENT) == status.count(DueState.UNLISTED) == 0


def test_what_came_is_sent_and_nothing_else_moves(county: County, desk: Workspace) -> None:
    before = town(county)
    county.accepted(desk, county.filled(desk, 4))
    after = town(county)
    assert (after.due, after.count(DueState.SENT)) == (before.due, 4)
    assert after.count(DueState.MISSING) == before.count(DueState.MISSING) - 4
    sent = items(county, DueState.SENT)
    assert all(item.filing_id and item.version == 1 for item in sent)
    assert all(item.amount_fen is not None for item in sent if item.project_code)


def test_a_line_that_gives_a_reason_and_lists_no_form(county: County) -> None:
    with_register(county, RegisterEntry("C9", "停建项目", TOWN, 2027, exempt_reason="已停建"))
    item = next(item for item in town(county).items if item.project_code == "C9")
    assert (item.state, item.remark) == (DueState.EXEMPT, "已停建")


def test_a_line_without_a_code_is_met_by_its_name(county: County, desk: Workspace) -> None:
    with_register(county, RegisterEntry("", "河道清淤", TOWN, 2027))
    project = add_project(desk, NewProject("河道清淤", 2027))
    payload = payload_for(county, desk, project.project_id, "河道清淤")
    county.receive(county.forged(desk, payload))
    by_form = {item.task.form_id: item for item in town(county).items if item.name == "河道清淤"}
    assert by_form["performance_target"].state is DueState.SENT
    assert items(county, DueState.UNLISTED) == []


def payload_for(county: County, desk: Workspace, project_id: str, name: str) -> dict:  # type: ignore[type-arg]
    """An honest payload's project filing, made to be about another project; the desk's key is registered."""
    path = county.accepted(desk, county.filled(desk, 2))
    payload = json.loads(path.read_text("utf-8"))["payload"]
    item = next(deepcopy(item) for item in payload["filings"] if item["project"])
    item |= {"filing_id": f"F-{name}"}
    item["project"] |= {"project_id": project_id, "project_code": "", "name": name}
    from services.messages import kit_digest

    kit = county.bureau.current_kit().kit
    return {**payload, "filings": [item], "number": 9, "kit": {**payload["kit"], "digest": kit_digest(kit)}}


def test_a_project_beyond_the_register(county: County, desk: Workspace) -> None:
    payload = payload_for(county, desk, "N1", "名录外项目")
    county.receive(county.forged(desk, payload))
    before = town(county).due
    (item,) = items(county, DueState.UNLISTED)
    assert (item.name, item.project_code, item.remark) == ("名录外项目", "", "项目不在年度预算项目名录里")
    assert town(county).due == before


def test_a_desk_set_up_anew_sends_the_same_form_again(county: County, desk: Workspace) -> None:
    """The newest of two filings of one place counts; the other is still shown."""
    path = county.accepted(desk, county.filled(desk, 2))
    payload = json.loads(path.read_text("utf-8"))["payload"]
    again = deepcopy(payload)
    for number, item in enumerate(again["filings"]):
        item["filing_id"] = f"A{number}"  # sorts before any id of ours, so order alone does not decide
    county.tools.clock.moment = county.tools.clock.moment.replace(hour=15)
    county.receive(county.forged(desk, again))
    assert {item.filing_id for item in items(county, DueState.SENT)} == {"A0", "A1"}
    older = items(county, DueState.REPEATED)
    assert {item.filing_id for item in older} == {item["filing_id"] for item in payload["filings"]}
    assert {item.remark for item in older} == {EARLIER}
    assert items(county, DueState.UNLISTED) == []


def test_a_whole_desk_set_up_anew_shows_nothing_beyond_the_register(county: County, desk: Workspace) -> None:
    county.accepted(desk, county.filled(desk, 4))
    before = town(county)
    county.tools.clock.moment += timedelta(days=1)
    anew = county.desk(name="anew")
    county.accepted(anew, county.filled(anew, 4))
    after = town(county)
    assert (after.due, after.count(DueState.SENT)) == (before.due, before.count(DueState.SENT))
    assert (after.count(DueState.REPEATED), after.count(DueState.UNLISTED)) == (4, 0)
    first = {item.filing_id for item in before.items if item.state is DueState.SENT}
    assert {item.filing_id for item in items(county, DueState.REPEATED)} == first


def test_a_project_typed_in_without_its_code_is_met_by_its_name(county: County, desk: Workspace) -> None:
    payload = payload_for(county, desk, "N7", "待定")
    (filing,) = payload["filings"]
    entry = next(
        e
        for e in county.bureau.current_kit().kit.register
        if (e.unit_code, e.budget_year) == (TOWN, filing["budget_year"]) and e.project_code
    )
    filing["project"]["name"] = entry.project_name
    county.tools.clock.moment += timedelta(days=1)
    assert county.codes(county.forged(desk, payload)) == [set()]
    item = next(i for i in items(county, DueState.SENT) if i.project_code == entry.project_code)
    assert item.filing_id == filing["filing_id"]
    assert items(county, DueState.UNLISTED) == []


def test_a_name_that_two_lines_bear_tells_nothing(county: County, desk: Workspace) -> None:
    twice = [RegisterEntry(f"C{number}", "同名项目", TOWN, 2027) for number in (1, 2)]
    with_register(county, *twice)
    county.receive(county.forged(desk, payload_for(county, desk, "N8", "同名项目")))
    (item,) = items(county, DueState.UNLISTED)
    assert (item.name, item.remark) == ("同名项目", BEYOND)


def test_a_unit_newer_than_the_kit_is_on_the_board(county: County) -> None:
    with county.bureau.store.writing() as work:
        work.registers.put_units([Unit("990999", "新设单位", category="行政单位")])
        work.commit()
    assert reporting_status(county.bureau)[-1].unit.code == "990999"
    kit = county.bureau.current_kit().kit
    assert list(kit_differences(kit, kit)) == []
