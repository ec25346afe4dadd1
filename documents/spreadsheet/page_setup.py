"""How a worksheet prints (打印设置): A4, fitted to the width, repeated head rows, mark above, 核对码 below."""

from __future__ import annotations

from dataclasses import dataclass

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from documents.spreadsheet.cell_setting import POINTS_PER_MM
from forms.sheet import Orientation
from models.domain.check_code import spaced_check_code
from services.ports.documents import PageMarks

_INCH = 25.4
_SIDE, _TOP, _BOTTOM, _HEADER, _FOOTER = 18.0, 20.0, 18.0, 10.0, 8.0
"""Margins in mm; the standard's 37 mm of 天头 is for letters, not for forms."""
_A4 = (210.0, 297.0)
MOST_EXCESS = 1.2
"""A form this little higher than a page is made to fit one."""


@dataclass(frozen=True, slots=True)
class Extent:
    """What is printed (打印范围): columns, rows, width in mm, height in points, head rows (1-based) or None."""

    columns: int
    rows: int
    width: float
    height: float
    head: tuple[int, int] | None


def set_up_page(target: Worksheet, orientation: Orientation, extent: Extent, marks: PageMarks) -> None:
    """Paper, margins, print area, repeated rows, header and footer."""
    target.print_area = f"A1:{get_column_letter(extent.columns)}{extent.rows}"
    if extent.head is not None:
        target.print_title_rows = f"{extent.head[0]}:{extent.head[1]}"
    target.page_setup.paperSize = 9
    target.page_setup.orientation = orientation.value
    target.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    target.page_setup.fitToWidth = 1
    target.page_setup.fitToHeight = 1 if fits_one_page(orientation, extent) else 0
    target.print_options.horizontalCentered = True
    target.sheet_view.showGridLines = False
    margins = target.page_margins
    margins.left = margins.right = _SIDE / _INCH
    margins.top, margins.bottom = _TOP / _INCH, _BOTTOM / _INCH
    margins.header, margins.footer = _HEADER / _INCH, _FOOTER / _INCH
    _marks(target, marks)


def fits_one_page(orientation: Orientation, extent: Extent) -> bool:
    """Whether the form, fitted to the width, is no more than a little higher than a page."""
    return extent.height <= page_height(orientation, extent.width) * MOST_EXCESS


def page_height(orientation: Orientation, width: float) -> float:
    """Points of worksheet rows that go on a page when `width` mm are fitted to it."""
    short, long = _A4
    across, down = (long, short) if orientation is Orientation.LANDSCAPE else (short, long)
    scale = min(1.0, (across - 2 * _SIDE) / width)
    return (down - _TOP - _BOTTOM) * POINTS_PER_MM / scale


def _marks(target: Worksheet, marks: PageMarks) -> None:
    """Header and footer: outside the frame, printed only."""
    if marks.mark:
        _print_text(target.oddHeader, "right", marks.mark.value, "黑体,常规", 12)
    _print_text(target.oddFooter, "center", "第 &P 页　共 &N 页", "宋体,常规", 9)
    if marks.check_code:
        code = spaced_check_code(marks.check_code).replace("&", "&&")
        _print_text(target.oddFooter, "left", f"核对码：{code}", "宋体,常规", 9)


def _print_text(furniture: HeaderFooterItem | None, part: str, text: str, font: str, size: int) -> None:
    """One of the three parts of a header or footer."""
    place = getattr(furniture, part)
    place.text, place.font, place.size = text, font, size
