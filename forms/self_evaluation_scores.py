"""Scores of a self-evaluation from its answers (自评表计分): rows read once, then remembered until they change.

A keystroke changes one row of hundreds, so what was read of the others is kept in the context's memory.
Points that people give where a rule leaves a choice (定性指标) stand in the score column itself; the column
`rule_score` beside it, never shown, tells them from points the rule gave.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from forms.context import FormContext
from forms.kinds import is_amount, parse_number
from forms.schema import Row
from forms.scoring.inputs import FundsInput, IndicatorInput
from forms.scoring.marks import OPEN, UNCOUNTED, Mark, settled
from forms.scoring.reading import IndicatorCells, RowReader, row_reader
from forms.scoring.score_sheet import ScoreSheet
from forms.scoring.scorer import score_sheet, scorer_of
from forms.scoring.wording import points
from models.domain.filing import Answers
from models.domain.self_evaluation_rule import SelfEvaluationRule

TABLE, FUNDS, ENTERED = "indicators", "funds", "entered_items"
"""Keys of the tables every self-evaluation has: rows, money, and points scored elsewhere."""

CellsOf = Callable[[FormContext, Row], IndicatorCells]
"""How a form's row is read for scoring."""

_RECKONED = "self_evaluation_derived"
_NO_REASON = "没有写明原因"
_WORDLESS = SelfEvaluationRule()


def self_evaluation_rule(context: FormContext) -> SelfEvaluationRule:
    """What the kit asks of self-evaluations, the usual where it says nothing."""
    return context.kit.self_evaluation or _WORDLESS


def is_not_applicable(context: FormContext, row: Row) -> bool:
    """Whether the row says in 实际完成值 that its indicator does not apply (不适用)."""
    actual = row.get("actual_value")
    return isinstance(actual, str) and actual.strip() in self_evaluation_rule(context).not_applicable_words


def not_applicable_reason(context: FormContext, row: Row) -> str:
    """Why a row is not scored, "" where it is."""
    if not is_not_applicable(context, row):
        return ""
    return text_of(row, "deviation_reason") or _NO_REASON


def text_of(row: Row, key: str) -> str:
    """A kept text without outer blanks; "" for none and for anything else."""
    value = row.get(key)
    return value.strip() if isinstance(value, str) else ""


def rows_of(answers: Answers, key: str = TABLE) -> Sequence[Row]:
    """The rows of a table; none where the answers hold no sound list."""
    rows = answers.get(key)
    if not isinstance(rows, list | tuple):
        return []
    return [row for row in rows if type(row) is dict or isinstance(row, Mapping)]


class ReadRow(NamedTuple):
    """A row as scoring sees it (已识别的指标行); `leaves_choice` when its rule leaves points to people."""

    row: Row
    read: IndicatorInput
    leaves_choice: bool


def read_rows(context: FormContext, rows: Sequence[Row], cells_of: CellsOf) -> list[ReadRow]:
    """Rows read for scoring, without points people gave; what has not changed is not read again."""
    known: dict[str, ReadRow] = context.memory.setdefault("scored_rows", {})
    found = []
    for row in rows:
        row_id = str(row.get("row_id"))
        one = known.get(row_id)
        if one is None or one.row is not row:
            read = _reader(context).read(cells_of(context, row))
            one = known[row_id] = ReadRow(row, read, _leaves_choice(context, read))
        found.append(one)
    return found


def remember(context: FormContext, one: ReadRow) -> None:
    """Note that a row with computed cells filled in reads like the row it was made of."""
    context.memory.setdefault("scored_rows", {})[str(one.row.get("row_id"))] = one


def _reader(context: FormContext) -> RowReader:
    """The reader with the kit's words, made once."""
    found = context.memory.get("row_reader")
    if found is None:
        found = context.memory["row_reader"] = row_reader(context.kit)
    assert isinstance(found, RowReader)
    return found


def _leaves_choice(context: FormContext, read: IndicatorInput) -> bool:
    """Whether the rule of a row leaves points to people: a grade's range, or all of them."""
    if read.full_score is None or not read.is_applicable:
        return False
    rule = scorer_of(context.scheme).rule_of(read)
    least, most = rule.bounds(read, read.full_score, rule.mark(read, read.full_score))
    return most > least


def given_points(row: Row) -> Decimal | None:
    """The points a person gave in the score column; None where they are the rule's own or none."""
    typed = text_of(row, "score")
    return parse_number(typed) if typed and typed != row.get("rule_score") else None


def funds_input(context: FormContext, answers: Answers) -> FundsInput:
    """The money of the table: its total row, and the fiscal appropriation for schemes that count it alone."""
    rows = {str(row.get("row_id")): row for row in rows_of(answers, FUNDS)}
    total, fiscal = rows.get("total", {}), rows.get("fiscal", {})
    return FundsInput(
        annual_budget=_amount(total, "annual_fen"),
        annual_spending=_amount(total, "spending_fen"),
        initial_budget=_amount(total, "initial_fen"),
        fiscal_budget=_amount(fiscal, "annual_fen"),
        fiscal_spending=_amount(fiscal, "spending_fen"),
        amount_unit=context.amount_unit,
    )


def _amount(row: Row, key: str) -> int | None:
    value = row.get(key)
    return value if is_amount(value) else None


def entered_of(answers: Answers) -> dict[str, Decimal | None]:
    """Points scored elsewhere, by the item's id."""
    return {str(row.get("row_id")): parse_number(text_of(row, "score")) for row in rows_of(answers, ENTERED)}


def rule_sheet(context: FormContext, answers: Answers, inputs: Sequence[IndicatorInput]) -> ScoreSheet:
    """The scores the rules give by themselves, before anybody gave points."""
    return score_sheet(context.scheme, funds_input(context, answers), inputs, entered_of(answers))


class Reckoned(NamedTuple):
    """What was computed last (上次计算结果): the answers, and the sheet with the points people gave."""

    answers: Answers
    sheet: ScoreSheet


def reckoned(context: FormContext) -> Reckoned | None:
    """What was computed last in this context; None at the beginning."""
    last: Reckoned | None = context.memory.get(_RECKONED)
    return last


def remember_reckoned(context: FormContext, answers: Answers, sheet: ScoreSheet) -> None:
    """Keep what was computed for the next keystroke, and for whoever asks for the scores of these very answers."""
    context.memory[_RECKONED] = Reckoned(answers, sheet)


def sheet_of(context: FormContext, answers: Answers, cells_of: CellsOf) -> ScoreSheet:
    """The scores as they stand, points people gave put in where the rule leaves a choice."""
    last = reckoned(context)
    if last is not None and last.answers is answers:
        return last.sheet
    found = read_rows(context, rows_of(answers), cells_of)
    return rule_sheet(context, answers, with_given(found))


def with_given(found: Sequence[ReadRow]) -> list[IndicatorInput]:
    """What is scored of each row, with the points people gave where the rule leaves them a choice.

    They are what the score column prints, so they count as they stand: rows and total must add up on paper.
    """
    return [
        replace(one.read, entered_score=given, entered_as_printed=True)
        if one.leaves_choice and (given := given_points(one.row)) is not None
        else one.read
        for one in found
    ]


def scores_by_row(sheet: ScoreSheet) -> Iterator[str | None]:
    """Printed points of every row, None where nothing is counted or something is missing."""
    if sheet.particulars is None:
        yield from (printed(mark, sheet.basis.unit) for mark in sheet.marks)
        return
    for row in sheet.rows:
        yield None if row.outcome in WITHOUT_POINTS else points(row.score)


def printed(mark: Mark, unit: Decimal) -> str | None:
    """A mark as printed, None where nothing is counted or something is missing."""
    score, outcome = mark
    return None if outcome in WITHOUT_POINTS else points(settled(score, unit))


WITHOUT_POINTS = OPEN | UNCOUNTED
"""Outcomes whose score cell stays blank: something is missing, or the row does not count."""
