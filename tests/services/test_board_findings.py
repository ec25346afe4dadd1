"""What the board says of a unit: due and not filed, late, scores alike; each with its line."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from models.domain.filing import FilingStatus
from services import board_findings
from services.board_findings import unit_findings
from services.ports.store import FilingOverview
from services.reporting_status import DueState, UnitStatus, reporting_status
from services.workspaces import Workspace
from tests.services.county import TOWN, County


def of_town(county: County) -> UnitStatus:
    return next(status for status in reporting_status(county.bureau) if status.unit.code == TOWN)


def test_what_is_missing_and_what_came_late(county: County, town: Workspace) -> None:
    ids = county.filled(town, 1)
    county.accepted(town, ids)
    status = of_town(county)
    found = unit_findings(county.bureau, status)
    missing = [one for one in found if one.finding.code == "C54"]
    assert len(missing) == status.count(DueState.MISSING)
    assert {one.item.state for one in missing if one.item} == {DueState.MISSING}
    assert not [one for one in found if one.finding.code == "C45"]
    early = [
        replace(item, task=replace(item.task, closes_on=item.task.opens_on.replace(year=2020)))
        for item in status.items
    ]
    late = [
        one
        for one in unit_findings(county.bureau, replace(status, items=tuple(early)))
        if one.finding.code == "C45"
    ]
    assert [one.item.filing_id for one in late if one.item] == ids
    assert "逾期" in late[0].finding.message
    twice = [replace(item, state=DueState.REPEATED) for item in status.items if item.filing_id]
    (same,) = unit_findings(county.bureau, replace(status, items=tuple(twice)))
    assert (same.finding.code, same.item) == ("C43", twice[0])


def test_scores_that_are_all_alike(county: County, monkeypatch) -> None:
    status = of_town(county)
    sample = status.items[0]
    task = replace(sample.task, form_id="self_evaluation", budget_year=2025)
    items = tuple(
        replace(sample, task=task, name=f"项目{n}", filing_id=f"F{n}", state=DueState.SENT) for n in range(5)
    )
    scored = [
        FilingOverview(
            f"F{n}", task.task_id, "self_evaluation", "", TOWN, 2025, FilingStatus.RECEIVED, 1, None, None
        )._replace(score=str(Decimal("98") + n * Decimal("0.1")))
        for n in range(5)
    ]
    monkeypatch.setattr(board_findings, "first_received", lambda *_given: None)
    monkeypatch.setattr(type_of_filings(county), "overview", lambda _self, _query: scored)
    (found,) = unit_findings(county.bureau, replace(status, items=items))
    assert found.finding.code == "C46"
    assert found.item is None
    assert "标准差 0.14" in found.finding.message


def type_of_filings(county: County) -> type:
    with county.bureau.store.reading() as work:
        return type(work.filings)
