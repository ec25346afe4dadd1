"""Canonical JSON (规范 JSON): one spelling for one content, so a digest means something."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from json import encoder
from typing import Any

_ENCODER = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, sort_keys=True, separators=(",", ":"), allow_nan=False
)
_PLAIN = frozenset({str, int, bool, type(None)})
_SHORT = frozenset({str, bool, type(None)})
_CONTAINERS = frozenset({dict, list, tuple})
_BEYOND = 10**18


def _speller() -> Callable[[Any], str]:
    """What spells a value: the encoder in C made once, since an encoder makes it anew for every value it is given."""
    make = getattr(encoder, "c_make_encoder", None)
    if make is None:
        return _ENCODER.encode
    in_pieces = make(None, _ENCODER.default, encoder.encode_basestring, None, ":", ",", True, False, False)
    return lambda value: "".join(in_pieces(value, 0))


_text = _speller()


def canonical_json(value: Any) -> bytes:
    """UTF-8 bytes with sorted keys, no blanks, no NaN and no floats' surprises (floats are refused)."""
    try:
        text = _text(value)
    except (TypeError, ValueError):  # NaN and infinity have no spelling at all
        _refuse_floats(value)
        raise
    if "." in text or "e+" in text or "e-" in text:
        _refuse_floats(value)  # no float is spelled without one of them, while most texts have none
    return text.encode("utf-8")


def spelled(value: Any) -> bytes:
    """The same bytes for a value known to hold no float, such as one just parsed without any."""
    return _text(value).encode("utf-8")


def is_plain(value: Any, depth: int) -> bool:
    """Whether lists and objects nest at most `depth` deep and hold nothing but texts, yes and no, nothing and integers
    of at most 18 digits: of these every library that writes canonical JSON has one spelling. Level by level, so depth
    costs no stack; keys are not looked at."""
    level: list[Any] = [(value,)]
    for _ in range(depth + 1):
        below: list[Any] = []
        for item in level:
            children = item.values() if type(item) is dict else item
            if _SHORT.issuperset(map(type, children)):
                continue
            for child in children:
                kind = type(child)
                if kind in _CONTAINERS:
                    below.append(child)
                elif kind is int:
                    if not -_BEYOND < child < _BEYOND:
                        return False
                elif kind not in _SHORT:
                    return False
        if not below:
            return True
        level = below
    return False


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
