"""Looks of a handed-out workbook (分发表格式): white where one writes, grey where one does not."""

from __future__ import annotations

import math
import re
from decimal import Decimal

from openpyxl.cell.cell import Cell as WorksheetCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

from documents.spreadsheet.cell_content import MOST_DIGITS, put_text
from documents.spreadsheet.styles import FILLED_FONT, LABEL_FONT, SUBTITLE_FONT, TITLE_FONT
from forms.hand_out import HandOutField
from forms.kinds import parse_number
from forms.number_format import AMOUNT_FORMAT, plain_number
from forms.schema import FieldKind

TEXT_FORMAT = "@"
NOTE_FONT = Font(name=LABEL_FONT.name, size=10, color="FF5A6670", charset=134)
HEAD_FONT = Font(name=LABEL_FONT.name, size=11, bold=True, charset=134)
TITLE = Font(name=TITLE_FONT.name, size=18, bold=True, charset=134)
SUBTITLE = SUBTITLE_FONT
GREY = PatternFill("solid", fgColor="FFEDEFF1")
WHITE = PatternFill("solid", fgColor="FFFFFFFF")
_LINE = Side(style="thin", color="FF9AA5AD")
FRAME = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
WRAPPED = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)
RIGHT = Alignment(horizontal="right", vertical="center", indent=1)
OPEN = Protection(locked=False)
_NUMERIC = (FieldKind.MONEY,)
_PLAIN = re.compile(r"-?\d+(\.\d+)?")
_POINTS_A_LINE = 15.5
_LEAST = 24.0
_MOST = 380.0


def fill_value(target: WorksheetCell, field: HandOutField, *, is_framed: bool = True) -> None:
    """What stands in a field: money as a number, everything else as text that stays text."""
    is_number = field.kind in _NUMERIC
    target.number_format = AMOUNT_FORMAT if is_number else TEXT_FORMAT
    number = parse_number(field.text) if is_number and _PLAIN.fullmatch(field.text) else None
    if number is not None and len(field.text.strip("-0").replace(".", "")) <= MOST_DIGITS:
        target.value = plain_number(Decimal(number))
        target.data_type = "n"
    else:
        put_text(target, field.text)
    target.font = FILLED_FONT
    target.alignment = RIGHT if is_number else WRAPPED
    target.fill = WHITE if field.is_open else GREY
    if is_framed:
        target.border = FRAME
    if field.is_open:
        target.protection = OPEN


def put_label(target: WorksheetCell, text: str, font: Font = LABEL_FONT) -> None:
    """A label on grey ground."""
    put_text(target, text)
    target.font, target.alignment, target.fill, target.border = font, CENTRED, GREY, FRAME


def put_note(target: WorksheetCell, text: str, font: Font = NOTE_FONT) -> None:
    """Words without a frame."""
    put_text(target, text)
    target.font, target.alignment = font, WRAPPED


def height_for(texts: list[tuple[str, float]], least: float = _LEAST) -> float:
    """A row's height in points for texts in columns of so many characters."""
    lines = 1
    for text, width in texts:
        room = max(width - 2, 2)
        count = sum(
            max(1, math.ceil(sum(2 if ord(char) > 0x2E7F else 1.1 for char in line) / room))
            for line in text.split("\n")
        )
        lines = max(lines, count)
    return min(max(least, lines * _POINTS_A_LINE + 6), _MOST)
