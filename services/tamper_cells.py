"""Differences between a drawn form and a document that came (单元格对照): where, what it was, what it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cached_property

from forms.hand_filled.grid import GridCell, SheetGrid
from forms.number_format import AMOUNT_FORMAT, shown_number
from forms.sheet import Cell, CellRole, Sheet
from models.domain.errors import InputError
from services.ports.documents import PageMarks
from services.tamper_rows import paired_rows
from services.tools import Tools

_NOTHING = "（空）"
_FORMULA = "（公式）"
_LABELS = (CellRole.LABEL, CellRole.LABEL_LEFT)
_NUMBERS = (CellRole.NUMBER, CellRole.AMOUNT)
_ANY_MONTH = "N月"
_PRINTED_NUMBER = re.compile(r"-?[\d,]+(\.\d+)?")
_MOST_TEXTS = 3_000
"""Texts of a PDF that are compared; a form of many pages has some hundred."""
_CHECK_CODE = re.compile(r"核对码：[A-Z2-7]{4}( [A-Z2-7]{4}){3}")
"""The code at the foot of every page follows from the data as a whole."""


@dataclass(frozen=True, slots=True)
class Change:
    """One place that differs (改动项): its name, what the data draws there, what came.

    Of a row or worksheet that stands on one side only, `drawn` or `came` is what it is known by, the other "".
    What is no data (`is_data` false: a heading) comes of the form and its background.
    """

    name: str
    drawn: str
    came: str
    is_whole: bool = False
    is_data: bool = True


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

    def row_name(self, sheet: str, row: int) -> str:
        """A worksheet row of a table in words: 绩效指标第 2 行“养护里程”; "" where it is none."""
        places = (cell.place for at, cell in sorted(self._places.items()) if at[:2] == (sheet, row))
        path = next((place for place in places if place and "]" in place), "")
        return self.words(path.partition("]")[0] + "]") if path else ""

    def is_data(self, sheet: str, row: int, column: int) -> bool:
        """Whether a cell holds an answer."""
        cell = self._places.get((sheet, row, column))
        return cell is None or bool(cell.place)

    def first_row(self, sheet: str) -> int:
        """The first row of a worksheet's table."""
        return min((row for name, row, _column in self._places if name == sheet), default=1)

    @cached_property
    def labels(self) -> frozenset[str]:
        """What the form's headings say, without blanks."""
        found = (cell.value for cell in self._places.values() if cell.role in _LABELS)
        return frozenset(_packed(str(value)) for value in found if value)

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
            found.append(Change(f"工作表“{grid.name}”", "有", "", is_whole=True))
        else:
            found += _with_moved_rows(_sheet_changes(drawing, grid, other))
    return found + [Change(f"工作表“{name}”", "", "有", is_whole=True) for name in came]


def _sheet_changes(drawing: Drawing, drawn: SheetGrid, came: SheetGrid) -> Iterator[Change]:
    """What differs in one worksheet: rows on one side only, and cells of the others.

    Lines above the table may tell of the background (the approval a form refers to) and are no data.
    """
    columns = sorted({column for grid in (drawn, came) for _row, column in grid.cells})
    first, is_in_table = drawing.first_row(drawn.name), False
    for old, new in paired_rows(drawn, came):
        is_in_table = is_in_table or (old >= first and bool(new))
        if not old or not new:
            grid = drawn if old else came
            if is_in_table and (words := _row_words(drawing, grid, old or new)):
                name = drawing.row_name(drawn.name, old) if old else ""
                yield Change(name or "一行", words if old else "", "" if old else words, is_whole=True)
            continue
        for column in columns:
            cells = drawn.cells.get((old, column)), came.cells.get((new, column))
            if not _reads_alike(drawing, cells, new - old):
                yield _cell_change(drawing, drawn.name, (old, column), cells)


def _row_words(drawing: Drawing, grid: SheetGrid, row: int) -> str:
    """What a row is known by: the longest text that is no heading."""
    texts = [_text(cell) for at, cell in grid.cells.items() if at[0] == row]
    return max((text for text in texts if _packed(text) not in drawing.labels), key=len, default="")


def _with_moved_rows(changes: Iterable[Change]) -> list[Change]:
    """The changes; a row that is missing here and stands there has moved, and is told once."""
    found = list(changes)
    for gone in [one for one in found if one.is_whole and not one.drawn]:
        for place, one in enumerate(found):
            if one.is_whole and not one.came and one.drawn == gone.came:
                found[place] = replace(one, came=gone.came)
                found.remove(gone)
                break
    return found


def _reads_alike(drawing: Drawing, cells: tuple[GridCell | None, GridCell | None], shift: int) -> bool:
    """Whether two cells say the same; where rows moved, running numbers and headings of joined rows move along."""
    old, new = (_packed(_text(cell)) for cell in cells)
    if _is_same(old, new):
        return True
    if not shift:
        return False
    if old.isdecimal() and new.isdecimal():
        return int(new) - int(old) == shift
    return _NOTHING in (old, new) and {old, new} <= {_NOTHING, *drawing.labels}


def _cell_change(
    drawing: Drawing, sheet: str, place: tuple[int, int], cells: tuple[GridCell | None, GridCell | None]
) -> Change:
    """One differing cell, as the form shows it."""
    shown = [drawing.shown(sheet, *place, cell) for cell in cells]
    # Beyond the last printed decimal both read alike: then the numbers as they are stored.
    before, after = shown if shown[0] != shown[1] else [_text(cell) for cell in cells]
    return Change(drawing.name(sheet, *place), before, after, is_data=drawing.is_data(sheet, *place))


def text_changes(
    drawing: Drawing, drawn: Sequence[str], came: Sequence[str], known: Collection[str] = ()
) -> list[Change] | None:
    """Texts of a PDF that differ from the drawn ones; None when it cannot be read, or is endless.

    Where lines break is no difference, and `known` are texts a sound workbook bears out.
    """
    if not drawn or not came or len(came) > _MOST_TEXTS:
        return None
    old, new = (
        [text for text in texts if not _CHECK_CODE.fullmatch(text) and _packed(text) not in known]
        for texts in (drawn, came)
    )
    found: list[Change] = []
    for kind, first, last, start, end in SequenceMatcher(a=old, b=new).get_opcodes():
        before, after = old[first:last], new[start:end]
        if kind == "equal" or _is_same(_packed("".join(before)), _packed("".join(after))):
            continue
        if len(before) != len(after):
            before, after = ["".join(before)], ["".join(after)]
        for one, other in zip(before, after, strict=True):
            if not _is_same(_packed(one), _packed(other)):
                name, is_amount = drawing.named_text(one)
                told, now = (
                    drawing.with_unit(text, is_amount=is_amount) or _NOTHING for text in (one, other)
                )
                found.append(Change(name or "有一处文字", told, now))
    return found


def line_texts(drawing: Drawing, content: bytes) -> frozenset[str]:
    """What a workbook says above its tables, which the data alone do not tell; none when it cannot be read."""
    try:
        grids = drawing.tools.hand_filled.read_content(content, "")
    except InputError:
        return frozenset()
    drawn = {_packed(_text(cell)) for grid in drawing.grids for cell in grid.cells.values()}
    above = {
        _packed(_text(cell))
        for grid in grids
        for (row, _column), cell in grid.cells.items()
        if row <= drawing.first_row(grid.name)
    }
    return frozenset(above - drawn)


def _is_same(old: str, new: str) -> bool:
    """Whether two texts say the same; 1—N月 stands where the drawing does not know the month."""
    months = re.escape(old).replace(_ANY_MONTH, r"\d{1,2}月")
    return old == new or (_ANY_MONTH in old and bool(re.fullmatch(months, new)))


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
