"""What a worksheet cell holds (单元格内容): exact numbers, texts that stay texts.

openpyxl guesses: a text that begins with = becomes a formula, a Decimal passes through binary floating
point (9.2 is written 9.199999999999999). Here the type is always set, never guessed.
"""

from __future__ import annotations

import re
from decimal import Decimal

from openpyxl.cell.cell import Cell as WorksheetCell

from documents.printable_text import writable
from documents.sheet_grid import is_number
from forms.number_format import plain_number
from forms.sheet import Cell

MOST_DIGITS = 15
"""Significant digits a spreadsheet number keeps; a longer one is written as text, so that no 分 is lost."""
_LONGEST = 32_767
"""Characters a spreadsheet cell holds."""
_CUT = "……（文字过长，全文见 PDF）"
_FORMULA_STARTS = ("=", "+", "-", "@")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""Text that a spreadsheet would read as an escaped character (ECMA-376 Part 1 §22.9.2.19)."""


def fill(target: WorksheetCell, cell: Cell, text: str) -> None:
    """Put a cell's number into its worksheet cell, or its `text`, with its type."""
    if is_number(cell) and not isinstance(cell.value, str) and cell.value is not None:
        number = Decimal(cell.value)
        if _digits(number) <= MOST_DIGITS:
            target.value = plain_number(number)
            target.data_type = "n"
            return
    put_text(target, text)


def put_text(target: WorksheetCell, text: str) -> None:
    """Put a text that stays a text whatever it begins with."""
    if not text:
        return
    kept = _ESCAPE.sub("_x005F_", writable(text))
    target.value = kept if len(kept) <= _LONGEST else kept[: _LONGEST - len(_CUT)] + _CUT
    target.data_type = "s"
    if kept.lstrip().startswith(_FORMULA_STARTS):
        target.quotePrefix = True


def _digits(number: Decimal) -> int:
    """Significant digits of a number."""
    return len(plain_number(abs(number)).replace(".", "").strip("0"))
