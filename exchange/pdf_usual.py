"""What documents of this program share to the byte (PDF 常见对象), found once and remembered, for `pdf_quick`.

Fonts, pages and what describes a document are the same in one after another, but for places and lengths, which stand
elsewhere. Whatever is not of the usual spelling is None here and read in another way; nothing is refused.
"""

from __future__ import annotations

import re
import string
from functools import lru_cache
from typing import NamedTuple

from exchange.pdf_bodies import Found, found_in

_TEXT = rb"\((?:[^()\\]++|\\.)*+\)"
_PROPERTIES = re.compile(
    rb"<<\n(?:/(?:Author|CreationDate|Creator|Keywords|ModDate|Producer|Subject|Title) %b\n)*+/Trapped /False\n>>\n"
    % _TEXT,
    re.DOTALL,
)
_SIGNATURE_BEGIN = b"<<\n/Contents <"
_SIGNATURE_END = re.compile(
    rb">\n/ByteRange \[[0-9]++ [0-9]++ [0-9]++ [0-9]++\] *+\n/Type /Sig\n/Filter /Adobe\.PPKLite\n"
    rb"/SubFilter /ETSI\.CAdES\.detached\n(?:/(?:M|Name|Reason|Location) %b\n)*+>>\n" % _TEXT,
    re.DOTALL,
)
"""The two bodies that are another in every document: names of which only one is asked for, and texts without brackets."""
_HEX_DIGITS = string.hexdigits.encode()
NOTHING: Found = ((), ())
_OBJECT = re.compile(rb"([0-9]{1,10}) 0 obj\n")
_OBJECT_END = b"endobj\n"
_STREAM_BEGIN = re.compile(rb"([0-9]{1,10}) 0 obj\n<<\n/Filter \[ (?:/ASCII85Decode )?/FlateDecode \] ")
TRAILER = b"trailer"
_FREE, _IN_USE = b"0000000000 65535 f \n", b"%010d 00000 n \n"
MOST_REMEMBERED = 4096


class Run(NamedTuple):
    """Objects that follow each other (连续对象): their numbers, where each begins, and what was found in them."""

    numbers: tuple[int, ...]
    places: tuple[int, ...]
    found: Found
    holds: bool


def found_in_object(text: bytes) -> Found | None:
    """What an object's body holds that has no stream, nothing that looks like one or its length; None for another."""
    return (_remembered if len(text) <= MOST_REMEMBERED // 2 else _found)(text)


def _found(text: bytes) -> Found | None:
    """The same, looked for."""
    if _PROPERTIES.fullmatch(text):
        return NOTHING
    if text.startswith(_SIGNATURE_BEGIN):
        begin = len(_SIGNATURE_BEGIN)
        end = text.find(b">", begin)
        is_usual = end >= 0 and _SIGNATURE_END.fullmatch(text, end) is not None
        if is_usual and not text[begin:end].translate(None, _HEX_DIGITS):
            return (b"ByteRange",), ((b"Contents", begin - 1, end + 1),)
    if text.find(b"/Length") >= 0 or text.find(b"stream") >= 0:
        return None
    return found_in(text)


_remembered = lru_cache(maxsize=256)(_found)


@lru_cache(maxsize=256)
def run_up_to_stream(text: bytes) -> Run | None:
    """Objects of which the last is told up to the length of its stream; None where one is not of the usual spelling."""
    numbers: list[int] = []
    places: list[int] = []
    names: list[bytes] = []
    strings: list[tuple[bytes, int, int]] = []
    position = 0
    while (end := text.find(_OBJECT_END, position)) >= 0:
        head = _OBJECT.match(text, position, end)
        found = None if head is None else _found(text[head.end() : end])
        if head is None or found is None:
            return None
        numbers.append(int(head[1]))
        places.append(position)
        names += found[0]
        strings += [(name, head.end() + first, head.end() + last) for name, first, last in found[1]]
        position = end + len(_OBJECT_END)
    last_one = _STREAM_BEGIN.fullmatch(text, position)
    if last_one is None:
        return None
    found = (tuple(names), tuple(strings))
    return Run((*numbers, int(last_one[1])), (*places, position), found, found != NOTHING)


@lru_cache(maxsize=64)
def usual_table(numbers: tuple[int, ...]) -> bytes | None:
    """The table of objects of these numbers, met in this order, with gaps for their places, and the word behind it.

    None where they do not ascend. Documents of one form have the same.
    """
    if not all(map(int.__lt__, (0, *numbers), numbers)):
        return None
    sections: list[list[int]] = [[0]]
    for number in numbers:
        if number == sections[-1][-1] + 1:
            sections[-1].append(number)
        else:
            sections.append([number])
    heads = [b"%d %d\n" % (section[0], len(section)) for section in sections]
    rows = [_FREE + _IN_USE * (len(sections[0]) - 1), *(_IN_USE * len(section) for section in sections[1:])]
    return b"xref\n" + b"".join(head + row for head, row in zip(heads, rows, strict=True)) + TRAILER
