"""Keys, certificates and packages without cryptography (不带密码运算的签名与报送文件), for tests of services.

A certificate is JSON in a PEM's clothes, a package is a JSON file. They keep the rules services can tell: who
issued what, which key is registered or revoked, whose unit it is, what the payload's head must hold, and the
closed reasons of the real catalogue. What only real bytes can show is tested in tests/exchange and tests/flows.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from exchange import reasons
from exchange.countersignature import unfit_reasons
from exchange.evidence import evidence_reasons
from exchange.limits import DEFAULT_LIMITS
from exchange.nested import nested_reasons
from exchange.payload_head import head_fault
from exchange.reasons import REASONS, Fact
from exchange.senders import sender_reasons
from exchange.trust import revoked_reason
from models.domain.canonical_json import canonical_json
from models.domain.check_code import check_code
from models.domain.errors import DeskError, EnvironmentProblem, KeyProblem
from models.domain.message import COUNTERSIGNED
from models.domain.verdict import Judgement, Reason, SignerInfo, Verdict
from services.ports.exchange import (
    AnswerInspector,
    CertificateInfo,
    SignerRole,
    TrustMaterial,
    WrittenPackage,
)
from tests.fakes.authority import FakeAuthority, FakeRequests, read_lists, revocations_of
from tests.fakes.certificates import LIFE, der_of, key_of, make_certificate, read_der
from tests.fakes.vault import FakeKey, FakeVault

__all__ = [
    "LIFE",
    "FakeAuthority",
    "FakeKey",
    "FakeRequests",
    "FakeVault",
    "der_of",
    "key_of",
    "make_certificate",
    "read_der",
]


@dataclass
class FakeWriter:
    """Writes packages as JSON; `failure` stands for a full or missing carrier, once."""

    failure: DeskError | None = None
    spoils: bool = False

    def write(
        self,
        folder: Path,
        name_of: Callable[[str], str],
        payload: Mapping[str, Any],
        members: Mapping[str, bytes | Path],
        key: FakeKey,
        signing_time: datetime,
    ) -> WrittenPackage:
        failure, self.failure = self.failure, None
        if failure is not None:
            raise failure
        held = {name: m if isinstance(m, bytes) else m.read_bytes() for name, m in members.items()}
        content = canonical_json(payload)
        assert head_fault(json.loads(content)) is None, head_fault(json.loads(content))
        digests = {name: hashlib.sha256(data).digest() for name, data in held.items()}
        sizes = {name: len(data) for name, data in held.items()}
        assert not evidence_reasons(payload, digests, sizes)
        assert not nested_reasons(payload, digests, sizes, DEFAULT_LIMITS)
        return put_package(folder, name_of, dict(payload), held, key, signing_time, spoiled=self.spoils)

    def countersign(
        self,
        path: Path,
        folder: Path,
        name: str,
        manifest_sha256: str,
        key: FakeKey,
        signing_time: datetime,
    ) -> WrittenPackage:
        failure, self.failure = self.failure, None
        if failure is not None:
            raise failure
        body = json.loads(path.read_text("utf-8"))
        if body["manifest"] != manifest_sha256:
            raise EnvironmentProblem("文件不见了，或已不是填报人签名的那一份", "请重新取得文件", path.name)
        if "countersigner" in body:
            raise KeyProblem("这份报送文件已经有负责人签名", "不用再签", path.name)
        first = read_der(der_of(body["certificate"]))
        for fault in unfit_reasons(first, key.certificate, body["payload"]):
            raise KeyProblem(fault.message.split("。")[0], "请由本单位负责人用自己的签名来签", "负责人签名")
        body["countersigner"] = [key.certificate.pem, signing_time.isoformat()]
        (folder / name).write_text(json.dumps(body, ensure_ascii=False), "utf-8")
        content = canonical_json(body["payload"])
        digest = hashlib.sha256(content).hexdigest()
        size = (folder / name).stat().st_size
        return WrittenPackage(folder / name, size, manifest_sha256, digest, check_code(content))

    def sign_pdf(self, pdf: bytes, key: FakeKey, signing_time: datetime) -> bytes:
        return pdf + f"\nsigned by {key.key} at {signing_time.isoformat()}".encode()

    def sign_workbook(self, workbook: bytes, key: FakeKey, signing_time: datetime) -> bytes:
        return workbook + f"\nsigned by {key.key} at {signing_time.isoformat()}".encode()


def put_package(
    folder: Path,
    name_of: Callable[[str], str],
    payload: dict[str, Any],
    members: Mapping[str, bytes],
    key: FakeKey,
    signing_time: datetime,
    *,
    spoiled: bool = False,
) -> WrittenPackage:
    """A package file with any payload, also one no program of ours would seal."""
    content = canonical_json(payload)
    names = sorted(members)
    digest = hashlib.sha256(
        content + b"".join(n.encode() + hashlib.sha256(members[n]).digest() for n in names)
    )
    path = folder / name_of(digest.hexdigest())
    body = {
        "manifest": digest.hexdigest(),
        "payload": payload,
        "members": {name: base64.b64encode(members[name]).decode() for name in names},
        "certificate": key.certificate.pem,
        "signing_time": signing_time.isoformat(),
        "spoiled": spoiled,
    }
    path.write_text(json.dumps(body, ensure_ascii=False), "utf-8")
    payload_digest = hashlib.sha256(content).hexdigest()
    return WrittenPackage(path, path.stat().st_size, digest.hexdigest(), payload_digest, check_code(content))


class FakeReader:
    """Judges the packages of FakeWriter with the codes of the real catalogue."""

    def judge(
        self,
        path: Path,
        trust: TrustMaterial,
        now: datetime,
        *,
        inspect_answers: AnswerInspector | None = None,
        inspect_documents: bool = True,
    ) -> Judgement:
        try:
            data = path.read_bytes()
        except OSError:
            return Judgement(path.name, _verdict((reasons.reason("unreadable_file"),), sound=False))
        try:
            body = json.loads(data)
            certificate = read_der(der_of(body["certificate"]))
        except (ValueError, KeyError, TypeError, KeyProblem):
            found = (reasons.reason("not_a_package"),)
            return Judgement(path.name, _verdict(found, sound=False), size=len(data))
        return self._judge(path, data, body, certificate, trust, inspect_answers)

    def _judge(
        self,
        path: Path,
        data: bytes,
        body: dict[str, Any],
        certificate: CertificateInfo,
        trust: TrustMaterial,
        inspect_answers: AnswerInspector | None,
    ) -> Judgement:
        payload, codes = body["payload"], list[Reason]()
        if body["spoiled"]:
            codes.append(reasons.reason("member_changed"))
        elif head_fault(payload) is not None:
            codes.append(reasons.reason("payload_type"))
        elif against := _evidence_reasons(body):
            codes += against
        else:
            at = datetime.fromisoformat(body["signing_time"])
            codes += _trust_reasons(certificate, trust, at) + sender_reasons(certificate, payload)
            codes += _second_reasons(certificate, body, trust)
            codes += inspect_answers(payload) if inspect_answers is not None else ()
        verdict = _verdict(tuple(dict.fromkeys(codes)))
        signers = [_signer_info(certificate, body["signing_time"])]
        if second := body.get("countersigner"):
            signers.append(_signer_info(read_der(der_of(second[0])), second[1]))
        head = payload if isinstance(payload, dict) else {}
        return Judgement(
            file_name=path.name,
            verdict=verdict,
            message_type=head.get("message_type"),
            unit_code=head.get("unit_code"),
            payload=payload if verdict.intact and verdict.authentic else None,
            manifest_sha256=body["manifest"],
            payload_sha256=hashlib.sha256(canonical_json(payload)).hexdigest(),
            size=len(data),
            signers=tuple(signers),
            certificate_der=der_of(certificate.pem),
            countersigner_der=der_of(second[0]) if second else b"",
            members=tuple(body["members"]),
        )

    def member(self, path: Path, name: str, manifest_sha256: str) -> bytes:
        return self._members(path, manifest_sha256)[name]

    def documents(self, path: Path, manifest_sha256: str) -> Mapping[str, bytes]:
        members = self._members(path, manifest_sha256)
        return {name: content for name, content in members.items() if name.startswith("documents/")}

    def evidence(self, path: Path, manifest_sha256: str) -> Mapping[str, bytes]:
        members = self._members(path, manifest_sha256)
        return {name: content for name, content in members.items() if name.startswith("evidence/")}

    def nested(self, path: Path, manifest_sha256: str, folder: Path) -> Sequence[Path]:
        folder.mkdir(parents=True, exist_ok=True)
        written = []
        for name, content in self._members(path, manifest_sha256).items():
            if name.startswith("packages/"):
                written.append(folder / name.removeprefix("packages/"))
                written[-1].write_bytes(content)
        return written

    def altered(self, path: Path) -> None:
        return None

    def pdf_texts(self, pdf: bytes) -> tuple[str, ...]:
        return ()

    def _members(self, path: Path, manifest_sha256: str) -> dict[str, bytes]:
        try:
            body = json.loads(path.read_bytes())
        except (OSError, ValueError) as error:
            raise EnvironmentProblem("文件不见了", "请找回原文件后再打开", path.name) from error
        if body["manifest"] != manifest_sha256:
            raise EnvironmentProblem("文件已不是当时接收的那一份", "请找回原文件后再打开", path.name)
        return {name: base64.b64decode(text) for name, text in body["members"].items()}


def _evidence_reasons(body: dict[str, Any]) -> list[Reason]:
    """What the real reader would say of the evidence and of units' packages."""
    contents = {name: base64.b64decode(text) for name, text in body["members"].items()}
    digests = {name: hashlib.sha256(content).digest() for name, content in contents.items()}
    sizes = {name: len(content) for name, content in contents.items()}
    found = evidence_reasons(body["payload"], digests, sizes)
    return found + nested_reasons(body["payload"], digests, sizes, DEFAULT_LIMITS)


def _signer_info(certificate: CertificateInfo, signing_time: str) -> SignerInfo:
    """A signer as the reader tells it."""
    named, at = certificate.subject, datetime.fromisoformat(signing_time)
    return SignerInfo(named.person_name, named.unit_name, named.role.label, certificate.fingerprint, at)


def _trust_reasons(certificate: CertificateInfo, trust: TrustMaterial, at: datetime) -> list[Reason]:
    """The order of the real judgement: registered or not; root, list, revoked."""
    if certificate.is_self_signed:
        return [] if certificate.pem in trust.registered else [reasons.reason("unregistered_signer")]
    issuer = json.loads(der_of(certificate.pem))["issuer"]
    roots = [key_of(pem) for pem in trust.roots if pem]
    if not roots:
        return [reasons.reason("no_root")]
    if issuer not in roots:
        return [reasons.reason("foreign_root")]
    given = [one for text in trust.revocation_lists for one in read_lists(text) if one["root"] in roots]
    if not any(one["root"] == issuer for one in given):
        return [reasons.reason("no_revocation_list")]
    newest = {one["root"]: one for one in sorted(given, key=lambda one: one["number"])}
    revoked = [
        item for one in newest.values() for item in revocations_of(one) if item.serial == certificate.serial
    ]
    return [revoked_reason(revoked[0], at)] if revoked else []


def _second_reasons(first: CertificateInfo, body: dict[str, Any], trust: TrustMaterial) -> list[Reason]:
    """What the real reader would say of the countersignature."""
    payload = body["payload"]
    if "countersigner" not in body:
        missing = payload.get(COUNTERSIGNED) is True
        return [reasons.reason("countersignature_missing")] if missing else []
    second, at = read_der(der_of(body["countersigner"][0])), datetime.fromisoformat(body["countersigner"][1])
    found = _trust_reasons(second, trust, at)
    named = {"unregistered_signer": "unregistered_countersigner"}
    return [reasons.reason(named.get(r.code, r.code)) for r in found] + unfit_reasons(first, second, payload)


def _verdict(found: tuple[Reason, ...], *, sound: bool = True) -> Verdict:
    """The verdict of the reasons; a fact holds unless one of them denies it."""
    denied = {REASONS[reason.code].fact for reason in found}
    holds = {fact: sound and fact not in denied for fact in Fact}
    return Verdict(reasons.word_of(found), *(holds[fact] for fact in Fact if fact is not Fact.NONE), found)


def sort_trust(certificates: Sequence[str], revocation_lists: Sequence[str]) -> TrustMaterial:
    """Self-signed certificates of a bureau are roots, those of units registered leaves; any number in a text."""
    blocks = [block for text in certificates for block in text.partition("-----BEGIN")[2].split("-----BEGIN")]
    read = [read_der(der_of(f"-----BEGIN{block}")) for block in blocks]
    roots = tuple(info.pem for info in read if info.subject.role is SignerRole.BUREAU)
    return TrustMaterial(roots, tuple(i.pem for i in read if i.pem not in roots), tuple(revocation_lists))


def spoil(path: Path, **changes: Any) -> None:
    """Change a package file after it was sealed."""
    body = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**body, **changes}, ensure_ascii=False), "utf-8")


def expired(info: CertificateInfo, now: datetime) -> CertificateInfo:
    """The same certificate as if it had ended a day ago."""
    record = {**json.loads(der_of(info.pem)), "not_after": (now - timedelta(days=1)).isoformat()}
    return replace(read_der(canonical_json(record)))
