"""One line of an indicator library's table (指标库表格的一行): levels, sign, value and unit as a kit spells them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from forms.checks.settings import CheckSettings, SharedWords
from forms.text_similarity import core_text
from models.domain.indicator import Comparator, Direction
from models.domain.indicator_library import LibraryIndicator, LibraryOrigin
from models.domain.kit import ParameterKit
from models.domain.money import plain_text
from services.library_heads import LIBRARY_HEADS
from services.register_tables import Line

_LONGEST_NAME = 100
"""Characters a third-level indicator may have on the forms."""

_LONGEST_TEXT = 500
_LONGEST_CODE = 40
_TEXTS = ("field", "category", "purpose", "explanation", "formula", "scoring_note", "value_source")
_MORE_TEXTS = ("evidence", "fits_projects", "measure_unit")
_NO = {"否", "停用", "不启用", "0", "n", "no"}
_NEGATIVE = ("反", "逆", "负")
_BETWEEN_WORDS = re.compile(r"[\s,;/、，；]+")
Levels = tuple[str, str]
"""Codes of a first and a second level."""


class LineReader:
    """Reads lines by one kit (指标行读取): its frames for the levels, its words for the signs."""

    def __init__(self, kit: ParameterKit) -> None:
        words = CheckSettings(kit).find(SharedWords)
        spelled = words.signs_before if words else {}
        self._signs = {plain_text(word): sign for sign, all_ in spelled.items() for word in all_}
        self._signs |= {one.label: one.value for one in Comparator} | {
            one.value: one.value for one in Comparator
        }
        self._levels: dict[str, list[tuple[str, Levels]]] = {}
        for frame in kit.frames:
            for first in frame.firsts:
                for second in first.seconds:
                    place = (_core(first.label), (first.code, second.code))
                    self._levels.setdefault(_core(second.label), []).append(place)

    def read(self, line: Line) -> tuple[str, LibraryIndicator | None, list[str]]:
        """What keeps a line out ("" for nothing), the indicator, and remarks on what to look at."""
        name, code = line["name"], plain_text(line.get("code", ""))
        fault = _name_fault(name, code) or next(
            (f"“{head.label}”超过 {_LONGEST_TEXT} 字" for head in LIBRARY_HEADS if _too_long(line, head.key)),
            "",
        )
        levels = self._place(line)
        if not fault and levels is None:
            fault = f"二级指标“{line['second_level'][:20]}”不在指标框架里"
        comparator = self._comparator(line)
        if not fault and comparator is None:
            fault = f"“{name[:20]}”的计算符号“{line.get('comparator', '')[:10]}”没有填或不认识"
        if fault or levels is None or comparator is None:
            return fault, None, []
        made = _indicator(line, levels, comparator, code or _own_code(levels[1], name))
        return "", made, list(_remarks(made, line))

    def _place(self, line: Line) -> Levels | None:
        """First and second level by their words; the first level decides between several."""
        first = _core(line.get("first_level", ""))
        found = self._levels.get(_core(line["second_level"]), [])
        same = [levels for label, levels in found if label == first]
        return next(iter(same or [levels for _, levels in found]), None)

    def _comparator(self, line: Line) -> Comparator | None:
        """By its own column; where that is empty, by how the value begins, and 定性 for words."""
        typed = plain_text(line.get("comparator", ""))
        if typed:
            sign = self._signs.get(typed) or self._signs.get(_core(typed))
            return Comparator(sign) if sign else None
        value = plain_text(line.get("reference_value", ""))
        sign = next(
            (self._signs[w] for w in sorted(self._signs, key=len, reverse=True) if value.startswith(w)), ""
        )
        if sign:
            return Comparator(sign)
        return Comparator.QUALITATIVE if value and not _has_digit(value) else None


def _indicator(line: Line, levels: Levels, comparator: Comparator, code: str) -> LibraryIndicator:
    """A line as an indicator of the kit."""
    value, unit = _value(line.get("reference_value", ""), line.get("measure_unit", ""), comparator)
    texts = {key: line.get(key, "") for key in (*_TEXTS, *_MORE_TEXTS)} | {"measure_unit": unit}
    return LibraryIndicator(
        code=code,
        name=line["name"],
        first_level=levels[0],
        second_level=levels[1],
        comparator=comparator,
        reference_value=value,
        direction=_direction(line.get("direction", ""), comparator),
        is_sample=comparator.is_numeric and not _is_number(value),
        is_common="共性" in line.get("kind", ""),
        keywords=tuple(word for word in _BETWEEN_WORDS.split(line.get("keywords", "")) if word),
        is_enabled=plain_text(line.get("is_enabled", "")).lower() not in _NO,
        origin=LibraryOrigin.KIT,
        **texts,
    )


def _value(text: str, unit: str, comparator: Comparator) -> tuple[str, str]:
    """Value and unit apart: ≥95% with its sign and unit written in one cell becomes 95 and %."""
    if not comparator.is_numeric:
        return text, unit
    plain = plain_text(text).replace(",", "").strip()
    found = re.search(r"-?\d+(?:\.\d+)?", plain)
    if found is None or _is_number(plain):
        return (plain if found else text), unit
    rest = plain[found.end() :].strip()
    if unit and rest and rest != plain_text(unit):
        return text, unit
    return found[0], unit or rest


def _remarks(made: LibraryIndicator, line: Line) -> Iterable[str]:
    """What does not keep a line out but should be looked at."""
    if made.comparator.is_numeric and not made.measure_unit:
        yield f"“{made.name}”没有计量单位"
    if made.is_sample and made.reference_value:
        yield f"“{made.name}”的参考值“{made.reference_value[:20]}”不是数字，选用时由单位填写"
    if not made.comparator.is_numeric and not made.reference_value:
        yield f"“{made.name}”没有参考值"
    sign = made.comparator
    against = (sign in (Comparator.AT_MOST, Comparator.LESS), sign in (Comparator.AT_LEAST, Comparator.MORE))
    if line.get("direction") and against[made.direction is Direction.NEGATIVE]:
        yield f"“{made.name}”的符号是“{sign.label}”，方向却是{made.direction.label}"


def _direction(text: str, comparator: Comparator) -> Direction:
    """By its column, else by the sign."""
    if text:
        return Direction.NEGATIVE if text.startswith(_NEGATIVE) else Direction.POSITIVE
    is_low = comparator in (Comparator.AT_MOST, Comparator.LESS)
    return Direction.NEGATIVE if is_low else Direction.POSITIVE


def _name_fault(name: str, code: str) -> str:
    """What is wrong with name or code, "" for nothing."""
    if not name:
        return "三级指标没有填"
    if len(name) > _LONGEST_NAME:
        return f"三级指标超过 {_LONGEST_NAME} 字"
    if len(code) > _LONGEST_CODE or not code.isprintable():
        return f"指标编码超过 {_LONGEST_CODE} 位"
    return ""


def _own_code(second_level: str, name: str) -> str:
    """A code for a line that has none: the same line read again gets the same, so rows taken from it are met again."""
    return "kit." + hashlib.sha256(f"{second_level}|{core_text(name)}".encode()).hexdigest()[:12]


def _too_long(line: Line, key: str) -> bool:
    return len(line.get(key, "")) > _LONGEST_TEXT


def _core(label: str) -> str:
    """A level's name without bracketed remarks, blanks and the word 指标."""
    return re.sub(r"[(\[【].*?[)\]】]|\s", "", plain_text(label)).removesuffix("指标")


def _has_digit(text: str) -> bool:
    return any(char.isdigit() for char in text)


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False
