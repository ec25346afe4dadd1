"""What of a PDF stands outside its streams (PDF 骨架), and what holds of it however it was read.

Every cross-reference must point at an object that was read, every table stand where it is said to. Source: ISO 32000-1 §7.5.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

STREAM_END = re.compile(rb"(?:\r\n|\n|\r)?endstream")
_TABLE = re.compile(rb"xref\s+")
_SECTION = re.compile(rb"([0-9]{1,10}) ([0-9]{1,10})\s+(?=trailer|[0-9])")
_ROWS = re.compile(rb"(?:[0-9]{10} [0-9]{5} [nf](?:\r\n| \n| \r))*")
_USUAL_ROW, _TO_USUAL = b"0000000000 00000 n \n", bytes.maketrans(b"123456789f", b"000000000n")
_ROW = 20
MOST_TOKENS = 150_000
_MOST_REFERENCES = 50_000
"""A form of hundreds of rows has some ten thousand of the ones and some hundred of the others."""
_MOST_TABLE = _ROW * _MOST_REFERENCES


ACTIVE_NAMES = frozenset(
    b"JavaScript JS Launch EmbeddedFile EmbeddedFiles Filespec AF OpenAction AA RichMedia XFA"
    b" SubmitForm ImportData GoToR GoToE Rendition Movie Sound".split()
)
PACKED_NAMES = frozenset(b"ObjStm XRef XRefStm Encrypt".split())
ASKED_NAMES = ACTIVE_NAMES | PACKED_NAMES | {b"ByteRange"}
"""Names that decide something about a file."""


class NotPlainError(ValueError):
    """The file is not of the plain form this program writes (PDF 样式不符)."""


@dataclass(slots=True)
class PdfSkeleton:
    """What stands outside the streams (PDF 骨架): names, hex strings by the name before them, tables, and objects and
    references, each as a number and a place. Of names `pdf_quick` counts only those that are `ASKED_NAMES`."""

    names: dict[bytes, int] = field(default_factory=dict)
    hex_strings: list[tuple[bytes, int, int]] = field(default_factory=list)
    objects: set[tuple[int, int]] = field(default_factory=set)
    tables: set[int] = field(default_factory=set)
    starts: list[int] = field(default_factory=list)
    references: list[tuple[int, int]] = field(default_factory=list)


def read_table(data: bytes, start: int, skeleton: PdfSkeleton) -> int:
    """Note what a cross-reference table refers to; where it ends, NotPlainError for one of another form."""
    end = data.find(b"trailer", start)
    if not 0 <= end - start <= _MOST_TABLE:
        raise NotPlainError("a table without end")
    table = _TABLE.match(data, start)
    position = table.end() if table is not None else end
    while True:
        section = _SECTION.match(data, position)
        if section is None or position >= end:
            raise NotPlainError("a cross-reference table of another form")
        first, count = int(section[1]), int(section[2])
        position = section.end() + _ROW * count
        if position > end:
            raise NotPlainError("a table of another length")
        skeleton.references += _references(data[section.end() : position], first, count)
        if position == end:
            break
    skeleton.tables.add(start)
    return end


def _references(rows: bytes, first: int, count: int) -> list[tuple[int, int]]:
    """The objects that rows of a table refer to, each as a number and a place."""
    if rows.translate(_TO_USUAL) != _USUAL_ROW * count and not _ROWS.fullmatch(rows):
        raise NotPlainError("rows of another form")
    words = rows.split()
    listed = zip(range(first, first + count), words[::3], words[2::3], strict=True)
    return [(number, int(place)) for number, place, kind in listed if kind == b"n"]


def check_places(skeleton: PdfSkeleton) -> None:
    """NotPlainError when a reference points at no object, or a table is said to be where none is."""
    if not skeleton.objects.issuperset(skeleton.references):
        raise NotPlainError("a reference to a place that is no object")
    if not skeleton.starts or not set(skeleton.starts) <= skeleton.tables:
        raise NotPlainError("a table that is not where it is said to be")
