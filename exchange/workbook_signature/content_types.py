"""The list of content types (部件类型表): the one a workbook's parts deserve, and whether it is that."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from exchange.workbook_signature.archive import WorkbookFault
from exchange.workbook_signature.part_types import (
    DEFAULTS,
    MOST_REPEATED,
    ORIGIN,
    danger_of,
    has_type,
    part_type,
)

_NAMESPACE = "http://schemas.openxmlformats.org/package/2006/content-types"
_LINE = re.compile(
    r"<(?:Default\s+Extension=\"(?P<ending>[a-z]{1,8})\"|Override\s+PartName=\"/(?P<part>[^\"<>&]{1,120})\")"
    r"\s+ContentType=\"(?P<type>[^\"<>&]{1,120})\"\s*/>"
)
_HEAD = re.compile(r"(?:<\?xml[^<>]{0,100}\?>\s*)?<Types xmlns=\"(?P<space>[^\"<>&]{1,120})\">")
_TAIL = "</Types>"
_MOST_BYTES = 256 * 1024


def content_types_part(names: Iterable[str]) -> bytes:
    """The list for parts of these names."""
    listed = sorted(names)
    defaults = "".join(
        f'<Default Extension="{ending}" ContentType="{DEFAULTS[ending]}"/>' for ending in _endings(listed)
    )
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{part_type(name)}"/>' for name in listed if has_type(name)
    )
    return f'<Types xmlns="{_NAMESPACE}">{defaults}{overrides}{_TAIL}'.encode("ascii")


def _endings(names: Iterable[str]) -> list[str]:
    return sorted({"rels", "xml"} | ({"sigs"} if ORIGIN in names else set()))


def check_content_types(content: bytes, names: Iterable[str]) -> None:
    """Hold a list against the parts there are; WorkbookFault when it says anything else of them."""
    (_remembered if len(content) <= MOST_REPEATED else _check)(content, tuple(sorted(names)))


def _check(content: bytes, listed: tuple[str, ...]) -> None:
    """The same for the sorted names."""
    text = content[: _MOST_BYTES + 1].decode("utf-8", "replace")
    if len(content) > _MOST_BYTES:
        raise WorkbookFault("workbook_form")
    if "<!" in text:
        raise WorkbookFault("workbook_declaration")
    defaults, parts = _read(text)
    wrong = [kind for ending, kind in defaults.items() if DEFAULTS.get(ending) != kind]
    wrong += [kind for part, kind in parts.items() if not has_type(part) or part_type(part) != kind]
    if wrong:
        raise WorkbookFault(next((code for kind in wrong if (code := danger_of(kind))), "workbook_form"))
    if not set(_endings(listed)) <= set(defaults) or set(parts) != {
        name for name in listed if has_type(name)
    }:
        raise WorkbookFault("workbook_form")


_remembered = lru_cache(maxsize=64)(_check)
"""Workbooks of one form have the same parts."""


def _read(text: str) -> tuple[dict[str, str], dict[str, str]]:
    """Types by ending and by part; WorkbookFault for another spelling or a line said twice."""
    head = _HEAD.match(text)
    if head is None or head["space"] != _NAMESPACE:
        raise WorkbookFault("workbook_form")
    defaults: dict[str, str] = {}
    parts: dict[str, str] = {}
    position = head.end()
    while (line := _LINE.match(text, position)) is not None:
        position = line.end()
        into, key = (defaults, line["ending"]) if line["ending"] else (parts, line["part"])
        if key in into:
            raise WorkbookFault("workbook_form")
        into[key] = line["type"]
    if text[position:].strip() != _TAIL:
        raise WorkbookFault("workbook_form")
    return defaults, parts
