"""Keys at rest (密钥文件): PKCS#8 wrapped by scrypt and AES-256-GCM in one small JSON file.

The certificate stands beside the wrapped key in the same file, so the two can never part. The
parameters are written down and bound to the ciphertext: a later version may raise them. PKCS#12
would guard its MAC with 2,048 iterations only. Sources: RFC 7914, NIST SP 800-38D.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import secrets
import unicodedata
from dataclasses import asdict, dataclass
from typing import Any

from models.domain.canonical_json import canonical_json
from models.domain.errors import KeyProblem

FILE_FORMAT = 1
_SALT_BYTES, _NONCE_BYTES, _KEY_BYTES = 16, 12, 32
_MAX_MEMORY = 1 << 30


@dataclass(frozen=True, slots=True)
class Scrypt:
    """scrypt's cost (口令加密强度): 2^16 · 8 takes 64 MB and about a quarter of a second."""

    n: int = 1 << 16
    r: int = 8
    p: int = 1

    @property
    def memory(self) -> int:
        """Bytes it needs."""
        return 128 * self.r * (self.n + self.p + 2)


@dataclass(frozen=True, slots=True)
class KeyFile:
    """A key file read (密钥文件内容): still locked."""

    scrypt: Scrypt
    salt: bytes
    nonce: bytes
    wrapped: bytes
    fingerprint: str
    certificate: str

    @property
    def bound(self) -> bytes:
        """What the ciphertext is bound to besides its own bytes."""
        return _bound(self.scrypt, self.salt, self.fingerprint)


def wrap(pkcs8: bytes, password: str, scrypt: Scrypt, fingerprint: str, certificate: str) -> bytes:
    """The file's bytes for a private key, its check code and its certificate."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = secrets.token_bytes(_SALT_BYTES), secrets.token_bytes(_NONCE_BYTES)
    cipher = AESGCM(_derive(password, scrypt, salt))
    wrapped = cipher.encrypt(nonce, pkcs8, _bound(scrypt, salt, fingerprint))
    return to_bytes(KeyFile(scrypt, salt, nonce, wrapped, fingerprint, certificate))


def unwrap(file: KeyFile, password: str) -> bytes | None:
    """The PKCS#8, None when the password does not open it (or the file was changed)."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    cipher = AESGCM(_derive(password, file.scrypt, file.salt))
    try:
        return cipher.decrypt(file.nonce, file.wrapped, file.bound)
    except InvalidTag:
        return None


def to_bytes(file: KeyFile) -> bytes:
    """The file as it stands on disk."""
    return canonical_json(
        {
            "format": FILE_FORMAT,
            "fingerprint": file.fingerprint,
            "certificate": file.certificate,
            "kdf": {"name": "scrypt", **asdict(file.scrypt), "salt": _text(file.salt)},
            "cipher": {"name": "AES-256-GCM", "nonce": _text(file.nonce)},
            "wrapped": _text(file.wrapped),
        }
    )


def from_bytes(data: bytes) -> KeyFile:
    """The file's content; KeyProblem when it is damaged or of a newer program."""
    try:
        value = json.loads(data)
        file = KeyFile(
            Scrypt(*(_whole(value["kdf"][key]) for key in ("n", "r", "p"))),
            base64.b64decode(value["kdf"]["salt"], validate=True),
            base64.b64decode(value["cipher"]["nonce"], validate=True),
            base64.b64decode(value["wrapped"], validate=True),
            str(value["fingerprint"]),
            str(value["certificate"]),
        )
        is_known = (
            value["format"] == FILE_FORMAT
            and value["kdf"]["name"] == "scrypt"
            and value["cipher"]["name"] == "AES-256-GCM"
        )
    except (ValueError, KeyError, TypeError, RecursionError, binascii.Error) as error:
        raise KeyProblem("密钥文件已损坏，打不开", "请更换签名密钥并重新办理登记", "签名密钥") from error
    if not is_known:
        raise KeyProblem("密钥文件由更新版本的程序生成", "请先更新本程序", "签名密钥")
    return file


def _whole(value: Any) -> int:
    """A cost parameter within reason: a damaged file must not ask for all memory."""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value <= 1 << 20:
        raise ValueError("a cost out of reason")
    return value


def _derive(password: str, scrypt: Scrypt, salt: bytes) -> bytes:
    """The wrapping key; the password in NFKC, so every input method spells it alike."""
    text = unicodedata.normalize("NFKC", password).encode("utf-8")
    if scrypt.memory > _MAX_MEMORY or scrypt.n & (scrypt.n - 1) or scrypt.n < 2:
        raise KeyProblem("密钥文件已损坏，打不开", "请更换签名密钥并重新办理登记", "签名密钥")
    return hashlib.scrypt(
        text,
        salt=salt,
        n=scrypt.n,
        r=scrypt.r,
        p=scrypt.p,
        maxmem=scrypt.memory + (1 << 20),
        dklen=_KEY_BYTES,
    )


def _bound(scrypt: Scrypt, salt: bytes, fingerprint: str) -> bytes:
    fields = {"format": FILE_FORMAT, "fingerprint": fingerprint, "salt": _text(salt)}
    return canonical_json({**fields, **asdict(scrypt)})


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
