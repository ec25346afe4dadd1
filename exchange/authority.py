"""The bureau's own certificate authority (财政部门证书签发), offline.

The root signs certificates and revocation lists and nothing else; the bureau's messages are signed
by a leaf made together with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from models.domain.errors import KeyProblem
from models.domain.revocation import Revocation
from services.ports.exchange import CertificateInfo, KeyVault, RevokedCertificates, Subject, UnlockedKey

if TYPE_CHECKING:
    from exchange.vault import FolderKeyVault

ROOT_NAME, BUREAU_NAME = "root", "bureau"
_ROOT_KIND, _BUREAU_KIND = "rsa-3072", "rsa-2048"


class OfflineAuthority:
    """Issues certificates and revocation lists on the bureau's machine; implements the port Authority."""

    @property
    def leaf_lifetime(self) -> timedelta:
        """How long a certificate issued today serves (有效期限)."""
        from exchange.issuing import IssuingPolicy

        return IssuingPolicy().leaf

    def create_root(
        self,
        vault: KeyVault,
        bureau_code: str,
        bureau_name: str,
        password: str,
        now: datetime,
        *,
        name: str = ROOT_NAME,
        generation: int = 1,
    ) -> CertificateInfo:
        """Make the root (RSA-3072, pathlen 0) under a name; later generations are called so."""
        from exchange.issuing import IssuingPolicy, root_certificate
        from exchange.keys import make_private_key

        key = make_private_key(_ROOT_KIND)
        certificate = root_certificate(key, bureau_code, bureau_name, now, IssuingPolicy(), generation)
        return _folder_vault(vault).keep(name, key, certificate, password)

    def create_bureau_key(
        self,
        vault: KeyVault,
        root: UnlockedKey,
        subject: Subject,
        password: str,
        now: datetime,
        *,
        name: str = BUREAU_NAME,
    ) -> CertificateInfo:
        """Make the bureau's leaf under a name, issued by the root."""
        from exchange.issuing import IssuingPolicy, issued_leaf
        from exchange.keys import make_private_key, open_key

        key = make_private_key(_BUREAU_KIND)
        certificate = issued_leaf(open_key(root), key.public_key(), subject, now, IssuingPolicy())
        return _folder_vault(vault).keep(name, key, certificate, password)

    def issue(
        self,
        root: UnlockedKey,
        public_from_pem: str,
        subject: Subject,
        now: datetime,
        former_roots: Sequence[str] = (),
    ) -> CertificateInfo:
        """A leaf for the public key of a (self-signed) certificate or PKCS#10; the subject comes from the register.

        KeyProblem when the applicant has not proved to own the key, or the key is weak.
        """
        from exchange.certificates import certificates_of
        from exchange.issuing import IssuingPolicy, issued_leaf, public_key_from
        from exchange.keys import open_key

        key = open_key(root)
        former = [one for pem in former_roots for one in certificates_of(pem) if one.is_root]
        public = public_key_from(public_from_pem, key.signing_certificate, *former)
        return issued_leaf(key, public, subject, now, IssuingPolicy()).info

    def with_certificate(self, key: UnlockedKey, pem: str) -> UnlockedKey:
        """An unlocked key that signs under another certificate of its own from now on; KeyProblem for another key's."""
        from dataclasses import replace

        from exchange.certificates import certificates_of
        from exchange.keys import open_key

        (given,) = certificates_of(pem)
        opened = open_key(key)
        if given.spki != opened.signing_certificate.spki:
            raise KeyProblem("这张证书是为另一个密钥签发的", "请核对签名核对码", "签名证书")
        return replace(opened, signing_certificate=given)

    def request_fingerprint(self, pem: str) -> str:
        """核对码 of the key a PKCS#10 asks for; KeyProblem when its holder has not proved to own it."""
        from exchange.requests import fingerprint_of

        return fingerprint_of(pem)

    def link_root(self, old_root: UnlockedKey, new_root_pem: str, now: datetime) -> str:
        """The announcement of a new root (PEM): its name and key, signed by the old root."""
        from exchange.issuing import root_link
        from exchange.keys import open_key
        from exchange.root_links import root_of

        return root_link(open_key(old_root), root_of(new_root_pem), now).info.pem

    def is_announced(self, known_root_pem: str, links: Sequence[str], new_root_pem: str) -> bool:
        """Whether links lead from a known root to a new one, over as many changes as there were."""
        from exchange.root_links import leads_to

        return leads_to(known_root_pem, links, new_root_pem)

    def revocation_list(
        self,
        root: UnlockedKey,
        revoked: Sequence[Revocation | tuple[str, datetime]],
        number: int,
        now: datetime,
        *,
        is_last: bool = False,
    ) -> str:
        """A revocation list (PEM); `number` must grow. The last one of a root serves as long as the root."""
        from exchange.issuing import IssuingPolicy, revocation_list
        from exchange.keys import open_key

        return revocation_list(open_key(root), revoked, number, now, IssuingPolicy(), is_last=is_last)

    def read_revocation_list(self, root_pem: str, pem: str) -> RevokedCertificates:
        """The newest of that root's own lists in a text; KeyProblem when there is none."""
        from exchange.trust import newest_list

        found = newest_list(root_pem, pem)
        if found is None:
            raise KeyProblem("证书注销名单读不出来", "请选择财政部门给出的证书注销名单文件", "证书")
        return RevokedCertificates(found.number, found.revocations, found.next_update)

    def read_certificate(self, pem: str) -> CertificateInfo:
        """A certificate in plain values; KeyProblem when the text is none."""
        from exchange.certificates import certificates_of

        try:
            (certificate,) = certificates_of(pem)
        except ValueError as error:
            raise KeyProblem("证书读不出来", "请重新索取证书文件", "签名证书") from error
        return certificate.info


def _folder_vault(vault: KeyVault) -> FolderKeyVault:
    """The only vault that can keep a key made elsewhere."""
    from exchange.vault import FolderKeyVault  # reading certificates does without

    if not isinstance(vault, FolderKeyVault):
        raise TypeError("the authority keeps its keys in a folder vault")
    return vault
