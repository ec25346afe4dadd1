"""Documents inside a package (随附文书检查): each kind held against what this program writes.

The one place where a further kind of document gets its inspector; the caller only passes members.
"""

from __future__ import annotations

from collections.abc import Mapping

from exchange.certificates import Certificate
from exchange.container_reading import Member
from exchange.names import member_label
from models.domain.verdict import Reason

FOLDER = "documents/"


def document_reasons(members: Mapping[str, Member], signer: Certificate) -> list[Reason]:
    """Reasons against the documents of a package whose own signature is good."""
    from exchange.pdf_inspection import inspect_pdf

    found: list[Reason] = []
    for name, member in members.items():
        if name.startswith(FOLDER) and name.lower().endswith(".pdf"):
            found += inspect_pdf(bytes(member.content), signer, member_label(name))
    return found
