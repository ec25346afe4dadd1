"""Every single bit flipped and every truncation of a small package and of a signed workbook: none accepted, none crashes.

The core asks a sample that is drawn anew with the day, the slow step all of them.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import UTC, datetime

import pytest

from exchange.judging import Judging
from exchange.limits import DEFAULT_LIMITS
from exchange.workbook_inspection import inspect_workbook
from exchange.workbook_signature.archive import read_parts
from models.domain.verdict import Verdict
from tests.exchange.books import signed_book
from tests.exchange.rawzip import seal
from tests.exchange.world import NOW, World

pytestmark = pytest.mark.wide

SAMPLE = 400
SEED = datetime.now(UTC).toordinal()


def verdict_of(data: bytes, world: World) -> Verdict:
    """The strict reader's verdict, the file's bytes given directly."""
    judging = Judging("bits.asice", data, DEFAULT_LIMITS)
    return judging.read(world.trust, NOW, inspect_documents=True).bare.verdict


def flipped(data: bytes, bit: int) -> bytes:
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def no_flip_is_accepted(world: World, good: bytes, bits: Iterable[int]) -> None:
    for bit in bits:
        assert not verdict_of(flipped(good, bit), world).is_acceptable, (bit, SEED)


def no_cut_is_accepted(world: World, good: bytes, lengths: Iterable[int]) -> None:
    for length in lengths:
        assert not verdict_of(good[:length], world).is_acceptable, (length, SEED)


def no_flip_of_a_book_is_accepted(world: World, bits: Iterable[int]) -> None:
    """A flip is refused, unless every part still reads the same: the last bits of a deflated part stand for nothing."""
    good = signed_book(world.unit)
    parts, signer = read_parts(good), world.unit.signing_certificate
    for bit in bits:
        changed = flipped(good, bit)
        found = inspect_workbook(changed, signer, "", must_be_signed=True)
        assert found or read_parts(changed) == parts, (bit, SEED)


def test_a_sample_of_flips_and_cuts(world: World) -> None:
    good, draw = seal(world.unit), random.Random(SEED)
    assert verdict_of(good, world).is_acceptable
    no_flip_is_accepted(world, good, draw.sample(range(8 * len(good)), SAMPLE))
    no_cut_is_accepted(world, good, draw.sample(range(len(good)), SAMPLE // 4))
    no_flip_of_a_book_is_accepted(world, draw.sample(range(8 * len(signed_book(world.unit))), SAMPLE))


@pytest.mark.slow
def test_every_flip_of_a_package(world: World) -> None:
    good = seal(world.unit)
    no_flip_is_accepted(world, good, range(8 * len(good)))


@pytest.mark.slow
def test_every_truncation_of_a_package(world: World) -> None:
    good = seal(world.unit)
    no_cut_is_accepted(world, good, range(len(good)))


@pytest.mark.slow
def test_every_flip_of_a_signed_workbook(world: World) -> None:
    no_flip_of_a_book_is_accepted(world, range(8 * len(signed_book(world.unit))))


@pytest.mark.slow
def test_every_truncation_of_a_signed_workbook(world: World) -> None:
    good, signer = signed_book(world.unit), world.unit.signing_certificate
    for length in range(len(good)):
        assert inspect_workbook(good[:length], signer, "", must_be_signed=True), length
