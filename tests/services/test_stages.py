"""Second round of budget preparation (二上): begins with the first round, is compared with it, and is what gets approved."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from models.domain.project import DeclarationStage
from services import archive, filings, kit_issue, matrix, practice
from services.handed_out import handed_out
from services.inspection import Inspection
from services.kit_issue import draft_from
from services.received_filings import first_round_of
from services.workspaces import Workspace
from tests.services.county import PASSWORD, TOWN, County
from tests.services.intaking import payload_of
from tests.services.year_forms import filled_targets

SECOND = "performance_target_2027_second_round"


@pytest.fixture
def desk(county: County) -> Workspace:
    """A desk whose kit asks for both rounds."""
    kit = county.bureau.current_kit().kit
    first = next(task for task in kit.tasks if task.form_id == "performance_target")
    second = replace(
        first,
        task_id=SECOND,
        name="绩效目标申报〔2027年预算〕",
        stage=DeclarationStage.SECOND_ROUND,
        is_optional=True,
    )
    kept = [replace(t, stage=DeclarationStage.FIRST_ROUND) if t is first else t for t in kit.tasks]
    draft = replace(draft_from(county.bureau, kit), tasks=(*kept, second))
    record = kit_issue.issue_kit(county.bureau, draft, county.keys, county.stick)
    return practice.build_unit(
        county.tools, county.folder / "rounds", Path(record.source_path), TOWN, PASSWORD
    )


def _cells(desk: Workspace, project_id: str) -> dict[str, matrix.MatrixCell]:
    row = next(row for row in matrix.matrix(desk).rows if row.project_id == project_id)
    return {cell.task_id: cell for cell in row.cells}


def test_a_second_round_begins_with_the_first_and_asks_what_money_changes(county, desk):
    (first,) = filled_targets(desk)
    project_id = first.filing.project_id
    second = filings.open_filing(desk, SECOND, project_id)
    assert second.is_new
    before, now = first.filing.answers, second.filing.answers
    assert now["indicators"] == before["indicators"]
    assert now["annual_target"] == before["annual_target"]
    assert "filled_on" not in now

    total = before["annual_total_fen"] * 2
    other = before.get("annual_other_fen") or 0
    cut = {**now, "annual_total_fen": total, "annual_fiscal_fen": total - other}
    found = [f for f in filings.check(second, cut).findings if f.code == "C51"]
    assert [f.place.path for f in found] == ["annual_total_fen"]
    rows = [{**cut["indicators"][0], "planned_value": "77"}, *cut["indicators"][1:]]
    changed = filings.check(second, {**cut, "indicators": rows}).findings
    assert not [f for f in changed if f.code == "C51"]


def test_the_round_sent_last_is_the_one_to_be_approved(county, desk):
    (first,) = filled_targets(desk)
    project_id = first.filing.project_id
    assert not _cells(desk, project_id)[SECOND].is_due
    county.accepted(desk, [first.filing.filing_id])
    assert _cells(desk, project_id)[first.filing.task_id].is_approvable

    second = filings.open_filing(desk, SECOND, project_id)
    saved = filings.save_draft(
        desk, second, {**second.filing.answers, "filled_on": "2026-11-10"}, first.filing.explanations
    )
    notes = {f.explanation_key: "已核实。" for f in filings.check(saved, saved.filing.answers).findings}
    saved = filings.save_draft(desk, saved, saved.filing.answers, notes)
    county.accepted(desk, [saved.filing.filing_id])
    cells = _cells(desk, project_id)
    assert cells[SECOND].is_approvable
    assert not cells[first.filing.task_id].is_approvable
    received = archive.open_received(county.bureau, saved.filing.filing_id)
    assert received.context.first_round is not None
    assert received.context.first_round["indicators"] == first.filing.answers["indicators"]


def test_the_bureau_asks_a_second_round_anew(county, desk):
    """C51 at intake: the unit explained nothing, the bureau kept the first round."""
    (first,) = filled_targets(desk)
    payload = payload_of(county.accepted(desk, [first.filing.filing_id]))
    filing = payload["filings"][0]
    filing |= {"task_id": SECOND, "filing_id": "second-round", "explanations": {}}
    known = handed_out(county.bureau)
    asking = first_round_of(county.bureau, known)

    def open_findings(total: int) -> int:
        inspection = Inspection(county.tools.reasons, known, first_round=asking)
        other = filing["answers"].get("annual_other_fen") or 0
        filing["answers"] |= {"annual_total_fen": total, "annual_fiscal_fen": total - other}
        inspection(payload)
        return inspection.counts["second-round"].to_explain

    total = first.filing.answers["annual_total_fen"]
    assert open_findings(total) == open_findings(total * 2) - 1
    found = Inspection(county.tools.reasons, known, first_round=asking)(payload)
    assert [reason.code for reason in found] == ["blocking_findings"]
