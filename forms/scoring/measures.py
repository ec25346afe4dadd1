"""Units of measure (计量单位换算): the same quantity in another unit.

Factors are facts of measure, the same in every place and year, hence not data of a kit. A unit that
counts (人, 户, 株 …) also comes with 万 or 亿 before it.
"""

from __future__ import annotations

from decimal import Decimal

PERCENT = "%"

_FAMILIES: dict[str, dict[str, str]] = {
    "share": {"": "1", "%": "0.01", "‰": "0.001", "成": "0.1"},
    "money": {
        "角": "0.1", "元": "1", "百元": "100", "千元": "1000", "万元": "10000", "百万元": "1000000",
        "亿元": "100000000",
    },
    "length": {"毫米": "0.001", "厘米": "0.01", "米": "1", "延米": "1", "里": "500", "公里": "1000", "千米": "1000"},
    "area": {"平方米": "1", "万平方米": "10000", "公顷": "10000", "平方公里": "1000000", "平方千米": "1000000"},
    "land": {"亩": "1", "万亩": "10000"},
    "volume": {"升": "0.001", "立方米": "1", "方": "1", "万立方米": "10000"},
    "mass": {
        "克": "0.001", "斤": "0.5", "公斤": "1", "千克": "1", "吨": "1000", "万吨": "10000000",
    },
    "energy": {"度": "1", "千瓦时": "1", "万千瓦时": "10000"},
    "hours": {"秒": "1", "分钟": "60", "小时": "3600", "日": "86400", "天": "86400", "周": "604800"},
    "months": {"月": "1", "个月": "1", "季度": "3", "年": "12"},
    "workdays": {"工作日": "1", "个工作日": "1"},
}  # fmt: skip
_FACTORS = {
    unit: (family, Decimal(factor)) for family, units in _FAMILIES.items() for unit, factor in units.items()
}
_BY_YEAR = "/年"
"""A form is about one year: 30个/年 are 30个."""
_TENFOLDS = (("万", Decimal(10_000)), ("亿", Decimal(100_000_000)))


def convert(number: Decimal, unit: str, wanted: str) -> Decimal | None:
    """The number of `unit` in `wanted`; None when the two measure different things."""
    if unit == wanted:
        return number
    has, wants = _factor(unit), _factor(wanted)
    if has is None or wants is None or has[0] != wants[0]:
        return None
    return number * has[1] / wants[1]


def _factor(unit: str) -> tuple[str, Decimal] | None:
    """Family and factor of a unit; a unit of no family is one of its own, with 万 or 亿 before it or not."""
    unit = unit.removesuffix(_BY_YEAR)
    known = _FACTORS.get(unit)
    if known is not None:
        return known
    for prefix, factor in _TENFOLDS:
        base = unit.removeprefix(prefix)
        if base and base != unit:
            return base, factor
    return (unit, Decimal(1)) if unit else None


_PACES = ("月", "季", "季度", "周", "日", "天", "次")


def is_other_pace(unit: str, wanted: str) -> bool:
    """Whether one of two units counts by months or weeks and the other does not: 12次 of 1次/月."""
    return bool(unit) and unit != wanted and _pace(unit) != _pace(wanted)


def _pace(unit: str) -> str:
    """How often a unit counts, "" by the year or not at all."""
    per = unit.partition("/")[2]
    return per if per in _PACES else ""
