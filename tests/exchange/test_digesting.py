"""No byte of a package is digested twice, and what is begun is gone on with only where it is what a signature covers."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import replace

import pytest

from exchange.container_reading import Member
from exchange.digesting import RANGE, Digesting
from exchange.pdf_inspection import inspect_pdf
from tests.exchange.world import World, signed_pdf


@pytest.fixture(scope="module")
def pdf(world: World) -> bytes:
    """A signed file of this program's writer."""
    return signed_pdf(world.unit)


def _member(content: bytes, name: str = "documents/01.pdf") -> Member:
    return Member(name, b"before" + content + b"after", 6, 6 + len(content), zlib.crc32(content))


def test_a_pdf_is_digested_whole_and_up_to_its_signature(pdf: bytes) -> None:
    digesting = Digesting()
    assert digesting.digested(_member(pdf)) == (hashlib.sha256(pdf).digest(), zlib.crc32(pdf))
    begun = digesting.begun["documents/01.pdf"]
    found = RANGE.search(pdf)
    assert found is not None
    assert begun.length == int(found[2])
    assert begun.further().digest() == hashlib.sha256(pdf[: begun.length]).digest()


@pytest.mark.parametrize(
    "tail", [b"", b"/ByteRange [0 9 99 9]", b"/ByteRange [0 99999 99999 9]", b"/ByteRange [ ]", b"/ByteRange"]
)
def test_whatever_a_pdf_says_of_itself_its_digest_is_right(tail: bytes) -> None:
    content = b"%PDF-1.7 anything" + tail
    assert Digesting().digested(_member(content))[0] == hashlib.sha256(content).digest()


def test_a_beginning_counts_only_where_the_signature_has_it(world: World, pdf: bytes) -> None:
    digesting, signer = Digesting(), world.unit.signing_certificate
    digesting.digested(_member(pdf))
    begun = digesting.begun["documents/01.pdf"]
    assert inspect_pdf(pdf, signer, "文书", begun) == []
    assert inspect_pdf(pdf, signer, "文书", replace(begun, length=begun.length - 1)) == []
    other = replace(begun, taken=hashlib.sha256(b"other"))
    assert [one.code for one in inspect_pdf(pdf, signer, "文书", other)] == ["pdf_signature_bad"]
