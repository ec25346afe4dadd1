"""Pasting tables into a form's rows (从 Excel 粘贴): which cell goes where, and how it is read.

Clerks copy what they have: with or without the header row, with merged 一级 and 二级 cells (blank below
the first), with sign, value and unit in one cell (≥95%). Nothing pasted is lost: what no kind can
read stays as text and is marked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from forms import kinds
from forms.context import FormContext
from forms.schema import FieldSpec, Row, TableSpec
from models.domain.indicator import Comparator
from models.domain.money import plain_text
from ui.item_models.rows import blank_row, level_changes
from ui.item_models.spellings import meant_choice, spelled
from ui.item_models.tabular_text import Grid

_HEADINGS = {
    "planned_value": ("年度指标值", "指标值及单位", "目标值", "指标值内容"),
    "comparator": ("指标性质", "计算符号", "运算符号", "指标符号"),
    "measure_unit": ("度量单位", "单位", "计量单位"),
    "weight": ("权重", "分值权重", "指标分值"),
    "direction": ("指标方向性", "指标方向", "方向性"),
    "third_level": ("三级指标名称", "指标名称", "绩效指标"),
    "first_level": ("一级指标名称",),
    "second_level": ("二级指标名称",),
}
"""Other headings that offices put over the same columns (domain §1.5)."""

_JOINED = re.compile(
    r"(?P<sign>≥|≤|>=|<=|=|>|<|不少于|不低于|不超过|不高于|大于等于|小于等于)?\s*"
    r"(?P<number>[+-]?[\d,]+(?:\.\d+)?)\s*(?P<unit>[^\d\s].*?)?\s*(?P<tail>以上|以内|以下)?"
)
_TOTALS = frozenset({"合计", "总计", "总分", "金额合计", "分值合计", "合计分值"})
"""What a closing line begins with that only sums up what stands above it."""
_A_DATE = re.compile(r"(19|20)\d\d\s*[年./\-].*")


@dataclass(frozen=True, slots=True)
class Pasted:
    """What a paste came to (粘贴结果): the rows after it and the figures told to the person."""

    rows: tuple[Row, ...]
    first_row: int
    row_count: int
    added: int
    unread: int
    cut_columns: int
    has_total: bool = False
    closed: int = 0
    cut_rows: int = 0

    @property
    def sentence(self) -> str:
        """已粘贴 12 行（新增 10 行）；3 格内容没有认出来，已原样保留并标出。"""
        parts = [f"已粘贴 {self.row_count} 行" + (f"（新增 {self.added} 行）" if self.added else "")]
        if self.unread:
            parts.append(f"{self.unread} 格内容没有认出来，已原样保留并标出")
        if self.cut_columns:
            parts.append(f"右边多出的 {self.cut_columns} 列没有对应的栏目，未粘贴")
        if self.cut_rows:
            parts.append(f"表上的行是固定的，下面多出的 {self.cut_rows} 行未粘贴")
        if self.closed:
            parts.append(f"{self.closed} 格是只读或自动计算的，与剪贴板里的不同，没有改动")
        if self.has_total:
            parts.append("最后的合计行未粘贴")
        return "；".join(parts) + "。"


@dataclass
class _Block:
    """A clipboard block laid over the table: its lines and the column each of its cells goes to."""

    lines: Grid
    columns: list[FieldSpec | None]
    is_joined: bool = False

    def without_total(self) -> bool:
        """Take the closing line away when it is a sum and nothing else; whether it was one."""
        filled = [cell.strip() for cell in self.lines[-1] if cell.strip()] if len(self.lines) > 1 else []
        name = "".join(filled[0].split()).rstrip("：:") if filled else ""
        is_sum = len(filled) > 1 and all(kinds.parse_number(cell) is not None for cell in filled[1:])
        if name not in _TOTALS or not is_sum:
            return False
        del self.lines[-1]
        return True


def paste(
    table: TableSpec, context: FormContext, rows: Sequence[Row], at: tuple[int, int], grid: Grid
) -> Pasted:
    """The rows with a block pasted from the cell `at` (row, column); rows that are missing are added."""
    shown = table.visible_columns(context)
    block = _laid_over(shown, at[1], grid, context)
    has_total = block.without_total()
    _fill_merged(block)
    changed: list[Row] = list(rows)
    unread = closed = 0
    for offset, line in enumerate(block.lines):
        index = at[0] + offset
        is_new = index >= len(changed)
        if is_new and table.has_fixed_rows(context):
            break
        if is_new:
            changed.append(blank_row(table, context, changed))
        row, missed = _pasted_row(table, context, changed[index], block, line)
        closed += _closed_cells(context, row, block, line)
        changed[index] = row
        unread += missed
    width = max((len(line) for line in block.lines), default=0)
    return Pasted(
        rows=tuple(changed),
        first_row=at[0],
        row_count=(taken := min(len(block.lines), len(changed) - at[0])),
        added=len(changed) - len(rows),
        unread=unread,
        cut_columns=sum(_has_content(block.lines, column) for column in _unplaced(block, width)),
        has_total=has_total,
        closed=closed,
        cut_rows=sum(any(cell.strip() for cell in line) for line in block.lines[taken:]),
    )


def _laid_over(shown: Sequence[FieldSpec], at: int, grid: Grid, context: FormContext) -> _Block:
    """Which column each cell goes to: by the header row when there is one, else from the current column on."""
    headed = _by_heading(shown, grid[0], context) if grid else None
    if headed is not None:
        block = _Block([list(line) for line in grid[1:]], headed)
        block.is_joined = _lacks_signs(shown, headed)
        return block
    width = max((len(line) for line in grid), default=0)
    columns: list[FieldSpec | None] = [
        shown[at + offset] if at + offset < len(shown) else None for offset in range(width)
    ]
    block = _Block([list(line) for line in grid], columns)
    keys = [column.key for column in columns if column]
    if keys and keys[-1] == "comparator" and not _reads_as_signs(columns[-1], grid, width - 1, context):
        block.columns[-1] = next((c for c in shown if c.key == "planned_value"), columns[-1])
        block.is_joined = True
    else:
        block.is_joined = _lacks_signs(shown, columns)
    return block


def _lacks_signs(shown: Sequence[FieldSpec], columns: Sequence[FieldSpec | None]) -> bool:
    """Whether values come without the sign the table has a column for, so that they may carry it themselves."""
    keys = {column.key for column in columns if column}
    has_signs = any(column.key == "comparator" for column in shown)
    return has_signs and "planned_value" in keys and "comparator" not in keys


def _by_heading(
    shown: Sequence[FieldSpec], line: Sequence[str], context: FormContext
) -> list[FieldSpec | None] | None:
    """Columns by their headings when a line is the table's header (two headings or more, nothing else)."""
    columns = [_headed(shown, cell, context) for cell in line]
    filled = [cell for cell in line if cell.strip()]
    known = [column for column in columns if column]
    return columns if len(known) >= 2 and len(known) * 2 > len(filled) else None


def _headed(shown: Sequence[FieldSpec], cell: str, context: FormContext) -> FieldSpec | None:
    """The column a heading names, in general or in this filing, remarks such as （万元） left out."""
    wanted = re.sub(r"[(（].*?[)）]|\s", "", plain_text(cell))
    if not wanted:
        return None
    return next(
        (
            c
            for c in shown
            if wanted in (c.label, plain_text(c.label_in(context))) or wanted in _HEADINGS.get(c.key, ())
        ),
        None,
    )


def _reads_as_signs(column: FieldSpec | None, grid: Grid, offset: int, context: FormContext) -> bool:
    """Whether the cells of a block's column are signs, none of them a whole value such as ≥95%."""
    if column is None or column.choices is None:
        return False
    options = column.choices(context, {})
    cells = [line[offset] for line in grid if offset < len(line) and line[offset].strip()]
    return not cells or any(meant_choice(options, cell) for cell in cells)


def _fill_merged(block: _Block) -> None:
    """Give the blank 一级 and 二级 cells below a merged one its content, and every line its full width."""
    keys = [column.key if column else "" for column in block.columns]
    before: list[str] | None = None
    for line in block.lines:
        line.extend([""] * (len(keys) - len(line)))
        if not any(cell.strip() for cell in line):
            continue
        for level in ("first_level", "second_level"):
            if before is None or level not in keys or line[keys.index(level)].strip():
                continue
            first = keys.index("first_level") if "first_level" in keys else None
            if level == "first_level" or first is None or line[first] == before[first]:
                line[keys.index(level)] = before[keys.index(level)]
        before = line


def _pasted_row(
    table: TableSpec, context: FormContext, row: Row, block: _Block, line: list[str]
) -> tuple[Row, int]:
    """One row with a line's cells read into it, and how many could not be read."""
    changed: dict[str, Any] = dict(row)
    unread = 0
    for column, cell in zip(block.columns, line, strict=False):
        if column is None or column.is_closed(context, changed):
            continue
        if block.is_joined and column.key == "planned_value":
            changed.update(_parts_of_joined(table, context, cell))
            continue
        reading = kinds.read(column, spelled(column, cell, context, changed), context, changed)
        changed[column.key] = reading.value
        unread += bool(reading.problem)
        changed.update(level_changes(table, context, changed, column.key))
    return changed, unread


def _closed_cells(context: FormContext, row: Row, block: _Block, line: list[str]) -> int:
    """How many cells of a line say something else than a cell nobody can write into."""
    return sum(
        column is not None
        and bool(cell.strip())
        and column.is_closed(context, row)
        and plain_text(cell) != plain_text(kinds.shown(column, row.get(column.key), context, row))
        for column, cell in zip(block.columns, line, strict=False)
    )


def _parts_of_joined(table: TableSpec, context: FormContext, cell: str) -> dict[str, Any]:
    """Sign, value and unit of a cell that holds all three; words stand as a qualitative value."""
    if not cell.strip():
        return {"planned_value": None}
    shown = {column.key for column in table.visible_columns(context)}
    text = plain_text(cell)
    if _A_DATE.fullmatch(text):
        return {"comparator": Comparator.OTHER.value, "planned_value": cell, "measure_unit": None}
    found = _JOINED.fullmatch(text)
    if found is None:
        return {"comparator": Comparator.QUALITATIVE.value, "planned_value": cell, "measure_unit": None}
    sign = _sign(table, context, found["sign"] or found["tail"])
    unit = (found["unit"] or "").strip()
    if unit and "measure_unit" not in shown:
        return {"comparator": sign, "planned_value": found["number"] + unit}
    parts: dict[str, Any] = {"planned_value": found["number"], "comparator": sign}
    return {**parts, "measure_unit": unit} if unit else parts


def _sign(table: TableSpec, context: FormContext, sign: str | None) -> str | None:
    """The comparator a sign means; None when the cell had none, so that the checks ask for it."""
    column = table.column("comparator")
    found = meant_choice(column.choices(context, {}), sign) if sign and column.choices else None
    return found.value if found else None


def _unplaced(block: _Block, width: int) -> list[int]:
    """Columns of the block that go nowhere."""
    return [n for n in range(width) if n >= len(block.columns) or block.columns[n] is None]


def _has_content(lines: Grid, column: int) -> bool:
    """Whether a column of the block holds anything."""
    return any(column < len(line) and line[column].strip() for line in lines)
