"""The quick reading of a PDF's skeleton never gives anything the reading token by token would not."""

from __future__ import annotations

import random
import re

import pytest

from exchange.pdf_quick import quick_skeleton
from exchange.pdf_skeleton import ASKED_NAMES, PdfSkeleton
from exchange.pdf_syntax import read_skeleton
from tests.exchange.world import World, signed_pdf

_PIECES = (
    b"<<", b">>", b"(", b")", b"\\", b"%", b"\n", b" ", b"/JavaScript", b"/Length 5", b"endobj", b"stream\n", b"R",
    b"endstream", b"obj", b"5 0 obj", b"#4a", b"<AB>", b"[", b"]", b"xref", b"trailer", b"startxref", b"/Prev 3", b"5",
    b"{", b"true", b"/ByteRange",
)  # fmt: skip


@pytest.fixture(scope="module")
def pdf(world: World) -> bytes:
    """A signed file of this program's writer."""
    return signed_pdf(world.unit)


def _found(skeleton: PdfSkeleton) -> tuple[object, ...]:
    """What both readings must agree in."""
    names = {name: count for name, count in skeleton.names.items() if name in ASKED_NAMES}
    return names, skeleton.objects, skeleton.tables, set(skeleton.starts)


def test_a_usual_file_is_read_the_same_both_ways(pdf: bytes) -> None:
    quick, slow = quick_skeleton(pdf), read_skeleton(pdf)
    assert quick is not None
    assert _found(quick) == _found(slow)
    assert quick.references == slow.references
    assert set(quick.hex_strings) <= set(slow.hex_strings)
    assert b"Contents" in {name for name, _, _ in quick.hex_strings}


def test_a_changed_file_read_quickly_is_read_the_same_token_by_token(pdf: bytes) -> None:
    chance = random.Random(20261121)
    outside = re.sub(rb"stream\r?\n.*?endstream", lambda m: b"\xff" * len(m[0]), pdf, flags=re.DOTALL)
    spots = [match.start() for match in re.finditer(rb"[<>()/\[\]%\n ]", outside)]
    read = 0
    for _ in range(300):
        spot, piece = chance.choice(spots), chance.choice(_PIECES)
        over = chance.choice((0, len(piece)))
        changed = pdf[:spot] + piece + pdf[spot + over :]
        quick = quick_skeleton(changed)
        if quick is None:
            continue
        read += 1
        slow = read_skeleton(changed)  # raises where this one would refuse
        assert _found(quick) == _found(slow)
        assert set(quick.hex_strings) <= set(slow.hex_strings)
    assert read > 5


@pytest.mark.parametrize(
    "piece",
    [
        b"/Length 5 0 R",
        b"5endobj",
        b"(a(b)c)",
        b"/Na#6de",
        b"{",
        b"5 0 obj",
        b"% endobj",
        b"/Length 5 /Length 6",
    ],
)
def test_anything_unusual_is_left_to_the_slow_reading(pdf: bytes, piece: bytes) -> None:
    place = pdf.index(b"/Type")
    changed = pdf[:place] + piece + b" " + pdf[place:]
    assert quick_skeleton(changed) is None
