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

from exchange import pdf_skeleton
from exchange.pdf_bodies import BLANKS, OtherForm, look_through, note, number_under, without_texts
from exchange.pdf_skeleton import STREAM_END, NotPlainError, PdfSkeleton, check_places, read_table
from exchange.pdf_usual import (
    MOST_REMEMBERED,
    NOTHING,
    TRAILER,
    found_in_object,
    run_up_to_stream,
    usual_table,
)

_NO_WORD = rb"(?![A-Za-z0-9+\-.*'\"])"
_BETWEEN = re.compile(rb"(?:%b++|%%[^\r\n]*+[\r\n])*+" % BLANKS)
_OBJECT = re.compile(rb"%b([0-9]{1,10}) [0-9]{1,10} obj%b" % (_BETWEEN.pattern, _NO_WORD))
_OBJECT_END = re.compile(rb"%b*endobj%b" % (BLANKS, _NO_WORD))
_USUAL_OBJECT = re.compile(rb"([0-9]{1,10}) 0 obj\n(?=<<\n)")
_USUAL_END, _USUAL_STREAM_END = b"\nendobj\n", b"endstream\nendobj\n"
_USUAL_STREAM, _USUAL_LENGTH = b"\n>>\nstream", b"/Length "
_USUAL_STREAM_HEAD = re.compile(rb"/Length ([0-9]{1,10})(?: /Length1 [0-9]{1,10})?\n>>\nstream\r?\n")
"""How nearly every object and stream begins and ends."""
_USUAL_TRAILER = re.compile(
    rb"trailer\n<<\n/ID ?\n?\[ ?<[0-9a-f]{32}> ?<[0-9a-f]{32}> ?\]\n"
    rb"(?:% ReportLab generated PDF document -- digest \(opensource\)\n\n)?"
    rb"(?:/(?:Info|Root|Size) [0-9]{1,10}(?: 0 R)?\n)*(?:/Prev ([0-9]{1,10})\n)?>>\n"
    rb"startxref\n([0-9]{1,10})\n"
)
_USUAL_OBJECTS = 256
_STREAM_OBJECT_END = re.compile(STREAM_END.pattern + _OBJECT_END.pattern)
_STREAM = re.compile(rb"stream\r?\n")
_PLACE = re.compile(rb"startxref%b+([0-9]{1,10})(?=%b)" % (BLANKS, BLANKS))
_NEAR = 16 * 1024
"""An object's longest body; the longest of ours is the one that holds the signature."""
_BEFORE_KEYWORD = b"\0\t\n\f\r >])"


class _Reader:
    """One pass over the file, an object at a time; `_next_stream` is where that word stands next, `_passed` how many
    bytes belong to streams and tables, `_numbers` and `_places` are the objects met since the last table."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._passed = 0
        self._next_stream = -1
        self._numbers: list[int] = []
        self._places: list[int] = []
        self.skeleton = PdfSkeleton()

    def run(self) -> None:
        """Read everything; OtherForm, NotPlainError where it is not of the usual form."""
        data, position = self._data, 0
        while True:
            position = self._objects(_after(_BETWEEN, data, position))
            position = _after(_BETWEEN, data, position)
            if position == len(data):
                self._met()
                break
            position = self._trailer(self._table(position))

    def _objects(self, position: int) -> int:
        """All objects up to something else; where that is."""
        data = self._data
        position = self._runs(position)
        while position - self._passed <= pdf_skeleton.MOST_TOKENS:
            head = _USUAL_OBJECT.match(data, position) or _OBJECT.match(data, position)
            if head is None:
                return position
            self._numbers.append(int(head[1]))
            self._places.append(head.start(1))
            position = self._dictionary(head.end())
            if position < 0:
                position = self._runs(_after(_OBJECT_END, data, self._object(head.end())))
        raise OtherForm

    def _runs(self, position: int) -> int:
        """Runs of usual objects up to a stream, and that stream, as many as there are; where they end."""
        data = self._data
        while position - self._passed <= pdf_skeleton.MOST_TOKENS:
            stream = data.find(_USUAL_STREAM, position, position + MOST_REMEMBERED)
            length_at = data.rfind(_USUAL_LENGTH, position, stream) if stream >= 0 else -1
            length = _USUAL_STREAM_HEAD.match(data, length_at) if length_at >= 0 else None
            run = None if length is None else run_up_to_stream(data[position:length_at])
            if length is None or run is None:
                break
            self._numbers += run.numbers
            self._places += map(position.__add__, run.places)
            if run.holds:
                note(run.found, position, self.skeleton)
            end = length.end() + int(length[1])
            self._passed += int(length[1])
            is_usual = data.startswith(_USUAL_STREAM_END, end)
            position = end + len(_USUAL_STREAM_END) if is_usual else _after(_STREAM_OBJECT_END, data, end)
        return position

    def _dictionary(self, begin: int) -> int:
        """The rest of an object that is most likely nothing but a dictionary; where it ends, -1 where it is more."""
        data = self._data
        end = data.find(b"endobj", begin, begin + _NEAR)
        is_usual = end >= 0 and data.startswith(_USUAL_END, end - 1)
        found = found_in_object(data[begin:end]) if is_usual else None
        if found is None:
            return -1
        if found != NOTHING:
            note(found, begin, self.skeleton)
        return end + len(_USUAL_END) - 1

    def _table(self, position: int) -> int:
        """A table and what it refers to; where it ends."""
        data, skeleton = self._data, self.skeleton
        usual = usual_table(tuple(self._numbers)) if len(self._numbers) <= _USUAL_OBJECTS else None
        rows = b"" if usual is None else usual % tuple(self._places)
        met = self._met()
        if rows and data.startswith(rows, position):
            skeleton.references += met
            skeleton.tables.add(position)
            end = position + len(rows) - len(TRAILER)
            self._passed += end - position
            return end
        if not data.startswith(b"xref", position):
            raise OtherForm
        end = read_table(data, position, skeleton)
        self._passed += end - position
        return end

    def _met(self) -> list[tuple[int, int]]:
        """The objects met since the last table, taken down."""
        met = list(zip(self._numbers, self._places, strict=True))
        self.skeleton.objects.update(met)
        self._numbers, self._places = [], []
        return met

    def _object(self, position: int) -> int:
        """An object's body and stream; where they end."""
        data, stream = self._data, self._next_stream
        if stream < position:
            found = data.find(b"stream", position)
            stream = self._next_stream = found if found >= 0 else len(data)
        end = data.find(b"endobj", position, min(position + _NEAR, stream))
        if end >= 0:
            if self._body(position, end).find(b"/Length") >= 0:
                raise OtherForm
            return end
        text = self._body(position, stream)
        length = None if text.find(b"(") >= 0 or text.find(b"%") >= 0 else number_under(b"Length", text)
        if length is None:
            raise OtherForm
        self._passed += length
        return _after(STREAM_END, data, _after(_STREAM, data, stream) + length)

    def _trailer(self, position: int) -> int:
        """A trailer and the place named after it; where that ends."""
        data = self._data
        usual = _USUAL_TRAILER.match(data, position)
        if usual is not None:
            self.skeleton.starts += [int(place) for place in usual.groups() if place is not None]
            return usual.end()
        end = data.find(b"startxref", position)
        text = self._body(position + len(TRAILER), max(end, 0))
        previous = number_under(b"Prev", without_texts(text))
        place = _PLACE.match(data, end)
        if place is None or text.find(b"/Length") >= 0:
            raise OtherForm
        self.skeleton.starts += [int(place[1])] if previous is None else [previous, int(place[1])]
        return place.end()

    def _body(self, start: int, end: int) -> bytes:
        """What stands between here and a keyword, looked through."""
        is_of_size = start < end <= start + _NEAR
        if not is_of_size or self._data[end - 1] not in _BEFORE_KEYWORD:
            raise OtherForm
        text = self._data[start:end]
        look_through(text, start, self.skeleton)
        return text


def _after(pattern: re.Pattern[bytes], data: bytes, position: int) -> int:
    """Where what must stand here ends."""
    match = pattern.match(data, position)
    if match is None:
        raise OtherForm
    return match.end()


def quick_skeleton(data: bytes) -> PdfSkeleton | None:
    """The skeleton of a file of the usual form, None for one that has to be scanned token by token."""
    reader = _Reader(data)
    try:
        reader.run()
        check_places(reader.skeleton)
    except (OtherForm, NotPlainError):
        return None
    return reader.skeleton
