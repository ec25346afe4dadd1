"""Reading: each filing once, money as the last word on it has it, what is due by the register, the workbook."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from models.domain.approval import Approval
from models.domain.errors import InputError
from models.domain.filing import Filing, FilingStatus
from models.domain.project import Project
from models.domain.review import ReviewDecision, ReviewLevel, ReviewOutcome
from services.figures.book import save_book, write_book
from services.figures.counting import total
from services.figures.reading import budget_years, read_basis
from services.figures.records import Basis, FigureLine
from services.job import JobContext
from services.ports.figure_books import FigureSheet
from services.ports.store import FilingFigures
from services.workspaces import Workspace
from tests.fakes.documents import FakeDocuments
from tests.services.county import TOWN, County
from tests.services.figures.sample import EVALUATION, TARGET

YEAR = 2027


def kept(county: County, filing_id: str, project_id: str, form_id: str = TARGET, **given: Any) -> Filing:
    """A received filing put straight into the bureau's store."""
    kit = county.bureau.current_kit().kit
    task = next((t.task_id for t in kit.tasks if t.form_id == form_id), f"{form_id}-late")
    figures = FilingFigures(given.pop("amount_fen", None), given.pop("score", None), given.pop("grade", None))
    made = Filing(filing_id, task, form_id, "1", YEAR, TOWN, project_id, FilingStatus.RECEIVED, version=1)
    filing = replace(made, **given)
    with county.bureau.store.writing() as work:
        work.projects.put(Project(project_id, f"项目{project_id}", TOWN, given.get("code", "")))
        saved = work.filings.save(filing, figures, expected_revision=None)
        work.commit()
    return saved


def decided(county: County, filing_id: str, level: ReviewLevel, approved_fen: int, **given: Any) -> None:
    now = county.tools.clock.now()
    decision = ReviewDecision(
        f"{filing_id}-{level}", filing_id, 1, level, ReviewOutcome.PASS, "同意", "李文", now,
        submitted_fen=1000, approved_fen=approved_fen,
    )  # fmt: skip
    with county.bureau.store.writing() as work:
        work.reviews.add_decision(replace(decision, **given))
        work.commit()


def only(read: Basis, filing_id: str) -> FigureLine:
    (found,) = (line for line in read.lines if line.filing_id == filing_id)
    return found


def test_the_highest_level_in_force_on_this_version_decides_on_money(county: County) -> None:
    kept(county, "A", "P1", amount_fen=1000)
    decided(county, "A", ReviewLevel.OFFICE, 900)
    decided(county, "A", ReviewLevel.PERFORMANCE, 700)
    decided(county, "A", ReviewLevel.LEADER, 1, withdrawn_at=county.tools.clock.now())
    kept(county, "B", "P2", amount_fen=1000)
    decided(county, "B", ReviewLevel.LEADER, 5, version=2)
    read = read_basis(county.bureau, YEAR)
    assert (only(read, "A").submitted_fen, only(read, "A").approved_fen) == (1000, 700)
    assert only(read, "B").cut_fen is None


def test_what_the_bureau_refused_reads_so_and_counts_as_filed(county: County) -> None:
    for filing_id, level in (("A", ReviewLevel.OFFICE), ("B", ReviewLevel.DEPARTMENT)):
        kept(county, filing_id, f"P{filing_id}", status=FilingStatus.IN_REVIEW)
        decided(county, filing_id, level, 0, outcome=ReviewOutcome.REFUSE)
    read = read_basis(county.bureau, YEAR)
    assert only(read, "A").status is FilingStatus.REFUSED
    assert only(read, "B").status is FilingStatus.IN_REVIEW, "a department gives its opinion only"


def test_an_approved_budget_is_the_last_word(county: County) -> None:
    kept(county, "A", "P1", amount_fen=1000)
    decided(county, "A", ReviewLevel.LEADER, 900)
    kept(county, "B", "P2", amount_fen=400, status=FilingStatus.UNFUNDED)
    approval = Approval(TOWN, "P1", YEAR, TARGET, "1号", date(2027, 1, 9), 800, {}, county.tools.clock.now())
    with county.bureau.store.writing() as work:
        work.approvals.add(approval)
        work.commit()
    figures = total(read_basis(county.bureau, YEAR), TARGET).figures
    assert (figures.submitted_fen, figures.approved_fen, figures.cut_fen) == (1400, 800, 600)


def test_a_project_filed_twice_counts_once_and_drafts_never(county: County) -> None:
    now = county.tools.clock.now()
    later = now + timedelta(hours=1)
    kept(county, "old", "P1", amount_fen=100, updated_at=now)
    kept(county, "new", "P9", amount_fen=250, updated_at=later)
    with (
        county.bureau.store.writing() as work
    ):  # the same project under another id: the unit set its desk up anew
        work.projects.put(Project("P9", "项目P1", TOWN))
        work.commit()
    kept(county, "draft", "P3", status=FilingStatus.DRAFT)
    read = read_basis(county.bureau, YEAR)
    assert [line.filing_id for line in read.lines] == ["new"]


def test_spending_and_points_come_from_the_forms(county: County) -> None:
    answers = {"funds": [{"row_id": "total", "annual_fen": 300, "spending_fen": 299}]}
    kept(county, "E", "P1", EVALUATION, answers=answers, score="92.5", grade="优", amount_fen=300)
    kept(county, "X", "P2", EVALUATION, answers={"funds": "损坏"}, score="很好")
    read = read_basis(county.bureau, YEAR)
    line = only(read, "E")
    assert (line.budget_fen, line.spending_fen, line.score, line.grade) == (300, 299, Decimal("92.5"), "优")
    assert (only(read, "X").budget_fen, only(read, "X").score) == (None, None)


def test_what_is_due_is_met_by_what_came(county: County, town: Workspace) -> None:
    before = total(read_basis(county.bureau, YEAR)).figures
    assert before.sent == 0
    county.accepted(town, county.filled(town, 2))
    read = read_basis(county.bureau, YEAR)
    after = total(read).figures
    assert (after.sent, after.missing, after.due) == (2, before.missing - 2, before.due)
    line = next(line for line in read.lines if line.form_id == TARGET)
    assert line.belonging.office
    assert line.belonging.fund_type
    assert line.amount_fen
    assert YEAR in budget_years(county.bureau)


def sheets_of(county: County) -> dict[str, FigureSheet]:
    documents = county.tools.documents
    assert isinstance(documents, FakeDocuments)
    return {sheet.name: sheet for sheet in documents.figure_sheets[-1]}


def test_the_workbook_has_every_sheet_and_the_same_totals(county: County, tmp_path: Path) -> None:
    kept(county, "A", "P1", amount_fen=1_234_567_89)
    kept(county, "E", "P1", EVALUATION, score="95", grade="优")
    write_book(county.bureau, YEAR, tmp_path / "汇总.xlsx", JobContext())
    sheets = sheets_of(county)
    wanted = [
        "总表",
        "按单位",
        "按主管部门",
        "按股室",
        "按资金性质",
        "按项目类别",
        "按表",
        "评价等级",
        "报送情况",
    ]
    assert list(sheets) == [*wanted, "明细", "未报明细"]
    for sheet in sheets.values():
        assert {len(row) for row in sheet.rows} <= {len(sheet.heads)}
    amount = next(n for n, head in enumerate(sheets["按单位"].heads) if head.text == "金额（万元）")
    assert sheets["按单位"].rows[-1][amount] == Decimal("123.456789")
    assert [row[1] for row in sheets["评价等级"].rows] == ["优", "良", "中", "差"]
    assert len(sheets["明细"].rows) == 2
    assert len(sheets["未报明细"].rows) == sheets["报送情况"].rows[-1][4]
    assert all(sheets[name].charts for name in ("按单位", "按表", "评价等级", "报送情况"))
    saved = [save_book(county.bureau, YEAR, tmp_path, JobContext())[0].name for _ in range(2)]
    assert len(set(saved)) == 2


def test_what_cannot_be_summed_up(county: County, town: Workspace, tmp_path: Path) -> None:
    target = tmp_path / "汇总.xlsx"
    for desk, year, path, words in (
        (county.bureau, 1999, target, "没有1999年预算的表"),
        (county.bureau, YEAR, tmp_path / "汇总.pdf", "要存成 .xlsx"),
        (town, YEAR, target, "这是填报端的工作区"),
    ):
        with pytest.raises(InputError, match=words):
            write_book(desk, year, path, JobContext())
    assert not target.exists()
