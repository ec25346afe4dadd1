"""Documents as services see them (文书接口): workbooks, PDFs and tables; implemented in `documents`."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Protocol

from forms.fill_in_list import FillInList
from forms.hand_filled.grid import SheetGrid
from forms.hand_filled.head_words import HeadWords
from forms.hand_out import HandOutBook
from forms.sheet import Cell, Sheet
from services.ports.figure_books import FigureSheet
from services.ports.letters import Letter


class PageMark(enum.StrEnum):
    """What the page header says (页眉标记); nothing of it stands inside the form's frame."""

    NONE = ""
    DRAFT = "草稿"
    PRACTICE = "演示数据"
    PRACTICE_DRAFT = "演示数据　草稿"


@dataclass(frozen=True, slots=True)
class PageMarks:
    """What stands outside the form's frame (页眉页脚): the mark above, the 核对码 below ("" for none)."""

    mark: PageMark = PageMark.NONE
    check_code: str = ""


@dataclass(frozen=True, slots=True)
class CoverLine:
    """One line of a cover's list (封面清单)."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Cover:
    """A printable cover or application page (封面): title, facts, contents, what is enclosed, notes and foot line."""

    title: str
    facts: tuple[CoverLine, ...]
    contents_head: tuple[str, ...] = ()
    contents: tuple[tuple[str, ...], ...] = ()
    enclosures_head: tuple[str, ...] = ()
    enclosures: tuple[tuple[str, ...], ...] = ()
    notes: tuple[str, ...] = ()
    foot: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DataHead:
    """A column's head in a data workbook (导入表头): required ones bear * in red; `is_code` keeps digits as text."""

    text: str
    is_marked: bool = False
    is_code: bool = False


@dataclass(frozen=True, slots=True)
class DataSheet:
    """A plain sheet another system takes in (导入工作表): heads, perhaps field names below them, rows.

    Texts stay texts whatever they begin with, numbers are written exactly, None leaves a cell blank.
    """

    name: str
    heads: tuple[DataHead, ...]
    rows: tuple[tuple[str | Decimal | None, ...], ...]
    names: tuple[str, ...] = ()


class DocumentWriter(Protocol):
    """Draws sheets and covers (生成文书)."""

    def workbook(self, sheets: Sequence[Sheet], marks: PageMarks) -> bytes:
        """One .xlsx, a worksheet per sheet, real numbers, codes as text, print areas and repeated heads."""
        ...

    def workbook_places(self, sheets: Sequence[Sheet]) -> Mapping[tuple[str, int, int], Cell]:
        """Which cell of a sheet stands where in the workbook: by worksheet name, row and column (1-based)."""
        ...

    def data_workbook(self, sheets: Sequence[DataSheet]) -> bytes:
        """One .xlsx of plain data sheets: real numbers, codes as text, nothing a spreadsheet would run."""
        ...

    def figure_workbook(self, sheets: Sequence[FigureSheet], marks: PageMarks) -> bytes:
        """One .xlsx of figures: real numbers, charts of its own, nothing a spreadsheet would run."""
        ...

    def pdf(self, sheets: Sequence[Sheet], marks: PageMarks) -> bytes:
        """One PDF with the shipped fonts; byte-identical for the same input."""
        ...

    def cover(self, cover: Cover, marks: PageMarks) -> bytes:
        """A cover or application page as PDF."""
        ...

    def letters(self, letters: Sequence[Letter], marks: PageMarks) -> bytes:
        """Official letters as one PDF, each on pages of its own. ValueError without one."""
        ...


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A table read from .xlsx or .csv (读入的表格): texts by row, as a person sees them; first row is the head.

    `first_row` is the head's row number in the file, so that messages name the row a person sees;
    `titles` are the texts of the lines above it (单位：元).
    """

    file_name: str
    sheet_name: str
    rows: tuple[tuple[str, ...], ...]
    first_row: int = 1
    titles: tuple[str, ...] = ()


class TableReader(Protocol):
    """Reads register tables people have (读取名录表格)."""

    def read(self, path: Path) -> ReadTable:
        """The first sheet with content; InputError for .xls/.et (save as .xlsx), unreadable or empty files."""
        ...

    def sheets(self, path: Path) -> Sequence[ReadTable]:
        """Every visible sheet with content, in order; InputError as for `read`."""
        ...


class HandFilledReader(Protocol):
    """Opens workbooks people filled in by hand (读取手工表); what stands in them is read by `forms.hand_filled`."""

    def read(self, path: Path, then: str = "检查") -> tuple[SheetGrid, ...]:
        """Every sheet with content; InputError for .xls/.et (save as .xlsx), unreadable, locked or empty files.

        `then` is what the person was about to do, for the sentence of the error.
        """
        ...

    def read_content(self, content: bytes, name: str, then: str = "检查") -> tuple[SheetGrid, ...]:
        """The same of a workbook's bytes; `name` stands in the sentences of an InputError."""
        ...

    def head_words(self) -> HeadWords:
        """The dictionary of heads real tables print (表头词典)."""
        ...


class HandOutWriter(Protocol):
    """Draws forms that are handed out to be filled in elsewhere (生成分发表)."""

    def write(self, book: HandOutBook) -> bytes:
        """One .xlsx: open cells for what is to be filled in, everything else locked; nothing in it is a formula."""
        ...

    def write_list(self, book: FillInList) -> bytes:
        """One .xlsx of a list to be filled in, with the same looks and locks."""
        ...


class FileWriter(Protocol):
    """Atomic files (安全写文件): temp in the same folder, flush, fsync, replace."""

    def write(self, path: Path, content: bytes) -> None:
        """Write the whole file or nothing; EnvironmentProblem names full disk, read-only, carrier gone."""
        ...

    def read_back(self, path: Path) -> bytes:
        """The file's content from the carrier; EnvironmentProblem when it cannot be read."""
        ...

    def copy(self, source: Path, target: Path, *, settled: bool = True) -> None:
        """Copy a file of any size, whole or not at all; EnvironmentProblem as above.

        An unsettled copy's name may be gone after a power cut until `settle` was called for its folder.
        """
        ...

    def settle(self, folder: Path) -> None:
        """Make the names of a folder's files durable, once for many copies; EnvironmentProblem as above."""
        ...

    def carrier(self, folder: Path) -> str:
        """What tells the carrier a folder lies on from others, "" where it cannot be told."""
        ...

    def free_bytes(self, folder: Path) -> int:
        """Free space on the carrier of `folder`."""
        ...
