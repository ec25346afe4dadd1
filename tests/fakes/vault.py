"""Keys of a workspace without cryptography (不带密码运算的密钥库)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from models.domain.errors import KeyProblem, WrongPassword
from services.ports.exchange import CertificateInfo, Subject
from services.ports.tokens import TokenPlace
from tests.fakes.certificates import SERIALS, der_of, key_of, make_certificate, read_der
from tests.fakes.tokens import PIN


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
    places: dict[str, TokenPlace] = field(default_factory=dict)

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
            if name in self.places:
                raise WrongPassword("UKey 的 PIN 码不正确。请核对后再输入")
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
            raise KeyProblem("这张证书是为另一个密钥签发的", "请核对签名核对码", "签名密钥")
        self.keys[name] = (key, password, read_der(der_of(pem)))

    def replace(self, name: str, subject: Subject, password: str, now: datetime) -> CertificateInfo:
        self.set_aside.append(self.keys[name][2])
        self.places.pop(name, None)
        return self._put(name, f"key-{next(SERIALS)}", subject, password, now)

    def move(self, name: str, to: str, now: datetime) -> None:
        if to in self.keys:
            self.set_aside.append(self.keys[to][2])
        self.keys[to] = self.keys.pop(name)
        if name in self.places:
            self.places[to] = self.places.pop(name)

    def token(self, name: str) -> TokenPlace | None:
        return self.places.get(name)

    def create_on_token(
        self, name: str, place: TokenPlace, key_id: str, subject: Subject, pin: str, now: datetime
    ) -> CertificateInfo:
        if pin != PIN:
            raise WrongPassword("UKey 的 PIN 码不正确。请核对后再输入")
        if name in self.keys:
            self.set_aside.append(self.keys[name][2])
        self.places[name] = place
        return self._put(name, key_id or f"key-{next(SERIALS)}", subject, pin, now)

    def choose_module(self, name: str, module: str) -> None:
        self.places[name] = replace(self.places[name], module=module)

    def put_away(self, name: str, now: datetime) -> None:
        if name in self.keys:
            self.set_aside.append(self.keys.pop(name)[2])

    def export(self, name: str) -> bytes:
        self.certificate(name)
        key, password, info = self.keys[name]
        return json.dumps([key, password, info.pem]).encode()

    def certificate_in(self, content: bytes) -> CertificateInfo:
        try:
            return read_der(der_of(json.loads(content)[2]))
        except ValueError as error:
            raise KeyProblem("密钥文件已损坏，打不开", "请更换签名密钥并重新办理登记", "签名密钥") from error

    def take_back(self, name: str, content: bytes, password: str, now: datetime) -> CertificateInfo:
        self.certificate_in(content)
        key, right, pem = json.loads(content)
        if password != right:
            raise WrongPassword("签名密码不正确", "请核对大小写和输入法", 1)
        self.keys[name] = (key, right, read_der(der_of(pem)))
        return self.keys[name][2]
