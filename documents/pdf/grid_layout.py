"""The grid set in type (表格排字): every cell's lines, before pages are known."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from documents.line_breaking import LABEL_WORDS, break_lines, width_of
from documents.pdf.font_book import FontBook, Role, Run
from documents.pdf.page_style import MM, GridStyle
from documents.sheet_grid import LABEL_ROLES, cell_text, whole_grid
from forms.sheet import Cell, CellRole, Sheet

_UPRIGHT = str.maketrans("（）()—：", "︵︶︵︶︱︰")
"""Punctuation as vertical text writes it."""
_BLANKS = " \u3000"
_SCALES = (1.0, 0.96, 0.92, 0.88)
"""A label or a short text may be set this much smaller where that saves it a line."""
_LEFT_SCALES = (*_SCALES, 0.84)
_NUMBER_SCALES = (1.0, 0.94, 0.88, 0.82, 0.76, 0.7, 0.64)
"""A number must not be broken: it may be set much smaller."""
_LABEL_PAD, _LEFT_LABEL_PAD = 0.6 * MM, 0.9 * MM


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a cell (一行字); `indent` in points moves it right."""

    runs: tuple[Run, ...]
    width: float
    indent: float = 0.0


@dataclass(frozen=True, slots=True)
class LaidCell:
    """A cell with its lines (排好的单元格); `text` is what a reader copies, `scale` is 1 or a little less."""

    cell: Cell
    lines: tuple[Line, ...]
    text: str
    style: GridStyle
    scale: float

    @property
    def end(self) -> int:
        """The first row below the cell."""
        return self.cell.row + self.cell.row_span

    @property
    def is_label(self) -> bool:
        """Whether it is part of the printed form, repeated where a page cuts it."""
        return self.cell.role in LABEL_ROLES

    def need(self, lines: int) -> float:
        """Height that so many lines ask for; none ask for nothing."""
        return lines * self.style.line_height + 2 * self.style.pad_y if lines else 0.0


@dataclass(frozen=True, slots=True)
class LaidGrid:
    """A grid set in type (排好的表格); `edges` are the columns' x from 0."""

    edges: tuple[float, ...]
    cells: tuple[LaidCell, ...]
    minimums: tuple[float, ...]
    head_rows: tuple[int, int] | None
    style: GridStyle
    head_until: int | None = None

    @property
    def row_count(self) -> int:
        """How many rows the grid has."""
        return len(self.minimums)

    @property
    def width(self) -> float:
        """Width of the frame."""
        return self.edges[-1]


def lay_grid(sheet: Sheet, available: float, style: GridStyle, fonts: FontBook) -> LaidGrid:
    """Set a sheet's grid; a frame wider than `available` is narrowed in proportion."""
    widths = [width * MM for width in sheet.column_widths]
    factor = min(1.0, available / sum(widths))
    edges = (0.0, *accumulate(width * factor for width in widths))
    cells = tuple(_lay_cell(cell, edges, style, fonts) for cell in whole_grid(sheet))
    least = style.line_height + 2 * style.pad_y
    minimums = tuple(
        max(least, sheet.minimum_heights.get(row, 0.0) * MM * style.row_factor)
        for row in range(sheet.row_count)
    )
    return LaidGrid(edges, cells, minimums, sheet.head_rows, style, sheet.head_until)


def role_of(cell: Cell) -> Role:
    """The face a cell is set in."""
    return Role.LABEL if cell.role in LABEL_ROLES else Role.FILLED


def _lay_cell(cell: Cell, edges: tuple[float, ...], style: GridStyle, fonts: FontBook) -> LaidCell:
    """Break the cell's text into lines for its width."""
    text = cell_text(cell)
    width = edges[cell.column + cell.column_span] - edges[cell.column]
    if not text:
        return LaidCell(cell, (), "", style, 1.0)
    if cell.is_vertical:
        upright = "".join(text.split()).translate(_UPRIGHT)
        lines = tuple(_line(char, role_of(cell), style.size, fonts) for char in upright)
        return LaidCell(cell, lines, text, style, 1.0)
    pad, scales = fit_of(cell, style)
    best, scale = _lines(cell, text, width - 2 * pad, style.size, fonts), 1.0
    for smaller in scales[1:]:
        if len(best) == 1:
            break
        lines = _lines(cell, text, width - 2 * pad, style.size * smaller, fonts)
        if len(lines) < len(best):
            best, scale = lines, smaller
    return LaidCell(cell, best, text, style, scale)


def fit_of(cell: Cell, style: GridStyle) -> tuple[float, tuple[float, ...]]:
    """Air at each side of a cell's text, and the sizes the text may be tried in."""
    match cell.role:
        case CellRole.LABEL:
            return _LABEL_PAD, _SCALES
        case CellRole.LABEL_LEFT:
            return _LEFT_LABEL_PAD, _LEFT_SCALES
        case CellRole.CENTERED:
            return _LABEL_PAD, _SCALES
        case CellRole.NUMBER | CellRole.AMOUNT | CellRole.CODE:
            return style.pad_x, _NUMBER_SCALES
    return style.pad_x, (1.0,)


def _lines(cell: Cell, text: str, width: float, size: float, fonts: FontBook) -> tuple[Line, ...]:
    """The text's lines in one size."""
    squeezed = _squeezed_indent(cell, text, width, size, fonts)
    if squeezed is not None:
        return (squeezed,)
    role = role_of(cell)
    words = LABEL_WORDS if cell.role in LABEL_ROLES else ()
    pieces = break_lines(text, width / size, fonts.advance(role), words)
    return tuple(_line(piece, role, size, fonts) for piece in pieces)


def _line(text: str, role: Role, size: float, fonts: FontBook) -> Line:
    """A line of text set in a role's face."""
    runs = fonts.runs(text, role)
    return Line(runs, sum(run.width for run in runs) * size)


def _squeezed_indent(cell: Cell, text: str, width: float, size: float, fonts: FontBook) -> Line | None:
    """A label like 　　　　其他资金 whose blanks are too wide for its column: one line, indented as far as it can.

    None when the label fits as it is, has no leading blanks, or is too long even without them.
    """
    bare = text.lstrip(_BLANKS)
    if cell.role is not CellRole.LABEL_LEFT or bare == text or "\n" in text:
        return None
    if width_of(text, fonts.advance(Role.LABEL)) * size <= width:
        return None
    line = _line(bare, Role.LABEL, size, fonts)
    return Line(line.runs, line.width, width - line.width) if line.width <= width else None
