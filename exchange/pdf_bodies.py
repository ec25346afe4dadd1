"""One body of a PDF's object looked through at once (PDF 对象内容扫描), for `pdf_quick`.

Source: ISO 32000-1 §7.
"""

from __future__ import annotations

import re
import string
from functools import lru_cache

from exchange.pdf_skeleton import ASKED_NAMES, PdfSkeleton

BLANKS = rb"[\0\t\n\f\r ]"
_NAME_END = rb"(?![^\0\t\n\f\r ()<>\[\]{}/%])"
_ASKED = re.compile(rb"/(%b)%b" % (b"|".join(sorted(ASKED_NAMES)), _NAME_END))
_NAME_BEFORE = re.compile(rb"/([^\0\t\n\f\r ()<>\[\]{}/%%]*+)%b*+\Z" % BLANKS)
_LONGEST_NAME = 128
_TEXT = re.compile(rb"\([^()]*+\)")
_TEXT_OR_COMMENT = re.compile(rb"%b|%%[^\r\n]*+(?=[\r\n])" % _TEXT.pattern)
_HEX_BEGIN = re.compile(rb"<(?<!<<)(?!<)")
_HEX_DIGITS = string.hexdigits.encode()
_HOLE, _LONG = b"/Contents <", 1024
"""How the digits of a signature begin, and bodies that are long for their sake."""
_HEX = (string.hexdigits + "\0\t\n\f\r ").encode()
_PLAIN = (string.ascii_letters + string.digits + "+-./[]\0\t\n\f\r ").encode()
"""Bytes of words, numbers, names, arrays and blanks."""
_KEYWORDS = (b"obj", b"xref", b"trailer")
"""Words that mean something to a skeleton; no name of ours holds one of them."""


class OtherForm(Exception):
    """Something `pdf_syntax` has to look at (须逐词扫描)."""


Found = tuple[tuple[bytes, ...], tuple[tuple[bytes, int, int], ...]]
"""What a body holds: the names somebody asks for, and its hexadecimal strings by the name before them, from where to where."""


def look_through(text: bytes, start: int, skeleton: PdfSkeleton) -> None:
    """Note the names and hexadecimal strings of a body that stands at `start`; OtherForm for one that is not plain."""
    found = found_in(text)
    if found is None:
        raise OtherForm
    note(found, start, skeleton)


def note(found: Found, start: int, skeleton: PdfSkeleton) -> None:
    """Take down what was found in a body that stands at `start`."""
    names, strings = found
    for name in names:
        skeleton.names[name] = skeleton.names.get(name, 0) + 1
    skeleton.hex_strings += [(name, start + first, start + last) for name, first, last in strings]


def found_in(text: bytes) -> Found | None:
    """What a body holds, None for one that is not plain."""
    has_texts = text.find(b"(") >= 0 or text.find(b"%") >= 0
    names = None if has_texts else _asked_names(text)
    if names is not None:
        return names, ()
    text, hole = _without_hole(text)
    text = without_texts(text) if has_texts else text
    strings: list[tuple[bytes, int, int]] = []
    names = _asked_names(_without_hex(text, hole, strings))
    return None if names is None else (names, tuple(strings))


def _without_hole(text: bytes) -> tuple[bytes, tuple[int, int]]:
    """A long body without the digits of the signature it holds, and after how many bytes how many of them stood.

    Nothing but digits goes, so texts and comments begin and end where they did, also if these stood in one.
    """
    begin = text.find(_HOLE) + len(_HOLE)
    if len(text) < _LONG or begin < len(_HOLE):
        return text, (len(text), 0)
    end = text.find(b">", begin)
    if end < 0 or text[begin:end].translate(None, _HEX_DIGITS):
        return text, (len(text), 0)
    return text[:begin] + text[end:], (begin, end - begin)


def _asked_names(text: bytes) -> tuple[bytes, ...] | None:
    """The names somebody asks for in a plain body; None for another, or one that holds a keyword.

    It is plain when it is nothing but words, numbers, names, arrays, and as many dictionaries opened as closed.
    """
    opened = text.count(b"<<")
    is_plain = opened == text.count(b">>") and len(text.translate(None, _PLAIN)) == 4 * opened
    if not is_plain or any(text.find(keyword) >= 0 for keyword in _KEYWORDS):
        return None
    return tuple(_ASKED.findall(text))


def without_texts(text: bytes) -> bytes:
    """The same length without anything of texts and comments.

    Escapes come in pairs from the left, so none of a bracket is left once those are gone; outside texts and comments
    they have no place, and what is put for them has none either.
    """
    if text.find(b"\\") >= 0:
        text = text.replace(rb"\\", b"__").replace(rb"\(", b"__").replace(rb"\)", b"__")
    return (_TEXT_OR_COMMENT if text.find(b"%") >= 0 else _TEXT).sub(_blanked, text)


def _blanked(match: re.Match[bytes]) -> bytes:
    """Nothing of a text's or comment's content, at the same length."""
    return b"]" * len(match[0])


def _without_hex(text: bytes, hole: tuple[int, int], strings: list[tuple[bytes, int, int]]) -> bytes:
    """A body without its hexadecimal strings; those with a name before them are noted, `hole` digits counted in."""
    kept, position = [], 0
    for match in _HEX_BEGIN.finditer(text):
        begin = match.start()
        end = text.find(b">", begin) + 1
        if end == 0 or text[begin + 1 : end - 1].translate(None, _HEX):
            raise OtherForm
        name = _NAME_BEFORE.search(text, max(0, begin - _LONGEST_NAME), begin)
        if name is not None:
            first, last = (at + (hole[1] if at > hole[0] else 0) for at in (begin, end))
            strings.append((name[1], first, last))
        kept.append(text[position:begin])
        position = end
    return b"]".join((*kept, text[position:])) if kept else text


@lru_cache(maxsize=2)
def _number(key: bytes) -> re.Pattern[bytes]:
    """What finds a number that stands plainly under a key, or the key alone."""
    return re.compile(rb"/%b(?:%b+([0-9]{1,10})(?=%b*[/>])|%b)" % (key, BLANKS, BLANKS, _NAME_END))


def number_under(key: bytes, text: bytes) -> int | None:
    """The number under a key of the outermost dictionary, None without the key; it must stand there plainly."""
    pattern = _number(key)
    match = pattern.search(text)
    if match is None:
        return None
    before = text[: match.start()]
    is_outermost = before.count(b"<<") - before.count(b">>") == 1
    if match[1] is None or not is_outermost or pattern.search(text, match.end()):
        raise OtherForm
    return int(match[1])
