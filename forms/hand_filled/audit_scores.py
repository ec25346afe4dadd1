"""Recomputing a hand-filled self-evaluation (手工自评表复算): every row, execution, sums, total and grade by the rule.

Rows are read again from their texts by the engine's own reader, so units, signs in words and copied signs
count as everywhere else. Points people judge (定性) stand as written while they lie within their grade.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from forms.checks.self_evaluation_lines import LineColumns, ScoredLine, is_blank_text
from forms.checks.self_evaluation_settings import RowScoreSetting
from forms.checks.wording import clipped
from forms.hand_filled.audit_basis import AuditBasis, execution_row, fitted_scheme
from forms.hand_filled.audit_funds import CountedFunds, counted_funds
from forms.hand_filled.stated import BLANK_NUMBER, StatedIndicator, StatedTable
from forms.scoring.figures import FigureTexts
from forms.scoring.inputs import IndicatorInput
from forms.scoring.score_sheet import ScoreSheet
from forms.scoring.scorer import score_sheet
from forms.scoring.totals import grade_of
from models.domain.indicator import Comparator
from models.domain.kit import ScoreScheme
from models.domain.score_rules import ScoreMethod

TABLE = "indicators"
COLUMNS = LineColumns(TABLE, "planned_text", "actual_text", "full_score", "stated_score", "deviation_reason")
_WORDED = (Comparator.QUALITATIVE, Comparator.OTHER)


@dataclass(frozen=True)
class AuditScores:
    """A self-evaluation recomputed (复算结果).

    `lines` has one entry for every row of the table, sub-rows too; `execution_row` is the funds row with the
    points of execution. Sums are None where nothing is stated; `rule_total` None while a row waits.
    """

    table: StatedTable
    basis: AuditBasis
    scheme: ScoreScheme
    sheet: ScoreSheet
    lines: tuple[ScoredLine, ...]
    execution_row: int | None
    counted: CountedFunds

    @cached_property
    def execution_stated(self) -> Decimal | None:
        """The points written for execution, once."""
        index = self.execution_row
        return self.table.funds[index].stated_score.value if index is not None else None

    @cached_property
    def sum_of_full_scores(self) -> Decimal | None:
        """Points of rows and execution; None when the table has no points column."""
        fulls = [line.full_score.value for line in self.lines if line.full_score.value is not None]
        return sum(fulls, self.sheet.execution.full_score) if fulls else None

    @cached_property
    def sum_of_stated(self) -> Decimal | None:
        """Points written for rows and execution, as far as any are."""
        given = [line.stated.value for line in self.lines if line.stated.value is not None]
        given += [self.execution_stated] if self.execution_stated is not None else []
        return sum(given, Decimal(0)) if given else None

    @property
    def is_fully_stated(self) -> bool:
        """Whether every row with points, and execution where it counts, has a score written."""
        rows = [line.stated.value for line in self.lines if line.is_counted or line.stated.value is not None]
        waits = bool(self.sheet.execution.full_score) and self.execution_stated is None
        return bool(rows) and None not in rows and not waits

    @property
    def tolerance(self) -> Decimal:
        """How far a row's score may leave the rule beyond rounding."""
        setting = self.basis.settings.find(RowScoreSetting)
        return setting.tolerance if setting else Decimal(0)

    @cached_property
    def rule_total(self) -> Decimal | None:
        """The total by the rule; None while something is missing or has no points of its own."""
        return self.sheet.total if self.sheet.is_complete else None

    @property
    def grade(self) -> str:
        """The grade of the total by the rule, else of the total written; "" when neither tells, or points are missing."""
        full, written = self.sum_of_full_scores, self.table.stated_total.value
        if written is None and full is not None and full < self.scheme.full_total:
            return ""
        total = written if self.rule_total is None else self.rule_total
        band = grade_of(self.scheme.grades, total) if total is not None else None
        return band.name if band else ""


def recomputed(table: StatedTable, basis: AuditBasis) -> AuditScores:
    """Every score of a self-evaluation by the basis's scheme and the points the table states."""
    scheme = fitted_scheme(basis.scheme(table), table, basis.settings)
    index = execution_row(table)
    counted = counted_funds(table, index)
    rows = [_row_of(basis, table, number) for number in range(len(table.indicators))]
    sheet = score_sheet(scheme, counted.funds, rows)
    lines = tuple(
        ScoredLine(
            str(number),
            row_subject(row, number),
            score,
            BLANK_NUMBER if row.is_sub_row else row.full_score,
            BLANK_NUMBER if row.is_sub_row else row.stated_score,
            COLUMNS,
            row.deviation_reason or table.reason_below or "",
        )
        for number, (row, score) in enumerate(zip(table.indicators, sheet.rows, strict=True))
    )
    return AuditScores(table, basis, scheme, sheet, lines, index, counted)


def _row_of(basis: AuditBasis, table: StatedTable, number: int) -> IndicatorInput:
    """A row to be scored; one whose values stand in the rows below it (其中…) is judged by people."""
    row = table.indicators[number]
    read = read_row(basis, row, number)
    is_parent = number + 1 < len(table.indicators) and table.indicators[number + 1].is_sub_row
    if is_parent and not row.is_sub_row and not read.planned_text and not read.actual_text:
        return replace(read, method=ScoreMethod.ENTERED.value)
    return read


def row_subject(row: StatedIndicator, number: int) -> str:
    """A row in words: 绩效指标第 3 行“养护里程”."""
    name = clipped(row.third_level or row.second_level)
    return f"绩效指标第 {number + 1} 行“{name}”" if name else f"绩效指标第 {number + 1} 行"


def read_row(basis: AuditBasis, row: StatedIndicator, number: int) -> IndicatorInput:
    """One row as the engine scores it."""
    name = row.third_level or row.second_level
    planned, actual = row.planned_text, row.actual_text
    texts = FigureTexts(
        row.comparator or "",
        "" if is_blank_text(planned) else planned,
        row.measure_unit,
        row.direction or _direction(basis, row),
        "" if is_blank_text(actual) else actual,
    )
    full = None if row.is_sub_row else row.full_score.value
    read = basis.reader.scored(
        str(number), name, (row.first_level, row.second_level), texts, full, row.stated_score.value
    )
    if read.comparator in _WORDED:
        return read
    return _with_what_stands(read, row)


def _with_what_stands(read: IndicatorInput, row: StatedIndicator) -> IndicatorInput:
    """Numbers the table's own reader saw; a figure nobody can read leaves the points as written."""
    if read.planned_value is None and row.planned_value is not None:
        read = replace(read, planned_value=row.planned_value, planned_upper=row.planned_upper)
    if read.actual_value is None and row.actual_value is not None:
        read = replace(read, actual_value=row.actual_value)
    unread = (read.planned_text and read.planned_value is None) or (
        read.actual_text and read.actual_value is None
    )
    return replace(read, method=ScoreMethod.ENTERED.value) if unread else read


def _direction(basis: AuditBasis, row: StatedIndicator) -> str:
    """反向 where neither sign nor direction is written and the name asks for less."""
    setting = basis.settings.find(RowScoreSetting)
    if row.comparator is not None or setting is None:
        return ""
    return "negative" if any(part in row.third_level for part in setting.reverse_names) else ""
