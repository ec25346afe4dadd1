"""What a self-evaluation fills in itself (自评表的自动计算): sums, rates, scores, total and grade.

One pure function for every form of the kind: applied twice it changes nothing, and rows without any change
stay the very same objects, so that a keystroke in one of hundreds of rows costs one row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import is_
from typing import Any

from forms.answers import is_blank
from forms.checks.wording import number_text
from forms.context import FormContext
from forms.derived_rows import changed_row
from forms.kinds import is_amount
from forms.schema import Row
from forms.scoring.execution import execution_rate
from forms.scoring.marks import Outcome
from forms.scoring.score_sheet import ScoreSheet
from forms.scoring.scorer import scorer_of
from forms.scoring.wording import points
from forms.self_evaluation_scores import (
    FUNDS,
    TABLE,
    WITHOUT_POINTS,
    CellsOf,
    ReadRow,
    Reckoned,
    printed,
    read_rows,
    reckoned,
    remember,
    remember_reckoned,
    rows_of,
    rule_sheet,
    scores_by_row,
    text_of,
    with_given,
)
from models.domain.filing import Answers

AMOUNTS = ("initial_fen", "annual_fen", "spending_fen")
"""The money columns: opening budget, budget after adjustment, spending."""

SyncedRows = Callable[[FormContext, Sequence[Row]], Sequence[Row]]
"""Rows brought into line with what they come from (the approved target, the kit's frame)."""


@dataclass(frozen=True)
class SelfEvaluationForm:
    """What tells one self-evaluation from another when it is computed (自评表的计算方式).

    `synced` brings the rows into line with their source, `cells_of` reads a row for scoring, `prepared`
    fills in what the answers themselves tell (the execution rate as an actual value). `is_in_line` says of a
    row at its place that `synced` leaves it as it is; a form without it is computed whole with every keystroke.
    """

    synced: SyncedRows
    cells_of: CellsOf
    is_in_line: Callable[[FormContext, int, Row], bool] = lambda _context, _number, _row: False
    fixed_fields: Callable[[FormContext], Mapping[str, Any]] = lambda _context: {}
    prepared: Callable[[FormContext, Sequence[Row], ScoreSheet], Sequence[Row]] | None = None

    def derive(self, context: FormContext, answers: Answers) -> Answers:
        """The answers with everything computed; the same object when nothing changes."""
        last = reckoned(context)
        number = changed_row(last.answers, answers, TABLE) if last is not None else -1
        after = (
            self._after_one_row(context, answers, last, number) if last is not None and number >= 0 else None
        )
        return after or self._whole(context, answers)

    def _after_one_row(
        self, context: FormContext, answers: Answers, last: Reckoned, number: int
    ) -> Answers | None:
        """The answers after one row was written into; None where that concerns other rows as well."""
        row, scorer = answers[TABLE][number], scorer_of(context.scheme)
        if not self.is_in_line(context, number, row):
            return None
        [one] = read_rows(context, [row], self.cells_of)
        sheet = scorer.with_row(last.sheet, number, one.read)
        if sheet is None:
            return None
        one = _scored(context, one, printed(sheet.marks[number], sheet.basis.unit))
        [given] = with_given([one])
        sheet = sheet if given is one.read else scorer.with_row(sheet, number, given)
        assert sheet is not None
        rows = answers[TABLE]
        if one.row is not row:
            rows = [*rows[:number], one.row, *rows[number + 1 :]]
        result = _unless_same(answers, {**answers, TABLE: rows, **_result(sheet)})
        remember_reckoned(context, result, sheet)
        return result

    def _whole(self, context: FormContext, answers: Answers) -> Answers:
        """The answers with every row computed."""
        changed: dict[str, Any] = dict(answers)
        changed |= self.fixed_fields(context)
        changed[TABLE] = self.synced(context, rows_of(answers))
        changed[FUNDS] = with_sums(rows_of(answers, FUNDS))
        found = read_rows(context, changed[TABLE], self.cells_of)
        sheet = rule_sheet(context, changed, [one.read for one in found])
        if self.prepared is not None:
            changed[TABLE] = self.prepared(context, changed[TABLE], sheet)
            found = read_rows(context, changed[TABLE], self.cells_of)
            sheet = rule_sheet(context, changed, [one.read for one in found])
        found = [_scored(context, one, score) for one, score in zip(found, scores_by_row(sheet), strict=True)]
        changed[TABLE] = [one.row for one in found]
        given = with_given(found)
        if any(read is not one.read for read, one in zip(given, found, strict=True)):
            sheet = rule_sheet(context, changed, given)
        changed[FUNDS] = _with_rates(changed[FUNDS], sheet)
        changed |= _result(sheet)
        result = _unless_same(answers, changed)
        remember_reckoned(context, result, sheet)
        return result


def with_sums(rows: Sequence[Row]) -> Sequence[Row]:
    """The money's total row as the sum of its sources, column by column, where any source is filled in.

    There is no sum while a source holds what nobody can read: what follows from a wrong total would only mislead.
    """
    sources = [row for row in rows if row.get("row_id") != "total"]
    sums: dict[str, int | None] = {}
    for key in AMOUNTS:
        filled = [value for row in sources if not is_blank(value := row.get(key))]
        known = [value for value in filled if is_amount(value)]
        if filled:
            sums[key] = sum(known) if len(known) == len(filled) else None
    return [with_cells(row, sums) if row.get("row_id") == "total" else row for row in rows]


def _with_rates(rows: Sequence[Row], sheet: ScoreSheet) -> Sequence[Row]:
    """Every money row with its rate; the total row with points as well."""
    execution, result = sheet.execution, []
    for row in rows:
        budget, spending = (value if is_amount(value := row.get(key)) else None for key in AMOUNTS[1:])
        rate = execution_rate(budget, spending) if budget else None
        cells: dict[str, Any] = {"rate": None if rate is None else f"{rate:f}"}
        if row.get("row_id") == "total":
            counts = execution.outcome is not Outcome.NOT_APPLICABLE
            cells["weight"] = number_text(execution.full_score) if counts else None
            cells["score"] = points(execution.score) if counts and not execution.is_open else None
        result.append(with_cells(row, cells))
    return result


def _scored(context: FormContext, one: ReadRow, score: str | None) -> ReadRow:
    """A row with its points; points a person gave stay while the rule's own are the same as before."""
    row, by_rule = one.row, score or ""
    if not one.leaves_choice:
        cells: dict[str, Any] = {"score": score, "rule_score": None}
    elif text_of(row, "score") and row.get("rule_score") in (None, by_rule):
        cells = {"rule_score": by_rule}
    else:
        cells = {"score": score, "rule_score": by_rule}
    made = with_cells(row, cells)
    if made is row:
        return one
    made_one = one._replace(row=made)
    remember(context, made_one)
    return made_one


def _result(sheet: ScoreSheet) -> dict[str, Any]:
    """Total and grade; none while no indicator has any points yet."""
    if all(outcome in WITHOUT_POINTS for _score, outcome in sheet.marks):
        return {"total_score": None, "grade": None}
    return {"total_score": points(sheet.total), "grade": sheet.grade or None}


def with_cells(row: Row, cells: Mapping[str, Any]) -> Row:
    """The row with cells filled in; the very same row when they are already there."""
    if all(row.get(key) == value for key, value in cells.items()):
        return row
    return {**row, **cells}


def _unless_same(before: Answers, after: dict[str, Any]) -> Answers:
    """The answers before where nothing differs; tables without a changed row stay the same objects."""
    is_same = True
    for key, value in after.items():
        old = before.get(key)
        if isinstance(value, list) and isinstance(old, list):
            if value is old or (len(value) == len(old) and all(map(is_, value, old))):
                after[key] = old
                continue
            is_same = False
        elif value != old:
            is_same = False
    return before if is_same else after
