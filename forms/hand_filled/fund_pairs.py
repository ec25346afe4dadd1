"""Money written as labels with their amounts (资金栏目与金额成对): 年初预算数 60 全年预算数 66 … in one row, or two sides.

The older national form has a side of budgets and one of spending (预算数： 120 | 执行数： 118.5, below both 其中：财政拨款);
others print every figure beside its label. A label of a column says what the amounts below it, in its own column, are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from forms.hand_filled.funds import MONEY_LABELS, FundsReader, short_label
from forms.hand_filled.grid import GridCell
from forms.hand_filled.stated import BLANK_NUMBER, StatedFund, StatedNumber

_TOTAL = "total"
_POINTS = {"full_score": "分值", "stated_score": "得分"}
_FEWEST = 2
"""Kinds of figures without which labels are no block of money (a target form only asks for the budget)."""


@dataclass
class _Row:
    """One source of money being put together (一项资金来源)."""

    source: str
    label: str
    where: str
    amounts: dict[str, int | None] = field(default_factory=dict)
    points: dict[str, StatedNumber] = field(default_factory=dict)
    rate: GridCell | None = None
    rate_where: str = ""


@dataclass(frozen=True, slots=True)
class PairReader:
    """Reads labels with their amounts (成对读取)."""

    reader: FundsReader

    def read(self, last: int) -> list[StatedFund]:
        """The rows of money down to a row of the sheet; none where the labels name fewer than two kinds of figures."""
        rows: dict[str, _Row] = {}
        roles: dict[int, str] = {}
        last_role = ""
        for row, column, label, beside, cell in self._pairs(last):
            match = self.reader.words.fund_column(label)
            if match is not None and (match.role in MONEY_LABELS or _TOTAL in rows):
                roles[column] = match.role
                last_role = match.role if match.role in MONEY_LABELS else last_role
                whole = rows.setdefault(_TOTAL, _Row(_TOTAL, short_label(label), self._where(row)))
                self._put(whole, match.role, row, beside, cell)
            elif self.reader.words.fund_row(label) is not None and (
                role := roles.get(column) if roles.get(column) in MONEY_LABELS else last_role
            ):
                name = short_label(label)
                above = [StatedFund(one.source, one.label) for one in rows.values()]
                source = self.reader.source(label, above, row) if name not in rows else ""
                part = rows.setdefault(name, _Row(source, name, self._where(row)))
                self._put(part, role, row, beside, cell)
        kinds = {role for one in rows.values() for role in (*one.amounts, *one.points)}
        return [self._fund(one) for one in rows.values()] if len(kinds) >= _FEWEST else []

    def _pairs(self, last: int) -> Iterator[tuple[int, int, str, int, GridCell]]:
        """Row, column and text of each label of a figure, with the column and cell of the figure."""
        area = self.reader.area
        for row in area.rows(None, last):
            texts = area.beginning(row)
            for (column, text), (beside, content) in pairwise(texts):
                if self._is_label(text) and self.reader.is_money(content):
                    yield row, column, text, beside, area.cell(row, beside)
            for column, text in texts:
                label, colon, inline = text.replace(":", "：").rpartition("：")
                if colon and self._is_label(label) and self.reader.is_money(inline.strip()):
                    yield row, column, label, column, GridCell(inline.strip())

    def _is_label(self, text: str) -> bool:
        """Whether a text names a figure of the block or a source of money."""
        words = self.reader.words
        return words.fund_column(text) is not None or self.reader.is_known(text)

    def _put(self, row: _Row, role: str, at: int, column: int, cell: GridCell) -> None:
        """One figure into its row; the first of a kind counts."""
        numbers, where = self.reader.numbers, self.reader.area.cell_name(at, column)
        if role in MONEY_LABELS and role not in row.amounts:
            row.amounts[role] = numbers.amount(cell, self.reader.unit, where, MONEY_LABELS[role])
        elif role in _POINTS and role not in row.points:
            row.points[role] = numbers.points(cell, where, _POINTS[role])
        elif role == "stated_rate" and row.rate is None:
            row.rate, row.rate_where = cell, where

    def _where(self, row: int) -> str:
        return self.reader.area.row_name(row)

    def _fund(self, row: _Row) -> StatedFund:
        """The row of money."""
        budget = row.amounts.get("annual_budget", row.amounts.get("initial_budget"))
        spent = row.amounts.get("annual_spending", row.amounts.get("spending_to_date"))
        expected = Decimal(spent) / budget if budget and spent is not None else None
        rate = BLANK_NUMBER
        if row.rate is not None:
            rate = self.reader.numbers.rate(row.rate, expected, row.rate_where, "执行率", in_percent=False)
        return StatedFund(
            source=row.source,
            label=row.label,
            initial_budget_fen=row.amounts.get("initial_budget"),
            annual_budget_fen=row.amounts.get("annual_budget"),
            annual_spending_fen=row.amounts.get("annual_spending"),
            spending_to_date_fen=row.amounts.get("spending_to_date"),
            forecast_spending_fen=row.amounts.get("forecast_spending"),
            full_score=row.points.get("full_score", BLANK_NUMBER),
            stated_score=row.points.get("stated_score", BLANK_NUMBER),
            stated_rate=rate,
            where=row.where,
        )
