"""Workbooks inside packages (随附工作簿检查): one signature over all parts, nothing active, same signer.

A workbook made before workbooks were signed stands unsigned in its package; the payload of newer ones says
`workbooks_signed`, and then every workbook must be.
"""

from __future__ import annotations

from exchange.certificates import Certificate
from exchange.reasons import reason
from exchange.workbook_signature.archive import WorkbookFault, read_parts
from exchange.workbook_signature.content_types import check_content_types
from exchange.workbook_signature.part_types import CONTENT_TYPES, SIGNATURES
from exchange.workbook_signature.plain_parts import check_parts
from exchange.workbook_signature.verifying import verify_workbook
from models.domain.verdict import Reason


def inspect_workbook(
    data: bytes | memoryview, signer: Certificate, where: str, *, must_be_signed: bool
) -> list[Reason]:
    """The reasons this workbook may not be shown as the signer's, or must be noted; empty when it may."""
    try:
        parts = read_parts(data)
        check_parts(parts)
        check_content_types(parts.get(CONTENT_TYPES, b""), parts)
        if any(name.startswith(SIGNATURES) for name in parts):
            verify_workbook(parts, signer)
            return []
    except WorkbookFault as fault:
        return [reason(fault.code, where)]
    return [reason("workbook_unsigned" if must_be_signed else "workbook_without_signature", where)]
