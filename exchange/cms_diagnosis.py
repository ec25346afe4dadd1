"""Why a signature is not ours (签名问题定位): a lenient look, taken only after the strict one has refused.

Nothing is accepted here; it only chooses the reason code people and tests can tell apart.
"""

from __future__ import annotations

from typing import Any

_EXPECTED = {"content_type", "message_digest", "signing_certificate_v2"}


def diagnose(signature: bytes, content_digest: bytes, has_time: bool) -> str:
    """The reason code for a signature that is not in our spelling."""
    from asn1crypto import cms

    try:
        content = cms.ContentInfo.load(signature)
        return _fault(content["content"], content_digest, has_time)
    except Exception:  # noqa: BLE001  # a hostile encoding may make the lenient parser fail in any way
        return "signature_form"


def _fault(signed: Any, content_digest: bytes, has_time: bool) -> str:
    if len(signed["signer_infos"]) != 1:
        return "signature_signers"
    signer = signed["signer_infos"][0]
    attributes = {item["type"].native: item["values"] for item in signer["signed_attrs"]}
    is_plain = len(signer["signed_attrs"]) == len(attributes) and not signer["unsigned_attrs"].native
    if not is_plain or set(attributes) != _EXPECTED | ({"signing_time"} if has_time else set()):
        return "signature_attributes"
    if attributes["message_digest"][0].native != content_digest:
        return "signature_other_content"
    return "signature_form"
