"""Deadlines in words (完成时限): 9月前, 12月底之前, 2023年底, 2023.07-2024.01, compared with when it was done.

Only what a form writes; everything else is no deadline. A month stands for its last day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from forms.chinese_numerals import dates_in_figures
from models.domain.money import plain_text

_DAY = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d)(?:年度?|[-./]))?(?P<month>\d{1,2})月份?(?:(?P<day>\d{1,2})[日号]?)?"
)
_FIGURES = re.compile(r"(?P<year>(?:19|20)\d\d)[-./](?P<month>\d{1,2})[-./](?P<day>\d{1,2})日?")
_YEAR_AND_MONTH = re.compile(r"(?P<year>(?:19|20)\d\d)[-./](?P<month>\d{1,2})(?P<day>(?!\d))")
_HALF = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d)年度?)?(?P<word>上半年|年底|年末|年内|全年|当年|第?[一二三四1-4]季度)"
)
_YEAR_END = re.compile(r"(?P<year>(?:19|20)\d\d)年?(?:底|末)")
_PERIOD = re.compile(r"(?<=\d)\s*(?:-|~|—|–|至|到)\s*(?=(?:19|20)\d\d)")
_TAIL = re.compile(
    r"(?P<end>底|末|上旬|中旬|下旬)?(?:之前|以前|前|之内|以内|内|止)?(?:全部|按时)?(?:完成|完工|竣工|办结|发放|到位)?$"
)
_BEFORE = re.compile(r"前(?:全部|按时)?(?:完成|完工|竣工|办结|发放|到位)?$")
_QUARTERS = {"一": 3, "二": 6, "三": 9, "四": 12, "1": 3, "2": 6, "3": 9, "4": 12}
_LAST_DAY = 31
_ENDS = {"上旬": 10, "中旬": 20}


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time up to which something is done (完成时限); `year` None when only month or day are written.

    `is_strict`: before a bare month (9月前), of which nobody can say whether September still counts.
    """

    year: int | None
    month: int
    day: int
    is_strict: bool = False


@lru_cache(maxsize=4096)
def read_deadline(text: str) -> Deadline | None:
    """The last day a text names, None when it names none; of a period its end."""
    body = dates_in_figures(plain_text(text).replace(" ", ""))
    body = _PERIOD.split(body)[-1]
    for pattern in (_YEAR_AND_MONTH, _FIGURES, _DAY):
        found = pattern.match(body)
        if found and (rest := _TAIL.match(body[found.end() :])):
            return _of_month(found, rest.group("end") or "", bool(_BEFORE.search(body)))
    found = _YEAR_END.match(body)
    if found and _TAIL.match(body[found.end() :]):
        return Deadline(int(found["year"]), 12, _LAST_DAY)
    found = _HALF.match(body)
    if found and _TAIL.match(body[found.end() :]):
        year = found["year"]
        return Deadline(int(year) if year else None, _month_of(found["word"]), _LAST_DAY)
    return None


def _of_month(found: re.Match[str], end: str, is_before: bool) -> Deadline | None:
    """The deadline of a matched month or day; None for a month 13 or a day 40."""
    month, day = int(found["month"]), int(found["day"] or 0)
    if not 1 <= month <= 12 or day > _LAST_DAY:
        return None
    year = int(found["year"]) if found["year"] else None
    is_bare = not day and not end
    return Deadline(year, month, day or _ENDS.get(end, _LAST_DAY), is_before and is_bare)


def _month_of(word: str) -> int:
    """The last month of 上半年, 年底, 第三季度."""
    if word == "上半年":
        return 6
    return _QUARTERS[word[-3]] if word.endswith("季度") else 12


def is_in_time(planned: Deadline, actual: Deadline) -> bool | None:
    """Whether what was done by `actual` meets `planned`; None where the texts do not decide it.

    Years count only where both name one; done within the very month of 9月前 is left to people.
    """
    if planned.year and actual.year and planned.year != actual.year:
        return actual.year < planned.year
    if planned.is_strict:
        return None if actual.month == planned.month else actual.month < planned.month
    return (actual.month, actual.day) <= (planned.month, planned.day)


def is_late(planned_text: str, actual_text: str) -> bool:
    """Whether both texts name a time, and what was done was done after it (逾期)."""
    planned, actual = read_deadline(planned_text), read_deadline(actual_text)
    return planned is not None and actual is not None and is_in_time(planned, actual) is False
