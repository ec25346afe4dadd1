"""Indicator rows of a platform's file (导出表的指标行) as rows of our forms, in the kit's frame and words."""

from __future__ import annotations

from typing import Any

from forms.checks.settings import CheckSettings, SharedWords
from forms.kinds import parse_number
from forms.value_text import split_value
from models.domain.indicator import Comparator, Direction
from models.domain.kit import IndicatorFrame, ParameterKit
from models.domain.money import plain_text
from models.domain.platform_mapping import plain
from services.platform.recognition import KnownSheet
from services.register_tables import Line

NOT_APPLICABLE = "not_applicable"
_NUMERIC = tuple(sign.value for sign in Comparator if sign.is_numeric)
_SMALLER = (Comparator.AT_MOST.value, Comparator.LESS.value)
_WORDED = (Comparator.QUALITATIVE.value, Comparator.OTHER.value)
_LONGEST = {"third_level": 100, "planned_value": 200, "measure_unit": 20}


class IndicatorLines:
    """Reads the indicator rows of one sheet (指标行识别)."""

    def __init__(self, kit: ParameterKit, frame: IndicatorFrame, sheet: KnownSheet) -> None:
        self._sheet = sheet
        self._words = CheckSettings(kit).get(SharedWords)
        self._levels = {
            (_short(first.label), _short(second.label)): (first.code, second.code)
            for first in frame.firsts
            for second in first.seconds
        }

    def read(self, line: Line) -> tuple[dict[str, Any] | None, str]:
        """The row and what is wrong with it; neither for an indicator that does not apply."""
        first, second = line.get("first_level", ""), line.get("second_level", "")
        level = self._levels.get((_short(first), _short(second)))
        if level is None:
            return None, f"指标“{line['third_level'][:20]}”的“{first}—{second}”不在本地指标框架里"
        if not line["third_level"] or not line["planned_value"]:
            return None, "三级指标或指标值没有填"
        sign, value, unit = self._value(line)
        if sign == NOT_APPLICABLE:
            return None, ""
        if not sign:
            return None, f"计算符号“{line.get('comparator', '')[:10]}”不认识"
        if sign in _NUMERIC and parse_number(value) is None:
            return None, f"指标“{line['third_level'][:20]}”的指标值“{value[:20]}”不是数字"
        row: dict[str, Any] = {
            "first_level": level[0],
            "second_level": level[1],
            "third_level": line["third_level"],
            "comparator": sign,
            "planned_value": value,
            "measure_unit": unit,
            "direction": self._direction(line, sign),
        }
        weight = parse_number(line.get("weight", ""))
        if weight is not None:
            row["weight"] = f"{weight.normalize():f}"
        too_long = next((key for key, most in _LONGEST.items() if len(row[key] or "") > most), "")
        if too_long:
            return None, f"指标“{line['third_level'][:20]}”的文字太长"
        return {key: value for key, value in row.items() if value not in (None, "")}, ""

    def _value(self, line: Line) -> tuple[str, str, str]:
        """Sign, value and unit; a sign within the value goes before none at all, a bare number is “=”."""
        text, unit = line["planned_value"], line.get("measure_unit", "")
        column = self._sheet.column("comparator")
        stated = line.get("comparator", "")
        sign = (column.ours(stated) if column is not None and stated else None) or ""
        if stated and not sign:
            return "", text, unit
        number = parse_number(plain_text(text))
        if number is not None:
            return sign or Comparator.EQUAL.value, f"{number.normalize():f}", unit
        parts = split_value(text, self._words.signs_before, self._words.signs_after)
        if parts.number is not None and sign not in _WORDED:
            value = f"{parts.number.normalize():f}"
            return sign or parts.sign or Comparator.EQUAL.value, value, unit or parts.unit
        return sign or Comparator.QUALITATIVE.value, text, unit

    def _direction(self, line: Line, sign: str) -> str:
        """The direction stated, else the one the sign implies."""
        column = self._sheet.column("direction")
        stated = column.ours(line.get("direction", "")) if column is not None else None
        return stated or (Direction.NEGATIVE if sign in _SMALLER else Direction.POSITIVE).value


def _short(label: str) -> str:
    """A level's name as it is compared: 数量指标 and 数量 are one."""
    return plain(label).removesuffix("指标")
