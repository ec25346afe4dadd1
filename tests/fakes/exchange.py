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
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from exchange import reasons
from exchange.evidence import evidence_reasons
from exchange.limits import DEFAULT_LIMITS
from exchange.nested import nested_reasons
from exchange.payload_head import head_fault
from exchange.reasons import REASONS, Fact
from exchange.senders import sender_reasons
from models.domain.canonical_json import canonical_json
from models.domain.check_code import check_code
from models.domain.errors import DeskError, EnvironmentProblem, KeyProblem, WrongPassword
from models.domain.verdict import Judgement, Reason, SignerInfo, Verdict
from services.ports.exchange import (
    AnswerInspector,
    CertificateInfo,
    RevokedCertificates,
    SignerRole,
    Subject,
    TrustMaterial,
    WrittenPackage,
)
from tests.fakes.certificates import LIFE, SERIALS, der_of, key_of, make_certificate, read_der

__all__ = ["LIFE", "der_of", "key_of", "make_certificate", "read_der"]


@dataclass(frozen=True)
class FakeKey:
    """An unlocked key."""

    key: str
    certificate: CertificateInfo


@dataclass
class FakeVault:
    """Keys of one workspace; three wrong passwords in a row cost a wait, as the real one does."""

    keys: dict[str, tuple[str, str, CertificateInfo]] = field(default_factory=dict)
    set_aside: list[CertificateInfo] = field(default_factory=list)
    failures: int = 0

    def names(self) -> Sequence[str]:
        return tuple(sorted(self.keys))

    def create(self, name: str, subject: Subject, password: str, now: datetime) -> CertificateInfo:
        if name in self.keys:
            raise KeyProblem("已经有签名密钥", "忘记密码时请使用更换签名密钥", "签名密钥")
        return self._put(name, f"key-{next(SERIALS)}", subject, password, now)

    def _put(self, name: str, key: str, subject: Subject, password: str, now: datetime) -> CertificateInfo:
        info = make_certificate(key, subject, now)
        self.keys[name] = (key, password, info)
        return info

    def unlock(self, name: str, password: str, now: datetime) -> FakeKey:
        if name not in self.keys:
            raise KeyProblem("还没有签名密钥", "请先建立签名密钥", "签名密钥")
        key, right, info = self.keys[name]
        if password != right:
            self.failures += 1
            raise WrongPassword("签名密码不正确", "请核对大小写和输入法", self.failures)
        return FakeKey(key, info)

    def change_password(self, name: str, password: str, new_password: str, now: datetime) -> None:
        self.unlock(name, password, now)
        key, _, info = self.keys[name]
        self.keys[name] = (key, new_password, info)

    def certificate(self, name: str) -> CertificateInfo:
        return self.keys[name][2]

    def take_certificate(self, name: str, pem: str) -> None:
        key, password, _ = self.keys[name]
        if key_of(pem) != key:
            raise KeyProblem("这张证书是为另一个密钥签发的", "请核对密钥核对码", "签名密钥")
        self.keys[name] = (key, password, read_der(der_of(pem)))

    def replace(self, name: str, subject: Subject, password: str, now: datetime) -> CertificateInfo:
        self.set_aside.append(self.keys[name][2])
        return self._put(name, f"key-{next(SERIALS)}", subject, password, now)


class FakeAuthority:
    """The bureau's authority: certificates name the root's key as their issuer."""

    def create_root(
        self, vault: FakeVault, bureau_code: str, bureau_name: str, password: str, now: datetime
    ) -> CertificateInfo:
        subject = Subject("", bureau_code, bureau_name, SignerRole.BUREAU)
        return vault.create("root", subject, password, now)

    def create_bureau_key(
        self, vault: FakeVault, root: FakeKey, subject: Subject, password: str, now: datetime
    ) -> CertificateInfo:
        made = vault.create("bureau", subject, password, now)
        issued = self.issue(root, made.pem, subject, now)
        vault.take_certificate("bureau", issued.pem)
        return issued

    def issue(self, root: FakeKey, public_from_pem: str, subject: Subject, now: datetime) -> CertificateInfo:
        return make_certificate(key_of(public_from_pem), subject, now, issuer=root.key)

    def revocation_list(
        self, root: FakeKey, revoked: Sequence[tuple[str, datetime]], number: int, now: datetime
    ) -> str:
        listed = {serial: at.isoformat() for serial, at in revoked}
        return json.dumps({"root": root.key, "number": number, "revoked": listed})

    def read_revocation_list(self, root_pem: str, pem: str) -> RevokedCertificates:
        found: dict[str, Any] = json.loads(pem)
        listed = ((serial, datetime.fromisoformat(at)) for serial, at in found["revoked"].items())
        return RevokedCertificates(found["number"], tuple(listed))

    def read_certificate(self, pem: str) -> CertificateInfo:
        return read_der(der_of(pem))


class FakeRequests:
    """A request is the certificate itself."""

    def request_pem(self, key: FakeKey) -> str:
        return key.certificate.pem


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
        members: Mapping[str, bytes],
        key: FakeKey,
        signing_time: datetime,
    ) -> WrittenPackage:
        failure, self.failure = self.failure, None
        if failure is not None:
            raise failure
        content = canonical_json(payload)
        assert head_fault(json.loads(content)) is None, head_fault(json.loads(content))
        digests = {name: hashlib.sha256(data).digest() for name, data in members.items()}
        sizes = {name: len(data) for name, data in members.items()}
        assert not evidence_reasons(payload, digests, sizes)
        assert not nested_reasons(payload, digests, sizes, DEFAULT_LIMITS)
        return put_package(folder, name_of, dict(payload), members, key, signing_time, spoiled=self.spoils)

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
            codes += _trust_reasons(certificate, trust) + sender_reasons(certificate, payload)
            codes += inspect_answers(payload) if inspect_answers is not None else ()
        verdict = _verdict(tuple(dict.fromkeys(codes)))
        named = certificate.subject
        at = datetime.fromisoformat(body["signing_time"])
        signer = SignerInfo(named.person_name, named.unit_name, named.role.label, certificate.fingerprint, at)
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
            signers=(signer,),
            certificate_der=der_of(certificate.pem),
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


def _trust_reasons(certificate: CertificateInfo, trust: TrustMaterial) -> list[Reason]:
    """The order of the real judgement: registered or not; root, list, revoked."""
    if certificate.is_self_signed:
        return [] if certificate.pem in trust.registered else [reasons.reason("unregistered_signer")]
    issuer = json.loads(der_of(certificate.pem))["issuer"]
    roots = [key_of(pem) for pem in trust.roots if pem]
    if not roots:
        return [reasons.reason("no_root")]
    if issuer not in roots:
        return [reasons.reason("foreign_root")]
    lists = [
        found for text in trust.revocation_lists if text and (found := json.loads(text))["root"] == issuer
    ]
    if not lists:
        return [reasons.reason("no_revocation_list")]
    newest = max(lists, key=lambda one: one["number"])
    return [reasons.reason("certificate_revoked")] if certificate.serial in newest["revoked"] else []


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
