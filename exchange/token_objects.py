"""What lies on a token (UKey 里的内容): key pairs and certificates, read, made and written; the caller is logged in."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec, rsa

from exchange.certificates import Certificate, PublicKey, is_strong, parse_certificate
from exchange.token_login import TokenLogin, attribute, private_key
from exchange.token_module import LOCK, find_token
from exchange.token_problems import plain_words
from models.domain.errors import KeyProblem
from services.ports.tokens import TokenKeyInfo

_KEY_LABEL = "预算绩效报送签名"
_ID_BYTES = 16
_RSA_BITS = 2048
_P256_POINT = 65


def key_list(login: TokenLogin) -> Sequence[TokenKeyInfo]:
    """The key pairs on the token, those that serve first."""
    from pkcs11 import Attribute, ObjectClass

    found = []
    with LOCK, plain_words(login.place.label):
        for key in list(login.session.get_objects({Attribute.CLASS: ObjectClass.PRIVATE_KEY})):
            key_id = bytes(attribute(key, Attribute.ID) or b"")
            public = public_key(login, key_id)
            kept = kept_certificate(login, key_id)
            if kept is not None and public is not None and kept.public_key != public:
                kept = None
            found.append(
                TokenKeyInfo(
                    key_id.hex(),
                    str(attribute(key, Attribute.LABEL) or "").strip(),
                    _words(public),
                    None if kept is None else kept.info,
                    _obstacle(key_id, public),
                )
            )
    return sorted(found, key=lambda info: (bool(info.obstacle), info.certificate is None, info.label))


def new_key_id() -> bytes:
    """An id no other key has."""
    return secrets.token_bytes(_ID_BYTES)


@contextmanager
def taken_off_on_failure(login: TokenLogin, key_id: bytes) -> Iterator[None]:
    """A key that was only just made: when what follows fails, the token is left without it, where it still can be asked."""
    from pkcs11 import Attribute

    try:
        yield
    except BaseException:
        with LOCK, suppress(RuntimeError, KeyProblem):
            for item in list(login.session.get_objects({Attribute.ID: key_id})):
                item.destroy()
        raise


def make_pair(login: TokenLogin, key_id: bytes) -> PublicKey:
    """A new key pair made inside the token under an id: RSA-2048, P-256 where it makes no RSA; its public half.

    KeyProblem when the token knows neither, is full or closed to writing.
    """
    from pkcs11 import KeyType, Mechanism

    with LOCK, plain_words(login.place.label):
        known = find_token(login.place).slot.get_mechanisms()
        if {Mechanism.RSA_PKCS_KEY_PAIR_GEN, Mechanism.RSA_PKCS} <= set(known):
            login.session.generate_keypair(KeyType.RSA, _RSA_BITS, **_template(key_id))
        elif {Mechanism.EC_KEY_PAIR_GEN, Mechanism.ECDSA} <= set(known):
            _p256(login.session).generate_keypair(**_template(key_id))
        else:
            raise KeyProblem(
                "这个 UKey 不能生成本程序用的签名密钥（RSA-2048 或 P-256），可能只支持国密算法",
                "请换一个 UKey，或改用本机密钥文件",
            )
        public = public_key(login, key_id)
    if public is None:
        raise KeyProblem("UKey 里新生成的密钥读不出来", "请拔下重插后再试，或换一个 UKey")
    return public


def public_key(login: TokenLogin, key_id: bytes) -> PublicKey | None:
    """The public half of a key: from its public object, else the RSA numbers of the private one, else a certificate."""
    from pkcs11 import Attribute, ObjectClass

    with LOCK:
        wanted = {Attribute.CLASS: ObjectClass.PUBLIC_KEY, Attribute.ID: key_id}
        places = [*list(login.session.get_objects(wanted)), private_key(login.session, key_id)]
        for item in places:
            if item is not None and (found := _public_of(item)) is not None:
                return found
        kept = kept_certificate(login, key_id)
    return None if kept is None else kept.public_key


def kept_certificate(login: TokenLogin, key_id: bytes) -> Certificate | None:
    """The newest certificate of this program's kind beside a key; those of other issuers for other uses are passed over."""
    from pkcs11 import Attribute

    found: list[Certificate] = []
    with LOCK:
        for item in _certificates(login, key_id):
            with suppress(ValueError):
                found.append(parse_certificate(bytes(attribute(item, Attribute.VALUE) or b"")))
    leaves = [certificate for certificate in found if certificate.is_leaf]
    return max(leaves, key=lambda one: (not one.info.is_self_signed, one.info.not_before), default=None)


def keep_certificate(login: TokenLogin, key_id: bytes, certificate: Certificate) -> None:
    """Write the certificate beside its key in place of older ones of this program; a token may refuse, that harms nothing."""
    from pkcs11 import Attribute, CertificateType, ObjectClass

    with LOCK, suppress(RuntimeError):
        older = []
        for item in _certificates(login, key_id):
            value = bytes(attribute(item, Attribute.VALUE) or b"")
            if value == certificate.der:
                return
            with suppress(ValueError):
                parse_certificate(value)
                older.append(item)
        login.session.create_object(
            {
                Attribute.CLASS: ObjectClass.CERTIFICATE,
                Attribute.CERTIFICATE_TYPE: CertificateType.X_509,
                Attribute.TOKEN: True,
                Attribute.PRIVATE: False,
                Attribute.LABEL: _KEY_LABEL,
                Attribute.ID: key_id,
                Attribute.SUBJECT: certificate.subject,
                Attribute.VALUE: certificate.der,
            }
        )
        for item in older:
            item.destroy()


def _certificates(login: TokenLogin, key_id: bytes) -> list[Any]:
    from pkcs11 import Attribute, ObjectClass

    wanted = {Attribute.CLASS: ObjectClass.CERTIFICATE, Attribute.ID: key_id}
    return list(login.session.get_objects(wanted))


def _template(key_id: bytes) -> dict[str, Any]:
    """A key that signs, never leaves the token, and stays on it."""
    from pkcs11 import Attribute, MechanismFlag

    return {
        "id": key_id,
        "label": _KEY_LABEL,
        "store": True,
        "capabilities": MechanismFlag.SIGN | MechanismFlag.VERIFY,
        "private_template": {Attribute.SENSITIVE: True, Attribute.EXTRACTABLE: False},
    }


def _p256(session: Any) -> Any:
    from pkcs11 import Attribute, KeyType
    from pkcs11.util.ec import encode_named_curve_parameters

    parameters = {Attribute.EC_PARAMS: encode_named_curve_parameters("secp256r1")}
    return session.create_domain_parameters(KeyType.EC, parameters, local=True)


def _public_of(item: Any) -> PublicKey | None:
    """The public key in an object's attributes, None when they do not tell it or it is of another kind."""
    from pkcs11 import Attribute, KeyType

    kind = attribute(item, Attribute.KEY_TYPE)
    try:
        if kind is KeyType.RSA:
            modulus = attribute(item, Attribute.MODULUS)
            exponent = attribute(item, Attribute.PUBLIC_EXPONENT)
            if not modulus or not exponent:
                return None
            numbers = (int.from_bytes(exponent, "big"), int.from_bytes(modulus, "big"))
            return rsa.RSAPublicNumbers(*numbers).public_key()
        if kind is KeyType.EC:
            point = bytes(attribute(item, Attribute.EC_POINT) or b"")
            return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point[-_P256_POINT:])
    except ValueError:
        return None
    return None


def _obstacle(key_id: bytes, public: PublicKey | None) -> str:
    """Why a key cannot sign here, "" when it can."""
    if not key_id:
        return "没有编号，程序认不出它"
    if public is None:
        return "不是 RSA 或 P-256，本程序不能用"
    return "" if is_strong(public) else "密钥太短，本程序不能用"


def _words(public: PublicKey | None) -> str:
    if public is None:
        return "其他算法"
    return f"RSA-{public.key_size}" if isinstance(public, rsa.RSAPublicKey) else "P-256"
