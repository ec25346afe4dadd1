"""无需填报 of a unit: it travels with the next submission, the board counts it, and it can be taken back."""

from __future__ import annotations

from typing import Any

import pytest

from models.domain.errors import InputError
from services import filings
from services.exemptions import KEY, exemption_count
from services.intake_rows import IntakeOutcome
from services.package_lines import package_lines
from services.ports.store import FilingQuery
from services.reporting_status import SAID_BY_UNIT, DueItem, DueState, reporting_status
from services.workspaces import Workspace
from tests.services.county import TOWN, County
from tests.services.intaking import payload_of, refused, sealed_payload

REASON = "项目已于上年完工，没有结转资金"
GIVEN = {"task_id": "T", "project_id": "P", "project_code": "C", "project_name": "项目", "reason": REASON}


def missing(county: County) -> list[DueItem]:
    return [item for item in _items(county) if item.state is DueState.MISSING and item.project_code]


def said(county: County) -> list[DueItem]:
    return [item for item in _items(county) if item.remark.startswith(SAID_BY_UNIT)]


def _items(county: County) -> list[DueItem]:
    return [i for s in reporting_status(county.bureau) if s.unit.code == TOWN for i in s.items]


def exempted(county: County, town: Workspace) -> DueItem:
    """Something due that nobody has begun, marked as not to be filed."""
    with town.store.reading() as work:
        begun = {(f.task_id, f.project_id) for f in work.filings.overview(FilingQuery(unit_code=TOWN))}
        ids = {project.project_code: project.project_id for project in work.projects.list(TOWN)}
    free = [i for i in missing(county) if (i.task.task_id, ids[i.project_code]) not in begun]
    filings.exempt(town, free[0].task, ids[free[0].project_code], REASON)
    return free[0]


def test_the_next_submission_carries_it_and_the_board_counts_it(county: County, town: Workspace) -> None:
    first, second = county.filled(town, 2)
    item = exempted(county, town)
    county.accepted(town, [first])
    (told,) = said(county)
    assert (told.task, told.project_code, told.state) == (item.task, item.project_code, DueState.EXEMPT)
    assert told.remark == f"单位说明：{REASON}"
    with town.store.reading() as work:
        (project,) = [p for p in work.projects.list(TOWN) if p.project_code == item.project_code]
    filings.reopen(town, filings.open_filing(town, item.task.task_id, project.project_id))
    county.receive(county.sealed(town, [second]))
    assert said(county) == []
    assert item.project_code in {one.project_code for one in missing(county) if one.task == item.task}


def test_an_older_package_changes_nothing(county: County, town: Workspace) -> None:
    """Neither one without the list, by an older program, nor one that was made before."""
    first, second = county.filled(town, 2)
    earlier = county.sealed(town, [second])
    county.tools.clock.moment = county.tools.clock.moment.replace(hour=20)
    exempted(county, town)
    county.accepted(town, [first])
    county.receive(earlier)
    assert len(said(county)) == 1
    payload = payload_of(earlier)
    assert payload.pop(KEY) == []
    payload["filings"][0]["version"] = 7
    (row,) = county.receive(county.forged(town, payload, "without.asice")).rows
    assert not row.reasons
    assert len(said(county)) == 1


def test_what_was_sent_all_the_same_counts_as_sent(county: County, town: Workspace) -> None:
    payload = sealed_payload(county, town)
    sent = payload["filings"][0]
    project = sent["project"] or {"project_code": "", "name": ""}
    told = {"task_id": sent["task_id"], "project_id": "", "reason": REASON}
    payload[KEY] = [told | {"project_code": project["project_code"], "project_name": project["name"]}]
    (row,) = county.receive(county.forged(town, payload)).rows
    assert not row.reasons
    assert said(county) == []


@pytest.mark.parametrize(
    "spoiled",
    [
        None,
        "all",
        [GIVEN | {"reason": " "}],
        [GIVEN | {"task_id": 7}],
        [GIVEN | {"more": ""}],
        [{"task_id": "T", "reason": REASON}],
        [GIVEN] * 5001,
    ],
)
def test_a_list_not_built_as_it_should_be(county: County, town: Workspace, spoiled: Any) -> None:
    payload = sealed_payload(county, town)
    assert "payload_type" in refused(county, county.forged(town, payload | {KEY: spoiled}))


def test_a_unit_with_nothing_to_send_sends_its_reasons_alone(county: County, town: Workspace) -> None:
    county.accepted(town, county.filled(town, 1))
    with pytest.raises(InputError, match="没有选择"):
        county.sealed(town, [])
    what = exempted(county, town)
    assert exemption_count(town) == 1
    path = county.sealed(town, [])
    payload = payload_of(path)
    assert payload["filings"] == []
    (row,) = county.receive(path).rows
    assert (row.outcome, row.contents) == (IntakeOutcome.RECEIVED, "无需填报说明 1 项")
    (item,) = said(county)
    assert (item.task.task_id, item.project_code) == (what.task.task_id, what.project_code)
    assert (item.state, item.remark) == (DueState.EXEMPT, f"{SAID_BY_UNIT}{REASON}")
    (line,) = [one for one in package_lines(county.bureau) if one.file_name == path.name]
    assert line.contents == "无需填报说明"
    assert line.awaits_receipt
    (again,) = county.receive(path).rows
    assert again.outcome is IntakeOutcome.UNCHANGED


def test_an_empty_submission_is_none(county: County, town: Workspace) -> None:
    payload = sealed_payload(county, town) | {"filings": [], KEY: []}
    assert refused(county, county.forged(town, payload)) == {"payload_type"}
