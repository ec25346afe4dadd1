"""A workbook of sheets (工作簿): written by openpyxl, packed so that the same input gives the same bytes."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter

from documents.spreadsheet.sheet_names import sheet_names
from documents.spreadsheet.styles import NORMAL_FONT
from documents.spreadsheet.worksheet import write_worksheet
from forms.sheet import Cell, Sheet
from services.ports.documents import PageMarks

_MAKER = "预算绩效工作台"
_DATE = (1980, 1, 1, 0, 0, 0)
_QUIET = b'<ignoredErrors><ignoredError sqref="A1:XFD1048576" numberStoredAsText="1"/></ignoredErrors>'
"""Codes are text on purpose: no green corners in Excel."""
_TIMES = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")


class _MemoryWriter(ExcelWriter):
    """Writes worksheets in memory (内存写出): openpyxl's own way leaves answers in the temp folder when killed."""

    def write_worksheet(self, ws: Any) -> None:
        """One worksheet into the archive; its charts, where it has any, follow as openpyxl writes them."""
        ws._drawing = None
        if ws._charts:
            ws._drawing = SpreadsheetDrawing()
            ws._drawing.charts = ws._charts
        part: Any = WorksheetWriter(ws, io.BytesIO())
        part.write()
        ws._rels = part._rels
        target: Any = self
        target._archive.writestr(ws.path[1:], part.read())
        target.manifest.append(ws)


def workbook_bytes(sheets: Sequence[Sheet], marks: PageMarks) -> bytes:
    """One .xlsx with a worksheet per sheet; ValueError without a sheet."""
    if not sheets:
        raise ValueError("a workbook needs at least one sheet")
    book = Workbook()
    book.remove(book.worksheets[0])
    use_normal_font(book)
    for name, sheet in zip(sheet_names(sheet.name for sheet in sheets), sheets, strict=True):
        write_worksheet(book.create_sheet(name), sheet, marks)
    return book_bytes(book, sheets[0].title)


def workbook_places(sheets: Sequence[Sheet]) -> dict[tuple[str, int, int], Cell]:
    """Which cell stands where in the workbook of these sheets: by worksheet name, row and column (1-based)."""
    book = Workbook()
    use_normal_font(book)
    found: dict[tuple[str, int, int], Cell] = {}
    for name, sheet in zip(sheet_names(sheet.name for sheet in sheets), sheets, strict=True):
        places = write_worksheet(book.create_sheet(), sheet, PageMarks())
        found |= {(name, row, column): cell for (row, column), cell in places.items()}
    return found


def book_bytes(book: Workbook, title: str) -> bytes:
    """A workbook packed so that the same input gives the same bytes."""
    book.properties.creator = _MAKER
    book.properties.title = title
    written = io.BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        _MemoryWriter(book, archive).save()
    return _repacked(written)


def use_normal_font(book: Workbook) -> None:
    """宋体 11 as the font columns are measured in; openpyxl has no public way to it."""
    inside: Any = book
    inside._fonts = IndexedList([NORMAL_FONT])
    inside._named_styles["Normal"].font = NORMAL_FONT


def _repacked(written: io.BytesIO) -> bytes:
    """The same parts without times of writing."""
    packed = io.BytesIO()
    with ZipFile(written) as source, ZipFile(packed, "w", ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename.startswith("xl/worksheets/sheet"):
                content = content.replace(b"</worksheet>", _QUIET + b"</worksheet>")
            elif entry.filename == "docProps/core.xml":
                content = _TIMES.sub(b"", content)
            info = ZipInfo(entry.filename, _DATE)
            info.compress_type = ZIP_DEFLATED
            target.writestr(info, content)
    return packed.getvalue()
