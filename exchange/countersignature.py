"""The countersignature (负责人签名): the second signature of 单位负责人 over everything the first one covers.

`ASiCManifest002.xml` lists what the first manifest lists and the first signature, `signature002.p7s` signs it.
The profile allows exactly these two pairs; what identifies the message stays the first manifest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from exchange import cms
from exchange.container_reading import Member
from exchange.manifest import second_manifest
from exchange.names import SECOND_MANIFEST, SECOND_SIGNATURE, SIGNATURE
from exchange.reasons import RefusalError, reason
from exchange.trust import TrustPolicy, TrustStore, judge_certificate
from models.domain.message import MessageType
from models.domain.verdict import Reason
from services.ports.exchange import CertificateInfo, SignerRole

WHERE = "负责人签名"
_ITS_OWN = {"unregistered_signer": "unregistered_countersigner"}
"""Reasons that lead to another step when it is the second signer's key."""


def countersigner_of(members: Mapping[str, Member], digests: Mapping[str, bytes]) -> cms.Signer | None:
    """Who countersigned, None where nobody did; RefusalError when it does not hold.

    `digests` are those of the members the first manifest lists, checked before.
    """
    manifest, signature = members.get(SECOND_MANIFEST), members.get(SECOND_SIGNATURE)
    if manifest is None and signature is None:
        return None
    if manifest is None or signature is None:
        raise RefusalError(reason("countersignature_incomplete"))
    first = members.get(SIGNATURE)
    if not digests or first is None:
        return None  # the first pair is at fault already
    if signature.size > cms.MOST_BYTES or first.size > cms.MOST_BYTES:
        raise RefusalError(reason("signature_form", WHERE))
    expected = second_manifest(digests, bytes(first.content))
    if manifest.size != len(expected) or bytes(manifest.content) != expected:
        raise RefusalError(reason("countersignature_manifest"))
    try:
        return cms.verify(bytes(signature.content), hashlib.sha256(expected).digest())
    except RefusalError as refusal:
        raise RefusalError(*(reason(item.code, WHERE) for item in refusal.reasons)) from None


def countersigner_reasons(
    first: cms.Signer,
    second: cms.Signer,
    payload: Mapping[str, Any],
    store: TrustStore,
    now: datetime,
    policy: TrustPolicy,
) -> list[Reason]:
    """Reasons against the second signer: certificate, revocation, dates; unit, role, and that they are two."""
    assert second.signing_time is not None
    found = judge_certificate(second.certificate, second.signing_time, store, now, policy)
    told = [
        reason(_ITS_OWN[item.code])
        if item.code in _ITS_OWN
        else Reason(item.code, f"{WHERE}：{item.message}")
        for item in found
    ]
    return told + unfit_reasons(first.certificate.info, second.certificate.info, payload)


def unfit_reasons(
    first: CertificateInfo, second: CertificateInfo, payload: Mapping[str, Any]
) -> list[Reason]:
    """Whether this certificate may countersign that message at all."""
    if payload["message_type"] != MessageType.SUBMISSION:
        return [reason("countersignature_unexpected")]
    if second.fingerprint == first.fingerprint:
        return [reason("countersigner_same_key")]
    if second.subject.role is not SignerRole.HEAD:
        return [reason("countersigner_role")]
    if second.subject.unit_code != payload["unit_code"]:
        detail = f"内容为{payload['unit_code']}，证书为{second.subject.unit_code}"
        return [reason("unit_mismatch", WHERE, detail)]
    return []
