"""Stored numbers as a person reads them (单元格显示文字).

Codes keep the zeros their format shows, dates become dates, percentages percentages. Amounts keep all
their decimals even where the format hides some: money is not rounded by a display. A number of more than
15 digits has lost digits in the spreadsheet: it is given in scientific notation whatever its format, so
that a check can say 项目代码被 Excel 截成了科学计数.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation

from forms.number_format import plain_number

_EXACT = Decimal(10) ** 15
"""From here on a spreadsheet's number has lost digits."""
_SMALL = Decimal(10) ** -15
"""Below this a number is given in scientific notation too: written out it could be endless."""
_DIGITS = 15
_DATE_IDS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
"""Built-in date and time formats (ECMA-376 Part 1 §18.8.30; 27–36 and 50–58 are the Chinese ones)."""
_BUILT_IN = {9: "0%", 10: "0.00%"}
_NOISE = re.compile(r'\[[^\]]*\]|"[^"]*"|\\.|[_*].')
"""Colours, literals and spacing of a number format."""
_DATE_CODE = re.compile(r"(?=.*[ymdhs])[-ymdhs/:.,年月日时分秒 ;@0apAP上下午]+", re.IGNORECASE)
_LAST_DAY = 2_958_465
"""31 December 9999."""


def displayed_number(raw: str, format_id: int, format_code: str, *, is_1904: bool = False) -> str:
    """The text of a stored number; a text that is no number is given back as it is."""
    try:
        number = +Decimal(f"{Decimal(raw):.{_DIGITS}g}")
    except InvalidOperation:
        return raw
    if not number.is_finite():
        return raw
    if abs(number) >= _EXACT or (number and abs(number) < _SMALL):
        return scientific(number)
    section = format_code.split(";", maxsplit=1)[0]
    bare = _NOISE.sub("", section).strip()
    if format_id in _DATE_IDS or _DATE_CODE.fullmatch(bare):
        return _date(number, section, is_1904=is_1904)
    bare = _BUILT_IN.get(format_id, bare)
    if bare.endswith("%"):
        return f"{plain_number(number * 100)}%"
    text = plain_number(number)
    if re.fullmatch(r"0{2,}", bare) and number >= 0 and "." not in text:
        return text.rjust(len(bare), "0")
    return text


def scientific(number: Decimal) -> str:
    """Scientific notation as spreadsheets write it: 5.1000021E+20."""
    mantissa, _, exponent = f"{number:.{_DIGITS - 1}E}".partition("E")
    mantissa = mantissa.rstrip("0").rstrip(".")
    return f"{mantissa}E{int(exponent):+03d}"


def _date(number: Decimal, code: str, *, is_1904: bool) -> str:
    """A day number as a date; one outside the calendar as the plain number."""
    day = number + (1462 if is_1904 else 0)
    if not 1 <= day <= _LAST_DAY:
        return plain_number(number)
    base = datetime(1899, 12, 31) if day < 60 else datetime(1899, 12, 30)
    moment = base + timedelta(days=int(day), seconds=round(float(day % 1) * 86_400))
    shown = code.lower()
    is_chinese = "年" in shown or "月" in shown
    if "y" in shown and "d" not in shown and "m" not in shown:
        return f"{moment.year}年" if is_chinese else f"{moment.year}"
    if "y" in shown and "d" not in shown:
        return f"{moment.year}年{moment.month}月" if is_chinese else f"{moment:%Y-%m}"
    text = f"{moment.year}年{moment.month}月{moment.day}日" if is_chinese else f"{moment:%Y-%m-%d}"
    return text if moment.time() == datetime.min.time() else f"{text} {moment:%H:%M}"
