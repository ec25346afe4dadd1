"""Lists of projects in monitoring (项目监控清单): one row a project, with budget, spending, rate, reason and likelihood.

Every project becomes a table of its own, as those of flat lists do; rows of sums are kept beside what the rows
above or below them come to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from forms.hand_filled.area import Area
from forms.hand_filled.funds import FUNDS, MONEY_LABELS, FundsHead, FundsReader
from forms.hand_filled.head_words import HeadWords, pattern, plain_head
from forms.hand_filled.labels import split_project, tidy
from forms.hand_filled.list_heads import NAME
from forms.hand_filled.mapping import ColumnMapping
from forms.hand_filled.stated import StatedFund, StatedTable

_AMOUNTS = {role: f"{role}_fen" for role in MONEY_LABELS}
_SUM = "合计"
_GROUPED = re.compile(r"[(（]?[一二三四五六七八九十]{1,3}[)）、.]*")
"""Numbers of groups of projects."""


@dataclass
class _Sum:
    """A row of sums: the projects before it, and its `kind`: total, part, or head of the projects that follow."""

    fund: StatedFund
    before: int
    kind: str


@dataclass
class _Rows:
    """What the rows of a list gave (清单各行)."""

    projects: list[tuple[dict[str, str], StatedFund]] = field(default_factory=list)
    sums: list[_Sum] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ListReader:
    """Reads the rows of a list (清单读取)."""

    area: Area
    words: HeadWords
    money: FundsReader
    mapping: ColumnMapping

    def read(self, head: FundsHead, table: StatedTable) -> tuple[StatedTable, ...]:
        """One table per project; the rows of sums stand with the first."""
        rows = self._rows(head)
        sums = tuple((one.fund, _found(rows, number)) for number, one in enumerate(rows.sums))
        tables = [self._table(table, facts, fund) for facts, fund in rows.projects]
        if tables:
            tables[0] = replace(tables[0], list_sums=sums)
        return tuple(replace(one, list_index=index) for index, one in enumerate(tables))

    def _rows(self, head: FundsHead) -> _Rows:
        """The projects and sums below a head."""
        found = _Rows()
        columns = self.mapping.columns(FUNDS)
        below = list(self.area.rows(head.last_row + 1))
        has_heads = self._has_heads(below)
        for row in below:
            texts = self.area.beginning(row)
            if texts and self._is_foot(texts[0][1]):
                break
            facts = dict(self._facts(row, columns))
            has_money = any(self._amount_text(row, columns, role) for role in _AMOUNTS if role in columns)
            kind = self._sum_kind([text for _, text in texts], facts.get(NAME, ""), has_heads=has_heads)
            if not has_money:
                continue
            fund = self._fund(row, columns, head, facts, kind)
            if kind:
                found.sums.append(_Sum(fund, len(found.projects), kind))
            else:
                found.projects.append((facts, fund))
        return found

    def _facts(self, row: int, columns: dict[str, int]) -> Iterator[tuple[str, str]]:
        """What stands in the columns of texts; ticks as the options they stand for."""
        for role, column in columns.items():
            if role in _AMOUNTS or not (text := self.area.text(row, column).strip()):
                continue
            is_filler = text in self.words.fillers
            yield role, "" if is_filler else text
        ticks = [
            choice.option
            for choice in self.mapping.ticked("likelihood")
            if self.area.text(row, choice.column).strip() not in ("", *self.words.fillers)
        ]
        if ticks:
            yield "likelihood", "；".join(ticks)

    def _amount_text(self, row: int, columns: dict[str, int], role: str) -> str:
        """What stands in a column of money."""
        return self.area.text(row, columns[role]).strip()

    def _has_heads(self, rows: Sequence[int]) -> bool:
        """Whether rows are numbered in two ways: 一 over 1, 2, 3."""
        firsts = [texts[0][1] for row in rows if (texts := self.area.beginning(row))]
        return any(map(_GROUPED.fullmatch, firsts)) and any(text.isdigit() for text in firsts)

    def _sum_kind(self, texts: Sequence[str], name: str, *, has_heads: bool) -> str:
        """total, part, head, or "" for a row that is a project's."""
        if has_heads and texts and _GROUPED.fullmatch(texts[0]):
            return "head"
        bare = [plain_head(text) for text in (name, *texts[:2]) if text]
        if any(pattern(self.words.row_words.subtotal).fullmatch(text) for text in bare):
            return "part"
        return "total" if any(pattern(self.words.row_words.total).fullmatch(text) for text in bare) else ""

    def _is_foot(self, text: str) -> bool:
        """Whether the list ends with a row: notes, signatures."""
        return pattern(self.words.row_words.foot).fullmatch(plain_head(text)) is not None

    def _fund(
        self, row: int, columns: dict[str, int], head: FundsHead, facts: dict[str, str], kind: str
    ) -> StatedFund:
        """The money of a row."""
        label = _SUM if kind else facts.get(NAME, "") or "资金"
        fund = self.money.row_of(row, label, columns, head)
        parts = (facts.get("deviation_reason", ""), facts.get("improvement", ""))
        nothing = self.words.empty_words
        reason = "；".join(text for text in (*parts, fund.reason) if text and text not in nothing)
        return replace(fund, source="total", reason=reason, likelihood=facts.get("likelihood", ""))

    def _table(self, table: StatedTable, facts: dict[str, str], fund: StatedFund) -> StatedTable:
        """The table of one project."""
        code, name = split_project(facts.get(NAME, ""))
        return replace(
            table,
            project_name=name,
            project_code=tidy(facts.get("project_code", "")) or code,
            implementing_unit=tidy(facts.get("implementing_unit", "")) or table.implementing_unit,
            supervising_department=tidy(facts.get("supervising_department", ""))
            or table.supervising_department,
            funds=(fund,),
            targets=(facts.get("annual_target", ""), ""),
            columns=frozenset(self.mapping.columns(FUNDS)),
        )


def _found(rows: _Rows, number: int) -> StatedFund:
    """What the rows of a sum come to: all projects, those since the sum before, or those up to the next one."""
    one = rows.sums[number]
    before = rows.sums[number - 1].before if number else 0
    after = rows.sums[number + 1].before if number + 1 < len(rows.sums) else len(rows.projects)
    parts = [(one.before, after)] if one.kind == "head" else [(before, one.before), (one.before, after)]
    spans = [(0, len(rows.projects)), *parts] if one.kind == "total" else parts
    sums = [_sum(rows, first, last) for first, last in spans if last > first]
    return next((found for found in sums if _agree(one.fund, found)), sums[0] if sums else one.fund)


def _sum(rows: _Rows, first: int, last: int) -> StatedFund:
    """The amounts of some projects added up; None where no row has one."""
    funds = [fund for _, fund in rows.projects[first:last]]
    amounts: dict[str, int | None] = {}
    for attribute in _AMOUNTS.values():
        known = [amount for fund in funds if (amount := getattr(fund, attribute)) is not None]
        amounts[attribute] = sum(known) if known else None
    return StatedFund("total", _SUM, **amounts)  # type: ignore[arg-type]


def _agree(stated: StatedFund, found: StatedFund) -> bool:
    """Whether no amount stated is another than that found."""
    pairs = ((getattr(stated, one), getattr(found, one)) for one in _AMOUNTS.values())
    return all(one is None or two is None or one == two for one, two in pairs)
