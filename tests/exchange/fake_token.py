"""A token in memory behind the face of python-pkcs11, for the troubles no software token makes: locked, full, pulled out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pkcs11
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed, decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from pkcs11 import Attribute, KeyType, Mechanism, ObjectClass, TokenFlag

EC_ONLY = (Mechanism.EC_KEY_PAIR_GEN, Mechanism.ECDSA)
BOTH = (Mechanism.RSA_PKCS_KEY_PAIR_GEN, Mechanism.RSA_PKCS, *EC_ONLY)
TRIES = 3
_SHA256 = Prehashed(hashes.SHA256())


class FakeObject(dict[Any, Any]):
    """A key or certificate on the token."""

    def __init__(self, token: FakeToken, attributes: dict[Any, Any], private: Any = None) -> None:
        super().__init__(attributes)
        self._token, self._private = token, private

    def sign(self, data: bytes, mechanism: Mechanism, pin: str | None = None) -> bytes:
        self._token.answer()
        if self.get(Attribute.ALWAYS_AUTHENTICATE) and pin != self._token.pin:
            raise pkcs11.UserNotLoggedIn
        if self._token.signs_wrongly:
            data = bytes(len(data))
        if mechanism is Mechanism.RSA_PKCS:
            return self._private.sign(data[-32:], padding.PKCS1v15(), _SHA256)
        pair = decode_dss_signature(self._private.sign(data, ec.ECDSA(_SHA256)))
        return b"".join(number.to_bytes(32, "big") for number in pair)

    def destroy(self) -> None:
        self._token.objects.remove(self)


@dataclass(eq=False)
class FakeSession:
    """An open session."""

    token: FakeToken

    def get_objects(self, wanted: dict[Any, Any]) -> list[FakeObject]:
        self.token.answer()
        return [one for one in self.token.objects if wanted.items() <= one.items()]

    def generate_keypair(self, _kind: Any, bits: int, **template: Any) -> None:
        self.token.put(rsa.generate_private_key(65537, bits), template["id"], template["label"])

    def create_domain_parameters(self, *_: Any, **__: Any) -> FakeSession:
        return FakeCurve(self.token)

    def create_object(self, attributes: dict[Any, Any]) -> None:
        if self.token.is_closed_to_writing:
            raise pkcs11.TokenWriteProtected
        self.token.objects.append(FakeObject(self.token, attributes))

    def set_pin(self, _old: str, new: str) -> None:
        if len(new) < 6:
            raise pkcs11.PinLenRange
        self.token.pin = new

    def close(self) -> None:
        self.token.sessions -= 1
        self.token.answer()


class FakeCurve(FakeSession):
    """What makes P-256 keys."""

    def generate_keypair(self, **template: Any) -> None:
        self.token.put(ec.generate_private_key(ec.SECP256R1()), template["id"], template["label"])


@dataclass(eq=False)
class FakeToken:
    """A token with its slot; everything about it can be changed by a test."""

    label: str = "绩效UKey"
    serial: bytes = b"0001"
    manufacturer_id: str = "示例厂家"
    pin: str = "246810"
    mechanisms: tuple[Mechanism, ...] = EC_ONLY
    objects: list[FakeObject] = field(default_factory=list)
    failures: int = 0
    sessions: int = 0
    is_plugged_in: bool = True
    is_closed_to_writing: bool = False
    is_full: bool = False
    signs_wrongly: bool = False

    @property
    def flags(self) -> TokenFlag:
        told = TokenFlag.TOKEN_INITIALIZED
        if self.failures:
            told |= TokenFlag.USER_PIN_COUNT_LOW
        if self.failures == TRIES - 1:
            told |= TokenFlag.USER_PIN_FINAL_TRY
        return told | TokenFlag.USER_PIN_LOCKED if self.failures >= TRIES else told

    @property
    def slot(self) -> FakeToken:
        return self

    def get_token(self) -> FakeToken:
        return self

    def get_mechanisms(self) -> set[Mechanism]:
        return set(self.mechanisms)

    def answer(self) -> None:
        if not self.is_plugged_in:
            raise pkcs11.DeviceRemoved

    def open(self, rw: bool = False, user_pin: str = "") -> FakeSession:
        self.answer()
        if rw and self.is_closed_to_writing:
            raise pkcs11.TokenWriteProtected
        if self.failures >= TRIES:
            raise pkcs11.PinLocked
        if user_pin != self.pin:
            self.failures += 1
            raise pkcs11.PinIncorrect
        self.failures = 0
        self.sessions += 1
        return FakeSession(self)

    def put(self, private: Any, key_id: bytes, label: str = "", **more: Any) -> None:
        """A key pair; `more` are further attributes of the private one by their names."""
        if self.is_full:
            raise pkcs11.DeviceMemory
        named = {Attribute.ID: key_id, Attribute.LABEL: label}
        public = _public(private.public_key())
        self.objects.append(FakeObject(self, {Attribute.CLASS: ObjectClass.PUBLIC_KEY, **named, **public}))
        kind = {Attribute.CLASS: ObjectClass.PRIVATE_KEY, **named}
        kind |= {Attribute[name]: value for name, value in more.items()}
        self.objects.append(FakeObject(self, kind, private))


@dataclass
class FakeLibrary:
    """The module: the tokens that are plugged in."""

    tokens: list[FakeToken]
    restarts: int = 0

    def reinitialize(self) -> None:
        self.restarts += 1

    def get_slots(self, token_present: bool) -> list[FakeToken]:
        assert token_present
        return [token for token in self.tokens if token.is_plugged_in]


def _public(key: Any) -> dict[Any, Any]:
    if isinstance(key, rsa.RSAPublicKey):
        numbers = key.public_numbers()
        return {
            Attribute.KEY_TYPE: KeyType.RSA,
            Attribute.MODULUS: numbers.n.to_bytes(key.key_size // 8, "big"),
            Attribute.PUBLIC_EXPONENT: numbers.e.to_bytes(3, "big"),
        }
    point = key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return {Attribute.KEY_TYPE: KeyType.EC, Attribute.EC_POINT: b"\x04\x41" + point}
