"""Judging one package (验签判断): the stages, what each may conclude, and the facts that result."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any

from exchange import cms
from exchange.container_reading import Member, open_container
from exchange.countersignature import countersigner_of, countersigner_reasons
from exchange.digesting import Digesting
from exchange.documents import document_reasons
from exchange.evidence import evidence_reasons
from exchange.file_content import FileContent
from exchange.limits import ReadingLimits
from exchange.manifest import check_manifest
from exchange.names import MANIFEST, PAYLOAD, SIGNATURE, member_label
from exchange.nested import nested_reasons
from exchange.payload import read_payload
from exchange.payload_head import support_reasons
from exchange.read_package import ReadPackage, verdict_of
from exchange.reasons import Fact, RefusalError, reason
from exchange.request_reasons import request_reasons
from exchange.senders import sender_reasons
from exchange.trust import DEFAULT_POLICY, TrustPolicy, judge_certificate, trust_store
from models.domain.message import COUNTERSIGNED
from models.domain.verdict import Judgement, Reason, SignerInfo
from services.ports.exchange import TrustMaterial


class Judging:
    """One file's way through the stages (判断过程)."""

    def __init__(
        self,
        file_name: str,
        data: FileContent,
        limits: ReadingLimits,
        policy: TrustPolicy = DEFAULT_POLICY,
    ) -> None:
        self._file_name = file_name
        self._data = data
        self._limits = limits
        self._policy = policy
        self._reasons: list[Reason] = []
        self._reached: set[Fact] = set()
        self._members: dict[str, Member] = {}
        self._digests: dict[str, bytes] = {}
        self._digesting = Digesting()
        self._signer: cms.Signer | None = None
        self._countersigner: cms.Signer | None = None
        self._payload: dict[str, Any] | None = None

    def read(self, trust: TrustMaterial, now: datetime, inspect_documents: bool) -> ReadPackage:
        """All stages that make sense but the one that looks into the answers, which is a service's."""
        place = None
        try:
            self._members = open_container(self._data, self._limits)
            self._open_content()
            if self._signer is not None and self._payload is not None:
                self._judge_sender(self._signer, self._payload, trust, now)
                self._reached |= {Fact.COMPLETE, Fact.SUPPORTED}
                if not support_reasons(self._payload):
                    place = len(dict.fromkeys(self._reasons))
                if inspect_documents:
                    self._reasons += document_reasons(
                        self._members, self._signer.certificate, self._payload, self._digesting.begun
                    )
        except RefusalError as refusal:
            self._reasons += refusal.reasons
        return ReadPackage(self._judgement(), self._payload, place, frozenset(self._reached))

    def _open_content(self) -> None:
        """Manifest and digests, signature, payload: each is tried, the first fault in order counts."""
        faults: list[tuple[Reason, ...]] = []
        for stage in (
            self._check_manifest,
            self._check_signature,
            self._check_countersignature,
            self._read_payload,
            self._check_evidence,
            self._check_nested,
        ):
            try:
                stage()
            except RefusalError as refusal:
                faults.append(refusal.reasons)
        if faults:
            raise RefusalError(*faults[0])

    def _check_manifest(self) -> None:
        self._digests = check_manifest(self._members, self._digesting)
        self._reached.add(Fact.INTACT)

    def _check_signature(self) -> None:
        if SIGNATURE not in self._members:
            raise RefusalError(reason("signature_missing"))
        if MANIFEST not in self._members:
            return
        if self._members[SIGNATURE].size > cms.MOST_BYTES:
            raise RefusalError(reason("signature_form"))
        self._signer = cms.verify(self._content(SIGNATURE), self._digest(MANIFEST))
        self._reached.add(Fact.AUTHENTIC)

    def _check_countersignature(self) -> None:
        self._countersigner = countersigner_of(self._members, self._digests)

    def _read_payload(self) -> None:
        if PAYLOAD not in self._members:
            raise RefusalError(reason("payload_missing"))
        if self._members[PAYLOAD].size > self._limits.payload_bytes:
            raise RefusalError(reason("member_too_large", member_label(PAYLOAD)))
        self._payload = read_payload(self._content(PAYLOAD), self._limits)

    def _check_evidence(self) -> None:
        """What the payload lists as evidence is what the package carries."""
        payload = self._payload
        if payload is None or not self._digests or support_reasons(payload):
            return
        sizes = {name: member.size for name, member in self._members.items()}
        found = evidence_reasons(payload, self._digests, sizes)
        if found:
            raise RefusalError(*found)

    def _check_nested(self) -> None:
        """What a department's payload lists of its units' packages is what the package carries."""
        payload = self._payload
        if payload is None or not self._digests or support_reasons(payload):
            return
        sizes = {name: member.size for name, member in self._members.items()}
        found = nested_reasons(payload, self._digests, sizes, self._limits)
        if found:
            raise RefusalError(*found)

    def _judge_sender(
        self, signer: cms.Signer, payload: dict[str, Any], trust: TrustMaterial, now: datetime
    ) -> None:
        """Certificate, chain, revocation, dates; then whether this signer may send this message."""
        assert signer.signing_time is not None
        policy = TrustPolicy(self._policy.future_tolerance, timedelta(days=trust.renewal_notice_days))
        store = trust_store(trust)
        self._reasons += judge_certificate(signer.certificate, signer.signing_time, store, now, policy)
        self._reached.add(Fact.TRUSTED)
        unsupported = support_reasons(payload)
        self._reasons += unsupported
        if not unsupported:
            self._reasons += sender_reasons(signer.certificate.info, payload)
            self._reasons += request_reasons(signer.certificate.info, payload)
            if self._countersigner is not None:
                self._reasons += countersigner_reasons(
                    signer, self._countersigner, payload, store, now, policy
                )
            elif payload.get(COUNTERSIGNED) is True:
                self._reasons.append(reason("countersignature_missing"))

    def _judgement(self) -> Judgement:
        verdict = verdict_of(self._reasons, frozenset(self._reached))
        payload = self._payload
        is_sound = verdict.intact and verdict.authentic
        both = (self._signer, self._countersigner) if self._signer is not None else ()
        signed = [one for one in both if one is not None]
        return Judgement(
            file_name=self._file_name,
            verdict=verdict,
            message_type=_text(payload, "message_type"),
            unit_code=_text(payload, "unit_code"),
            payload=payload if is_sound else None,
            manifest_sha256=self._identity(MANIFEST),
            payload_sha256=self._identity(PAYLOAD),
            size=len(self._data),
            signers=tuple(_signer_info(one) for one in signed),
            certificate_der=signed[0].certificate.der if signed else b"",
            countersigner_der=signed[1].certificate.der if len(signed) > 1 else b"",
            members=tuple(self._members),
        )

    def _content(self, name: str) -> bytes:
        """A member's bytes, those that were digested."""
        content = bytes(self._members[name].content)
        is_held = isinstance(self._data, bytes)
        if not is_held and name in self._digests and hashlib.sha256(content).digest() != self._digests[name]:
            raise RefusalError(reason("unreadable_file"))  # a large file that changed while it was read
        return content

    def _digest(self, name: str) -> bytes:
        """SHA-256 of a member, taken once."""
        return self._digesting.digested(self._members[name])[0]

    def _identity(self, name: str) -> str | None:
        return self._digest(name).hex() if name in self._members else None


def _text(payload: dict[str, Any] | None, key: str) -> str | None:
    """A text of the head; a newer format may spell it otherwise."""
    value = None if payload is None else payload.get(key)
    return value if isinstance(value, str) else None


def _signer_info(signer: cms.Signer) -> SignerInfo:
    info = signer.certificate.info
    return SignerInfo(
        name=info.subject.person_name,
        unit=info.subject.unit_name,
        role=info.subject.role.label,
        fingerprint=info.fingerprint,
        signing_time=signer.signing_time,
    )
