"""What the self-evaluation checks see of a form filled in here (自评表的校验事实): neutral records, remembered by row.

The rules themselves stand in `self_evaluation_rows`, `_reasons`, `_funds`, `_totals` and `_approved`, and are
the same for hand-filled workbooks. Facts are made once per run; a row that has not changed keeps its line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from forms.checks.engine import CheckInput
from forms.checks.self_evaluation_funds import FundColumns, FundLine, FundsFacts
from forms.checks.self_evaluation_lines import LineColumns, ScoredLine
from forms.checks.self_evaluation_totals import TotalsFacts
from forms.checks.settings import SharedWords
from forms.checks.wording import clipped
from forms.evidence import attached
from forms.findings import Place
from forms.hand_filled.stated import BLANK_NUMBER, StatedNumber
from forms.kinds import is_amount, parse_number, show_rate
from forms.schema import Row
from forms.scoring.marks import Mark
from forms.scoring.row_score import RowScore
from forms.scoring.score_sheet import ScoreSheet, row_scores
from forms.self_evaluation_scores import ENTERED, FUNDS, TABLE, rows_of, text_of

REASON = "execution_reason"
"""Key of the field that says why execution is low."""

_FUND_COLUMNS = FundColumns("initial_fen", "annual_fen", "spending_fen", "weight", "rate", "score", REASON)


@dataclass(frozen=True, slots=True)
class FormFundLine(FundLine):
    """A row of the form's money table; the reason is a field of its own beside the table."""

    def place(self, column: str) -> Place:
        """The place of a cell, or of the reason."""
        return Place(REASON) if column == REASON else Place(self.table, self.row_id, column)


class _Known(NamedTuple):
    """A line as it was made, and what it was made of."""

    row: Row
    number: int
    mark: Mark
    evidence: int
    line: ScoredLine


@dataclass(frozen=True)
class SelfEvaluationFacts:
    """Everything the checks ask of one self-evaluation (自评校验事实)."""

    sheet: ScoreSheet
    lines: tuple[ScoredLine, ...]
    funds: FundsFacts
    totals: TotalsFacts


def facts_of(given: CheckInput) -> SelfEvaluationFacts:
    """The facts of one run, made when the first check asks for them."""
    memory = given.context.memory
    known: tuple[Any, SelfEvaluationFacts] | None = memory.get("self_evaluation_facts")
    if known is None or known[0] is not given.answers:
        known = memory["self_evaluation_facts"] = (given.answers, _facts(given))
    return known[1]


def _facts(given: CheckInput) -> SelfEvaluationFacts:
    scoring = given.form.scoring
    assert scoring is not None, given.form.form_id
    sheet = scoring.sheet(given.context, given.answers)
    lines = _lines(given, sheet)
    return SelfEvaluationFacts(sheet, lines, _funds(given, sheet, lines), _totals(given, sheet, lines))


def number_of(text: str) -> StatedNumber:
    """A kept number as stated: its text, and its value where it is one."""
    return StatedNumber(text, parse_number(text)) if text else BLANK_NUMBER


# Rows ---------------------------------------------------------------------------------------------


def _lines(given: CheckInput, sheet: ScoreSheet) -> tuple[ScoredLine, ...]:
    """A line for every row; one made before serves while row, points and evidence are the same."""
    before: dict[str, _Known] = given.context.memory.get("self_evaluation_lines", {})
    counts, columns = _evidence_counts(given), _columns(given)
    after: dict[str, _Known] = {}
    shared = sheet.rows if sheet.particulars is not None else None
    for number, (row, mark) in enumerate(zip(rows_of(given.answers), sheet.marks, strict=True), 1):
        row_id = str(row.get("row_id"))
        known, evidence = before.get(row_id), counts.get(row_id, 0) + counts[""]
        if known is None or known[:4] != (row, number, mark, evidence) or known.row is not row or shared:
            score = shared[number - 1] if shared else _row_score(sheet, number - 1)
            known = _Known(row, number, mark, evidence, _line(row, number, score, columns, evidence))
        after[row_id] = known
    given.context.memory["self_evaluation_lines"] = after
    return tuple(known.line for known in after.values())


def _row_score(sheet: ScoreSheet, index: int) -> RowScore:
    """The score of one row of a plain sheet, without making all the others."""
    read = sheet.inputs[index]
    return next(row_scores(sheet.basis, [read], [read.full_score], [sheet.marks[index]]))


def _line(row: Row, number: int, score: RowScore, columns: LineColumns, evidence: int) -> ScoredLine:
    name = clipped(text_of(row, "third_level"))
    return ScoredLine(
        row_id=str(row.get("row_id")),
        subject=f"绩效指标第 {number} 行“{name}”" if name else f"绩效指标第 {number} 行",
        score=score,
        full_score=number_of(text_of(row, "weight")),
        stated=number_of(text_of(row, "score")),
        columns=columns,
        reason=text_of(row, "deviation_reason"),
        evidence=evidence,
    )


def _columns(given: CheckInput) -> LineColumns:
    """Where findings point: at the joined value where an approved target gives it."""
    shown = {column.key for column in given.form.table(TABLE).visible_columns(given.context)}
    planned = next(
        (key for key in ("planned_value", "planned_text", "standard") if key in shown), "third_level"
    )
    unit = "measure_unit" if "measure_unit" in shown else planned
    return LineColumns(TABLE, planned, "actual_value", "weight", "score", "deviation_reason", unit)


def _evidence_counts(given: CheckInput) -> dict[str, int]:
    """How many files stand behind each row by id; under "" those of the filing as a whole."""
    counts = {"": len(attached(given.context))}
    prefix = f"{TABLE}["
    for item in given.context.evidence:
        if item.place.startswith(prefix):
            row_id = item.place.removeprefix(prefix).partition("]")[0]
            counts[row_id] = counts.get(row_id, 0) + 1
    return counts


# Money --------------------------------------------------------------------------------------------


def _funds(given: CheckInput, sheet: ScoreSheet, lines: tuple[ScoredLine, ...]) -> FundsFacts:
    """The money as the shared checks see it."""
    rows = tuple(_fund_line(given, row) for row in rows_of(given.answers, FUNDS))
    scored = next((row for row in rows if row.row_id == "total"), None)
    return FundsFacts(rows, scored, sheet.execution, given.context.amount_unit, lines)


def _fund_line(given: CheckInput, row: Row) -> FormFundLine:
    rate, is_total = parse_number(text_of(row, "rate")), row.get("row_id") == "total"
    return FormFundLine(
        subject=f"“{text_of(row, 'fund_source').removeprefix('其中：')}”",
        table=FUNDS,
        row_id=str(row.get("row_id")),
        columns=_FUND_COLUMNS,
        initial=_amount(row, "initial_fen"),
        annual=_amount(row, "annual_fen"),
        spending=_amount(row, "spending_fen"),
        full_score=number_of(text_of(row, "weight")),
        rate=BLANK_NUMBER if rate is None else StatedNumber(show_rate(rate), rate),
        score=number_of(text_of(row, "score")),
        reason=text_of(given.answers, REASON) if is_total else "",
    )


def _amount(row: Row, key: str) -> int | None:
    value = row.get(key)
    return value if is_amount(value) else None


# Totals -------------------------------------------------------------------------------------------


def _totals(given: CheckInput, sheet: ScoreSheet, lines: tuple[ScoredLine, ...]) -> TotalsFacts:
    """The sums as the shared checks see them."""
    answers, place = given.answers, Place(TABLE)
    return TotalsFacts(
        lines=lines,
        execution_full=sheet.execution.full_score,
        execution_score=_stated_execution(answers),
        full_sum=_full_sum(sheet, lines),
        stated_sum=_stated_sum(answers, sheet, lines),
        stated_total=number_of(text_of(answers, "total_score")),
        stated_grade=text_of(answers, "grade"),
        grades=sheet.scheme.grades,
        total_place=place,
        grade_place=place,
        points_place=place,
        full_total=sheet.scheme.full_total,
        has_satisfaction_evidence=_has_survey(given, lines),
    )


def _full_sum(sheet: ScoreSheet, lines: Sequence[ScoredLine]) -> Decimal | None:
    """Points of rows, execution and parts scored elsewhere; None while a row has none."""
    fulls = [line.full_score.value for line in lines]
    known = [full for full in fulls if full is not None]
    if not known or len(known) != len(fulls):
        return None
    entered = sum((part.item.full_score for part in sheet.entered), Decimal(0))
    return sum(known, sheet.scheme.execution_score) + entered


def _stated_execution(answers: Mapping[str, Any]) -> Decimal | None:
    total = next((row for row in rows_of(answers, FUNDS) if row.get("row_id") == "total"), {})
    return parse_number(text_of(total, "score"))


def _stated_sum(answers: Mapping[str, Any], sheet: ScoreSheet, lines: Sequence[ScoredLine]) -> Decimal | None:
    """What the total must be: the sum of what is written, less deductions and held by a cap as the scheme says.

    None while a written score is missing or wrong by itself: that is said where it stands.
    """
    parts = [line.stated.value for line in lines if line.is_counted]
    parts += [parse_number(text_of(row, "score")) for row in rows_of(answers, ENTERED)]
    if sheet.execution.full_score:
        parts.append(_stated_execution(answers))
    known = [part for part in parts if part is not None]
    wrong = any(line.agrees(Decimal(0)) is False or _is_out_of_range(line) for line in lines)
    if len(known) != len(parts) or not known or wrong:
        return None
    if sheet.cap is not None or sheet.table_deduction is not None:
        return sheet.total
    return sum(known, Decimal(0))


def _is_out_of_range(line: ScoredLine) -> bool:
    """Whether the points written are above the row's own or below nought."""
    given = line.stated.value
    return line.is_counted and given is not None and not 0 <= given <= line.score.full_score


def _has_survey(given: CheckInput, lines: Sequence[ScoredLine]) -> bool | None:
    """Whether files stand behind the satisfaction filled in; None where there is none to speak of."""
    words = given.settings.find(SharedWords)
    codes = set(words.levels.get("satisfaction", ())) if words else set()
    rows = [line for line in lines if {line.row.first_level, line.row.second_level} & codes and line.has_rule]
    return None if not rows else all(line.evidence for line in rows)
