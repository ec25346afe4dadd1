"""Names of worksheets (工作表名): what Excel and WPS accept, each once."""

from __future__ import annotations

from collections.abc import Iterable

_LIMIT = 31
"""Longest name in UTF-16 units, as Excel counts."""
_BARRED = str.maketrans(dict.fromkeys("[]:*?/\\\r\n\t", "－"))
_UNNAMED = "表"


def sheet_names(wished: Iterable[str]) -> list[str]:
    """A usable name for each wish: barred characters replaced, too long ones cut, repeated ones numbered."""
    names: list[str] = []
    taken = {"history"}
    for wish in wished:
        base = "".join(char for char in wish.translate(_BARRED) if char.isprintable()).strip("' ")
        name, number = _cut(base or _UNNAMED, _LIMIT), 1
        while name.lower() in taken:
            number += 1
            tail = f"（{number}）"
            name = _cut(base or _UNNAMED, _LIMIT - len(tail)) + tail
        taken.add(name.lower())
        names.append(name)
    return names


def _cut(name: str, limit: int) -> str:
    """The longest beginning of so many UTF-16 units, no character halved."""
    while len(name.encode("utf-16-le")) // 2 > limit:
        name = name[:-1]
    return name.rstrip("' ")
