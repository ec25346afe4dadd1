"""payload.json read strictly (填报数据读取): one spelling, no surprises, then the common head.

A number is an integer of at most 18 digits; amounts are 分, scores and rates are strings.
"""

from __future__ import annotations

import json
from typing import Any

from exchange.limits import ReadingLimits
from exchange.payload_head import head_fault
from exchange.reasons import RefusalError, reason
from models.domain.canonical_json import is_plain, spelled

_MAX_DIGITS = 18
_BOM = b"\xef\xbb\xbf"


def read_payload(content: bytes, limits: ReadingLimits) -> dict[str, Any]:
    """The payload; raises RefusalError with the one reason that fits (attack 22)."""
    if _is_too_large(content, limits):
        raise RefusalError(reason("member_too_large", "填报数据"))
    value = _quickly(content, limits.payload_depth)
    if value is None:
        value = _slowly(content, limits.payload_depth)
    fault = head_fault(value)
    if fault is not None:
        raise RefusalError(reason("payload_type", detail=fault))
    assert isinstance(value, dict)
    return value


def _is_too_large(content: bytes, limits: ReadingLimits) -> bool:
    """Whether a payload is longer, or holds more, than is read; one with fewer bytes than that need not be counted."""
    if len(content) <= min(limits.payload_bytes, limits.payload_containers, limits.payload_values):
        return False
    containers = content.count(b"[") + content.count(b"{")
    return (
        len(content) > limits.payload_bytes
        or containers > limits.payload_containers
        or content.count(b",") + containers > limits.payload_values
    )


def _quickly(content: bytes, depth: int) -> Any:
    """The value of a payload in which nothing is amiss, None for any other, which `_slowly` is to judge.

    A library in machine code reads and spells it, in a third of the time. It has the one spelling of texts and the one
    order of keys that canonical JSON has, so the same bytes again mean: UTF-8 without a mark, no key twice, no blank,
    no half surrogate pair. What it takes beyond that, `is_plain` does not: fractions, integers of 19 digits, depth.
    """
    import orjson  # no start needs it

    try:
        value = orjson.loads(content)
        if orjson.dumps(value, option=orjson.OPT_SORT_KEYS) != content:
            return None
    except (ValueError, TypeError):  # a fault in the text; what nests too deep to be spelled
        return None
    return value if is_plain(value, depth) else None


def _slowly(content: bytes, depth: int) -> Any:
    """The same step by step; raises RefusalError with the reason why it cannot be taken."""
    value = _parse(content, _FAST)
    if isinstance(value, (dict, list)) and _is_deeper(value, depth):
        raise RefusalError(reason("payload_depth"))
    if _spelled(value) != content:
        _parse(content, _NAMING_DOUBLES)
        raise RefusalError(reason("payload_not_canonical"))
    return value


def _parse(content: bytes, decoder: json.JSONDecoder) -> Any:
    if content.startswith(_BOM):
        raise RefusalError(reason("payload_encoding"))
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        raise RefusalError(reason("payload_encoding")) from None
    try:
        return decoder.decode(text)
    except RecursionError:
        raise RefusalError(reason("payload_depth")) from None
    except ValueError:
        raise RefusalError(reason("payload_syntax")) from None


def _spelled(value: Any) -> bytes:
    try:
        return spelled(value)
    except UnicodeEncodeError:
        raise RefusalError(reason("payload_encoding")) from None


def _integer(digits: str) -> int:
    if len(digits.lstrip("-")) > _MAX_DIGITS:
        raise RefusalError(reason("payload_number"))
    return int(digits)


def _no_number(_text: str) -> Any:
    """Fractions, exponents, NaN and Infinity have no place in a payload."""
    raise RefusalError(reason("payload_number"))


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise RefusalError(reason("payload_duplicate_key"))
    return result


_NUMBERS: Any = {"parse_int": _integer, "parse_float": _no_number, "parse_constant": _no_number}
_FAST = json.JSONDecoder(**_NUMBERS)
"""A key that stands twice is lost here, and missed when the canonical spelling is compared."""
_NAMING_DOUBLES = json.JSONDecoder(object_pairs_hook=_object, **_NUMBERS)


def _is_deeper(value: Any, limit: int) -> bool:
    """Whether lists and objects nest deeper than `limit`; level by level, so depth costs no stack."""
    level: list[Any] = [value]
    for _ in range(limit):
        level = [
            child
            for item in level
            for child in (item.values() if type(item) is dict else item)
            if type(child) is dict or type(child) is list
        ]
        if not level:
            return False
    return True
