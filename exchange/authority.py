"""The bureau's own certificate authority (财政部门证书签发), offline.

The root signs certificates and revocation lists and nothing else; the bureau's messages are signed
by a leaf made together with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from exchange.vault import FolderKeyVault
from models.domain.errors import KeyProblem
from services.ports.exchange import CertificateInfo, KeyVault, RevokedCertificates, Subject, UnlockedKey

ROOT_NAME, BUREAU_NAME = "root", "bureau"
_ROOT_KIND, _BUREAU_KIND = "rsa-3072", "rsa-2048"


class OfflineAuthority:
    """Issues certificates and revocation lists on the bureau's machine; implements the port Authority."""

    def create_root(
        self, vault: KeyVault, bureau_code: str, bureau_name: str, password: str, now: datetime
    ) -> CertificateInfo:
        """Make the root (RSA-3072, pathlen 0) under the name `root`."""
        from exchange.issuing import IssuingPolicy, root_certificate
        from exchange.keys import make_private_key

        key = make_private_key(_ROOT_KIND)
        certificate = root_certificate(key, bureau_code, bureau_name, now, IssuingPolicy())
        return _folder_vault(vault).keep(ROOT_NAME, key, certificate, password)

    def create_bureau_key(
        self, vault: KeyVault, root: UnlockedKey, subject: Subject, password: str, now: datetime
    ) -> CertificateInfo:
        """Make the bureau's leaf under the name `bureau`, issued by the root."""
        from exchange.issuing import IssuingPolicy, issued_leaf
        from exchange.keys import make_private_key, open_key

        key = make_private_key(_BUREAU_KIND)
        certificate = issued_leaf(open_key(root), key.public_key(), subject, now, IssuingPolicy())
        return _folder_vault(vault).keep(BUREAU_NAME, key, certificate, password)

    def issue(
        self, root: UnlockedKey, public_from_pem: str, subject: Subject, now: datetime
    ) -> CertificateInfo:
        """A leaf for the public key of a (self-signed) certificate or PKCS#10; the subject comes from the register.

        KeyProblem when the applicant has not proved to own the key, or the key is weak.
        """
        from exchange.issuing import IssuingPolicy, issued_leaf, public_key_from
        from exchange.keys import open_key

        key = open_key(root)
        public = public_key_from(public_from_pem, key.signing_certificate)
        return issued_leaf(key, public, subject, now, IssuingPolicy()).info

    def revocation_list(
        self, root: UnlockedKey, revoked: Sequence[tuple[str, datetime]], number: int, now: datetime
    ) -> str:
        """A revocation list (PEM) of (serial, time) pairs; `number` must grow."""
        from exchange.issuing import IssuingPolicy, revocation_list
        from exchange.keys import open_key

        return revocation_list(open_key(root), revoked, number, now, IssuingPolicy())

    def read_revocation_list(self, root_pem: str, pem: str) -> RevokedCertificates:
        """The newest of that root's own lists in a text; KeyProblem when there is none."""
        from exchange.trust import newest_list

        found = newest_list(root_pem, pem)
        if found is None:
            raise KeyProblem("证书注销名单读不出来", "请选择财政部门给出的证书注销名单文件", "证书")
        revoked = sorted(found.revoked.items())
        return RevokedCertificates(found.number, tuple((f"{serial:x}", at) for serial, at in revoked))

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
    if not isinstance(vault, FolderKeyVault):
        raise TypeError("the authority keeps its keys in a folder vault")
    return vault
