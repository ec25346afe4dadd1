"""Check code (核对码): a short code two people can compare on paper."""

from __future__ import annotations

import base64
import hashlib


def check_code(content: bytes) -> str:
    """First 16 base32 characters of SHA-256 of `content`; of payload.json for a submission."""
    return check_code_of_digest(hashlib.sha256(content).digest())


def check_code_of_digest(sha256: bytes) -> str:
    """The same code from a digest already taken."""
    return base64.b32encode(sha256).decode("ascii")[:16]


def spaced_check_code(code: str) -> str:
    """The code in groups of four as printed: ABCD EFGH IJKL MNOP."""
    return " ".join(code[i : i + 4] for i in range(0, len(code), 4))
