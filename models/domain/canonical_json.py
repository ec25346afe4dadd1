"""Canonical JSON (规范 JSON): one spelling for one content, so a digest means something."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
_PLAIN = frozenset({str, int, bool, type(None)})


def canonical_json(value: Any) -> bytes:
    """UTF-8 bytes with sorted keys, no blanks, no NaN and no floats' surprises (floats are refused)."""
    _refuse_floats(value)
    return spelled(value)


def spelled(value: Any) -> bytes:
    """The same bytes for a value known to hold no float, such as one just parsed without any."""
    return _ENCODER.encode(value).encode("utf-8")


def _refuse_floats(value: Any) -> None:
    """Raise TypeError on any float: amounts are 分, scores and rates strings.

    A list that grows while it is walked instead of recursion, and values of plain types looked at together: forms of
    300 rows are saved at every pause.
    """
    waiting: list[Iterable[Any]] = [(value,)]
    for items in waiting:
        if _PLAIN.issuperset(map(type, items)):
            continue
        for item in items:
            if type(item) in _PLAIN:
                continue
            if isinstance(item, float):
                raise TypeError("a float has no canonical spelling; use int 分 or a string")
            if isinstance(item, dict):
                waiting.append(item.values())
            elif isinstance(item, (list, tuple)):
                waiting.append(item)
