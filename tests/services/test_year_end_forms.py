"""Rectification, review and summaries through the desk: filled, sealed, received as they were sealed."""

from __future__ import annotations

import pytest

from services import archive, filings, sealing
from services.workspaces import Workspace
from tests.services.county import County
from tests.services.year_forms import desk_with, fill, filled_targets, project_of

pytestmark = pytest.mark.wide

YEAR = 2027


def _received(county: County, desk: Workspace, filing_id: str):
    county.accepted(desk, [filing_id])
    return archive.open_received(county.bureau, filing_id).filing.answers


def test_a_review_is_sealed_and_received(county: County):
    desk = desk_with(county, "target_review")

    def edit(opened):
        rows = [{**row, "score": row["full_score"]} for row in opened.filing.answers["review_items"]]
        return {"review_items": rows, "opinion": "目标明确，同意。", "annual_total_fen": 1_000_000}

    made = fill(desk, f"target_review_{YEAR}", project_of(desk), edit)
    received = _received(county, desk, made.filing.filing_id)
    assert (received["total_score"], received["grade"]) == ("100", "优")


def test_a_summary_of_targets_is_sealed_and_received(county: County):
    desk = desk_with(county, "target_summary")
    targets = filled_targets(desk, 3)
    made = fill(
        desk, f"target_summary_{YEAR}", "", lambda _opened: {"department_opinion": "已逐项审核，同意上报。"}
    )
    assert len(made.filing.answers["summary_rows"]) == len(targets) == 3
    received = _received(county, desk, made.filing.filing_id)
    total = sum(one.filing.answers["annual_total_fen"] for one in targets)
    assert received["total_sum_fen"] == total
    assert {row["filing_source"] for row in received["summary_rows"]} == {"绩效目标（填报中）"}


def test_a_summary_grows_with_the_filings(county: County):
    desk = desk_with(county, "target_summary")
    filled_targets(desk, 1)
    made = fill(desk, f"target_summary_{YEAR}", "", lambda _opened: {"department_opinion": "同意上报。"})
    assert len(made.filing.answers["summary_rows"]) == 1
    filled_targets(desk, 2)
    again = filings.open_filing(desk, f"target_summary_{YEAR}")
    found = {finding.code for finding in filings.check(again, again.filing.answers).findings}
    assert "C42" in found
    assert len(again.form.derive(again.context, again.filing.answers)["summary_rows"]) == 2


def test_an_empty_summary_cannot_be_sealed(county: County):
    desk = desk_with(county, "self_evaluation_summary")
    made = fill(desk, f"self_evaluation_summary_{YEAR}", "", lambda _opened: {"department_opinion": "同意。"})
    (candidate,) = [c for c in sealing.candidates(desk) if c.opened.filing.filing_id == made.filing.filing_id]
    assert candidate.counts.blocking


@pytest.mark.parametrize("state", ["ongoing", "not_started"])
def test_a_rectification_is_sealed_and_received(county: County, state: str):
    desk = desk_with(county, "rectification")
    problem = {
        "row_id": "r1",
        "project_name": "农村公路养护",
        "issue": "路况优良率没有达到目标",
        "measure": "安排修补。",
        "state": state,
        "deadline_on": "2027-07-31",
        "department": "规建办",
        "responsible_person": "李强",
    }
    made = fill(desk, f"rectification_{YEAR}", "", lambda _opened: {"problems": [problem]})
    assert _received(county, desk, made.filing.filing_id)["problems"] == [problem]
