"""Registration requests judged (登记申请核验): the key asked for is the applicant's own, and which one it may be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from exchange.reasons import reason
from exchange.requests import fingerprint_of
from models.domain.errors import KeyProblem
from models.domain.message import PURPOSE, MessageType, RequestPurpose
from models.domain.verdict import Reason
from services.ports.exchange import CertificateInfo

REQUEST = "request"


def request_reasons(signer: CertificateInfo, payload: Mapping[str, Any]) -> list[Reason]:
    """Reasons against a request's content; () for every other message.

    Only a renewal, signed by the key in force, may ask for another key than the one that signs. Requests of
    older programs may lack the PKCS#10: their certificate is issued from the signer's own.
    """
    if payload["message_type"] != MessageType.REGISTRATION_REQUEST or REQUEST not in payload:
        return []
    try:
        asked = fingerprint_of(str(payload[REQUEST]))
    except KeyProblem:
        return [reason("request_unproved")]
    is_renewal = payload.get(PURPOSE) == RequestPurpose.RENEWAL
    return [] if is_renewal or asked == signer.fingerprint else [reason("request_other_key")]
