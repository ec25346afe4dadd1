"""What is compared with its usual form at one look: honest files pass so, and no changed byte does."""

from __future__ import annotations

import hashlib

import pytest

from exchange import cms, cms_frames
from exchange.certificates import Certificate
from exchange.container_reading import END, open_container
from exchange.limits import DEFAULT_LIMITS
from exchange.manifest import check_manifest
from exchange.names import MANIFEST, SIGNATURE
from exchange.workbook_inspection import inspect_workbook
from exchange.workbook_signature import frames, verifying
from exchange.workbook_signature.archive import WorkbookFault, pack_parts, read_parts
from exchange.workbook_signature.covering import covered, references
from exchange.workbook_signature.part_types import SIGNATURE as BOOK_SIGNATURE
from tests.exchange.books import signed_book
from tests.exchange.rawzip import seal
from tests.exchange.world import NOW, World

_DIGEST = hashlib.sha256(b"content").digest()


@pytest.fixture(scope="module")
def parts(world: World) -> dict[str, bytes]:
    """The parts of a signed workbook."""
    return read_parts(signed_book(world.unit))


def _flipped(data: bytes, place: int) -> bytes:
    """One bit of a byte changed, which one depends on the place."""
    return data[:place] + bytes((data[place] ^ 1 << place % 8,)) + data[place + 1 :]


def _usual_of(parts: dict[str, bytes], part: bytes, signer: Certificate) -> tuple[bytes, bytes] | None:
    """What the quick look finds of a signature part."""
    cover = covered(parts)
    assert cover is not None
    return frames.as_usual(part, cover.shape, cover.digests, signer)


@pytest.mark.parametrize("has_time", [True, False])
def test_a_signature_is_its_certificates_frame_or_left_to_the_other_way(world: World, has_time: bool) -> None:
    signature = cms.sign(world.root, _DIGEST, NOW if has_time else None)
    usual = cms_frames.as_usual(signature, _DIGEST, has_time)
    assert usual is not None
    assert usual.certificate is world.root.signing_certificate
    assert usual.moment == (NOW if has_time else None)
    assert cms.verify(signature, _DIGEST, has_time=has_time).signing_time == usual.moment
    assert cms_frames.as_usual(signature, bytes(32), has_time) is None
    assert cms_frames.as_usual(signature, _DIGEST, not has_time) is None
    for place in range(0, len(signature) - len(usual.value), 7):
        assert cms_frames.as_usual(_flipped(signature, place), _DIGEST, has_time) is None
    for length in range(0, len(signature), 61):
        assert cms_frames.as_usual(signature[:length], _DIGEST, has_time) is None


@pytest.mark.parametrize(
    "text", [b"261321120000Z", b"26 121120000Z", b"500101000000Z", b"260101246000Z", b"2601Z"]
)
def test_a_time_that_is_none_is_left_to_the_other_way(world: World, text: bytes) -> None:
    signature = cms.sign(world.root, _DIGEST, NOW)
    spelled = NOW.strftime("%y%m%d%H%M%SZ").encode()
    assert signature.count(spelled) == 1
    assert cms_frames.as_usual(signature.replace(spelled, text), _DIGEST, True) is None


def test_values_of_no_one_length_are_left_to_the_other_way(world: World) -> None:
    assert not world.unit.signing_certificate.is_rsa
    assert cms_frames.as_usual(cms.sign(world.unit, _DIGEST, NOW), _DIGEST, True) is None


def test_a_workbooks_signature_is_found_the_same_both_ways(world: World, parts: dict[str, bytes]) -> None:
    signer, part = world.unit.signing_certificate, parts[BOOK_SIGNATURE]
    usual = _usual_of(parts, part, signer)
    assert usual == verifying._looked_at(part, references(parts), signer)
    assert _usual_of(parts, part, world.other_unit.signing_certificate) is None
    value_at = part.index(b"<SignatureValue>")
    outside = [place for place in range(len(part)) if not value_at < place < value_at + 400]
    for place in outside[::11]:
        assert _usual_of(parts, _flipped(part, place), signer) is None
    changed = {**parts, "xl/workbook.xml": parts["xl/workbook.xml"] + b" "}
    assert _usual_of(changed, part, signer) is None


def test_a_certificate_whose_issuer_cannot_be_read_is_another_signer(
    world: World, parts: dict[str, bytes]
) -> None:
    """A name of the issuer that is no text: the certificate can be parsed, but its issuer not."""
    import base64

    signer, part = world.unit.signing_certificate, parts[BOOK_SIGNATURE]
    place = signer.der.index(signer.issuer) + signer.issuer.index(b"\x0c")
    broken = signer.der[:place] + b"\x0b" + signer.der[place + 1 :]
    hostile = part.replace(base64.b64encode(signer.der), base64.b64encode(broken))
    assert hostile != part
    with pytest.raises(WorkbookFault, match="workbook_other_signer"):
        verifying.verify_workbook({**parts, BOOK_SIGNATURE: hostile}, signer)
    book = pack_parts({**parts, BOOK_SIGNATURE: hostile})
    assert [one.code for one in inspect_workbook(book, signer, "", must_be_signed=True)] == [
        "workbook_other_signer"
    ]


def test_changed_headers_and_manifests_are_never_the_usual_ones(world: World) -> None:
    from exchange import container_reading, manifest

    data = seal(world.unit)
    members = open_container(data, DEFAULT_LIMITS)
    start, count = container_reading._end_record(data)
    assert container_reading._usual_members(data, start, count, DEFAULT_LIMITS) == members
    headers = [
        place for one in members.values() for place in range(one.begin - 30 - len(one.name), one.begin)
    ]
    for place in [*headers, *range(start, len(data) - END.size)]:
        changed = _flipped(data, place)
        assert container_reading._usual_members(changed, start, count, DEFAULT_LIMITS) is None
    digests = check_manifest(members)
    assert list(digests) == [name for name in members if name not in {"mimetype", MANIFEST, SIGNATURE}]
    assert manifest._usual_manifest(tuple(reversed(members))) is None
    assert manifest._usual_manifest((*members, "strange")) is None
