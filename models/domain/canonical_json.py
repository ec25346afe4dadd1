"""Canonical JSON (规范 JSON): one spelling for one content, so a digest means something."""

from __future__ import annotations

import json
from typing import Any


def canonical_json(value: Any) -> bytes:
    """UTF-8 bytes with sorted keys, no blanks, no NaN and no floats' surprises (floats are refused)."""
    _refuse_floats(value)
    return spelled(value)


def spelled(value: Any) -> bytes:
    """The same bytes for a value known to hold no float, such as one just parsed without any."""
    return json.dumps(
        value,
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
        allow_nan=False,
    ).encode("utf-8")


def _refuse_floats(value: Any) -> None:
    """Raise TypeError on any float: amounts are 分, scores and rates strings."""
    if isinstance(value, float):
        raise TypeError("a float has no canonical spelling; use int 分 or a string")
    if isinstance(value, dict):
        for item in value.values():
            _refuse_floats(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            _refuse_floats(item)
