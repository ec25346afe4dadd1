"""Private keys that stay on a token (UKey 里的私钥), in the shape the crypto library signs certificates with.

Only `sign` and what is public work; everything that would need the private number says so. The content is hashed
here and the token signs the digest (CKM_RSA_PKCS, CKM_ECDSA): every token has these two, and a large file never
travels over its wire. Each signature is checked before it is used. Source: PKCS #11 v2.40 §2.1.6, §2.3.6.
"""

from __future__ import annotations

import hashlib
from typing import Any, NoReturn

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from exchange.certificates import is_signature
from exchange.token_login import TokenLogin
from models.domain.errors import KeyProblem

_DIGEST_INFO = bytes.fromhex("3031300d060960864801650304020105000420")
"""DigestInfo of SHA-256 before the digest itself (RFC 8017 §9.2)."""


class _OnToken:
    """What both kinds have in common."""

    def __init__(self, login: TokenLogin, key_id: bytes, public: Any) -> None:
        self._login, self._key_id, self._public = login, key_id, public

    @property
    def key_size(self) -> int:
        """Bits."""
        return int(self._public.key_size)

    def decrypt(self, *_: Any) -> NoReturn:
        """Never asked for."""
        self._refuse()

    def exchange(self, *_: Any) -> NoReturn:
        """Never asked for."""
        self._refuse()

    def private_numbers(self) -> NoReturn:
        """They never leave the token."""
        self._refuse()

    def private_bytes(self, *_: Any, **__: Any) -> NoReturn:
        """They never leave the token."""
        self._refuse()

    def __copy__(self) -> Any:
        return self

    def __deepcopy__(self, _memo: Any) -> Any:
        return self

    def _refuse(self) -> NoReturn:
        raise KeyProblem("UKey 里的私钥不能取出", "请插着 UKey 使用")

    def _checked(self, signature: bytes, content: bytes) -> bytes:
        """The signature, when it is this key's over the content."""
        if not is_signature(self._public, signature, content):
            raise KeyProblem("UKey 给出的签名核对不上", "请拔下重插后再试，已填的内容都在")
        return signature


class TokenRsaKey(_OnToken, rsa.RSAPrivateKey):
    """An RSA key on a token."""

    def public_key(self) -> rsa.RSAPublicKey:
        """Its public half."""
        return self._public  # type: ignore[no-any-return]

    def sign(self, data: Any, padding: Any, algorithm: Any) -> bytes:
        """PKCS#1 v1.5 with SHA-256 over `data`."""
        from pkcs11 import Mechanism

        _expect_sha256(algorithm)
        content = bytes(data)
        digest = _DIGEST_INFO + hashlib.sha256(content).digest()
        return self._checked(self._login.sign(self._key_id, digest, Mechanism.RSA_PKCS), content)


class TokenEcKey(_OnToken, ec.EllipticCurvePrivateKey):
    """A P-256 key on a token."""

    @property
    def curve(self) -> ec.EllipticCurve:
        """P-256."""
        return ec.SECP256R1()

    def public_key(self) -> ec.EllipticCurvePublicKey:
        """Its public half."""
        return self._public  # type: ignore[no-any-return]

    def sign(self, data: Any, signature_algorithm: Any) -> bytes:
        """ECDSA with SHA-256 over `data`, in DER."""
        from pkcs11 import Mechanism

        _expect_sha256(signature_algorithm.algorithm)
        content = bytes(data)
        raw = self._login.sign(self._key_id, hashlib.sha256(content).digest(), Mechanism.ECDSA)
        half = len(raw) // 2
        pair = (int.from_bytes(raw[:half], "big"), int.from_bytes(raw[half:], "big"))
        return self._checked(encode_dss_signature(*pair), content)


def token_key(login: TokenLogin, key_id: bytes, public: Any) -> TokenRsaKey | TokenEcKey:
    """The key of that id with its public half, which the caller has read or knows from the certificate."""
    kind = TokenRsaKey if isinstance(public, rsa.RSAPublicKey) else TokenEcKey
    return kind(login, key_id, public)


def _expect_sha256(algorithm: Any) -> None:
    if not isinstance(algorithm, hashes.SHA256):
        raise ValueError("tokens sign SHA-256 only")
