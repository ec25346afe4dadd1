"""Hand-filled tables out of sheets (手工表读取): found, proposed with their columns, read with what the user confirms.

    finder = TableFinder(head_words, shared_words)
    for found in finder.propose(grid, kept_mappings):
        tables = finder.read_with(found, found.mapping)          # a flat list of projects gives several
    tables = finder.read_file(file_name, grids)                  # the same without questions

Nothing is guessed silently: what had to be assumed, and what could not be read, stands in `unread`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from forms.checks.settings import SharedWords
from forms.hand_filled.amount_units import amount_unit
from forms.hand_filled.area import Area, whole
from forms.hand_filled.funds import FUNDS, FundsHead, find_funds_head
from forms.hand_filled.grid import SheetGrid
from forms.hand_filled.head_words import HeadWords
from forms.hand_filled.heads import INDICATORS, HeadBlock
from forms.hand_filled.list_heads import find_list_head
from forms.hand_filled.mapping import ColumnMapping, KeptMappings, fingerprint
from forms.hand_filled.recognition import form_of, is_ex_ante
from forms.hand_filled.sections import Section, find_sections
from forms.hand_filled.stated import StatedTable, Unread
from forms.hand_filled.table_reading import TableReading
from forms.hand_filled.values import ValueReader
from forms.scoring.reading import RowReader


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table found in a sheet (找到的一张表), before it is read: its form, its mapping, and a preview of its rows.

    `preview` are texts by row of the area, heads included, for a screen that lets the user correct columns.
    """

    area: Area
    title: str
    form: str
    heads: tuple[HeadBlock, ...]
    repeated: frozenset[int]
    funds_head: FundsHead | None
    mapping: ColumnMapping

    def preview(self, rows: int = 12) -> tuple[tuple[str, ...], ...]:
        """The head and the first rows below it, as texts by column of the area."""
        first = self.heads[0].top if self.heads else self.area.top
        columns = range(self.area.left, self.area.right + 1)
        return tuple(
            tuple(self.area.text(row, column) for column in columns)
            for row in range(first, min(first + rows, self.area.bottom) + 1)
        )


@dataclass(frozen=True)
class TableFinder:
    """Finds and reads the tables of hand-filled sheets (手工表识别)."""

    words: HeadWords
    shared: SharedWords
    rows: RowReader | None = field(default=None, repr=False)
    """The reader of rows with the same shared words, where somebody else reads with it as well."""
    _values: ValueReader = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """The reader of values, which remembers the spellings it has met."""
        rows = self.rows if self.rows is not None else RowReader(self.shared)
        object.__setattr__(self, "_values", ValueReader(self.shared, self.words, rows))

    def propose(self, grid: SheetGrid, kept: KeptMappings | None = None) -> list[FoundTable]:
        """The tables of a sheet, each with the mapping kept for its heads or a new one."""
        sections = find_sections(grid, self.words)
        area = whole(grid)
        if not sections and (is_ex_ante(area, self.words) or find_list_head(area, self.words)):
            sections = [Section(area, "", ())]
        return [self._proposed(section, kept or {}) for section in sections]

    def read_with(self, found: FoundTable, mapping: ColumnMapping) -> tuple[StatedTable, ...]:
        """What a table states when its columns are taken as the mapping says."""
        return TableReading(
            found.area, found.title, found.form, found.heads, found.repeated, found.funds_head, mapping
        ).read(self.words, self._values)

    def read_file(
        self, file: str, grids: Sequence[SheetGrid], kept: KeptMappings | None = None
    ) -> tuple[StatedTable, ...]:
        """Every table of a file; one without a form, that says what was expected, when there is none."""
        tables = [
            table if table.file == file else replace(table, file=file)
            for grid in grids
            for found in self.propose(grid, kept)
            for table in self.read_with(found, found.mapping)
        ]
        return tuple(tables) if tables else (self._nothing(file, grids),)

    def _proposed(self, section: Section, kept: KeptMappings) -> FoundTable:
        """One table with its mapping."""
        form = form_of(section, self.words)
        area, heads = section.area, section.heads
        before = range(area.top, heads[0].top if heads else area.bottom + 1)
        after = range(heads[-1].bottom + 1 if heads else area.bottom + 1, area.bottom + 1)
        funds_head = find_list_head(area, self.words) if form == "monitoring" and not heads else None
        funds_head = funds_head or find_funds_head(area, (before, after), self.words)
        mapping = self._mapping(area, heads, funds_head)
        kept_one = kept.get(mapping.fingerprint, mapping)
        return FoundTable(area, section.title, form, heads, section.repeated, funds_head, kept_one)

    def _mapping(
        self, area: Area, heads: tuple[HeadBlock, ...], funds_head: FundsHead | None
    ) -> ColumnMapping:
        """The mapping the heads propose."""
        choices = [*(heads[0].choices if heads else ()), *(funds_head.choices if funds_head else ())]
        labels = [choice.head for choice in choices if choice.block == FUNDS]
        labels += [funds_head.label] if funds_head else []
        labels += [
            choice.head for choice in choices if choice.block == INDICATORS and "budget" in choice.role
        ]
        last = heads[0].bottom if heads else area.bottom
        unit, why = amount_unit(area, last, labels)
        key = fingerprint((choice.block, choice.column, choice.head) for choice in choices)
        return ColumnMapping(key, tuple(choices), unit, why)

    def _nothing(self, file: str, grids: Sequence[SheetGrid]) -> StatedTable:
        """A file without a known form: what was expected and what was found."""
        names = "、".join(f"“{grid.name}”" for grid in grids[:5])
        message = f"没有找到绩效表的表头（工作表{names}）：需要同一行有三级指标，以及指标值、完成值、分值、得分中的至少一项"
        unread = Unread(
            "", names, message, "请确认选对了文件；表头文字不同的，请改成“三级指标”“指标值”等常用写法后再检查"
        )
        return StatedTable(file=file, sheet=grids[0].name if grids else "", unread=(unread,))
