"""The skeleton of a PDF as this program writes it, read object by object (PDF 结构快速扫描).

A second way to what `pdf_syntax` finds token by token, for the files nearly everybody sends: objects, streams, tables
and trailers in the order writers put them, no text with brackets inside, no escaped names. Whatever looks otherwise is
None here and left to the other; nothing is refused in this place. What it gives, the other would have given too:
each pattern takes exactly the tokens that mean nothing to a skeleton and stops before any other.
Source: ISO 32000-1 §7.
"""

from __future__ import annotations

import re

from exchange import pdf_syntax
from exchange.pdf_syntax import STREAM_END, NotPlainError, PdfSkeleton

_BODY = re.compile(
    rb"(?:[\0\t\n\f\r 0-9+\-.\[\]]++|/[^\0\t\n\f\r ()<>\[\]{}/%#]*+(?!#)|(?:true|false|null|R)(?![A-Za-z0-9+\-.*'\"])"
    rb"|<<|>>|<[0-9A-Fa-f\0\t\n\f\r ]*+>|\((?:[^()\\]++|\\.)*+\)|%[^\r\n]*+[\r\n])*+",
    re.DOTALL,
)
"""What stands in an object before `endobj` or `stream`, and in a trailer: tokens, never half of one."""
_BETWEEN = re.compile(rb"(?:[\0\t\n\f\r ]++|%[^\r\n]*+[\r\n])*+")
_OBJECT = re.compile(rb"([0-9]{1,10}) [0-9]{1,10} obj(?![A-Za-z0-9+\-.*'\"])")
_OBJECT_END = re.compile(rb"[\0\t\n\f\r ]*endobj(?![A-Za-z0-9+\-.*'\"])")
_STREAM = re.compile(rb"stream\r?\n")
_PLACE = re.compile(rb"startxref[\0\t\n\f\r ]+([0-9]{1,10})(?=[\0\t\n\f\r ])")
_NAME = re.compile(rb"/([^\0\t\n\f\r ()<>\[\]{}/%]*+)")
_HEX = re.compile(rb"/([^\0\t\n\f\r ()<>\[\]{}/%]*+)[\0\t\n\f\r ]*+(<[0-9A-Fa-f\0\t\n\f\r ]*+>)")
_WORDS = re.compile(rb"\((?:[^()\\]++|\\.)*+\)|%[^\r\n]*+", re.DOTALL)
_LENGTH = re.compile(rb"/Length[\0\t\n\f\r ]+([0-9]{1,10})(?=[\0\t\n\f\r ]*[/>])")
_PREVIOUS = re.compile(rb"/Prev[\0\t\n\f\r ]+([0-9]{1,10})(?=[\0\t\n\f\r ]*[/>])")
_BEFORE_KEYWORD = b"\0\t\n\f\r >])"


class _OtherForm(Exception):
    """Something `pdf_syntax` has to look at (须逐词扫描)."""


class _Reader:
    """One pass over the file, an object at a time."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._left = pdf_syntax.MOST_TOKENS
        self.skeleton = PdfSkeleton()

    def run(self) -> None:
        """Read everything; _OtherForm, NotPlainError where it is not of the usual form."""
        data, position = self._data, 0
        while (position := _after(_BETWEEN, data, position)) < len(data):
            head = _OBJECT.match(data, position)
            if head is not None:
                self.skeleton.objects.setdefault(int(head[1]), set()).add(position)
                position = self._object(head.end())
            elif data.startswith(b"xref", position):
                position = self._trailer(pdf_syntax.read_table(data, position, self.skeleton))
            else:
                raise _OtherForm

    def _object(self, position: int) -> int:
        """An object to its end, its stream stepped over; where it ends."""
        data = self._data
        text, end = self._body(position)
        length = _number(_LENGTH, b"/Length", text)
        stream = _STREAM.match(data, end)
        if stream is not None:
            if length is None:
                raise _OtherForm
            found = STREAM_END.match(data, stream.end() + length)
            if found is None:
                raise _OtherForm
            end = found.end()
        return _after(_OBJECT_END, data, end)

    def _trailer(self, position: int) -> int:
        """A trailer and the place named after it; where that ends."""
        text, end = self._body(position + len(b"trailer"))
        if b"/Length" in text:
            raise _OtherForm
        previous = _number(_PREVIOUS, b"/Prev", text)
        place = _PLACE.match(self._data, end)
        if place is None:
            raise _OtherForm
        self.skeleton.starts += [int(place[1])] if previous is None else [previous, int(place[1])]
        return place.end()

    def _body(self, position: int) -> tuple[bytes, int]:
        """Note names and hexadecimal strings; the body without its texts, and where it ends."""
        match = _BODY.match(self._data, position)
        assert match is not None
        whole, end = match[0], match.end()
        text = whole
        self._left -= len(text)
        if self._left < 0 or not text or text[-1] not in _BEFORE_KEYWORD:
            raise _OtherForm
        if b"(" in text or b"%" in text:
            text = _WORDS.sub(b"]", text)
        opened = text.count(b"<<")
        if opened != text.count(b">>"):
            raise _OtherForm
        counts = self.skeleton.names
        for name in _NAME.findall(text):
            counts[name] = counts.get(name, 0) + 1
        if text.count(b"<") == 2 * opened:
            return text, end
        for found in _HEX.finditer(_WORDS.sub(_blanked, whole)):
            self.skeleton.hex_strings.append((found[1], position + found.start(2), position + found.end()))
        return text, end


def _number(pattern: re.Pattern[bytes], key: bytes, text: bytes) -> int | None:
    """The number under a key of the outermost dictionary, None without the key; it must stand there plainly."""
    if key not in text:
        return None
    named = _NAME.findall(text).count(key[1:])
    if not named:
        return None
    match = pattern.search(text)
    if match is None or named > 1:
        raise _OtherForm
    before = text[: match.start()]
    if before.count(b"<<") - before.count(b">>") != 1:
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
        pdf_syntax.check_places(reader.skeleton)
    except (_OtherForm, NotPlainError):
        return None
    return reader.skeleton
