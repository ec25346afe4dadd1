"""The figures people ask for (汇总指标), declared once: screen and workbook show them, and each says what stands behind it."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from models.domain.money import AmountUnit, format_amount
from services.figures.counting import Figures, Group
from services.figures.records import Basis, DueLine, FigureLine
from services.reporting_status import DueState

_HUNDREDTH = Decimal("0.01")
NOTHING = "—"


class Kind(enum.Enum):
    """What kind of number a figure is (数值类型): a count, 分, a fraction, points."""

    COUNT = enum.auto()
    MONEY = enum.auto()
    RATE = enum.auto()
    SCORE = enum.auto()


Value = int | Decimal | None


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure (汇总指标): its words, its value, and which lines were counted; exactly one of the two is given."""

    key: str
    label: str
    kind: Kind
    value: Callable[[Figures], Value]
    counts: Callable[[FigureLine], bool] | None = None
    counts_due: Callable[[DueLine], bool] | None = None

    @property
    def heading(self) -> str:
        """The words with the unit: 金额（万元）."""
        return f"{self.label}（万元）" if self.kind is Kind.MONEY else self.label

    def behind(self, group: Group) -> tuple[FigureLine | DueLine, ...]:
        """The lines a group's figure was counted from."""
        found: list[FigureLine | DueLine] = []
        if self.counts is not None:
            found += [line for line in group.lines if self.counts(line)]
        if self.counts_due is not None:
            found += [line for line in group.due if self.counts_due(line)]
        return tuple(found)


def filing_ids(lines: Sequence[FigureLine | DueLine]) -> tuple[str, ...]:
    """Ids of the filings among some lines, each once."""
    return tuple(dict.fromkeys(line.filing_id for line in lines if line.filing_id))


def shown(value: Value, kind: Kind) -> str:
    """A value for people: thousands separators, 万元, percent with two decimals half up; — for none."""
    if value is None:
        return NOTHING
    if kind is Kind.MONEY:
        return format_amount(int(value), AmountUnit.WAN_YUAN)
    if kind is Kind.RATE:
        return f"{(Decimal(value) * 100).quantize(_HUNDREDTH, ROUND_HALF_UP)}%"
    if kind is Kind.SCORE:
        return f"{Decimal(value).quantize(_HUNDREDTH, ROUND_HALF_UP)}"
    return f"{value:,}"


def _in_state(*states: DueState) -> Callable[[DueLine], bool]:
    return lambda line: line.state in states


def _is_reviewed(line: FigureLine) -> bool:
    return line.cut_fen is not None


def _is_executed(line: FigureLine) -> bool:
    return line.budget_fen is not None and line.spending_fen is not None


COUNT = Measure("count", "收到（份）", Kind.COUNT, lambda f: f.count, lambda _line: True)
AMOUNT = Measure(
    "amount",
    "金额",
    Kind.MONEY,
    lambda f: _if(f.count, f.amount_fen),
    lambda line: line.amount_fen is not None,
)
DUE = Measure(
    "due",
    "应报",
    Kind.COUNT,
    lambda f: _asked(f, f.due),
    counts_due=_in_state(DueState.SENT, DueState.MISSING),
)
SENT = Measure("sent", "已报", Kind.COUNT, lambda f: _asked(f, f.sent), counts_due=_in_state(DueState.SENT))
MISSING = Measure(
    "missing", "未报", Kind.COUNT, lambda f: _asked(f, f.missing), counts_due=_in_state(DueState.MISSING)
)
EXEMPT = Measure(
    "exempt", "无需报", Kind.COUNT, lambda f: _asked(f, f.exempt), counts_due=_in_state(DueState.EXEMPT)
)
COVERAGE = Measure(
    "coverage",
    "报送率",
    Kind.RATE,
    lambda f: f.coverage,
    counts_due=_in_state(DueState.SENT, DueState.MISSING),
)
SUBMITTED = Measure("submitted", "送审", Kind.MONEY, lambda f: _if(f.reviewed, f.submitted_fen), _is_reviewed)
APPROVED = Measure("approved", "审定", Kind.MONEY, lambda f: _if(f.reviewed, f.approved_fen), _is_reviewed)
CUT = Measure(
    "cut", "审减", Kind.MONEY, lambda f: _if(f.reviewed, f.cut_fen), lambda line: bool(line.cut_fen)
)
CUT_RATE = Measure("cut_rate", "审减率", Kind.RATE, lambda f: f.cut_rate, _is_reviewed)
BUDGET = Measure("budget", "全年预算", Kind.MONEY, lambda f: _if(f.executed, f.budget_fen), _is_executed)
SPENDING = Measure("spending", "执行", Kind.MONEY, lambda f: _if(f.executed, f.spending_fen), _is_executed)
EXECUTION = Measure("execution", "执行率", Kind.RATE, lambda f: f.execution_rate, _is_executed)
AVERAGE = Measure("average", "平均得分", Kind.SCORE, lambda f: f.average, lambda line: line.score is not None)

COVERING = (DUE, SENT, MISSING, EXEMPT, COVERAGE)
REVIEWING = (SUBMITTED, APPROVED, CUT, CUT_RATE)
EXECUTING = (BUDGET, SPENDING, EXECUTION)


def _asked(figures: Figures, value: int) -> int | None:
    """A count against the register, None where nothing was asked for: an earlier year may have no kit here."""
    return _if(figures.due + figures.exempt, value)


def _if(count: int, value: int) -> int | None:
    """An amount, None where nothing was counted: 0 would say that it was decided to be nothing."""
    return value if count else None


def grade_measure(name: str) -> Measure:
    """Filings of one grade."""
    return Measure(
        f"grade:{name}",
        name,
        Kind.COUNT,
        lambda f: f.grades.get(name, 0),
        lambda line: line.grade == name,
    )


def grade_names(basis: Basis, lines: Sequence[FigureLine], form_id: str = "") -> tuple[str, ...]:
    """The grades some lines have: the kit's own that were given or belong to the form, then any other."""
    given = {line.grade for line in lines if line.grade}
    forms = [form_id] if form_id else list(basis.bands)
    known = [band.name for form in forms for band in basis.bands.get(form, ())]
    if not given:
        return ()
    scale = [name for name in dict.fromkeys(known) if form_id or name in given]
    return (*scale, *sorted(given - set(scale)))


def measures_of(basis: Basis, form_id: str = "") -> tuple[Measure, ...]:
    """The figures that say something about a form's filings, "" for all forms together."""
    lines = [line for line in basis.lines if not form_id or line.form_id == form_id]
    due = [line for line in basis.due if not form_id or line.form_id == form_id]
    return tuple(_said(basis, form_id, lines, bool(due)))


def _said(basis: Basis, form_id: str, lines: Sequence[FigureLine], is_due: bool) -> Iterator[Measure]:
    """Money is only ever added up within one form: a project's target and its evaluation are the same money."""
    if is_due:
        yield from COVERING
    yield COUNT
    if form_id and any(line.amount_fen is not None for line in lines):
        yield AMOUNT
    if form_id and any(map(_is_reviewed, lines)):
        yield from REVIEWING
    if form_id and any(map(_is_executed, lines)):
        yield from EXECUTING
    if form_id and any(line.score is not None for line in lines):
        yield AVERAGE
    yield from map(grade_measure, grade_names(basis, lines, form_id) if form_id else ())
