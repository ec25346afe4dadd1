"""Days that stand as numbers (日期序号): 46357 in a cell that is a date, its format lost on the way, is 2026年12月1日.

Spreadsheets keep a day as the number of days since the end of 1899. Whoever asks must know that the cell is a date,
by its head or its row; nothing tells it from an amount otherwise.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from forms.scoring.deadlines import read_deadline

_SERIAL = re.compile(r"(?P<days>\d{5})(?:\.\d+)?")
_WHOLE = re.compile(r"(20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])")
_BEGIN = date(1899, 12, 30)
_FIRST, _LAST = date(2000, 1, 1), date(2049, 12, 31)
"""Days outside are no days of a budget's life."""


def may_be_day(text: str) -> bool:
    """Whether a text is worth asking: five figures, or eight (20261201)."""
    return len(text) >= 5 and text[:5].isdigit() and text.isascii()


def day_of(text: str) -> date | None:
    """The day a number stands for, None when it can be none."""
    if found := _WHOLE.fullmatch(text):
        try:
            return date(*(int(part) for part in found.groups()))
        except ValueError:
            return None
    found = _SERIAL.fullmatch(text)
    day = _BEGIN + timedelta(days=int(found["days"])) if found else None
    return day if day is not None and _FIRST <= day <= _LAST else None


def last_day(text: str) -> str:
    """The last day of a time that names only its month (2025年5月底); "" for anything else."""
    found = read_deadline(text)
    if found is None or found.year is None:
        return ""
    return f"{found.year}-{found.month}-{min(found.day, monthrange(found.year, found.month)[1])}"
