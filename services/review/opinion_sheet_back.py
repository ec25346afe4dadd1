"""A 股室审核意见表 that came back (收回审核意见表): what each row would change, and why others are left out.

Nothing is believed but what the office was to fill in: which filing a row speaks of must agree with what was given out,
word by word. Reading changes nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from forms import registry
from forms.fill_in_list import FilledRow, read_filled_list
from models.domain.errors import DeskError, InputError
from models.domain.kit import ParameterKit
from models.domain.money import AmountError, AmountUnit, format_amount, parse_amount
from models.domain.review import ReviewLevel
from services.ex_ante import EX_ANTE_FORM, conclusions_of
from services.handed_out import handed_out
from services.ports.store import UnitOfWork
from services.review.deciding import DecisionDraft, Standing, refuse_incomplete, standing
from services.review.opinion_sheet import (
    KIND,
    SHOWN,
    TABLE,
    digest_of,
    mark_of,
    setting_of,
    shown_digest,
)
from services.review.scores import grading_rule, settled_grade
from services.review.sheet import outcomes_of
from services.workspaces import Workspace

FILLED = ("outcome", "points", "grade", "approved", "conclusion", "opinion", "reviewer", "date")
LONGEST = 1000
_LONGEST_NAME = 30
_BLANK = ("", "—", "-", "－")
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(\s+0{1,2}:00(:00)?)?")


class RowProblem(InputError):
    """Why a row is left out (不登记的原因)."""


@dataclass(frozen=True, slots=True)
class OpinionRow:
    """One row of the sheet (意见行): what it would change, or in `problem` why it is left out.

    `number` is the row as spreadsheets count; `revision` the review's as seen while reading; `draft` what would be
    decided. `is_blank` where the office said nothing.
    """

    number: int
    name: str
    filing_id: str = ""
    revision: int = 0
    draft: DecisionDraft | None = None
    reviewer: str = ""
    reviewed_on: date | None = None
    problem: str = ""
    is_blank: bool = False

    @property
    def words(self) -> str:
        """What would be noted."""
        if self.draft is None or self.reviewed_on is None:
            return self.problem
        draft, day = self.draft, self.reviewed_on
        amount = (
            format_amount(draft.approved_fen, AmountUnit.WAN_YUAN) if draft.approved_fen is not None else ""
        )
        parts = (
            draft.outcome.label,
            f"{draft.points} 分" if draft.points else "",
            draft.grade,
            f"审定 {amount} 万元" if amount else "",
            draft.conclusion,
            draft.opinion,
            f"{self.reviewer} {day.year}年{day.month}月{day.day}日",
        )
        return "　".join(part for part in parts if part)


@dataclass(frozen=True)
class OpinionPreview:
    """A sheet that came back (意见表预览): which, of what office, row by row."""

    file_name: str
    sheet_id: str
    office: str
    rows: tuple[OpinionRow, ...]

    @property
    def ready(self) -> tuple[OpinionRow, ...]:
        """Rows that would be noted."""
        return tuple(row for row in self.rows if row.draft is not None)

    @property
    def left_out(self) -> tuple[OpinionRow, ...]:
        """Rows that cannot be, with the reason."""
        return tuple(row for row in self.rows if row.problem)

    @property
    def blank(self) -> int:
        """How many the office said nothing about."""
        return sum(row.is_blank for row in self.rows)


def read_sheet(workspace: Workspace, path: Path) -> OpinionPreview:
    """Look at a sheet that came back. InputError when it is none, or none that was given out here."""
    back = read_filled_list(workspace.tools.hand_filled.read(path, "收回"), TABLE)
    if back is None or back.identity.get("kind") != KIND:
        raise InputError("这不是股室审核意见表", "请选择用本程序生成、由股室填好交回的文件", path.name)
    sheet_id = back.identity.get("sheet_id", "")
    counts = Counter(row.mark for row in back.rows if row.mark)
    with workspace.store.reading() as work:
        kept = work.settings.get(setting_of(sheet_id))
        if not kept:
            raise InputError("这份审核意见表不是在本工作区生成的", "请在生成它的财政端收回", path.name)
        reading = _Reading(workspace, work, sheet_id, kept)
        rows = tuple(reading.row(row, counts[row.mark] > 1) for row in back.rows)
    return OpinionPreview(path.name, sheet_id, str(kept["office"]), rows)


def office_obstacle(stands: Standing, office: str, given: Mapping[str, Any]) -> str:
    """Why an office's opinion on a version given out cannot be noted any more, "" when it can."""
    filing = stands.filing
    if filing.version != given["version"]:
        return f"单位已报送第 {filing.version} 版，这一行审的是第 {given['version']} 版，请重新生成意见表"
    if digest_of(filing) != given["digest"]:
        return "生成意见表以后，这一版的内容经核实换成了另一份，请重新生成意见表"
    if stands.file.level is not ReviewLevel.OFFICE:
        return ""
    if stands.file.office != office:
        return f"已改派给{stands.file.office or '别的股室'}，请由他们审核"
    return ""


@dataclass(frozen=True)
class _Reading:
    """Reading one sheet (读取)."""

    workspace: Workspace
    work: UnitOfWork
    sheet_id: str
    kept: Mapping[str, Any]

    def row(self, row: FilledRow, is_double: bool) -> OpinionRow:
        """What a row would change."""
        texts = {key: cell.text.strip() for key, cell in row.cells.items()}
        name = "　".join(texts[key] for key in ("unit", "project", "form") if texts.get(key)) or "（空行）"
        try:
            return self._row(row, texts, name, is_double)
        except DeskError as problem:
            return OpinionRow(row.number, name, problem=problem.what)

    def _row(self, row: FilledRow, texts: Mapping[str, str], name: str, is_double: bool) -> OpinionRow:
        filing_id = row.mark.partition(":")[0]
        given = self.kept["rows"].get(filing_id)
        is_ours = given and row.mark == mark_of(filing_id, given["version"], given["digest"])
        if not is_ours or shown_digest({key: texts.get(key, "") for key in SHOWN}) != given["shown"]:
            raise RowProblem("单位、项目与生成时的不一致，或是新插入的行，无法确认是哪一份表")
        if is_double:
            raise RowProblem("同一份表有两行，无法确认以哪一行为准")
        filled = {key: texts.get(key, "") for key in FILLED if texts.get(key, "") not in _BLANK}
        faults = [row.cells[key].fault for key in FILLED if key in row.cells and row.cells[key].fault]
        if not filled and not faults:
            return OpinionRow(row.number, name, filing_id, is_blank=True)
        if faults:
            raise RowProblem(f"填写的内容{faults[0]}，请直接填写文字或数字")
        stands = standing(self.workspace, self.work, filing_id)
        obstacle = office_obstacle(stands, self.kept["office"], given) or self._decided(stands)
        if obstacle:
            raise RowProblem(obstacle)
        kit = handed_out(self.workspace).kit_of(stands.filing.task_id)
        assert kit is not None, "the standing was found with it"
        draft = _draft(stands, kit, filled)
        refuse_incomplete(self.workspace, self.work, stands, draft)
        reviewer, day = self._signed(filled)
        return OpinionRow(row.number, name, filing_id, stands.file.revision, draft, reviewer, day)

    def _decided(self, stands: Standing) -> str:
        """What the office has decided on this version already."""
        if stands.file.level is ReviewLevel.OFFICE:
            return ""
        found = [
            item
            for item in self.work.reviews.decisions([stands.filing.filing_id])
            if item.level is ReviewLevel.OFFICE and item.is_in_force and item.version == stands.filing.version
        ]
        if not found:
            return f"这份表{stands.filing.status.label}，现在没有待审的环节"
        said = found[-1]
        if said.is_signed_elsewhere and said.decided_by.endswith(f"（{self.kept['office']}）"):
            return f"已据股室审核意见表登记过：{said.outcome.label}"
        return f"已由{said.decided_by}审核：{said.outcome.label}"

    def _signed(self, filled: Mapping[str, str]) -> tuple[str, date]:
        """Who decided, and when."""
        reviewer = "".join(filled.get("reviewer", "").split())
        if not reviewer or len(reviewer) > _LONGEST_NAME:
            raise RowProblem("没有填写审核人，或姓名过长")
        found = _DATE.fullmatch(filled.get("date", ""))
        try:
            day = date(*(int(found[n]) for n in (1, 2, 3))) if found else None
        except ValueError:
            day = None
        if day is None:
            raise RowProblem(f"日期“{filled.get('date', '')}”不能识别，请填成 2026年9月15日 这样的日期")
        if day > self.workspace.today:
            raise RowProblem("审核日期晚于今天")
        return reviewer, day


def _draft(stands: Standing, kit: ParameterKit, filled: Mapping[str, str]) -> DecisionDraft:
    """What the office decided; RowProblem for words nobody knows."""
    form_id = stands.filing.form_id
    step = stands.step
    outcomes = outcomes_of([form_id], may_return=step is None or step.may_return)
    outcome = next((item for item in outcomes if item.label == filled.get("outcome")), None)
    if outcome is None:
        words = "、".join(item.label for item in reversed(outcomes))
        said = filled.get("outcome")
        raise RowProblem(f"审核意见“{said}”不能识别，只能是{words}" if said else "没有选择审核意见")
    opinion = filled.get("opinion", "")
    if len(opinion) > LONGEST:
        raise RowProblem(f"意见内容超过 {LONGEST} 字")
    rule = grading_rule(form_id, stands.filing.budget_year, kit)
    points, grade = settled_grade(rule, filled.get("points", ""), filled.get("grade", ""), outcome)
    conclusion = filled.get("conclusion", "")
    if conclusion and conclusion not in conclusions_of(form_id, kit):
        raise RowProblem(f"评估结论“{conclusion}”不能识别，请从下拉列表中选")
    try:
        approved = parse_amount(filled["approved"], AmountUnit.WAN_YUAN) if "approved" in filled else None
    except AmountError as problem:
        raise RowProblem(f"审定金额“{filled['approved']}”不能识别：{problem.what}") from problem
    is_ex_ante = form_id == EX_ANTE_FORM
    submitted = registry.form(form_id).amount_of(stands.filing.answers) if is_ex_ante else None
    return DecisionDraft(outcome, opinion, grade, points, conclusion, submitted, approved)
