"""Revocation of a certificate (证书注销): why, when, and from which moment on what it signed no longer counts."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import NamedTuple


class RevocationReason(enum.StrEnum):
    """Why a certificate was revoked (注销原因); the names are those of RFC 5280 §5.3.1."""

    UNSPECIFIED = "unspecified"
    LEFT = "affiliation_changed"
    REPLACED = "superseded"
    EXPOSED = "key_compromise"
    CLOSED = "cessation_of_operation"

    @property
    def label(self) -> str:
        """What people choose from."""
        return _LABELS[self]


_LABELS = {
    RevocationReason.LEFT: "签署人调离或不再负责",
    RevocationReason.REPLACED: "忘记密码或更换电脑，补办签名",
    RevocationReason.EXPOSED: "密钥丢失，可能被他人使用",
    RevocationReason.CLOSED: "单位撤并，不再报送",
    RevocationReason.UNSPECIFIED: "其他",
}


class Revocation(NamedTuple):
    """One revoked certificate (注销记录): serial in hexadecimal, when it was revoked, why, and 自何时起不可信.

    What was signed before `since` still counts; None means nothing of the certificate counts any more.
    """

    serial: str
    at: datetime
    reason: RevocationReason = RevocationReason.UNSPECIFIED
    since: datetime | None = None
