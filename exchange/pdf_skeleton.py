"""What of a PDF stands outside its streams (PDF 骨架), and what holds of it however it was read.

Every cross-reference must point at an object that was read, every table stand where it is said to. Source: ISO 32000-1 §7.5.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

STREAM_END = re.compile(rb"(?:\r\n|\n|\r)?endstream")
_TABLE = re.compile(
    rb"xref\s+(?P<sections>(?:[0-9]{1,10} [0-9]{1,10}\s+(?:[0-9]{10} [0-9]{5} [nf](?:\r\n| \n| \r))*)+)(?=trailer)"
)
_SECTION = re.compile(rb"([0-9]{1,10}) ([0-9]{1,10})\s+((?:[0-9]{10} [0-9]{5} [nf](?:\r\n| \n| \r))*)")
_OFFSET = re.compile(rb"([0-9]{10}) [0-9]{5} ([nf])")
_ROW = 20
MOST_TOKENS = 150_000
_MOST_REFERENCES = 50_000
"""A form of hundreds of rows has some ten thousand of the ones and some hundred of the others."""
_MOST_TABLE = _ROW * _MOST_REFERENCES


class NotPlainError(ValueError):
    """The file is not of the plain form this program writes (PDF 样式不符)."""


@dataclass(slots=True)
class PdfSkeleton:
    """What stands outside the streams (PDF 骨架): names, hex strings by the name before them, objects, tables."""

    names: dict[bytes, int] = field(default_factory=dict)
    hex_strings: list[tuple[bytes, int, int]] = field(default_factory=list)
    objects: dict[int, set[int]] = field(default_factory=dict)
    tables: set[int] = field(default_factory=set)
    starts: list[int] = field(default_factory=list)
    references: list[tuple[int, int]] = field(default_factory=list)


def read_table(data: bytes, start: int, skeleton: PdfSkeleton) -> int:
    """Note what a cross-reference table refers to; where it ends, NotPlainError for one of another form."""
    end = data.find(b"trailer", start)
    if not 0 <= end - start <= _MOST_TABLE:
        raise NotPlainError("a table without end")
    table = _TABLE.match(data, start)
    if table is None:
        raise NotPlainError("a cross-reference table of another form")
    for section in _SECTION.finditer(table["sections"]):
        first, count, rows = int(section[1]), int(section[2]), section[3]
        if len(rows) != _ROW * count:
            raise NotPlainError("a table of another length")
        for number, (offset, kind) in enumerate(_OFFSET.findall(rows), first):
            if kind == b"n":
                skeleton.references.append((number, int(offset)))
    skeleton.tables.add(start)
    return table.end()


def check_places(skeleton: PdfSkeleton) -> None:
    """NotPlainError when a reference points at no object, or a table is said to be where none is."""
    for number, offset in skeleton.references:
        if offset not in skeleton.objects.get(number, ()):
            raise NotPlainError("a reference to a place that is no object")
    if not skeleton.starts or not set(skeleton.starts) <= skeleton.tables:
        raise NotPlainError("a table that is not where it is said to be")
