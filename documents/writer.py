"""Official documents (生成文书): workbook, PDF and cover from the same sheets.

openpyxl and reportlab take up to half a second to import: they are imported by the methods that need them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from documents.printable_text import is_control, writable
from forms.sheet import Cell, Sheet
from services.ports.documents import Cover, DataSheet, PageMarks
from services.ports.figure_books import FigureSheet
from services.ports.letters import Letter

if TYPE_CHECKING:
    from documents.pdf.font_book import FontBook


class OfficialDocumentWriter:
    """Implements `services.ports.documents.DocumentWriter` (文书生成).

    `fangsong` is the user's own 仿宋 file (`documents.pdf.fangsong.installed_fangsong`); without one, filled
    text is set in the shipped 宋体. PDFs are the same bytes for the same input and the same `fangsong`.
    After each PDF `missing_characters` holds what no font has, drawn as 〓.
    """

    def __init__(self, fangsong: Path | None = None) -> None:
        self._fangsong = fangsong
        self.missing_characters: tuple[str, ...] = ()
        self.uses_fangsong = False

    def workbook(self, sheets: Sequence[Sheet], marks: PageMarks) -> bytes:
        """One .xlsx, a worksheet per sheet, real numbers, codes as text, print areas and repeated heads."""
        from documents.spreadsheet.workbook import workbook_bytes

        return workbook_bytes(sheets, marks)

    def workbook_places(self, sheets: Sequence[Sheet]) -> Mapping[tuple[str, int, int], Cell]:
        """Which cell of a sheet stands where in the workbook: by worksheet name, row and column (1-based)."""
        from documents.spreadsheet.workbook import workbook_places

        return workbook_places(sheets)

    def data_workbook(self, sheets: Sequence[DataSheet]) -> bytes:
        """One .xlsx of plain data sheets. ValueError without a sheet."""
        from documents.spreadsheet.data_workbook import data_workbook_bytes

        return data_workbook_bytes(sheets)

    def figure_workbook(self, sheets: Sequence[FigureSheet], marks: PageMarks) -> bytes:
        """One .xlsx of figures with charts of its own. ValueError without a sheet."""
        from documents.spreadsheet.figure_workbook import figure_workbook_bytes

        return figure_workbook_bytes(sheets, marks)

    def pdf(self, sheets: Sequence[Sheet], marks: PageMarks) -> bytes:
        """One PDF with the shipped fonts; byte-identical for the same input. ValueError without a sheet."""
        from documents.pdf.form_pages import form_pages
        from documents.pdf.rendering import LOCK, render

        if not sheets:
            raise ValueError("a PDF needs at least one sheet")
        with LOCK:
            fonts = self._font_book()
            pages = [page for sheet in sheets for page in form_pages(sheet, fonts)]
            content = render(pages, marks, fonts, sheets[0].title)
            self._note(fonts)
        return content

    def cover(self, cover: Cover, marks: PageMarks) -> bytes:
        """A cover or application page as PDF."""
        from documents.pdf.cover_pages import cover_pages
        from documents.pdf.rendering import LOCK, render

        with LOCK:
            fonts = self._font_book()
            content = render(cover_pages(cover, marks, fonts), marks, fonts, cover.title)
            self._note(fonts)
        return content

    def letters(self, letters: Sequence[Letter], marks: PageMarks) -> bytes:
        """Official letters as one PDF, each on pages of its own. ValueError without one."""
        from documents.pdf.rendering import LOCK, mark_above, render
        from documents.return_letter import letter_pages

        if not letters:
            raise ValueError("a PDF needs at least one letter")
        with LOCK:
            fonts = self._font_book()
            pages = [page for letter in letters for page in letter_pages(letter, fonts)]
            content = render(pages, marks, fonts, writable(letters[0].title), mark_above)
            self._note(fonts)
        return content

    def report(self) -> tuple[str, ...]:
        """What a reader of the last PDF should know about its fonts (导出说明), in plain sentences."""
        sentences: tuple[str, ...] = (
            () if self.uses_fangsong else ("本机没有可用的仿宋字体，PDF 中填写的内容用宋体印出。",)
        )
        if self.missing_characters:
            seen = [char for char in self.missing_characters if not is_control(char)]
            shown = "、".join([*seen, "不可见字符"] if len(seen) < len(self.missing_characters) else seen)
            sentences += (f"下列字符字库里没有，PDF 中用“〓”代替，请在纸质件上手工补正：{shown}。",)
        return sentences

    def _font_book(self) -> FontBook:
        """Faces for one document."""
        from documents.pdf.font_book import FontBook

        return FontBook(self._fangsong)

    def _note(self, fonts: FontBook) -> None:
        """Keep what the report tells of the document just made."""
        self.missing_characters = tuple(sorted(fonts.missing))
        self.uses_fangsong = fonts.fangsong is not None
