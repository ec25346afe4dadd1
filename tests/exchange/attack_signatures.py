"""Attack 21: the CMS is not the one spelling."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from exchange import cms_spelling, der
from tests.exchange.attack import (
    INVALID,
    Attack,
    attack,
)
from tests.exchange.rawzip import seal
from tests.exchange.world import (
    NOW,
    World,
)


def signatures() -> Iterator[Attack]:
    """21: the CMS is not the one spelling."""

    def signature(change: Callable[[bytes], bytes]) -> Callable[[World], bytes]:
        return lambda world: seal(world.unit, signature=change)

    yield attack("21 trailing bytes", "signature_form", INVALID, signature(lambda data: data + b"\0"))
    yield attack("21 cut short", "signature_form", INVALID, signature(lambda data: data[:-1]))
    yield attack("21 long-form length", "signature_form", INVALID, signature(_long_length))
    yield attack(
        "21 indefinite length",
        "signature_form",
        INVALID,
        signature(lambda data: b"\x30\x80" + data[4:] + b"\0\0"),
    )
    yield attack("21 two signers in one", "signature_signers", INVALID, signature(_two_signers))
    yield attack("21 unsigned attribute", "signature_attributes", INVALID, signature(_unsigned_attribute))
    yield attack(
        "21 extra signed attribute", "signature_attributes", INVALID, lambda w: _attributes(w, extra=True)
    )
    yield attack("21 no signing time", "signature_attributes", INVALID, lambda w: _attributes(w, extra=False))
    yield attack(
        "21 flipped bit in the value",
        "signature_bad",
        INVALID,
        signature(lambda data: data[:-5] + bytes((data[-5] ^ 1,)) + data[-4:]),
    )
    yield attack("21 another key's certificate", "signature_bad", INVALID, _swapped_certificate)
    yield attack("21 not CMS", "signature_form", INVALID, signature(lambda _data: b"-----BEGIN PKCS7-----"))
    yield attack(
        "21 deeply nested", "signature_form", INVALID, signature(lambda _data: b"\x30\x80" * 100_000)
    )


def _long_length(data: bytes) -> bytes:
    """The outer length spelled with one byte more than needed."""
    assert data[1] == 0x82
    return data[:1] + b"\x83\0" + data[2:]


def _load(data: bytes) -> Any:
    from asn1crypto import cms as asn1_cms

    return asn1_cms.ContentInfo.load(data)


def _two_signers(data: bytes) -> bytes:
    content = _load(data)
    infos = content["content"]["signer_infos"]
    infos.append(infos[0].copy())
    return bytes(content.dump(force=True))


def _unsigned_attribute(data: bytes) -> bytes:
    from asn1crypto import cms as asn1_cms
    from asn1crypto import core

    content = _load(data)
    attribute = asn1_cms.CMSAttribute({"type": "1.2.3.4", "values": [core.OctetString(b"x")]})
    content["content"]["signer_infos"][0]["unsigned_attrs"] = asn1_cms.CMSAttributes([attribute])
    return bytes(content.dump(force=True))


def _attributes(world: World, *, extra: bool) -> bytes:
    """A validly signed signature with one attribute more, or without the time."""

    def resign(data: bytes) -> bytes:
        digest = _load(data)["content"]["signer_infos"][0]["signed_attrs"]
        found = {item["type"].native: item["values"] for item in digest}["message_digest"][0].native
        plain = cms_spelling.signed_attributes(world.unit.signing_certificate, NOW if extra else None, found)
        if extra:
            odd = der.tlv(der.SEQUENCE, der.oid("1.2.3.4"), der.tlv(der.SET, der.tlv(der.NULL)))
            start, _ = der.read(plain, 0, der.SET)
            plain = der.tlv(der.SET, odd + plain[start:])
        return cms_spelling.assemble(world.unit.signing_certificate, plain, world.unit.sign(plain))

    return seal(world.unit, signature=resign)


def _swapped_certificate(world: World) -> bytes:
    """The signature of one unit under the certificate of another, every hash in order."""

    def swap(data: bytes) -> bytes:
        digest = _load(data)["content"]["signer_infos"][0]["signed_attrs"]
        found = {item["type"].native: item["values"] for item in digest}["message_digest"][0].native
        plain = cms_spelling.signed_attributes(world.unit.signing_certificate, NOW, found)
        return cms_spelling.assemble(world.unit.signing_certificate, plain, world.other_unit.sign(plain))

    return seal(world.unit, signature=swap)
