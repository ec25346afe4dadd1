"""Key pairs (密钥): making, signing, and the form in which an unlocked one lives in memory."""

from __future__ import annotations

from dataclasses import dataclass, field

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)

from exchange.certificates import Certificate
from models.domain.errors import KeyProblem
from services.ports.exchange import CertificateInfo, UnlockedKey

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
"""In memory, or on a token (`exchange/token_keys.py`): whoever signs does not see the difference."""

_ECDSA_BYTES = 72
"""A P-256 signature in DER at its longest."""


@dataclass(frozen=True, slots=True)
class OpenKey:
    """A private key that signs now, with its certificate (已解锁的签名密钥)."""

    signing_certificate: Certificate
    private_key: PrivateKey = field(repr=False)

    @property
    def certificate(self) -> CertificateInfo:
        """The certificate signatures will carry."""
        return self.signing_certificate.info

    @property
    def signature_bytes(self) -> int:
        """Most bytes a signature takes, known without making one: a token signs nothing in vain."""
        if isinstance(self.private_key, rsa.RSAPrivateKey):
            return self.private_key.key_size // 8
        return _ECDSA_BYTES

    def sign(self, content: bytes) -> bytes:
        """Signature over `content` with SHA-256: PKCS#1 v1.5 for RSA, ECDSA for P-256."""
        if isinstance(self.private_key, rsa.RSAPrivateKey):
            return self.private_key.sign(content, padding.PKCS1v15(), hashes.SHA256())
        return self.private_key.sign(content, ec.ECDSA(hashes.SHA256()))


def open_key(key: UnlockedKey) -> OpenKey:
    """Our own unlocked key behind the port; KeyProblem for a foreign one."""
    if not isinstance(key, OpenKey):
        raise KeyProblem("签名密钥不是本程序打开的", "请重新输入签名密码后再试")
    return key


def make_private_key(kind: str) -> PrivateKey:
    """A new key: `rsa-2048`, `rsa-3072` or `p-256`."""
    if kind == "p-256":
        return ec.generate_private_key(ec.SECP256R1())
    return rsa.generate_private_key(65537, {"rsa-2048": 2048, "rsa-3072": 3072}[kind])


def private_bytes(key: PrivateKey) -> bytes:
    """PKCS#8 in DER, unwrapped: only for wrapping and for the PDF signer."""
    return key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


def private_from_bytes(data: bytes) -> PrivateKey:
    """The key of a PKCS#8; ValueError when it is of no kind we use."""
    key = load_der_private_key(data, None)
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise ValueError("a key of another kind")
    return key
