"""The funds block (项目资金): a head with rows of sources, or labels each with its amount beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from forms.hand_filled.area import Area
from forms.hand_filled.grid import BLANK_CELL, GridCell
from forms.hand_filled.head_words import HeadWords, pattern, plain_head
from forms.hand_filled.labels import tidy
from forms.hand_filled.mapping import UNUSED, ColumnChoice, why_of
from forms.hand_filled.printed import NumberReader
from forms.hand_filled.stated import BLANK_NUMBER, StatedFund, StatedNumber
from forms.hand_filled.text_kinds import TextKind, row_kinds
from forms.kinds import parse_number
from models.domain.money import AmountUnit, plain_text

FUNDS = "funds"
_MONEY = ("initial_budget", "annual_budget", "annual_spending", "spending_to_date", "forecast_spending")
MONEY_LABELS: dict[str, str] = {
    "initial_budget": "年初预算数",
    "annual_budget": "预算数",
    "annual_spending": "执行数",
    "spending_to_date": "已执行数",
    "forecast_spending": "全年预计执行数",
}
"""Columns of money, by what a person calls them."""
_POINTS = re.compile(r"\((\d+(?:\.\d+)?)分")
_LONGEST_LABEL = 30
_MOST_ROWS = 40
_TOTAL = "total"
_BLOCK = "block"
"""The label of the whole block (项目资金); it stands for the total where no other row does."""
_DETAIL = "detail"
_FISCAL = "fiscal_appropriation"
_NO_MONEY = "no_money"
"""What is said of money and is none: 财政资金科目代码."""


@dataclass(frozen=True, slots=True)
class FundsHead:
    """The head of a funds block (资金表头): its row, its columns, and the label of the block.

    `list_bottom` is the last row of the head of a list of projects, 0 for the block of one project.
    """

    row: int
    choices: tuple[ColumnChoice, ...]
    label: str
    list_bottom: int = 0

    @property
    def last_row(self) -> int:
        """The last row of the head."""
        return self.list_bottom or self.row


def find_funds_head(area: Area, rows: Sequence[range], words: HeadWords) -> FundsHead | None:
    """The first funds head in the given stretches of rows."""
    kinds = row_kinds(area.grid, words)
    for stretch in rows:
        for row in area.rows(stretch.start, stretch.stop - 1):
            if kinds[row] & TextKind.FUND_COLUMN and (head := _head_at(area, row, words)):
                return head
    return None


def _head_at(area: Area, row: int, words: HeadWords) -> FundsHead | None:
    """The funds head in a row: at least two columns it knows, one of them money."""
    choices: dict[str, ColumnChoice] = {}
    if _is_of_tasks(area, row, words):
        return None
    for column, text in area.beginning(row):
        match = words.fund_column(text) if len(text) <= _LONGEST_LABEL else None
        known = choices.get(match.role) if match else None
        if match and match.role in _MONEY and _is_over_labels(area, row, column, words):
            continue
        if match and match.role != UNUSED and (known is None or match.confidence > known.confidence):
            choices[match.role] = ColumnChoice(
                FUNDS, column, match.role, text, match.confidence, why_of(text, match)
            )
    if len(choices) < 2 or not any(role in choices for role in _MONEY) or _is_beside_numbers(area, row):
        return None
    taken = {choice.column for choice in choices.values()}
    others = [
        _other(column, text, words)
        for column, text in area.beginning(row)
        if column > min(taken) and column not in taken
    ]
    ordered = tuple(sorted((*choices.values(), *others), key=lambda choice: choice.column))
    left = "".join(text for column, text in area.distinct(row) if column < ordered[0].column)
    return FundsHead(row, ordered, left)


def _is_over_labels(area: Area, row: int, column: int, words: HeadWords) -> bool:
    """Whether a head stands over the names of the sources (年度预算数 over 总额, 其中：财政资金), not over amounts."""
    below = next(area.rows(area.bottom_edge(row, column) + 1), None)
    text = area.text(below, column) if below is not None else ""
    return bool(text) and words.fund_row(text) is not None


def _other(column: int, text: str, words: HeadWords) -> ColumnChoice:
    """A column that is not read: known to be none of the form's, or not known at all."""
    match = words.fund_column(text)
    if match is not None and match.role == UNUSED:
        return ColumnChoice(FUNDS, column, UNUSED, text, match.confidence, why_of(text, match))
    return ColumnChoice(FUNDS, column, UNUSED, text, Decimal(0), f"不认识表头“{plain_head(text)}”")


def _is_of_tasks(area: Area, row: int, words: HeadWords) -> bool:
    """Whether a row is the head of the yearly tasks, which have amounts of their own."""
    return any(
        (match := words.task_column(text)) and match.role == "name"
        for _, text in area.beginning(row)
        if len(text) <= _LONGEST_LABEL
    )


def _is_beside_numbers(area: Area, row: int) -> bool:
    """Whether amounts stand in the row itself: labels with their values, no head."""
    return any(parse_number(text) is not None for _, text in area.beginning(row))


@dataclass(frozen=True, slots=True)
class FundsReader:
    """Reads the amounts of one table (资金读取)."""

    area: Area
    words: HeadWords
    numbers: NumberReader
    unit: AmountUnit

    def below(self, head: FundsHead, columns: dict[str, int], last: int) -> list[StatedFund]:
        """The rows below a head; `last` is the row the block can at most reach."""
        found: list[StatedFund] = []
        for count, row in enumerate(self.area.rows(head.row + 1, last)):
            label, is_end = self._row_label(row, min(columns.values()))
            if is_end or count >= _MOST_ROWS:
                break
            if label or any(self.area.text(row, column) for column in columns.values()):
                found.append(self._fund(row, label, columns, head, found))
        return found

    def note_unread_columns(self, head: FundsHead, choices: Sequence[ColumnChoice], count: int) -> None:
        """Name the columns of the block that hold figures and are none the form knows (财政拨款 beside 预算数)."""
        rows = list(self.area.rows(head.row + 1, head.row + count))
        unread = [
            plain_head(choice.head)
            for choice in choices
            if choice.block == FUNDS and choice.role == UNUSED and not choice.confidence
            if any(
                parse_number(self._begun(row, choice.column).text.rstrip("元万")) is not None for row in rows
            )
        ]
        if unread:
            message = "资金栏的这几列没有对应的内容，没有读取"
            self.numbers.unread.add(
                self.area.row_name(head.row), "、".join(unread), message, "请核对后手工填写"
            )

    def _row_label(self, row: int, first: int) -> tuple[str, bool]:
        """The label of a row, and whether the row belongs to the next block."""
        texts = [(column, text) for column, text in self.area.beginning(row) if column < first]
        for _, text in texts:
            if self.words.target(text) or self.words.label(text):
                return "", True
        whole = [text for _, text in self.area.beginning(row)]
        if sum(bool(self.words.target(text)) for text in whole) > 0:
            return "", True
        known = [text for _, text in texts if self.words.fund_row(text)]
        label = known[-1] if known else texts[-1][1] if texts else ""
        if not known and texts and not self._has_numbers(row, first):
            return "", True
        return label, False

    def _has_numbers(self, row: int, first: int) -> bool:
        """Whether figures stand right of the label."""
        return any(
            parse_number(text.rstrip("%％")) is not None
            for column, text in self.area.beginning(row)
            if column >= first
        )

    def row_of(self, row: int, label: str, columns: dict[str, int], head: FundsHead) -> StatedFund:
        """The money of a row whose label is no source: that of a project in a list."""
        return self._fund(row, label, columns, head, [])

    def _fund(
        self,
        row: int,
        label: str,
        columns: dict[str, int],
        head: FundsHead,
        above: list[StatedFund],
    ) -> StatedFund:
        """One row of the block."""
        money = {
            role: self._amount(row, columns[role], MONEY_LABELS[role]) for role in _MONEY if role in columns
        }
        budget = money.get("annual_budget")
        budget = money.get("initial_budget") if budget is None else budget
        spent = money.get("annual_spending", money.get("spending_to_date"))
        expected = Decimal(spent) / budget if budget and spent is not None else None
        source = self.source(label, above, row)
        full = self._points(row, columns.get("full_score"), "分值")
        if full is BLANK_NUMBER and "full_score" not in columns and source == _TOTAL:
            full = _points_in(head)
        return StatedFund(
            source=source,
            label=short_label(label),
            initial_budget_fen=money.get("initial_budget"),
            annual_budget_fen=money.get("annual_budget"),
            annual_spending_fen=money.get("annual_spending"),
            full_score=full,
            stated_rate=self._rate(row, columns.get("stated_rate"), expected, head),
            stated_score=self._points(row, columns.get("stated_score"), "得分"),
            reason=self._reason(row, columns.get("reason")),
            where=self.area.row_name(row),
            spending_to_date_fen=money.get("spending_to_date"),
            forecast_spending_fen=money.get("forecast_spending"),
        )

    def source(self, label: str, above: list[StatedFund], row: int) -> str:
        """The source a row names; the first row without a name is the total, any other is asked for."""
        body = plain_head(label)
        match = self.words.fund_row(label)
        sources = [fund.source for fund in above]
        if match is None:
            if not above:
                return _TOTAL
            self.numbers.unread.add(
                self.area.row_name(row),
                label,
                "不是常用的资金来源名称，按其他资金读取",
                "请写成财政拨款、上年结转资金或其他资金",
            )
            return "other"
        if match.role == _NO_MONEY:
            return _DETAIL
        is_fiscal = match.role == _FISCAL
        if is_fiscal and self._is_part(body) and any(self._is_whole(fund) for fund in above):
            return _DETAIL
        if match.role == _BLOCK:
            return _TOTAL if _TOTAL not in sources else _DETAIL
        if match.role == _TOTAL and _TOTAL in sources:
            return _FISCAL if "财政" in body else _DETAIL
        return match.role

    def _is_part(self, body: str) -> bool:
        """Whether a label names one level or budget only, which a row of all fiscal money may hold already."""
        return pattern(self.words.fund_detail).search(body) is not None

    def _is_whole(self, fund: StatedFund) -> bool:
        """Whether a row above holds all fiscal money; 上级资金 and 本级资金 stand beside each other."""
        return fund.source == _FISCAL and not self._is_part(plain_head(fund.label))

    def _amount(self, row: int, column: int, label: str) -> int | None:
        cell = self._begun(row, column)
        if cell is BLANK_CELL:
            return None
        return self.numbers.amount(cell, self.unit, self.area.cell_name(row, column), label)

    def _points(self, row: int, column: int | None, label: str) -> StatedNumber:
        cell = BLANK_CELL if column is None else self._begun(row, column)
        if column is None or cell is BLANK_CELL:
            return BLANK_NUMBER
        return self.numbers.points(cell, self.area.cell_name(row, column), label)

    def _rate(self, row: int, column: int | None, expected: Decimal | None, head: FundsHead) -> StatedNumber:
        cell = BLANK_CELL if column is None else self._begun(row, column)
        if column is None or cell is BLANK_CELL:
            return BLANK_NUMBER
        text = next((choice.head for choice in head.choices if choice.column == column), "")
        in_percent = "%" in plain_text(text)
        where = self.area.cell_name(row, column)
        return self.numbers.rate(cell, expected, where, "执行率", in_percent=in_percent)

    def _reason(self, row: int, column: int | None) -> str:
        text = "" if column is None else self._begun(row, column).text
        return "" if self.numbers.is_empty(text) else text.strip()

    def _begun(self, row: int, column: int) -> GridCell:
        """The cell of a place where it begins; a blank one where it only carries on from above."""
        return self.area.cell(row, column) if self.area.grid.begins_in_row(row, column) else BLANK_CELL

    def labelled(self, last: int) -> tuple[list[StatedFund], list[StatedFund]]:
        """Amounts beside their labels, the year's and the medium term's: the national target form has both."""
        annual: list[StatedFund] = []
        medium: list[StatedFund] = []
        medium_columns: dict[int, bool] = {}
        for row, column, label, beside, cell in self._pairs(last):
            match = self.words.fund_row(label)
            assert match is not None, label
            if match.role in (_TOTAL, _BLOCK) or column not in medium_columns:
                medium_columns[column] = bool(pattern(self.words.medium_term).search(plain_head(label)))
            into = medium if medium_columns[column] else annual
            where = self.area.cell_name(row, beside)
            amount = self.numbers.amount(cell, self.unit, where, short_label(label))
            source = self.source(label, into, row)
            into.append(StatedFund(source, short_label(label), annual_budget_fen=amount, where=where))
        return annual, medium

    def across(self, last: int) -> list[StatedFund]:
        """Sources beside each other, each over its amount: 预算数 | 其中：财政资金 | 其他资金."""
        for row in self.area.rows(None, last - 1):
            texts = self.area.beginning(row)
            labels = [
                (column, text) for column, text in texts if self.is_known(text) and not self._is_block(text)
            ]
            if len(labels) < 2 or any(self.is_money(text) for _, text in texts):
                continue
            below = self.area.bottom_edge(row, labels[0][0]) + 1
            amounts = [self.area.cell(below, column) for column, _ in labels]
            if not all(cell.text and self.is_money(cell.text) for cell in amounts):
                continue
            found: list[StatedFund] = []
            for (column, text), cell in zip(labels, amounts, strict=True):
                where = self.area.cell_name(below, column)
                amount = self.numbers.amount(cell, self.unit, where, short_label(text))
                source = self.source(text, found, row)
                found.append(StatedFund(source, short_label(text), annual_budget_fen=amount, where=where))
            return found
        return []

    def _pairs(self, last: int) -> Iterator[tuple[int, int, str, int, GridCell]]:
        """Row, column and text of each label of money, with the column and cell of its amount."""
        for row in self.area.rows(None, last):
            texts = self.area.beginning(row)
            for index, (column, text) in enumerate(texts):
                label, colon, inline = text.replace(":", "：").rpartition("：")
                if colon and inline.strip() and self.is_money(inline) and self.is_known(label):
                    yield row, column, label, column, GridCell(inline.strip())
                elif self.is_known(text):
                    edge = self.area.right_edge(row, column) + 1
                    beside = texts[index + 1] if index + 1 < len(texts) else None
                    if beside and self.is_money(beside[1]):
                        yield row, column, text, beside[0], self.area.cell(row, beside[0])
                    elif self._may_be_blank(text) and (
                        beside is None or (beside[0] > edge and self.is_known(beside[1]))
                    ):
                        yield row, column, text, min(edge, self.area.right), GridCell("")

    def is_known(self, text: str) -> bool:
        """Whether a text is the label of a source of money."""
        match = self.words.fund_row(text) if 0 < len(text) <= _LONGEST_LABEL else None
        if match is None or match.role == _NO_MONEY:
            return False
        return self.words.label(text) is None and self.words.target(text) is None

    def _may_be_blank(self, text: str) -> bool:
        """Whether a label asks for an amount even where none stands: no title, no label of the whole block."""
        return (
            not self._is_block(text) and pattern(self.words.fund_label).search(plain_head(text)) is not None
        )

    def _is_block(self, text: str) -> bool:
        """Whether a text is the label of the whole block."""
        match = self.words.fund_row(text)
        return match is not None and match.role == _BLOCK

    def is_money(self, text: str) -> bool:
        """Whether a text looks like an amount or a filler for one."""
        return bool(re.match(r"[+-]?[\d.]", plain_text(text))) or text.strip() in self.words.fillers


def _points_in(head: FundsHead) -> StatedNumber:
    """Points written into the block's label or a head: 预算执行情况（20分）, 得分（20分*执行率）."""
    for text in (head.label, *(choice.head for choice in head.choices if choice.role == "stated_score")):
        if found := _POINTS.search(plain_text(text).replace(" ", "")):
            return StatedNumber(found[1], Decimal(found[1]))
    return BLANK_NUMBER


def short_label(label: str) -> str:
    """A label on one line, without its colon."""
    return tidy(label).strip("：: 　")
