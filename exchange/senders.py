"""Who may send what (签署身份): the signer's certificate against the payload's message type and unit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from exchange.reasons import reason
from models.domain.message import PURPOSE, MessageType, RequestPurpose
from models.domain.verdict import Reason
from services.ports.exchange import (
    MESSAGE_TYPES_SEALED_BY_UNIT,
    CertificateInfo,
    SignerRole,
)

_BY_THE_UNIT_ITSELF = MESSAGE_TYPES_SEALED_BY_UNIT | {
    MessageType.DEPARTMENT_SUBMISSION,
    MessageType.RECTIFICATION_ANSWER,
}


def sender_reasons(certificate: CertificateInfo, payload: Mapping[str, Any]) -> list[Reason]:
    """Reasons why this signer may not send this message; the message type is a known one."""
    kind = MessageType(payload["message_type"])
    role = certificate.subject.role
    if kind is MessageType.RETURN_SLIP and role is SignerRole.DEPARTMENT and not certificate.is_self_signed:
        return _unit_reasons(certificate.subject.unit_code, payload)
    if kind not in _BY_THE_UNIT_ITSELF:
        is_bureau = role is SignerRole.BUREAU
        return [] if is_bureau and not certificate.is_self_signed else [reason("wrong_role")]
    is_request = kind is MessageType.REGISTRATION_REQUEST
    is_renewal = is_request and payload.get(PURPOSE) == RequestPurpose.RENEWAL
    if is_request and not is_renewal and not certificate.is_self_signed:
        return [reason("request_not_self_signed")]
    if role is SignerRole.HEAD and not is_request:
        return [reason("wrong_role")]
    if kind is MessageType.DEPARTMENT_SUBMISSION and role is not SignerRole.DEPARTMENT:
        return [reason("wrong_role")]
    return _unit_reasons(certificate.subject.unit_code, payload)


def _unit_reasons(unit_code: str, payload: Mapping[str, Any]) -> list[Reason]:
    """The unit of the head, and of every filing of a submission, is the signer's."""
    if payload["unit_code"] != unit_code:
        return [reason("unit_mismatch", detail=f"内容为{payload['unit_code']}，证书为{unit_code}")]
    if payload["message_type"] == MessageType.SUBMISSION:
        for position, filing in enumerate(payload["filings"], 1):
            if filing["unit_code"] != unit_code:
                detail = f"第{position}份填报件为{filing['unit_code']}，证书为{unit_code}"
                return [reason("unit_mismatch", detail=detail)]
    return []
