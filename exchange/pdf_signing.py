"""PAdES (PDF 签名): one invisible signature over the whole document, for those who only read the PDF.

pyHanko writes the signature field and the byte range; the signature itself is ours, in the same one
spelling as the container's, so the reader needs no second verifier. pyHanko costs about a second to
import and is loaded only here. Source: EN 319 142-1 (baseline B: time in /M, none in the CMS).
"""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from exchange import cms, cms_spelling
from exchange.keys import OpenKey

FIELD_NAME = "Signature1"
_REASON = "电子签名，表明填报人并防止改动，不代替单位公章"
_SLACK = 64
"""Bytes to spare beside the signature's known size; the rest of the hole is zeros."""


def sign_pdf(pdf: bytes, key: OpenKey, signing_time: datetime) -> bytes:
    """The PDF with one signature over all of it."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import SigFieldSpec
    from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup

    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    steps: Any = PdfCMSEmbedder(new_field_spec=SigFieldSpec(FIELD_NAME)).write_cms(FIELD_NAME, writer)
    next(steps)
    steps.send(SigObjSetup(sig_placeholder=_placeholder(key, signing_time)))
    prepared, output = steps.send(SigIOSetup(md_algorithm="sha256"))
    steps.send(cms.sign(key, prepared.document_digest, None))
    return bytes(output.getvalue())


def _placeholder(key: OpenKey, signing_time: datetime) -> Any:
    """The signature dictionary with a hole just large enough."""
    from pyhanko.sign.fields import SigSeedSubFilter
    from pyhanko.sign.signers.pdf_byterange import SignatureObject

    attributes = cms_spelling.signed_attributes(key.signing_certificate, None, bytes(32))
    size = (
        len(cms_spelling.assemble(key.signing_certificate, attributes, bytes(key.signature_bytes))) + _SLACK
    )
    return SignatureObject(
        bytes_reserved=2 * size,
        subfilter=SigSeedSubFilter.PADES,
        timestamp=signing_time,
        name=f"{key.certificate.subject.unit_name} {key.certificate.subject.person_name}",
        reason=_REASON,
    )
