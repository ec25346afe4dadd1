"""Documents inside a package (随附文书检查): each kind held against what this program writes.

The one place where a further kind of document gets its inspector; the caller only passes members.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from exchange.certificates import Certificate
from exchange.container_reading import Member
from exchange.digesting import BegunDigest
from exchange.names import member_label
from exchange.reasons import reason
from models.domain.message import WORKBOOKS_SIGNED
from models.domain.verdict import Reason

FOLDER = "documents/"
MOST_BYTES = 32 * 1024 * 1024
"""An official form of many pages takes some hundred KB."""


def document_reasons(
    members: Mapping[str, Member],
    signer: Certificate,
    payload: Mapping[str, Any],
    begun: Mapping[str, BegunDigest],
) -> list[Reason]:
    """Reasons against the documents of a package whose own signature is good; `begun` are digests of their beginnings."""
    from exchange.pdf_inspection import inspect_pdf
    from exchange.workbook_inspection import inspect_workbook

    found: list[Reason] = []
    for name, member in members.items():
        if not name.startswith(FOLDER):
            continue
        where = member_label(name)
        if member.size > MOST_BYTES:
            found.append(reason("member_too_large", where))
        elif name.lower().endswith(".pdf"):
            found += inspect_pdf(bytes(member.content), signer, where, begun.get(name))
        elif name.lower().endswith(".xlsx"):
            is_signed = payload.get(WORKBOOKS_SIGNED) is True
            found += inspect_workbook(member.content, signer, where, must_be_signed=is_signed)
        else:
            found.append(reason("document_kind", where))
    return list(dict.fromkeys(found))
