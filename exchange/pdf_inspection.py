"""PDFs inside a package (随附 PDF 检查): one signature over the whole file, nothing active, same signer.

Verification needs no PDF library: a signature covers two byte ranges, and these must be the whole
file but for the signature's own hole. Everything else that could change what a reader shows or does
is refused by form (attack 25).
"""

from __future__ import annotations

import hashlib

from exchange import cms, der
from exchange.certificates import Certificate
from exchange.digesting import RANGE, BegunDigest
from exchange.pdf_quick import quick_skeleton
from exchange.pdf_skeleton import ACTIVE_NAMES, PACKED_NAMES, NotPlainError, PdfSkeleton
from exchange.reasons import RefusalError, reason
from models.domain.verdict import Reason

_RANGE_NAME = b"/ByteRange"


def inspect_pdf(
    data: bytes, signer: Certificate, where: str, begun: BegunDigest | None = None
) -> list[Reason]:
    """The reason this PDF may not be shown as the signer's, empty when it may; `begun` is a digest of its beginning."""
    ranges = _ranges(data)
    if len(ranges) != 1:
        return [reason("pdf_signatures" if ranges else "pdf_unsigned", where)]
    first, length, second, rest = map(int, ranges[0])
    if first or second < length or second + rest != len(data):
        return [reason("pdf_not_whole", where)]
    code = _form_fault(data, length, second)
    if not code:
        is_begun = begun is not None and begun.length == length
        digest = begun.further() if begun and is_begun else hashlib.sha256(memoryview(data)[:length])
        digest.update(memoryview(data)[second:])
        code = _signature_fault(data[length + 1 : second - 1], digest.digest(), signer)
    return [reason(code, where)] if code else []


def _ranges(data: bytes) -> list[tuple[bytes, ...]]:
    """The byte ranges of all signatures; where their name stands once, nothing else is searched for them."""
    first = data.find(_RANGE_NAME)
    if first < 0 or data.find(_RANGE_NAME, first + 1) >= 0:
        return RANGE.findall(data)
    found = RANGE.match(data, first)
    return [] if found is None else [found.groups()]


def _form_fault(data: bytes, length: int, second: int) -> str:
    """What about the file's form is not this program's; the signature's hole is between the two numbers."""
    quick = quick_skeleton(data) if data.startswith(b"%PDF-1.") else None
    if quick is not None and not _skeleton_fault(quick, (length, second)):
        return ""
    from exchange.pdf_syntax import read_skeleton  # hardly ever needed

    try:
        skeleton = read_skeleton(data)
    except NotPlainError:
        return "pdf_form"
    return _skeleton_fault(skeleton, (length, second))


def _skeleton_fault(skeleton: PdfSkeleton, hole: tuple[int, int]) -> str:
    if ACTIVE_NAMES & skeleton.names.keys():
        return "pdf_active_content"
    if skeleton.names.get(b"ByteRange") != 1:
        return "pdf_signatures"
    if PACKED_NAMES & skeleton.names.keys() or (b"Contents", *hole) not in skeleton.hex_strings:
        return "pdf_form"
    return ""


def _signature_fault(hole: bytes, digest: bytes, signer: Certificate) -> str:
    """The signature in the hole, held against the SHA-256 of the bytes around it."""
    try:
        filled = bytes.fromhex(hole.decode("ascii"))
        _, end = der.read(filled, 0, der.SEQUENCE)
        if any(filled[end:]):
            return "pdf_signature_bad"
        found = cms.verify(filled[:end], digest, has_time=False)
    except (ValueError, RefusalError):
        return "pdf_signature_bad"
    return "" if found.certificate.der == signer.der else "pdf_other_signer"
