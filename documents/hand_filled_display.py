"""Numbers as a hand-filled table shows them (手工表的数字显示): 0.991 under 0.00% reads 99.10%.

A checker compares rates and scores at the precision they are printed in, so the shown text must keep the
decimals of the format, the sign or unit a format puts beside the number (0"个"), and its percent sign.
Dates, codes and numbers without a format are shown as everywhere in the program.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from documents.table_files.displayed import displayed_number
from forms.number_format import shown_number

_FIXED = re.compile(r"(?P<whole>#,##0|0)(?P<decimals>\.0{1,10})?(?P<percent>%?)")
_BUILT_IN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%"}
"""Built-in number formats (ECMA-376 Part 1 §18.8.30)."""
_UNSEEN = re.compile(r"\[[^\]]*\]|[_*].")
"""Colours, conditions and spacing: they print nothing a person would read."""
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|([^0#?.,%;@EGyYmMdDhHsS])')
_MOST_DIGITS = 15


@lru_cache(maxsize=8192)
def displayed(raw: str, format_id: int, format_code: str, *, is_1904: bool) -> str:
    """The text of a stored number as its cell shows it."""
    form = _form(_BUILT_IN.get(format_id, format_code))
    try:
        number = exact(raw) if form else None
    except InvalidOperation:
        return raw
    if form is None or number is None:
        return displayed_number(raw, format_id, format_code, is_1904=is_1904)
    before, mask, after = form
    return f"{before}{shown_number(number, mask)}{after}"


def exact(raw: str) -> Decimal | None:
    """The number a spreadsheet means (15 digits), None where it has lost digits; InvalidOperation for no number."""
    number = +Decimal(f"{Decimal(raw):.{_MOST_DIGITS}g}")
    return number if number.is_finite() and abs(number) < Decimal(10) ** _MOST_DIGITS else None


@lru_cache(maxsize=1024)
def _form(code: str) -> tuple[str, str, str] | None:
    """What stands before the number, its mask, and what stands after it; None for any other kind of format."""
    section = _UNSEEN.sub("", code.split(";", maxsplit=1)[0])
    before, rest = _literals(section)
    found = _FIXED.match(rest)
    if found is None:
        return None
    after, left = _literals(rest[found.end() :])
    return (before, found.group(), after) if not left else None


def _literals(code: str) -> tuple[str, str]:
    """The fixed text a format begins with, and the rest of it."""
    shown = ""
    while found := _LITERAL.match(code):
        shown += next(group for group in found.groups() if group is not None)
        code = code[found.end() :]
    return shown, code
