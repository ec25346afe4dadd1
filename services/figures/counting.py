"""Counting (统计): figures of any set of lines, and of the groups of a dimension. Totals never come from rounded parts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType

from services.figures.records import UNNAMED, Basis, Belonging, Dimension, DueLine, FigureLine
from services.reporting_status import DueState

_RATE = Decimal("0.000001")
_SCORE = Decimal("0.01")


def rate(part: int, whole: int) -> Decimal | None:
    """Share of a whole as a fraction with six decimals, half up; None where there is no whole."""
    return (Decimal(part) / whole).quantize(_RATE, ROUND_HALF_UP) if whole else None


@dataclass(frozen=True, slots=True)
class Figures:
    """What a set of lines adds up to (汇总数); amounts in 分, rates as fractions.

    Rates are total ÷ total over the filings that have both amounts, never means of rates. `scored` filings have points
    that sum to `score_sum`; `grades` counts filings by grade.
    """

    count: int = 0
    amount_fen: int = 0
    reviewed: int = 0
    submitted_fen: int = 0
    approved_fen: int = 0
    executed: int = 0
    budget_fen: int = 0
    spending_fen: int = 0
    scored: int = 0
    score_sum: Decimal = Decimal(0)
    grades: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    sent: int = 0
    missing: int = 0
    exempt: int = 0

    @property
    def cut_fen(self) -> int:
        """审减."""
        return self.submitted_fen - self.approved_fen

    @property
    def cut_rate(self) -> Decimal | None:
        """审减率: cut ÷ submitted."""
        return rate(self.cut_fen, self.submitted_fen)

    @property
    def execution_rate(self) -> Decimal | None:
        """执行率: spending ÷ budget."""
        return rate(self.spending_fen, self.budget_fen)

    @property
    def average(self) -> Decimal | None:
        """Mean of the points, two decimals half up."""
        if not self.scored:
            return None
        return (self.score_sum / self.scored).quantize(_SCORE, ROUND_HALF_UP)

    @property
    def due(self) -> int:
        """应报: sent and missing."""
        return self.sent + self.missing

    @property
    def coverage(self) -> Decimal | None:
        """报送率: sent ÷ due."""
        return rate(self.sent, self.due)


def figures_of(lines: Iterable[FigureLine], due: Iterable[DueLine] = ()) -> Figures:
    """Figures of some filings and forms due."""
    taken = tuple(lines)
    reviewed = [line for line in taken if line.cut_fen is not None]
    executed = [line for line in taken if line.budget_fen is not None and line.spending_fen is not None]
    scores = [line.score for line in taken if line.score is not None]
    states = Counter(line.state for line in due)
    return Figures(
        count=len(taken),
        amount_fen=sum(line.amount_fen or 0 for line in taken),
        reviewed=len(reviewed),
        submitted_fen=sum(line.submitted_fen or 0 for line in reviewed),
        approved_fen=sum(line.approved_fen or 0 for line in reviewed),
        executed=len(executed),
        budget_fen=sum(line.budget_fen or 0 for line in executed),
        spending_fen=sum(line.spending_fen or 0 for line in executed),
        scored=len(scores),
        score_sum=sum(scores, Decimal(0)),
        grades=MappingProxyType(dict(Counter(line.grade for line in taken if line.grade))),
        sent=states[DueState.SENT],
        missing=states[DueState.MISSING],
        exempt=states[DueState.EXEMPT],
    )


@dataclass(frozen=True, slots=True)
class Group:
    """One group of a dimension (汇总行) with its figures and what they were counted from; `key` tells it across years."""

    key: str
    name: str
    figures: Figures
    lines: tuple[FigureLine, ...]
    due: tuple[DueLine, ...]


_KEYS: Mapping[Dimension, Callable[[Belonging], tuple[str, str]]] = {
    Dimension.UNIT: lambda at: (at.unit_code, at.unit_name),
    Dimension.DEPARTMENT: lambda at: (at.department_code, at.department_name),
    Dimension.OFFICE: lambda at: (at.office, at.office or UNNAMED),
    Dimension.FUND_TYPE: lambda at: (at.fund_type, at.fund_type or UNNAMED),
    Dimension.CATEGORY: lambda at: (at.category, at.category or UNNAMED),
}


def total(basis: Basis, form_id: str = "") -> Group:
    """Everything, or everything of one form, as one group (合计)."""
    lines, due = of_form(basis, form_id)
    return Group("", "合计", figures_of(lines, due), lines, due)


def of_form(basis: Basis, form_id: str) -> tuple[tuple[FigureLine, ...], tuple[DueLine, ...]]:
    """Lines of one form, of all forms for ""."""
    if not form_id:
        return basis.lines, basis.due
    return (
        tuple(line for line in basis.lines if line.form_id == form_id),
        tuple(line for line in basis.due if line.form_id == form_id),
    )


def grouped(basis: Basis, dimension: Dimension, form_id: str = "") -> tuple[Group, ...]:
    """The groups of a dimension, in the order of their keys; forms as lists show them, nameless groups last."""
    lines, due = of_form(basis, form_id)
    names: dict[str, str] = {}
    taken: dict[str, list[FigureLine]] = defaultdict(list)
    asked: dict[str, list[DueLine]] = defaultdict(list)
    for line in lines:
        taken[_key(line, dimension, basis, names)].append(line)
    for item in due:
        asked[_key(item, dimension, basis, names)].append(item)
    order = (
        list(basis.titles) if dimension is Dimension.FORM else sorted(names, key=lambda key: (not key, key))
    )
    return tuple(
        Group(key, names[key], figures_of(taken[key], asked[key]), tuple(taken[key]), tuple(asked[key]))
        for key in order
        if key in names
    )


def _key(line: FigureLine | DueLine, dimension: Dimension, basis: Basis, names: dict[str, str]) -> str:
    """Key of the group a line falls into; its name is noted."""
    if dimension is Dimension.FORM:
        key, name = line.form_id, basis.titles.get(line.form_id, line.form_id)
    else:
        key, name = _KEYS[dimension](line.belonging)
    names.setdefault(key, name)
    return key


def met_before(groups: Sequence[Group], before: Sequence[Group]) -> tuple[tuple[Group, Group | None], ...]:
    """Each group with the same one of another year, None where there was none; those that are gone come last."""
    known = {group.key: group for group in before}
    now = {group.key for group in groups}
    gone = [
        (Group(group.key, group.name, Figures(), (), ()), group) for group in before if group.key not in now
    ]
    return (*((group, known.get(group.key)) for group in groups), *gone)
