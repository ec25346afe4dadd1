"""The sheet (表样): a form laid out as a grid, read alike by workbook, PDF and on-screen preview.

A sheet knows nothing of openpyxl, reportlab or Qt: cells with spans, roles and values, column
widths in millimetres, and where the page breaks and repeats.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from decimal import Decimal


class Orientation(enum.StrEnum):
    """Page direction (纸张方向), declared per form."""

    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"


class CellRole(enum.StrEnum):
    """What a cell is (单元格类别): decides face, alignment and, in the workbook, the cell type."""

    LABEL = "label"
    """A label of the official form, centred (表头、栏目名)."""
    LABEL_LEFT = "label_left"
    """A label set left, as 年度资金总额： in the national form."""
    TEXT = "text"
    """Filled text, left, wrapped."""
    CENTERED = "centered"
    """Short filled text, centred."""
    CODE = "code"
    """A code: text even when it looks like a number."""
    NUMBER = "number"
    """A real number, centred, shown with `number_format`."""
    AMOUNT = "amount"
    """Money in the form's unit, a real number, right-aligned with thousands separators."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell (单元格); `value` is text, a number for NUMBER and AMOUNT, or None for blank.

    `is_vertical` writes the text one character a line (绩效指标 in column 1). `place` is the answer's
    path, so a click in the preview or a finding can meet its field.
    """

    row: int
    column: int
    value: str | Decimal | int | None
    role: CellRole = CellRole.TEXT
    row_span: int = 1
    column_span: int = 1
    is_vertical: bool = False
    number_format: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A laid-out form (表样).

    `subtitle` is the line under the title, e.g. （2027年度）; `corner` the unit note at the right above
    the frame, "" when the form has none. `column_widths` in mm. `head_rows` is (first, last) of the
    rows repeated on every page when the indicator block breaks, or None; `head_until` is the first row below the
    block, which needs the head no more, None where nothing follows. `foot` the line of signers.
    `minimum_heights` maps a row to its least height in mm. `name` is the worksheet's name.
    """

    name: str
    title: str
    subtitle: str
    cells: tuple[Cell, ...]
    column_widths: tuple[float, ...]
    orientation: Orientation
    corner: str = ""
    head_rows: tuple[int, int] | None = None
    foot: tuple[str, ...] = ()
    minimum_heights: dict[int, float] = field(default_factory=dict)
    head_until: int | None = None

    @property
    def row_count(self) -> int:
        """How many rows the grid has."""
        return max((cell.row + cell.row_span for cell in self.cells), default=0)


FOOT_LINE = ("填报人：", "审核人：", "单位负责人：", "联系电话：", "填报日期：", "单位（盖章）：")
"""Foot line of every printed filing (表尾), domain §0.5."""
