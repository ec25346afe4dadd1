"""Differences between a drawn form and a document that came (单元格对照): where, what it was, what it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from forms.hand_filled.grid import GridCell, SheetGrid
from forms.number_format import AMOUNT_FORMAT, shown_number
from forms.sheet import Cell, CellRole, Sheet
from models.domain.errors import InputError
from services.ports.documents import PageMarks
from services.text_difference import differing_parts
from services.tools import Tools

_NOTHING = "（空）"
_FORMULA = "（公式）"
_LABELS = (CellRole.LABEL, CellRole.LABEL_LEFT)
_NUMBERS = (CellRole.NUMBER, CellRole.AMOUNT)
_PRINTED_NUMBER = re.compile(r"-?[\d,]+(\.\d+)?")
_MOST_TEXTS = 3_000
"""Texts of a PDF that are compared; a form of many pages has some hundred."""
_CHECK_CODE = re.compile(r"核对码：[A-Z2-7]{4}( [A-Z2-7]{4}){3}")
"""The code at the foot of every page follows from the data as a whole."""


@dataclass(frozen=True, slots=True)
class Change:
    """One place that differs (改动项): its name, what the data draws there, what came."""

    name: str
    drawn: str
    came: str


@dataclass(frozen=True)
class Drawing:
    """A form drawn from the data (按数据重新生成的表): the sheets, words for a place, 元 or 万元 of its amounts."""

    tools: Tools
    sheets: Sequence[Sheet]
    words: Callable[[str], str]
    amount_unit: str

    @cached_property
    def grids(self) -> tuple[SheetGrid, ...]:
        """The drawn workbook, read as any workbook is."""
        return self.tools.hand_filled.read_content(
            self.tools.documents.workbook(self.sheets, PageMarks()), ""
        )

    @cached_property
    def _places(self) -> Mapping[tuple[str, int, int], Cell]:
        return self.tools.documents.workbook_places(self.sheets)

    @cached_property
    def _named_texts(self) -> Mapping[str, tuple[str, bool]]:
        """Names by what a cell shows, and whether it is an amount; "" where several show the same."""
        found: dict[str, tuple[str, bool]] = {}
        for grid in self.grids:
            for (row, column), cell in grid.cells.items():
                place = self._places.get((grid.name, row, column))
                printed = _number(place, cell) or cell.text
                for text in {_packed(line) for line in (printed, *printed.splitlines())}:
                    is_amount = place is not None and place.role is CellRole.AMOUNT
                    name = self.name(grid.name, row, column)
                    found[text] = ("", False) if text in found else (name, is_amount)
        return found

    @property
    def size(self) -> int:
        """How many cells show something."""
        return sum(len(grid.cells) for grid in self.grids)

    def name(self, sheet: str, row: int, column: int) -> str:
        """A worksheet cell in words: its field, the label left of it, or its address."""
        cell = self._places.get((sheet, row, column))
        if cell is not None:
            if cell.role in _LABELS:
                return f"“{_packed(str(cell.value or ''))}”这一栏目名"
            words = (self.words(cell.place) if cell.place else "") or self._label(sheet, row, column)
            if words:
                return words if "“" in words else f"“{words}”"
        return f"{_letters(column)}{row} 单元格"

    def named_text(self, text: str) -> tuple[str, bool]:
        """The name of the one cell that shows a text, "" for none or several; whether it is an amount."""
        return self._named_texts.get(_packed(text), ("", False))

    def shown(self, sheet: str, row: int, column: int, cell: GridCell | None) -> str:
        """What came at a place as the form shows it: 1,020.90 万元; as it is where that is no number."""
        place = self._places.get((sheet, row, column))
        printed = _number(place, cell)
        is_amount = place is not None and place.role is CellRole.AMOUNT
        return self.with_unit(printed, is_amount=is_amount) if printed else _text(cell)

    def with_unit(self, text: str, *, is_amount: bool) -> str:
        """A printed amount with the form's unit behind it; anything else as it is."""
        return f"{text} {self.amount_unit}" if is_amount and _PRINTED_NUMBER.fullmatch(text) else text

    def _label(self, sheet: str, row: int, column: int) -> str:
        """The nearest label left of a cell."""
        for left in range(column - 1, 0, -1):
            cell = self._places.get((sheet, row, left))
            if cell is not None and cell.role in _LABELS and cell.value:
                return _packed(str(cell.value)).rstrip("：:")
        return ""


def book_changes(drawing: Drawing, content: bytes) -> list[Change] | None:
    """Cells of a workbook that differ from the drawn ones; None when it cannot be read."""
    try:
        came = {grid.name: grid for grid in drawing.tools.hand_filled.read_content(content, "")}
    except InputError:
        return None
    found: list[Change] = []
    for grid in drawing.grids:
        other = came.pop(grid.name, None)
        if other is None:
            found.append(Change(f"工作表“{grid.name}”", "有", "没有了"))
        else:
            found += _cells(drawing, grid, other)
    return found + [Change(f"工作表“{name}”", "没有", "多了出来") for name in came]


def _cells(drawing: Drawing, drawn: SheetGrid, came: SheetGrid) -> Iterator[Change]:
    """Differing cells of one worksheet, by row and column."""
    for row, column in sorted({*drawn.cells, *came.cells}):
        old, new = (_text(grid.cells.get((row, column))) for grid in (drawn, came))
        if _packed(old) != _packed(new):
            shown = [
                drawing.shown(drawn.name, row, column, grid.cells.get((row, column)))
                for grid in (drawn, came)
            ]
            # Beyond the last printed decimal both read alike: then the numbers as they are stored.
            before, after = shown if shown[0] != shown[1] else (old, new)
            yield Change(drawing.name(drawn.name, row, column), before, after)


def text_changes(drawing: Drawing, drawn: Sequence[str], came: Sequence[str]) -> list[Change] | None:
    """Texts of a PDF that differ from the drawn ones; None when it cannot be read, or is endless."""
    if not drawn or not came or len(came) > _MOST_TEXTS:
        return None
    old, new = ([text for text in texts if not _CHECK_CODE.fullmatch(text)] for texts in (drawn, came))
    found: list[Change] = []
    for kind, first, last, start, end in SequenceMatcher(a=old, b=new).get_opcodes():
        if kind == "equal":
            continue
        before, after = old[first:last], new[start:end]
        if len(before) != len(after):
            before, after = ["".join(before)], ["".join(after)]
        for one, other in zip(before, after, strict=True):
            if one != other:
                name, is_amount = drawing.named_text(one)
                texts = [drawing.with_unit(text, is_amount=is_amount) or _NOTHING for text in (one, other)]
                found.append(Change(name or "有一处文字", *texts))
    return found


def clipped(change: Change) -> tuple[str, str]:
    """Both texts of a change; of long ones the part that differs, with a little around it."""
    return differing_parts(change.drawn, change.came)


def _text(cell: GridCell | None) -> str:
    """What a cell shows, in words."""
    if cell is None:
        return _NOTHING
    return cell.text or (_FORMULA if cell.fault else _NOTHING)


def _number(place: Cell | None, cell: GridCell | None) -> str:
    """A number as the form's own cell prints it: 1,020.90; "" where cell or content is no number."""
    if place is None or place.role not in _NUMBERS or cell is None or cell.number is None:
        return ""
    usual = AMOUNT_FORMAT if place.role is CellRole.AMOUNT else ""
    return shown_number(cell.number, place.number_format or usual)


def _packed(text: str) -> str:
    """A text without blanks: where lines break is no difference."""
    return "".join(text.split())


def _letters(column: int) -> str:
    """1 → A, 27 → AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
