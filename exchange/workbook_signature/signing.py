"""Signing a workbook (工作簿签名): the parts stay as they are, three are added, two lists name them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from exchange.certificates import utc_seconds
from exchange.keys import OpenKey
from exchange.workbook_signature.archive import WorkbookFault, pack_parts, read_parts
from exchange.workbook_signature.content_types import content_types_part
from exchange.workbook_signature.covering import references
from exchange.workbook_signature.part_types import (
    CONTENT_TYPES,
    ORIGIN,
    ORIGIN_RELATIONS,
    ROOT_RELATIONS,
    SIGNATURE,
    SIGNATURES,
    is_known,
)
from exchange.workbook_signature.relations import (
    ROOT_TYPES,
    SIGNATURE_OF,
    SIGNATURE_ORIGIN,
    Relation,
    read_relations,
    relations_part,
)
from exchange.workbook_signature.spelling import Signed, signature_part, signed_texts

_COORDINATE_BYTES = 32


def sign_workbook(workbook: bytes, key: OpenKey, signing_time: datetime) -> bytes:
    """The workbook with one signature over all of it; ValueError when it is not one this program wrote."""
    try:
        parts = read_parts(workbook)
        if any(name.startswith(SIGNATURES) or not is_known(name) for name in parts):
            raise WorkbookFault("workbook_form")
        whole = _with_origin(parts)
        texts = signed_texts(Signed(key.signing_certificate, utc_seconds(signing_time), references(whole)))
    except (WorkbookFault, KeyError) as fault:
        raise ValueError(f"not a workbook of this program: {fault}") from fault
    whole[SIGNATURE] = signature_part(key.signing_certificate, texts, _value(key, texts.info.encode()))
    return pack_parts({CONTENT_TYPES: content_types_part(whole), **whole})


def _with_origin(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts with the way from the root to the signature."""
    root = read_relations(parts[ROOT_RELATIONS], ROOT_TYPES)
    origin = Relation("idSignatures", SIGNATURE_ORIGIN, ORIGIN)
    return {
        **{name: content for name, content in parts.items() if name != CONTENT_TYPES},
        ROOT_RELATIONS: relations_part([*root, origin]),
        ORIGIN: b"",
        ORIGIN_RELATIONS: relations_part([Relation("rId1", SIGNATURE_OF, "sig1.xml")]),
    }


def _value(key: OpenKey, content: bytes) -> bytes:
    """The signature value as XML signatures write it: for P-256 both numbers side by side (RFC 4050 §3.3)."""
    value = key.sign(content)
    if isinstance(key.signing_certificate.public_key, rsa.RSAPublicKey):
        return value
    return b"".join(number.to_bytes(_COORDINATE_BYTES, "big") for number in decode_dss_signature(value))
