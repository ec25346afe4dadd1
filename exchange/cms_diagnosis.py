"""Why a signature is not ours (签名问题定位): a lenient look, taken only after the strict one has refused.

Nothing is accepted here; it only chooses the reason code people and tests can tell apart.
"""

from __future__ import annotations

from typing import Any

_CONTENT_TYPE = "1.2.840.113549.1.9.3"
_MESSAGE_DIGEST = "1.2.840.113549.1.9.4"
_SIGNING_TIME = "1.2.840.113549.1.9.5"
_SIGNING_CERTIFICATE = "1.2.840.113549.1.9.16.2.47"


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
    attributes = {item["type"].dotted: item["values"] for item in signer["signed_attrs"]}
    expected = {_CONTENT_TYPE, _MESSAGE_DIGEST, _SIGNING_CERTIFICATE}
    if has_time:
        expected.add(_SIGNING_TIME)
    is_double = len(signer["signed_attrs"]) != len(attributes)
    if is_double or signer["unsigned_attrs"].contents or set(attributes) != expected:
        return "signature_attributes"
    if attributes[_MESSAGE_DIGEST][0].native != content_digest:
        return "signature_other_content"
    return "signature_form"
