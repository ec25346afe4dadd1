"""The texts of a PDF of this program (PDF 文字): what its text operators show, in drawing order.

Made to compare a changed form with the one its data draws, for the explanation of a refusal only. No PDF library:
every stream is inflated within a limit, fonts are read by the tables this program embeds. A PDF that was saved by
another program, with its objects packed away, gives nothing. Source: ISO 32000-1 §7.3, §9.4, §9.10.3.
"""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Iterator, Mapping

_OBJECT = re.compile(rb"(?<![0-9])([0-9]{1,7}) 0 obj\b")
_STREAM = re.compile(rb"stream\r?\n")
_REFERENCE = rb"\s*\[?\s*([0-9]{1,7}) 0 R"
_FONT = re.compile(rb"/([A-Za-z0-9+_.-]{1,60})\s+([0-9]{1,7}) 0 R")
_PAIRS = re.compile(rb"<([0-9A-Fa-f]{2})>\s*<([0-9A-Fa-f]{4,16})>")
_SHOWN = re.compile(
    rb"(?P<begin>\bBT\b|\bT\*)"
    rb"|/(?P<font>[A-Za-z0-9+_.-]{1,60})\s+[0-9.+-]{1,20}\s+Tf\b"
    rb"|\((?P<text>(?:[^()\\]|\\.){0,4000})\)\s*(?:Tj|')",
    re.DOTALL,
)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_NAMED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_MOST_OBJECTS = 20_000
_MOST_STREAM = 8 * 1024 * 1024
_MOST_TOGETHER = 32 * 1024 * 1024
_MOST_TEXTS = 50_000


class _Objects:
    """The objects of a file by number, the last of each; streams inflated within one limit for all."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._left = _MOST_TOGETHER
        self._places: dict[int, int] = {}
        for count, match in enumerate(_OBJECT.finditer(data)):
            if count >= _MOST_OBJECTS:
                break
            self._places[int(match[1])] = match.end()

    def numbers(self) -> Iterator[int]:
        """Every object's number in the order the file first has them."""
        return iter(self._places)

    def head(self, number: int) -> bytes:
        """An object up to its stream or end."""
        start = self._places.get(number)
        if start is None:
            return b""
        end = self._data.find(b"endobj", start)
        stream = _STREAM.search(self._data, start, end if end >= 0 else len(self._data))
        return self._data[start : stream.start() if stream else max(end, start)][:100_000]

    def stream(self, number: int) -> bytes:
        """An object's stream, decoded; b"" for none or one this program would not write."""
        start = self._places.get(number)
        begin = _STREAM.search(self._data, start) if start is not None else None
        end = self._data.find(b"endstream", begin.end()) if begin else -1
        if begin is None or end < 0 or end - begin.end() > _MOST_STREAM:
            return b""
        content = self._data[begin.end() : end]
        head = self.head(number)
        try:
            if b"ASCII85Decode" in head:
                content = base64.a85decode(content.strip().removesuffix(b"~>"))
            if b"FlateDecode" in head:
                content = zlib.decompressobj().decompress(content, min(self._left, _MOST_STREAM))
        except (ValueError, zlib.error):
            return b""
        self._left = max(1, self._left - len(content))
        return content


def pdf_texts(data: bytes) -> tuple[str, ...]:
    """The texts in drawing order; () when no page of the form this program writes is found."""
    objects = _Objects(data)
    texts: list[str] = []
    for number in _pages(objects):
        page = objects.head(number)
        contents = re.search(rb"/Contents" + _REFERENCE, page)
        if contents is not None:
            fonts = _fonts(objects, page)
            texts += _shown(objects.stream(int(contents[1])), fonts)
        if len(texts) > _MOST_TEXTS:
            break
    return tuple(texts[:_MOST_TEXTS])


def _pages(objects: _Objects) -> list[int]:
    """The pages in the order the page tree names them."""
    tree = next(
        (head for n in objects.numbers() if re.search(rb"/Type\s*/Pages\b", head := objects.head(n))), b""
    )
    kids = re.search(rb"/Kids\s*\[([^\]]{0,90000})\]", tree)
    return [int(number) for number in re.findall(rb"([0-9]{1,7}) 0 R", kids[1])] if kids else []


def _fonts(objects: _Objects, page: bytes) -> dict[bytes, Mapping[int, str]]:
    """Characters by code, for each font a page names."""
    named = re.search(rb"/Font\s+([0-9]{1,7}) 0 R", page)
    listed = objects.head(int(named[1])) if named else page
    found: dict[bytes, Mapping[int, str]] = {}
    for name, number in _FONT.findall(listed):
        table = re.search(rb"/ToUnicode" + _REFERENCE, objects.head(int(number)))
        if table is not None:
            found[name] = _characters(objects.stream(int(table[1])))
    return found


def _characters(table: bytes) -> dict[int, str]:
    """The characters of a one-byte font by code."""
    return {
        int(code, 16): bytes.fromhex(text.decode("ascii")).decode("utf-16-be", "replace")
        for code, text in _PAIRS.findall(table)
        if len(text) % 4 == 0
    }


def _shown(content: bytes, fonts: Mapping[bytes, Mapping[int, str]]) -> list[str]:
    """What a page's text operators show, each line a text of its own.

    A line is written in several pieces where its characters lie in several parts of a font; which part a character
    lies in depends on all that was drawn before it.
    """
    characters: Mapping[int, str] = {}
    lines: list[list[str]] = []
    for match in _SHOWN.finditer(content):
        if match["begin"] is not None:
            lines.append([])
        elif match["font"] is not None:
            characters = fonts.get(match["font"], {})
        elif lines:
            raw = _ESCAPE.sub(_unescaped, match["text"])
            lines[-1] += [characters.get(code, chr(code)) for code in raw]
    return [text for text in map("".join, lines) if text]


def _unescaped(match: re.Match[bytes]) -> bytes:
    """A byte written with a backslash."""
    if match[1].isdigit():
        return bytes((int(match[1], 8) & 0xFF,))
    return _NAMED.get(match[1], match[1])
