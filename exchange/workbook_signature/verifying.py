"""Verifying a workbook's signature (工作簿验签): the part the workbook deserves is written again and compared.

Certificate, time and value are taken out of the file at the places our own spelling has them; everything else
is made anew. So a second SignedInfo, a moved object, a doubled Id, another algorithm or transform has nowhere
to stand. Only a signature that differs is looked at more closely, to say why (`diagnosis`).
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from exchange.certificates import Certificate, is_signature, parse_certificate
from exchange.workbook_signature.archive import WorkbookFault
from exchange.workbook_signature.covering import covered, references
from exchange.workbook_signature.frames import as_usual
from exchange.workbook_signature.part_types import ORIGIN, SIGNATURE, SIGNATURE_PARTS
from exchange.workbook_signature.spelling import Reference, Signed, signature_part, signed_texts, spelled

_VALUE = re.compile(rb"</SignedInfo><SignatureValue>([A-Za-z0-9+/=]{1,1000})</SignatureValue><KeyInfo>")
_CERTIFICATE = re.compile(rb"<X509Certificate>([A-Za-z0-9+/=]{1,8000})</X509Certificate>")
_MOMENT = re.compile(rb"<mdssi:Value>([0-9TZ:-]{20})</mdssi:Value>")
_MOST_BYTES = 512 * 1024
_COORDINATE_BYTES = 32


def verify_workbook(parts: Mapping[str, bytes], signer: Certificate) -> None:
    """Hold the signature of a workbook's parts against `signer`; WorkbookFault when it does not hold."""
    is_whole = set(SIGNATURE_PARTS) <= set(parts) and not parts[ORIGIN]
    if not is_whole or len(parts[SIGNATURE]) > _MOST_BYTES:
        raise WorkbookFault("workbook_signature_form")
    part = parts[SIGNATURE]
    usual = covered(parts)
    found = None if usual is None else as_usual(part, usual.shape, usual.digests, signer)
    if found is None:
        found = _looked_at(part, references(parts), signer)
    content, value = found
    if not _holds(signer, value, content):
        raise WorkbookFault("workbook_signature_bad")


def _looked_at(part: bytes, due: Sequence[Reference], signer: Certificate) -> tuple[bytes, bytes]:
    """What a signature of this signer's over these references is over, and its value; WorkbookFault for any other."""
    taken = _taken_out(part, signer)
    if taken is None:
        raise _differing(part, due, signer)
    moment, der, value = taken
    try:
        certificate = signer if der == signer.der else parse_certificate(der)
        texts = signed_texts(Signed(certificate, moment, due))
    except ValueError:  # a certificate that cannot be read, or not its issuer
        raise WorkbookFault("workbook_other_signer") from None
    if signature_part(certificate, texts, value) != part:
        raise _differing(part, due, signer)
    if certificate is not signer:
        raise WorkbookFault("workbook_other_signer")
    return texts.info.encode(), value


def _differing(part: bytes, due: Sequence[Reference], signer: Certificate) -> WorkbookFault:
    """Why a signature part is not the one its workbook deserves."""
    from exchange.workbook_signature.diagnosis import diagnose  # hardly ever needed

    return WorkbookFault(diagnose(part, due, signer.der))


def _taken_out(part: bytes, signer: Certificate) -> tuple[datetime, bytes, bytes] | None:
    """Time, certificate and value; None where one is not found. Another spelling of the time is met when it is compared."""
    found = [pattern.search(part) for pattern in (_MOMENT, _CERTIFICATE, _VALUE)]
    if None in found:
        return None
    moment, certificate, value = (match[1] for match in found if match is not None)
    try:
        when = datetime.fromisoformat(moment.decode("ascii")).replace(tzinfo=UTC)
        is_signers = certificate.decode("ascii") == spelled(signer.der).whole
        der = signer.der if is_signers else base64.b64decode(certificate, validate=True)
        return when, der, base64.b64decode(value, validate=True)
    except (ValueError, binascii.Error):
        return None


def _holds(certificate: Certificate, value: bytes, content: bytes) -> bool:
    """Whether the value is the certificate's over the content."""
    if not certificate.is_rsa:
        if len(value) != 2 * _COORDINATE_BYTES:
            return False
        first, second = value[:_COORDINATE_BYTES], value[_COORDINATE_BYTES:]
        value = encode_dss_signature(int.from_bytes(first, "big"), int.from_bytes(second, "big"))
    return is_signature(certificate.public_key, value, content)
