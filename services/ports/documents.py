"""Documents as services see them (文书接口): workbooks, PDFs and tables; implemented in `documents`."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from forms.hand_filled.grid import SheetGrid
from forms.hand_filled.head_words import HeadWords
from forms.sheet import Sheet


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
    """A printable cover or application page (封面): title, facts, contents, notes and foot line."""

    title: str
    facts: tuple[CoverLine, ...]
    contents_head: tuple[str, ...] = ()
    contents: tuple[tuple[str, ...], ...] = ()
    notes: tuple[str, ...] = ()
    foot: tuple[str, ...] = ()


class DocumentWriter(Protocol):
    """Draws sheets and covers (生成文书)."""

    def workbook(self, sheets: Sequence[Sheet], marks: PageMarks) -> bytes:
        """One .xlsx, a worksheet per sheet, real numbers, codes as text, print areas and repeated heads."""
        ...

    def pdf(self, sheets: Sequence[Sheet], marks: PageMarks) -> bytes:
        """One PDF with the shipped fonts; byte-identical for the same input."""
        ...

    def cover(self, cover: Cover, marks: PageMarks) -> bytes:
        """A cover or application page as PDF."""
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


class HandFilledReader(Protocol):
    """Opens workbooks people filled in by hand (读取手工表); what stands in them is read by `forms.hand_filled`."""

    def read(self, path: Path) -> tuple[SheetGrid, ...]:
        """Every sheet with content; InputError for .xls/.et (save as .xlsx), unreadable, locked or empty files."""
        ...

    def head_words(self) -> HeadWords:
        """The dictionary of heads real tables print (表头词典)."""
        ...


class FileWriter(Protocol):
    """Atomic files (安全写文件): temp in the same folder, flush, fsync, replace."""

    def write(self, path: Path, content: bytes) -> None:
        """Write the whole file or nothing; EnvironmentProblem names full disk, read-only, carrier gone."""
        ...

    def read_back(self, path: Path) -> bytes:
        """The file's content from the carrier; EnvironmentProblem when it cannot be read."""
        ...

    def free_bytes(self, folder: Path) -> int:
        """Free space on the carrier of `folder`."""
        ...
