"""The score of a whole self-evaluation (自评计分结果): rows, execution, total, grade, and why (domain §4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from forms.checks.wording import number_text
from forms.scoring.deductions import Deduction, Deductions, deducted
from forms.scoring.execution import ExecutionScore, counted_funds, counts_fiscal, execution_rate
from forms.scoring.explanation import Explanation
from forms.scoring.inputs import FundsInput, IndicatorInput
from forms.scoring.marks import OPEN, UNCOUNTED, ZERO, Mark, Outcome, settled
from forms.scoring.row_score import RowScore
from forms.scoring.rules.base import Rule
from forms.scoring.totals import AppliedCap, applied_cap, grade_sentence, next_grade, way_to_next_grade
from forms.scoring.wording import points
from models.domain.kit import GradeBand, ScoreScheme
from models.domain.score_rules import EnteredItem

_NO_LEVEL = "绩效指标"
EXECUTION_NAME = "预算执行率"
UNNAMED = "未命名指标"
"""How budget execution, and a row without a name, are called in explanations."""


@dataclass(frozen=True, slots=True)
class EnteredScore:
    """The score of a part that is entered as it stands (录入项得分); `is_open` while nobody entered it."""

    item: EnteredItem
    score: Decimal
    is_open: bool


@dataclass(frozen=True, slots=True)
class LevelScore:
    """Points of one first level (一级指标小计)."""

    first_level: str
    full_score: Decimal
    score: Decimal


@dataclass(frozen=True, slots=True)
class SchemeBasis:
    """What all sheets of one scheme share (计分依据): the scheme, its grades from the top, how rows find rules."""

    scheme: ScoreScheme
    unit: Decimal
    full_execution: Decimal
    grades: tuple[GradeBand, ...]
    deductions: Deductions
    rule_of: Callable[[IndicatorInput], Rule]


@dataclass(frozen=True, slots=True)
class Particulars:
    """What only some sheets have (特殊情形): spread points, entered items, a deduction, a cap.

    `fulls` None: every row counts with its own full marks; else None in it is a row that does not count.
    """

    fulls: Sequence[Decimal | None] | None
    full_execution: Decimal
    entered: tuple[EnteredScore, ...]
    subtotal: Decimal
    table_deduction: Deduction | None
    cap: AppliedCap | None


@dataclass(frozen=True, eq=False)
class ScoreSheet:
    """The score of one self-evaluation (自评计分结果).

    `marks` are the rules' points of `inputs`, row by row; `rows`, `execution` and all the rest are told
    when somebody asks. `particulars` is None for the usual sheet, whose total is the plain sum.
    """

    basis: SchemeBasis
    funds: FundsInput
    inputs: tuple[IndicatorInput, ...]
    marks: Sequence[Mark]
    executed: Mark
    total: Decimal
    particulars: Particulars | None

    @property
    def scheme(self) -> ScoreScheme:
        """The scheme the sheet was scored by."""
        return self.basis.scheme

    @property
    def subtotal(self) -> Decimal:
        """The sum of what is printed: rounded rows, execution, entered items; before deduction and cap."""
        return self.particulars.subtotal if self.particulars else self.total

    @property
    def entered(self) -> tuple[EnteredScore, ...]:
        """Points of the parts that are entered as they stand."""
        return self.particulars.entered if self.particulars else ()

    @property
    def table_deduction(self) -> Deduction | None:
        """What the whole table lost once."""
        return self.particulars.table_deduction if self.particulars else None

    @property
    def cap(self) -> AppliedCap | None:
        """The ceiling that held the total down."""
        return self.particulars.cap if self.particulars else None

    @cached_property
    def rows(self) -> tuple[RowScore, ...]:
        """The score of every row."""
        return tuple(self._row_scores(0, len(self.inputs)))

    @cached_property
    def execution(self) -> ExecutionScore:
        """The score of budget execution."""
        rule, (score, outcome) = self.scheme.execution, self.executed
        budget, spending = counted_funds(rule, self.funds)
        full = self.particulars.full_execution if self.particulars else self.basis.full_execution
        return ExecutionScore(
            rule=rule,
            amount_unit=self.funds.amount_unit,
            unit=self.basis.unit,
            full_score=full,
            score=settled(score, self.basis.unit),
            outcome=outcome,
            budget=budget,
            spending=spending,
            rate=execution_rate(budget, spending),
            clause=rule.clause or self.scheme.clause,
            is_fiscal=counts_fiscal(rule, self.funds),
        )

    @property
    def band(self) -> GradeBand | None:
        """The grade of the total, its lower bound included; None where the scheme has none for it."""
        for band in self.basis.grades:
            if self.total >= band.lower:
                return band
        return None

    @property
    def grade(self) -> str:
        """The name of the grade (评价等级), as the kit calls it; "" where it has none."""
        return self.band.name if self.band else ""

    @property
    def full_total(self) -> Decimal:
        """The sum of all full marks (分值合计), execution and entered items with them; as a rule 100."""
        rows = sum((row.full_score for row in self.rows if row.is_counted), ZERO)
        entered = sum((part.item.full_score for part in self.entered), ZERO)
        return rows + self.execution.full_score + entered

    @property
    def is_complete(self) -> bool:
        """Whether every counted value has been filled in, so that the total means something."""
        outcomes = {outcome for _score, outcome in self.marks}
        waits = self.executed[1] in OPEN or any(part.is_open for part in self.entered)
        return not waits and not outcomes & OPEN and bool(outcomes - UNCOUNTED)

    def row(self, row_id: str) -> RowScore | None:
        """The score of one row; the others are not worked out for it."""
        number = next((number for number, row in enumerate(self.inputs) if row.row_id == row_id), -1)
        return None if number < 0 else next(self._row_scores(number, number + 1))

    def _row_scores(self, first: int, end: int) -> Iterator[RowScore]:
        """The scores of the rows from `first` up to but not including `end`."""
        rows, marks = self.inputs[first:end], self.marks[first:end]
        spread = self.particulars.fulls if self.particulars else None
        fulls = [row.full_score for row in rows] if spread is None else spread[first:end]
        return row_scores(self.basis, rows, fulls, marks)

    @cached_property
    def levels(self) -> tuple[LevelScore, ...]:
        """Points by first level, in the order the rows bring them."""
        sums: dict[str, tuple[Decimal, Decimal]] = {}
        for row in self.rows:
            if row.is_counted:
                full, score = sums.get(row.row.first_level, (ZERO, ZERO))
                sums[row.row.first_level] = full + row.full_score, score + row.score
        return tuple(LevelScore(level, full, score) for level, (full, score) in sums.items())

    def explanation(self, labels: Mapping[str, str] | None = None) -> Explanation:
        """The total as a sum with its deductions, cap and grade; `labels` name the first levels by code."""
        sentences = [self._sum(labels or {})]
        if self.table_deduction:
            sentences.append(self.table_deduction.sentence)
        if self.cap:
            sentences.append(self.cap.sentence)
        sentences.append(grade_sentence(self.scheme.grades, self.total, is_capped=self._barrier is not None))
        clauses = [self.scheme.clause]
        clauses += [self.table_deduction.clause] if self.table_deduction else []
        clauses += [self.cap.cap.clause] if self.cap else []
        return Explanation(
            "；".join(sentences),
            self.scheme.name,
            "；".join(dict.fromkeys(clause for clause in clauses if clause)),
            self._change(),
            self._open_notes(),
        )

    def _change(self) -> str:
        """What lifts the cap; else which rows would bring the next grade, and when nothing is taken off the table."""
        changes = [self.table_deduction.change] if self.table_deduction else []
        barrier = self._barrier
        if barrier:
            more = self.execution.more_to(barrier.cap.rate_below)
            changes.insert(0, f"{more}，{barrier.change}" if more else barrier.change)
        elif self.is_complete:
            held = self._held(self.full_total)
            ceiling = held.cap.most if held else None
            way = way_to_next_grade(self.scheme.grades, self.total, self.shortfalls, ceiling=ceiling)
            changes.insert(0, way)
        return "；".join(change for change in changes if change)

    @property
    def _barrier(self) -> AppliedCap | None:
        """The ceiling that holds the total down, or would keep it from the next grade."""
        better = next_grade(self.scheme.grades, self.total)
        if self.cap or better is None:
            return self.cap
        cap = self._held(max(self.full_total, better.lower))
        return cap if cap and cap.cap.most < better.lower else None

    def _held(self, total: Decimal) -> AppliedCap | None:
        """The ceiling that would hold another total down at the present execution rate; none without a budget."""
        rate = self.execution.rate if self.execution.budget else None
        return applied_cap(self.scheme.caps, rate, total)

    def _sum(self, labels: Mapping[str, str]) -> str:
        """总分 = 预算执行 9.91 + 产出指标 48.20 = …."""
        terms = []
        if self.execution.outcome is not Outcome.NOT_APPLICABLE:
            terms.append(f"预算执行 {points(self.execution.score)}")
        terms += [f"{part.item.name} {points(part.score)}" for part in self.entered]
        for level in self.levels:
            name = labels.get(level.first_level, level.first_level) or _NO_LEVEL
            terms.append(f"{name} {points(level.score)}")
        return f"{' + '.join(terms) or '没有可计分的内容'} = {points(self.subtotal)}"

    def _open_notes(self) -> tuple[str, ...]:
        """What the total still lacks."""
        count = sum(row.outcome in OPEN for row in self.rows)
        notes = [f"还有 {count} 条指标没有填完"] if count else []
        if self.execution.is_open:
            notes.append("预算数或执行数没有填写")
        notes += [f"“{part.item.name}”没有填写得分" for part in self.entered if part.is_open]
        if self.full_total != self.scheme.full_total:
            wanted, found = number_text(self.scheme.full_total), number_text(self.full_total)
            notes.append(f"分值合计 {found} 分，应为 {wanted} 分")
        return tuple(notes)

    @property
    def losses(self) -> tuple[RowScore, ...]:
        """Rows short of full marks, the dearest first: where the points went."""
        short = [row for row in self.rows if row.lost > 0]
        return tuple(sorted(short, key=lambda row: -row.lost))

    @property
    def shortfalls(self) -> tuple[tuple[str, Decimal], ...]:
        """Everything short of full marks by name, execution and entered items too, the dearest first."""
        parts = [(EXECUTION_NAME, self.execution.full_score - self.execution.score)]
        parts += [(part.item.name, part.item.full_score - part.score) for part in self.entered]
        parts += [(row.row.name or UNNAMED, row.lost) for row in self.rows]
        return tuple(sorted(((name, lost) for name, lost in parts if lost > 0), key=lambda pair: -pair[1]))


def row_scores(
    basis: SchemeBasis,
    inputs: Sequence[IndicatorInput],
    fulls: Sequence[Decimal | None],
    marks: Sequence[Mark],
) -> Iterator[RowScore]:
    """The full scores of marked rows, deductions taken off."""
    for row, full, (points_given, outcome) in zip(inputs, fulls, marks, strict=True):
        counts = outcome not in UNCOUNTED
        score = rule_score = settled(points_given, basis.unit)
        if counts and outcome not in OPEN and basis.deductions.touch_rows:
            score = deducted(rule_score, tuple(basis.deductions.of_row(row, full or ZERO)))
        full_score = (full if counts else row.full_score) or ZERO
        yield RowScore(row, basis.rule_of(row), full_score, rule_score, score, outcome, basis.deductions)
