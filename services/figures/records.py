"""What is counted (汇总口径): one line per filing in force, one per form due, with everything they are grouped by."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from models.domain.kit import GradeBand
from services.reporting_status import DueState

if TYPE_CHECKING:
    from models.domain.filing_status import FilingStatus

UNNAMED = "未注明"
"""Group of what says nothing of itself: no office, no fund type, no category."""


class Dimension(enum.StrEnum):
    """What figures are grouped by (汇总维度)."""

    UNIT = "unit"
    DEPARTMENT = "department"
    OFFICE = "office"
    FORM = "form"
    FUND_TYPE = "fund_type"
    CATEGORY = "category"

    @property
    def label(self) -> str:
        """单位, 主管部门, 业务股室, 表, 资金性质, 项目类别."""
        return _LABELS[self]


_LABELS = {
    Dimension.UNIT: "单位",
    Dimension.DEPARTMENT: "主管部门",
    Dimension.OFFICE: "业务股室",
    Dimension.FORM: "表",
    Dimension.FUND_TYPE: "资金性质",
    Dimension.CATEGORY: "项目类别",
}


@dataclass(frozen=True, slots=True)
class Belonging:
    """Where a filing or a form due belongs (归属): what every dimension asks for; texts, "" where nothing is known."""

    unit_code: str
    unit_name: str
    department_code: str
    department_name: str
    office: str
    fund_type: str
    category: str


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One filing in force with its figures (汇总明细); amounts in 分, None where the form or the review has none.

    `amount_fen` is the money the form stands for; `submitted_fen` 送审 and `approved_fen` 审定 are given together or
    not at all; so are `budget_fen` 全年预算 and `spending_fen` 执行.
    """

    filing_id: str
    form_id: str
    task_id: str
    task_name: str
    belonging: Belonging
    name: str
    project_code: str
    status: FilingStatus
    amount_fen: int | None = None
    submitted_fen: int | None = None
    approved_fen: int | None = None
    budget_fen: int | None = None
    spending_fen: int | None = None
    score: Decimal | None = None
    grade: str = ""
    updated_at: datetime | None = None

    @property
    def cut_fen(self) -> int | None:
        """审减: what the review took off, None where it has not decided on money."""
        if self.submitted_fen is None or self.approved_fen is None:
            return None
        return self.submitted_fen - self.approved_fen


@dataclass(frozen=True, slots=True)
class DueLine:
    """One form due by the register (应报明细); `filing_id` "" while it has not come."""

    form_id: str
    task_name: str
    belonging: Belonging
    name: str
    project_code: str
    state: DueState
    filing_id: str = ""
    amount_fen: int | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Basis:
    """Everything the figures of a budget year are counted from (汇总数据).

    `titles` are the forms' names by id, in the order lists show them; `bands` each form's grades, best first;
    `full_scores` what its points add up to. `same_scores_from`: see `ParameterKit`.
    """

    budget_year: int
    lines: tuple[FigureLine, ...]
    due: tuple[DueLine, ...]
    titles: Mapping[str, str]
    bands: Mapping[str, tuple[GradeBand, ...]]
    full_scores: Mapping[str, Decimal]
    same_scores_from: int = 3

    def form_ids(self) -> tuple[str, ...]:
        """Forms something is due of or was received of, in the order lists show them."""
        met = {line.form_id for line in self.lines} | {line.form_id for line in self.due}
        return tuple(form_id for form_id in self.titles if form_id in met)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was received and nothing is due."""
        return not self.lines and not self.due
