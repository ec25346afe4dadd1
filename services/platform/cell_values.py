"""Cells of a platform's file as values (导出表的单元格): codes joined with names, years, days, whole amounts."""

from __future__ import annotations

import re
from datetime import date

from models.domain.money import AmountError, AmountUnit, parse_amount, plain_text

_JOINED = re.compile(r"([0-9A-Za-z]{3,40})\s*[-－—_:：]\s*(\D.*)")
_SCIENTIFIC = re.compile(r"[0-9](\.[0-9]+)?E\+[0-9]+")
_YEAR = re.compile(r"(20\d\d)(?:年(?:度)?)?")
_DAY = re.compile(r"(20\d\d)(?:年|[-/.])?(\d{1,2})(?:月|[-/.])?(\d{1,2})日?(?:\D.*|\d{9})?")
_DAY_IN_TITLE = re.compile(r"(?:截[至止]|至|到)\D{0,4}?(20\d\d)年(\d{1,2})月(?:(\d{1,2})日|底)?")
_LAST_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def code_and_name(text: str) -> tuple[str, str]:
    """A code as it stands, or taken off its name where a system prints both: 820001-示例镇."""
    plain = plain_text(text)
    joined = _JOINED.fullmatch(plain)
    return (joined[1], joined[2].strip()) if joined else (plain, "")


def is_scientific(code: str) -> bool:
    """Whether a spreadsheet has turned a long code into a rounded number."""
    return _SCIENTIFIC.fullmatch(code.upper()) is not None


def year_of(text: str) -> int | None:
    """A budget year, None for anything else."""
    found = _YEAR.fullmatch(plain_text(text))
    return int(found[1]) if found else None


def day_of(text: str) -> date | None:
    """A day as people or the norm (yyyyMMddHHmmssSSS) write it; None for anything else."""
    found = _DAY.fullmatch(plain_text(text).replace(" ", ""))
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def day_in_title(text: str) -> date | None:
    """The day a title says its figures go to: 截至2026年10月底."""
    found = _DAY_IN_TITLE.search(plain_text(text).replace(" ", ""))
    if found is None:
        return None
    month = int(found[2])
    if not 1 <= month <= 12:
        return None
    try:
        return date(int(found[1]), month, int(found[3] or _LAST_DAYS[month - 1]))
    except ValueError:
        return None


def amount_of(text: str, unit: AmountUnit, what: str) -> tuple[int | None, str]:
    """An amount in 分 and what is wrong with it, "" when nothing; a blank is neither."""
    if not text:
        return None, ""
    try:
        fen = parse_amount(text, unit)
    except AmountError as error:
        return None, f"{what}{error.what}"
    return (fen, "") if fen >= 0 else (None, f"{what}“{text[:20]}”小于 0")
