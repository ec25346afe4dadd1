"""The skeleton of a PDF (PDF 结构扫描): every byte outside streams, token by token.

Only plain files are taken in: classic cross-reference tables, direct stream lengths, no object or
cross-reference streams, no encryption. So nothing can hide: what is not a stream is read here, and
every cross-reference must point at an object that was read. Source: ISO 32000-1 §7.
"""

from __future__ import annotations

import re

from exchange import pdf_skeleton
from exchange.pdf_skeleton import STREAM_END, NotPlainError, PdfSkeleton, check_places, read_table

_TOKEN = re.compile(
    rb"[\0\t\n\f\r ]*(?:"
    rb"(?P<name>/[^\0\t\n\f\r ()<>\[\]{}/%]*)|(?P<reference>[0-9]{1,10} [0-9]{1,10} R(?![A-Za-z0-9+\-.*'\"]))"
    rb"|(?P<word>[A-Za-z0-9+\-.*'\"]+)|(?P<open><<)|(?P<close>>>)|(?P<numbers>\[[0-9 \t\r\n.-]*\])|(?P<array>[\[\]])"
    rb"|(?P<hex><[0-9A-Fa-f\0\t\n\f\r ]*>)|(?P<text>\()|(?P<comment>%[^\r\n]*)|(?P<end>\Z))"
)
"""A token with the blanks before it; a reference is one token, since there are more of them than of anything else."""
_BLANKS = b"\0\t\n\f\r "
_TEXT_PART = re.compile(rb"[^()\\]+|\\.|[()]", re.DOTALL)
_STREAM_START = re.compile(rb"\r?\n")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")


class _Scanner:
    """One pass over the file."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._position = 0
        self._depth = 0
        self._length: int | None = None
        self._last_name = b""
        self._in_trailer = False
        self._words: list[tuple[bytes, int]] = []
        self.skeleton = PdfSkeleton()

    def run(self) -> PdfSkeleton:
        token_at, data = _TOKEN.match, self._data
        for _ in range(pdf_skeleton.MOST_TOKENS):
            match = token_at(data, self._position)
            if match is None:
                raise NotPlainError("a byte with no place")
            kind = str(match.lastgroup)
            if kind == "end":
                break
            start = match.start(kind)
            self._position = match.end()
            self._take(kind, data[start : self._position], start)
        if self._depth or data[self._position :].strip(_BLANKS):
            raise NotPlainError("a dictionary without end, or more than anybody reads")
        return self.skeleton

    def _take(self, kind: str, token: bytes, start: int) -> None:
        if kind == "name":
            name = token[1:]
            if b"#" in name:
                name = _ESCAPE.sub(lambda m: bytes((int(m[1], 16),)), name)
            self._last_name = name
            counts = self.skeleton.names
            counts[name] = counts.get(name, 0) + 1
        elif kind == "word":
            self._word(token, start)
            return
        elif kind == "reference":
            self._refer(token)
        elif kind != "comment":
            self._shape(kind, start)
            self._last_name = b""
        else:
            return
        if self._words:
            self._words.clear()

    def _shape(self, kind: str, start: int) -> None:
        """A bracket, a text, a hexadecimal string."""
        if kind == "open":
            self._depth += 1
        elif kind == "close":
            self._depth -= 1
        elif kind == "text":
            self._skip_text()
        elif kind == "hex":
            self.skeleton.hex_strings.append((self._last_name, start, self._position))

    def _refer(self, token: bytes) -> None:
        """Another object named: never a stream's length, never where a table stands."""
        if (self._last_name == b"Length" and self._depth == 1) or (
            self._last_name == b"Prev" and self._in_trailer
        ):
            raise NotPlainError("a length or a place that stands elsewhere")

    def _word(self, token: bytes, start: int) -> None:
        """A number or keyword; numbers wait until it is known what they belong to."""
        if token == b"R" and self._last_name == b"Length" and self._depth == 1:
            raise NotPlainError("a stream length elsewhere")
        if token.isdigit():
            if self._last_name == b"Length" and self._depth == 1 and not self._words:
                if self._length is not None:
                    raise NotPlainError("two lengths")
                self._length = int(token)
            if self._last_name == b"Prev" and self._in_trailer:
                self.skeleton.starts.append(int(token))
            self._words.append((token, start))
            if len(self._words) > 3:
                del self._words[0]
            return
        self._keyword(token, start)
        self._words.clear()

    def _keyword(self, token: bytes, start: int) -> None:
        if token == b"obj":
            self._begin_object()
        elif token == b"stream":
            self._skip_stream()
        elif token == b"xref":
            self._read_table(start)
        elif token == b"trailer":
            self._in_trailer = True
        elif token == b"startxref":
            self._in_trailer = False
            match = re.compile(rb"\s+([0-9]{1,10})\s").match(self._data, self._position)
            if match is None:
                raise NotPlainError("no table named")
            self.skeleton.starts.append(int(match[1]))
        elif token == b"endobj":
            self._length = None

    def _begin_object(self) -> None:
        if len(self._words) < 2 or self._depth:
            raise NotPlainError("an object without number")
        number, start = self._words[-2]
        self.skeleton.objects.add((int(number), start))
        self._length = None
        self._last_name = b""

    def _skip_stream(self) -> None:
        begin = _STREAM_START.match(self._data, self._position)
        if begin is None or self._length is None or self._depth:
            raise NotPlainError("a stream without length")
        end = STREAM_END.match(self._data, begin.end() + self._length)
        if end is None:
            raise NotPlainError("a stream that does not end where it says")
        self._position = end.end()

    def _skip_text(self) -> None:
        depth = 1
        while depth:
            part = _TEXT_PART.match(self._data, self._position)
            if part is None:
                raise NotPlainError("a text without end")
            self._position = part.end()
            depth += {b"(": 1, b")": -1}.get(part[0], 0)

    def _read_table(self, start: int) -> None:
        self._position = read_table(self._data, start, self.skeleton)


def read_skeleton(data: bytes) -> PdfSkeleton:
    """The skeleton; NotPlainError when the file is of another form or a reference points elsewhere."""
    if not data.startswith(b"%PDF-1."):
        raise NotPlainError("not a PDF")
    skeleton = _Scanner(data).run()
    check_places(skeleton)
    return skeleton
