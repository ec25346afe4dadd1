"""One layout and what must be read out of it (表样与应读内容)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook

from forms.hand_filled.stated import StatedTable
from tests.forms.hand_filled.paper import Paper, Value

Row = tuple[Value, ...]


@dataclass(frozen=True)
class Expected:
    """What a table of a layout says (应读内容); `rows` are name, sign, target, completion; money in 分.

    `codes` are the findings that are more than advice, `unread` the texts that must be named.
    """

    form: str
    project: str = ""
    unit: str = ""
    year: int | None = None
    funds: tuple[tuple[Any, ...], ...] = ()
    rows: tuple[tuple[Any, ...], ...] = ()
    total: str = ""
    grade: str = ""
    codes: frozenset[str] = frozenset()
    unread: tuple[str, ...] = ()


@dataclass(frozen=True)
class Layout:
    """A layout (表样): how it is drawn, what is done to the worksheet besides, and what must come out."""

    draw: Callable[[], Paper]
    expected: tuple[Expected, ...]
    finish: Callable[[Workbook], None] | None = None


def lines(paper: Paper, first: int, *rows: Row, column: int = 1) -> int:
    """Rows below each other; the row after the last."""
    for offset, row in enumerate(rows):
        paper.line(first + offset, *row, column=column)
    return first + len(rows)


def shown_rows(table: StatedTable) -> tuple[tuple[Any, ...], ...]:
    """Name, sign, target and completion of each row: numbers where they are some, else the texts."""
    return tuple(
        (
            row.third_level,
            row.comparator,
            row.planned_text if row.planned_value is None else row.planned_value,
            row.actual_text if row.actual_value is None else row.actual_value,
        )
        for row in table.indicators
    )


def shown_funds(table: StatedTable) -> tuple[tuple[Any, ...], ...]:
    """Source, budget and spending of each row of money."""
    return tuple(
        (
            fund.source,
            fund.annual_budget_fen,
            fund.annual_spending_fen if fund.spending_to_date_fen is None else fund.spending_to_date_fen,
        )
        for fund in table.funds
    )
