"""The bureau's authority without cryptography (不带密码运算的证书签发): issuers by name, lists as JSON lines."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from models.domain.errors import KeyProblem
from models.domain.revocation import Revocation, RevocationReason
from services.ports.exchange import CertificateInfo, RevokedCertificates, SignerRole, Subject
from tests.fakes.certificates import der_of, key_of, make_certificate, read_der
from tests.fakes.vault import FakeKey, FakeVault


def read_lists(text: str) -> list[dict[str, Any]]:
    """The revocation lists of a text, one a line."""
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def revocations_of(found: dict[str, Any]) -> list[Revocation]:
    """What a list revokes."""
    made = []
    for serial, at in found["revoked"].items():
        why, since = found["details"][serial]
        moment = datetime.fromisoformat(since) if since else None
        made.append(Revocation(serial, datetime.fromisoformat(at), RevocationReason(why), moment))
    return made


class FakeAuthority:
    """The bureau's authority: certificates name the root's key as their issuer."""

    leaf_lifetime = timedelta(days=3 * 365 + 1)

    def create_root(
        self,
        vault: FakeVault,
        bureau_code: str,
        bureau_name: str,
        password: str,
        now: datetime,
        *,
        name: str = "root",
        generation: int = 1,
    ) -> CertificateInfo:
        subject = Subject("", bureau_code, bureau_name, SignerRole.BUREAU)
        return vault.create(name, subject, password, now)

    def create_bureau_key(
        self,
        vault: FakeVault,
        root: FakeKey,
        subject: Subject,
        password: str,
        now: datetime,
        *,
        name: str = "bureau",
    ) -> CertificateInfo:
        made = vault.create(name, subject, password, now)
        issued = self.issue(root, made.pem, subject, now)
        vault.take_certificate(name, issued.pem)
        return issued

    def issue(
        self,
        root: FakeKey,
        public_from_pem: str,
        subject: Subject,
        now: datetime,
        former_roots: Sequence[str] = (),
    ) -> CertificateInfo:
        return make_certificate(key_of(public_from_pem), subject, now, issuer=root.key)

    def with_certificate(self, key: FakeKey, pem: str) -> FakeKey:
        assert key_of(pem) == key.key
        return FakeKey(key.key, self.read_certificate(pem))

    def request_fingerprint(self, pem: str) -> str:
        return self.read_certificate(pem).fingerprint

    def link_root(self, old_root: FakeKey, new_root_pem: str, now: datetime) -> str:
        new = self.read_certificate(new_root_pem)
        return make_certificate(key_of(new_root_pem), new.subject, now, issuer=old_root.key).pem

    def is_announced(self, known_root_pem: str, links: Sequence[str], new_root_pem: str) -> bool:
        reached = {key_of(known_root_pem)}
        for _ in links:
            reached |= {key_of(pem) for pem in links if json.loads(der_of(pem))["issuer"] in reached}
        return key_of(new_root_pem) in reached

    def revocation_list(
        self,
        root: FakeKey,
        revoked: Sequence[Revocation | tuple[str, datetime]],
        number: int,
        now: datetime,
        *,
        is_last: bool = False,
    ) -> str:
        listed, details = {}, {}
        for item in (Revocation(*one) for one in revoked):
            listed[item.serial] = item.at.isoformat()
            details[item.serial] = [item.reason, item.since.isoformat() if item.since else ""]
        until = root.certificate.not_after if is_last else now + timedelta(days=400)
        body = {"root": root.key, "number": number, "revoked": listed, "details": details}
        return json.dumps({**body, "until": until.isoformat()}) + "\n"

    def read_revocation_list(self, root_pem: str, pem: str) -> RevokedCertificates:
        own = [one for one in read_lists(pem) if one["root"] == key_of(root_pem)]
        if not own:
            raise KeyProblem("证书注销名单读不出来", "请选择财政部门给出的证书注销名单文件", "证书")
        found = max(own, key=lambda one: one["number"])
        until = datetime.fromisoformat(found["until"])
        return RevokedCertificates(found["number"], tuple(revocations_of(found)), until)

    def read_certificate(self, pem: str) -> CertificateInfo:
        return read_der(der_of(pem))


class FakeRequests:
    """A request is the certificate itself."""

    def request_pem(self, key: FakeKey) -> str:
        return key.certificate.pem
