"""Reading a register's table (名录表格): where its heads stand, which column is which, and what its amounts are in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from models.domain.errors import InputError
from models.domain.money import AmountUnit
from services.one_line import one_line
from services.ports.documents import ReadTable
from services.register_heads import Head
from services.tools import Tools

Line = Mapping[str, str]

_HEAD_LOOKAHEAD = 10
_UNITS = {"": AmountUnit.YUAN, "万": AmountUnit.WAN_YUAN}
_IN_HEAD = re.compile(r"([百千万亿]*)元")
_IN_TITLE = re.compile(r"单位[:：]?\s*(?:人民币)?([百千万亿]*)元")


@dataclass(frozen=True)
class RegisterTable:
    """A table whose heads were met (读懂表头的名录): `columns` by head key; `head` counts within the rows read."""

    table: ReadTable
    head: int
    columns: Mapping[str, int]

    def lines(self) -> Iterator[tuple[int, Line]]:
        """Lines that hold anything, with the number a person sees in the file; texts on one line."""
        first = self.table.first_row + self.head + 1
        for number, row in enumerate(self.table.rows[self.head + 1 :], first):
            line = {key: one_line(row[i]) if i < len(row) else "" for key, i in self.columns.items()}
            if any(line.values()):
                yield number, line

    def amount_unit(self, key: str) -> AmountUnit | None:
        """What the amounts of a column are in, by its head, else by a line above; None where nobody says.

        InputError for units that are neither 元 nor 万元: reading them as such would be wrong by thousands.
        """
        above = [*self.table.titles, *(text for row in self.table.rows[: self.head] for text in row)]
        head = self.table.rows[self.head][self.columns[key]] if key in self.columns else ""
        found = _IN_HEAD.search(head) or next((m for text in above if (m := _IN_TITLE.search(text))), None)
        if found is None:
            return None
        if found[1] not in _UNITS:
            raise InputError(
                f"金额单位是“{found[1]}元”", "请把金额改为元或万元后再导入", self.table.file_name
            )
        return _UNITS[found[1]]


def read_register(tools: Tools, path: Path, heads: Sequence[Head]) -> RegisterTable:
    """Read a table and meet its heads; InputError when a compulsory one is missing or one stands twice."""
    table = tools.tables.read(path)
    rows = table.rows[:_HEAD_LOOKAHEAD]
    best: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        places = _places(row, heads)
        if all(head.key in places for head in heads if head.is_required):
            return RegisterTable(table, number, _columns(row, places, heads, table.file_name))
        best = max(best, places, key=len)
    missing = "、".join(head.label for head in heads if head.is_required and head.key not in best)
    raise InputError(f"没有找到表头“{missing}”", "请核对表头的栏目名称", table.file_name)


def _places(row: Sequence[str], heads: Sequence[Head]) -> dict[str, list[int]]:
    """Columns whose head fits, by key."""
    found = {head.key: [i for i, text in enumerate(row) if head.fits(text)] for head in heads}
    return {key: columns for key, columns in found.items() if columns}


def _columns(
    row: Sequence[str], places: Mapping[str, list[int]], heads: Sequence[Head], file_name: str
) -> dict[str, int]:
    """One column for each head; of several spellings the label itself goes first."""
    columns = {}
    for head in heads:
        fitting = places.get(head.key, [])
        plain = [i for i in fitting if head.is_label(row[i])] or fitting
        if len(plain) > 1:
            named = "”“".join(one_line(row[i]) for i in plain)
            raise InputError(f"“{named}”都像“{head.label}”一栏", "请只保留一栏后再导入", file_name)
        if plain:
            columns[head.key] = plain[0]
    return columns
