"""The skeleton of a PDF as this program writes it, read object by object (PDF 结构快速扫描).

A second way to what `pdf_syntax` finds token by token, for the files nearly everybody sends: objects, streams, tables
and trailers in the order writers put them, no text with brackets inside, no escaped names. Whatever looks otherwise is
None here and left to the other; nothing is refused in this place. What it gives, the other would have given too: once
texts, comments and hexadecimal strings are taken out, a body is nothing but words, numbers, names, arrays and paired
brackets, so that it ends where `endobj` or `stream` first stands in it.
Source: ISO 32000-1 §7.
"""

from __future__ import annotations

import re
import string
from collections import Counter

from exchange import pdf_skeleton
from exchange.pdf_skeleton import STREAM_END, NotPlainError, PdfSkeleton, check_places, read_table

_BLANKS = rb"[\0\t\n\f\r ]"
_NO_WORD = rb"(?![A-Za-z0-9+\-.*'\"])"
_BETWEEN = re.compile(rb"(?:%b++|%%[^\r\n]*+[\r\n])*+" % _BLANKS)
_OBJECT = re.compile(rb"%b([0-9]{1,10}) [0-9]{1,10} obj%b" % (_BETWEEN.pattern, _NO_WORD))
_OBJECT_END = re.compile(rb"%b*endobj%b" % (_BLANKS, _NO_WORD))
_NEXT_OBJECT = re.compile(_OBJECT_END.pattern + _OBJECT.pattern)
_STREAM = re.compile(rb"stream\r?\n")
_PLACE = re.compile(rb"startxref%b+([0-9]{1,10})(?=%b)" % (_BLANKS, _BLANKS))
_NAME_END = rb"(?![^\0\t\n\f\r ()<>\[\]{}/%])"
_NAME = re.compile(rb"/([^\0\t\n\f\r ()<>\[\]{}/%]*+)")
_HEX = re.compile(rb"<[0-9A-Fa-f\0\t\n\f\r ]*+>")
_NAMED_HEX = re.compile(rb"%b%b*+(%b)" % (_NAME.pattern, _BLANKS, _HEX.pattern))
_TEXT = re.compile(rb"\((?:[^()\\]++|\\.)*+\)", re.DOTALL)
_TEXT_OR_COMMENT = re.compile(rb"%b|%%[^\r\n]*+(?=[\r\n])" % _TEXT.pattern, re.DOTALL)
_LENGTH = re.compile(rb"/Length(?:%b+([0-9]{1,10})(?=%b*[/>])|%b)" % (_BLANKS, _BLANKS, _NAME_END))
_PREVIOUS = re.compile(rb"/Prev(?:%b+([0-9]{1,10})(?=%b*[/>])|%b)" % (_BLANKS, _BLANKS, _NAME_END))
_PLAIN = (string.ascii_letters + string.digits + "+-./[]\0\t\n\f\r ").encode()
"""Bytes of words, numbers, names, arrays and blanks."""
_NEAR = 16 * 1024
"""An object's longest body; the longest of ours is the one that holds the signature."""
_BEFORE_KEYWORD = b"\0\t\n\f\r >])"
_KEYWORDS = (b"obj", b"xref", b"trailer")
"""Words that mean something to a skeleton; no name of ours holds one of them."""


class _OtherForm(Exception):
    """Something `pdf_syntax` has to look at (须逐词扫描)."""


class _Reader:
    """One pass over the file, an object at a time."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._left = pdf_skeleton.MOST_TOKENS
        self._texts: list[bytes] = []
        self.skeleton = PdfSkeleton()

    def run(self) -> None:
        """Read everything; _OtherForm, NotPlainError where it is not of the usual form."""
        data, position, objects = self._data, 0, self.skeleton.objects
        while True:
            head = _OBJECT.match(data, position)
            while head is not None:
                objects.setdefault(int(head[1]), set()).add(head.start(1))
                position = self._object(head.end())
                head = _NEXT_OBJECT.match(data, position)
                if head is None:
                    position = _after(_OBJECT_END, data, position)
            position = _after(_BETWEEN, data, position)
            if position == len(data):
                break
            if not data.startswith(b"xref", position):
                raise _OtherForm
            position = self._trailer(read_table(data, position, self.skeleton))
        self._count_names()

    def _object(self, position: int) -> int:
        """An object's body and stream; where they end."""
        data, near = self._data, position + _NEAR
        stream = data.find(b"stream", position, near)
        end = data.find(b"endobj", position, near if stream < 0 else stream)
        if end < 0:
            length = _number(_LENGTH, self._body(position, max(stream, 0)))
            if length is None:
                raise _OtherForm
            return _after(STREAM_END, data, _after(_STREAM, data, stream) + length)
        if b"/Length" in self._body(position, end):
            raise _OtherForm
        return end

    def _trailer(self, position: int) -> int:
        """A trailer and the place named after it; where that ends."""
        data = self._data
        end = data.find(b"startxref", position)
        text = self._body(position + len(b"trailer"), max(end, 0))
        previous = _number(_PREVIOUS, text)
        place = _PLACE.match(data, end)
        if place is None or b"/Length" in text:
            raise _OtherForm
        self.skeleton.starts += [int(place[1])] if previous is None else [previous, int(place[1])]
        return place.end()

    def _body(self, start: int, end: int) -> bytes:
        """What stands between here and a keyword, without texts; its hexadecimal strings are noted."""
        text = self._data[start:end]
        self._left -= len(text)
        if self._left < 0 or not text or text[-1] not in _BEFORE_KEYWORD:
            raise _OtherForm
        if b"%" in text:
            text = _TEXT_OR_COMMENT.sub(_blanked, text)
        elif b"(" in text:
            text = _TEXT.sub(_blanked, text)
        if not _is_plain(text):
            for found in _NAMED_HEX.finditer(text):
                self.skeleton.hex_strings.append((found[1], start + found.start(2), start + found.end()))
            text = _HEX.sub(b"]", text)
            if not _is_plain(text):
                raise _OtherForm
        self._texts.append(text)
        return text

    def _count_names(self) -> None:
        """Count names; _OtherForm where a keyword, or a name with one inside, stands in a body."""
        words = b" ".join(self._texts)
        if any(keyword in words for keyword in _KEYWORDS):
            raise _OtherForm
        self.skeleton.names.update(Counter(_NAME.findall(words)))


def _is_plain(text: bytes) -> bool:
    """Whether a body is nothing but words, numbers, names, arrays, and as many dictionaries opened as closed."""
    opened = text.count(b"<<")
    return opened == text.count(b">>") and len(text.translate(None, _PLAIN)) == 4 * opened


def _number(pattern: re.Pattern[bytes], text: bytes) -> int | None:
    """The number under a key of the outermost dictionary, None without the key; it must stand there plainly."""
    match = pattern.search(text)
    if match is None:
        return None
    before = text[: match.start()]
    is_outermost = before.count(b"<<") - before.count(b">>") == 1
    if match[1] is None or not is_outermost or pattern.search(text, match.end()):
        raise _OtherForm
    return int(match[1])


def _after(pattern: re.Pattern[bytes], data: bytes, position: int) -> int:
    """Where what must stand here ends."""
    match = pattern.match(data, position)
    if match is None:
        raise _OtherForm
    return match.end()


def _blanked(match: re.Match[bytes]) -> bytes:
    """Nothing of a text's or comment's content, at the same length."""
    return b"]" * len(match[0])


def quick_skeleton(data: bytes) -> PdfSkeleton | None:
    """The skeleton of a file of the usual form, None for one that has to be scanned token by token."""
    reader = _Reader(data)
    try:
        reader.run()
        check_places(reader.skeleton)
    except (_OtherForm, NotPlainError):
        return None
    return reader.skeleton
