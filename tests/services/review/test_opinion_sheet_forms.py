"""The opinion sheet asks each form what its review asks: a score and grade, or the amount and conclusion."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from models.domain.desk_user import DeskUser, UserRole
from models.domain.review import ReviewLevel, ReviewOutcome
from services import filings
from services.review.deciding import DecisionDraft, decide, decide_many
from services.review.opinion_sheet import waiting_offices, write_sheet
from services.review.opinion_sheet_back import OpinionRow, read_sheet
from services.review.opinion_sheet_merging import merge_sheet
from services.review.queue import QueueLine, line_of
from services.review.reassigning import Target, reassign_unit
from services.workspaces import Workspace
from tests.forms.ex_ante_cases import XIGONG
from tests.services import test_ex_ante
from tests.services.county import TOWN, County
from tests.services.review.test_deciding import revision
from tests.services.review.test_opinion_sheet import GOOD, LEAD, filled
from tests.services.test_self_evaluation_filings import YEAR, _approved, _ready, desk

pytestmark = pytest.mark.wide

__all__ = ["desk"]

EVERYBODY = DeskUser("U9", "周宁", tuple(UserRole))
ASKED = {key: value for key, value in GOOD.items() if key != "points"}


def sheet_of(county: County, clerk: Workspace, filing_id: str) -> Path:
    """A filing taken in, on the sheet of one office."""
    county.accepted(clerk, [filing_id])
    reassign_unit(county.bureau, LEAD, TOWN, Target("农业股", "", "都由农业股管理"))
    assert waiting_offices(county.bureau) == (("农业股", 1),)
    return write_sheet(county.bureau, LEAD, "农业股", county.stick)


def read(county: County, sheet: Path, **changed: object) -> OpinionRow:
    (row,) = read_sheet(county.bureau, filled(sheet, {**ASKED, **changed})).rows
    return row


def merged(county: County) -> QueueLine:
    preview = read_sheet(county.bureau, county.stick / "back.xlsx")
    (filing_id,) = merge_sheet(county.bureau, LEAD, preview, preview.ready).decided
    line = line_of(county.bureau, filing_id)
    assert line is not None
    return line


def test_a_self_evaluation_is_scored_anew(county: County, desk: Workspace):
    opened = _ready(desk, filings.open_filing(desk, f"self_evaluation_{YEAR}", _approved(desk)))
    sheet = sheet_of(county, desk, opened.filing.filing_id)
    assert "只能是审核通过、列入复核、退回修改" in read(county, sheet, outcome="不予通过").problem
    assert "按 65 分应评“中”" in read(county, sheet, points="65", grade="优").problem
    assert "不能识别" in read(county, sheet, grade="特优").problem
    assert (
        read(county, sheet, outcome="列入复核", points="65", opinion="满意度没有调查依据。").draft is not None
    )
    said = merged(county).last_decision(ReviewLevel.OFFICE)
    assert said is not None
    assert (said.outcome, said.points, said.grade) == (ReviewOutcome.RECHECK, "65", "中")


def test_an_ex_ante_evaluation_is_cut(county: County):
    clerk = test_ex_ante.desk_with(county, XIGONG)
    made = test_ex_ante.filled(clerk, test_ex_ante.added(clerk, "农村公路养护工程", 128_400_000))
    sheet = sheet_of(county, clerk, made.filing.filing_id)
    assert "审定金额“若干”不能识别" in read(county, sheet, approved="若干").problem
    assert "大于送审金额" in read(county, sheet, approved=9_999_999).problem
    assert "评估结论“同意”不能识别" in read(county, sheet, conclusion="同意").problem
    ready = read(county, sheet, approved=100.5, conclusion="予以支持")
    assert "审定 100.50 万元　予以支持" in ready.words
    said = merged(county).last_decision(ReviewLevel.OFFICE)
    assert said is not None
    assert (said.approved_fen, said.conclusion) == (100_500_000, "予以支持")
    assert said.submitted_fen is not None
    assert said.cut_fen == said.submitted_fen - 100_500_000


def test_the_last_level_passes_no_ex_ante_evaluation_without_a_conclusion(county: County):
    clerk = test_ex_ante.desk_with(county, XIGONG)
    sent, other = (
        test_ex_ante.filled(clerk, test_ex_ante.added(clerk, name, 128_400_000)).filing.filing_id
        for name in ("农村公路养护工程", "农村公路绿化工程")
    )
    county.accepted(clerk, [sent, other])
    silent = DecisionDraft(ReviewOutcome.PASS, "同意。")
    concluded = replace(silent, conclusion="调整完善后予以支持")
    decide(county.bureau, EVERYBODY, sent, 0, silent)
    decide(county.bureau, EVERYBODY, other, 0, concluded)
    at_last = [
        (one, decide(county.bureau, EVERYBODY, one, seen, silent).revision)
        for one in (sent, other)
        if (seen := revision(county, one))
    ]
    result = decide_many(county.bureau, EVERYBODY, at_last, silent)
    assert result.decided == (other,), "what the office concluded stands"
    assert "还没有定评估结论" in result.refused[0][1]
    assert "请打开这份表，选定结论（予以支持、调整完善后予以支持、不予支持）" in result.refused[0][1]
    assert decide(county.bureau, EVERYBODY, sent, at_last[0][1], concluded).level is None
