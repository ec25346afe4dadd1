"""What a hand-filled table states (手工表所载内容): the plain record between the reader and the auditor.

The reader fills it from a grid of cells, the auditor recomputes it; neither knows the other. What
could not be read is None and stands in `unread`, never a guess. Texts are kept as printed beside the
numbers, because rates and scores are compared at the precision they were printed in (domain §12).

Tables and their rows are plain records, since a folder brings tens of thousands: the reader fills them in, and
nobody changes one afterwards (`replace` makes another).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from models.domain.money import AmountUnit

if TYPE_CHECKING:  # who judges packages ahead knows stated numbers, and reads no tables
    from forms.hand_filled.area import Area
    from forms.hand_filled.head_words import HeadWords


@dataclass(frozen=True, slots=True)
class StatedNumber:
    """A number as printed (所载数字): its text, and its value, None when the text is no number.

    `value` of a rate is a share, 0…1 as a rule; of a score it is points.
    """

    text: str = ""
    value: Decimal | None = None

    @property
    def decimals(self) -> int:
        """Decimals the text shows, the percent sign left aside; 0 when it is no number."""
        digits = self.text.strip().rstrip("%％").strip()
        return len(digits.partition(".")[2]) if self.value is not None else 0


BLANK_NUMBER = StatedNumber()


@dataclass(slots=True)
class StatedFund:
    """A row of the funds block (项目资金行), amounts in 分.

    `source` is total, fiscal_appropriation, carryover, special_account, own_funds, other, or detail for a
    row that only breaks down the one above (财政拨款 again by 中央、省、市、县) and is not added up; `label`
    the row's printed label. `where` is the cell range of the row, `likelihood` stands in lists of projects only.
    The last two amounts stand in
    monitoring tables only (1—7月执行数、全年预计执行数), where `stated_rate` is the rate of that period.
    """

    source: str
    label: str
    initial_budget_fen: int | None = None
    annual_budget_fen: int | None = None
    annual_spending_fen: int | None = None
    full_score: StatedNumber = BLANK_NUMBER
    stated_rate: StatedNumber = BLANK_NUMBER
    stated_score: StatedNumber = BLANK_NUMBER
    reason: str = ""
    where: str = ""
    spending_to_date_fen: int | None = None
    forecast_spending_fen: int | None = None
    likelihood: str = ""


@dataclass(slots=True)
class StatedIndicator:
    """A row of the indicator block (绩效指标行).

    Levels are as printed, filled down over merged and blank cells; `comparator` one of ≥ ≤ = > <
    qualitative other, None when the direction cannot be told; `planned_value` None for words.
    `is_sub_row` marks a row that only breaks down the one above (其中…) and is not scored. The
    monitoring columns are None elsewhere: `spending_to_date_fen` never stands on an indicator row.
    A range (80—90%) has its lower end in `planned_value`, its upper in `planned_upper`. `sign_source` says
    where the comparator comes from: column, value, name (written in its brackets), direction (of its own
    column), wording (the name sounds reverse, nothing is written); "" when there is none. `direction` is
    positive, negative or "". `unit_text` is what the column of units itself says, `measure_unit` the unit by any way.
    """

    first_level: str
    second_level: str
    third_level: str
    planned_text: str = ""
    comparator: str | None = None
    planned_value: Decimal | None = None
    measure_unit: str = ""
    actual_text: str = ""
    actual_value: Decimal | None = None
    full_score: StatedNumber = BLANK_NUMBER
    stated_score: StatedNumber = BLANK_NUMBER
    deviation_reason: str = ""
    forecast_text: str = ""
    forecast_value: Decimal | None = None
    likelihood: str = ""
    direction: str = ""
    is_sub_row: bool = False
    where: str = ""
    planned_upper: Decimal | None = None
    sign_source: str = ""
    unit_text: str = ""


@dataclass(frozen=True, slots=True)
class StatedSubtotal:
    """Points a heading states for its level (一级指标后括注的分值): 产出指标（50分）."""

    level: str
    points: Decimal
    where: str = ""


@dataclass(frozen=True, slots=True)
class StatedTask:
    """A row of 年度主要任务 (部门整体支出目标表的任务行), amounts in 分."""

    name: str
    content: str = ""
    total_fen: int | None = None
    fiscal_fen: int | None = None
    other_fen: int | None = None
    where: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """Something in the table that could not be read (未能识别的内容): place, text, and what to do."""

    where: str
    text: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class SheetSource:
    """Where a table was read from (表格来源): its part of the sheet, and the words it was read with."""

    area: Area
    words: HeadWords


@dataclass(slots=True)
class StatedTable:
    """One table found in a file (识别出的一张表).

    `form` is a form id, "" when no known form was recognised; `cells` the range it takes, A1:H40;
    `targets` (预期目标, 实际完成情况). `period_month` is the last month of a monitoring period. What a
    target table states for the medium term (中期目标、中期资金、长期绩效指标) is kept apart from the year's,
    so that sums and checks of the year never meet it. `columns` are the roles the table has columns for, empty
    when nobody knows; what it has no column for is not asked for. `reason_below` is what one cell for
    the whole table says of what was missed, None where there is none. `list_index` is the place in a list of
    projects, None for a form of its own; the first of a list has its rows of sums, each with what its rows come
    to. `source` is kept for what a form prints beyond the rows of indicators.
    """

    file: str
    sheet: str = ""
    cells: str = ""
    form: str = ""
    unit_of_amount: AmountUnit = AmountUnit.WAN_YUAN
    project_name: str = ""
    project_code: str = ""
    supervising_department: str = ""
    implementing_unit: str = ""
    fiscal_year: int | None = None
    period_month: int | None = None
    funds: tuple[StatedFund, ...] = ()
    targets: tuple[str, str] = ("", "")
    indicators: tuple[StatedIndicator, ...] = ()
    subtotals: tuple[StatedSubtotal, ...] = ()
    stated_total: StatedNumber = BLANK_NUMBER
    stated_grade: str = ""
    unread: tuple[Unread, ...] = ()
    medium_target: str = ""
    medium_funds: tuple[StatedFund, ...] = ()
    medium_indicators: tuple[StatedIndicator, ...] = ()
    tasks: tuple[StatedTask, ...] = ()
    columns: frozenset[str] = frozenset()
    reason_below: str | None = None
    list_index: int | None = None
    list_sums: tuple[tuple[StatedFund, StatedFund], ...] = ()
    source: SheetSource | None = field(default=None, compare=False, repr=False)

    def has_column(self, role: str) -> bool:
        """Whether the table has a place for something, as far as anybody knows."""
        return not self.columns or role in self.columns
