"""The key vault (签名密钥库): the keys of one workspace, one wrapped file each, in a private folder."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from exchange import key_file
from exchange.atomic_file import problem, replace_checked, write_whole
from exchange.password_wait import PasswordWait
from models.domain.errors import KeyProblem, WrongPassword
from models.domain.wait_policy import WaitPolicy
from services.ports.exchange import CertificateInfo, Subject

if TYPE_CHECKING:
    from exchange.certificates import Certificate
    from exchange.keys import OpenKey, PrivateKey

_SUFFIX = ".key.json"
_NAME = re.compile(r"[a-z][a-z0-9_-]{0,39}")
_SET_ASIDE = "set_aside"
_PLACE = "签名密钥"


@dataclass(frozen=True, slots=True)
class KeyPolicy:
    """How keys are made and kept (密钥设置); `kind` is `rsa-2048` or `p-256`.

    RSA-2048 by default: every reader of PDF and office files verifies it, its verification is the
    cheapest of all (0.03 ms against 0.10 ms for P-256), and it outlives the three years of a leaf.
    """

    kind: str = "rsa-2048"
    scrypt: key_file.Scrypt = field(default_factory=key_file.Scrypt)
    wait: WaitPolicy = field(default_factory=WaitPolicy)


DEFAULT_POLICY = KeyPolicy()
"""What the program uses."""


class FolderKeyVault:
    """Keys of one workspace in its `keys` folder; implements the port KeyVault."""

    def __init__(self, folder: Path, policy: KeyPolicy | None = None) -> None:
        self._folder = folder
        self._policy = policy or DEFAULT_POLICY

    def names(self) -> Sequence[str]:
        """Names of the keys there are."""
        if not self._folder.is_dir():
            return ()
        return tuple(sorted(path.name.removesuffix(_SUFFIX) for path in self._folder.glob(f"*{_SUFFIX}")))

    def create(self, name: str, subject: Subject, password: str, now: datetime) -> CertificateInfo:
        """Make a key pair with a self-signed certificate; KeyProblem when the name is taken."""
        from exchange.issuing import IssuingPolicy, self_signed_leaf
        from exchange.keys import make_private_key

        self._refuse_taken(name)
        key = make_private_key(self._policy.kind)
        return self.keep(name, key, self_signed_leaf(key, subject, now, IssuingPolicy()), password)

    def keep(self, name: str, key: PrivateKey, certificate: Certificate, password: str) -> CertificateInfo:
        """Wrap a key made elsewhere in this package (root, bureau leaf) under a free name."""
        from exchange.keys import private_bytes

        self._refuse_taken(name)
        self._write(name, self._wrap(private_bytes(key), certificate.info, password))
        return certificate.info

    def unlock(self, name: str, password: str, now: datetime) -> OpenKey:
        """Open a key; WrongPassword with a growing wait, KeyProblem when file or name is not usable."""
        from exchange.keys import OpenKey, private_from_bytes

        file = self._read(name)
        pkcs8 = self._unwrap(name, file, password, now)
        try:
            return OpenKey(_certificate_of(file), private_from_bytes(pkcs8))
        except ValueError as error:
            raise KeyProblem("密钥的种类不认识", "请更换签名密钥并重新办理登记", _PLACE) from error

    def change_password(self, name: str, password: str, new_password: str, now: datetime) -> None:
        """The same key and certificate under another password; the old one opens it until all is done.

        WrongPassword with a growing wait, KeyProblem when file or name is not usable, EnvironmentProblem
        when the disk does not take it. What is written is opened with the new password before it counts.
        """
        file = self._read(name)
        pkcs8 = self._unwrap(name, file, password, now)
        content = self._wrap(pkcs8, _certificate_of(file).info, new_password)

        def opens(written: bytes) -> bool:
            return key_file.unwrap(key_file.from_bytes(written), new_password) == pkcs8

        replace_checked(self._path(name), content, opens)
        for left in self._folder.glob(
            f".{name}{_SUFFIX}.*.tmp"
        ):  # of a program that was killed at this point
            with contextlib.suppress(OSError):
                left.unlink()

    def _unwrap(self, name: str, file: key_file.KeyFile, password: str, now: datetime) -> bytes:
        """The private key's bytes; every wrong password makes the next try wait longer."""
        wait = PasswordWait(self._folder / f"{name}.wait.json", self._policy.wait)
        left = wait.seconds_left(now)
        if left:
            raise WrongPassword("刚才密码输错，现在还不能再试", f"请等待{left}秒后再输入", left)
        pkcs8 = key_file.unwrap(file, password)
        if pkcs8 is None:
            left = wait.failed(now)
            raise WrongPassword("签名密码不正确", f"请核对大小写和输入法，{left}秒后再试", left)
        wait.succeeded()
        return pkcs8

    def certificate(self, name: str) -> CertificateInfo:
        """The certificate kept beside the key, readable without a password."""
        return _certificate_of(self._read(name)).info

    def take_certificate(self, name: str, pem: str) -> None:
        """Replace the certificate by one issued for the same public key; KeyProblem when it is another key's."""
        from exchange.certificates import certificates_of

        file = self._read(name)
        try:
            (certificate,) = certificates_of(pem)
        except ValueError as error:
            raise KeyProblem("证书读不出来", "请向财政部门重新索取证书", _PLACE) from error
        if certificate.spki != _certificate_of(file).spki:
            raise KeyProblem(
                "这张证书是为另一个密钥签发的", "请核对签名核对码，向财政部门索取本密钥的证书", _PLACE
            )
        self._write(name, key_file.to_bytes(replace(file, certificate=certificate.info.pem)))

    def replace(self, name: str, subject: Subject, password: str, now: datetime) -> CertificateInfo:
        """A new key under the name (forgotten password); the old wrapped file is set aside, never deleted."""
        from exchange.issuing import IssuingPolicy, self_signed_leaf
        from exchange.keys import make_private_key, private_bytes

        path = self._path(name)
        if not path.exists():
            return self.create(name, subject, password, now)
        self._refuse_root(name)
        key = make_private_key(self._policy.kind)
        certificate = self_signed_leaf(key, subject, now, IssuingPolicy())
        content = self._wrap(private_bytes(key), certificate.info, password)
        self._set_aside(path, name, now)
        self._write(name, content)
        PasswordWait(self._folder / f"{name}.wait.json", self._policy.wait).succeeded()
        return certificate.info

    def move(self, name: str, to: str, now: datetime) -> None:
        """Let a key take another name; the key that had it before is set aside, never deleted.

        A program killed in between leaves the key under both names; moving once more ends it.
        """
        content = self.export(name)
        target = self._path(to)
        if target.exists() and target.read_bytes() != content:
            self._set_aside(target, to, now)
        self._write(to, content)
        self._path(name).unlink()
        PasswordWait(self._folder / f"{to}.wait.json", self._policy.wait).succeeded()

    def put_away(self, name: str, now: datetime) -> None:
        """Set a key aside that is not used any more; it is never deleted."""
        path = self._path(name)
        if path.exists():
            self._set_aside(path, name, now)
            path.unlink()

    def export(self, name: str) -> bytes:
        """The wrapped key file as it lies here, for a copy elsewhere; KeyProblem when there is none."""
        self._read(name)
        return self._path(name).read_bytes()

    def certificate_in(self, content: bytes) -> CertificateInfo:
        """The certificate beside the key in a copy of a key file; KeyProblem for a file that is none."""
        return _certificate_of(key_file.from_bytes(content)).info

    def take_back(self, name: str, content: bytes, password: str, now: datetime) -> CertificateInfo:
        """Put a copy of a key file in the key's place once the password opens it; what was there is set aside.

        WrongPassword when it does not open, KeyProblem for a file that is none; then nothing changes.
        """
        file = key_file.from_bytes(content)
        certificate = _certificate_of(file)
        self._unwrap(name, file, password, now)
        path = self._path(name)
        if path.exists() and path.read_bytes() != content:
            self._set_aside(path, name, now)
        self._write(name, content)
        return certificate.info

    def _wrap(self, pkcs8: bytes, info: CertificateInfo, password: str) -> bytes:
        if not password:
            raise KeyProblem("没有输入签名密码", "请输入签名密码", _PLACE)
        return key_file.wrap(pkcs8, password, self._policy.scrypt, info.fingerprint, info.pem)

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise ValueError(f"not a key's name: {name!r}")
        return self._folder / f"{name}{_SUFFIX}"

    def _refuse_taken(self, name: str) -> None:
        if self._path(name).exists():
            raise KeyProblem("已经有签名密钥", "忘记密码时请使用更换签名密钥", _PLACE)

    def _refuse_root(self, name: str) -> None:
        """Every issued certificate hangs on the root: it is never replaced in passing."""
        try:
            is_root = _certificate_of(self._read(name)).is_root
        except KeyProblem:
            return
        if is_root:
            raise KeyProblem("根证书的密钥不能更换，已签发的证书都由它签发", "请从备份恢复工作区", _PLACE)

    def _read(self, name: str) -> key_file.KeyFile:
        path = self._path(name)
        try:
            data = path.read_bytes()
        except FileNotFoundError as error:
            raise KeyProblem("还没有签名密钥", "请先建立签名密钥", _PLACE) from error
        except OSError as error:
            raise KeyProblem("密钥文件读不出来", "请检查工作区文件夹", _PLACE) from error
        return key_file.from_bytes(data)

    def _write(self, name: str, content: bytes) -> None:
        self._make_folder(self._folder)
        write_whole(self._path(name), (content,), is_private=True)

    def _make_folder(self, folder: Path) -> None:
        """A folder for its owner alone; carriers without rights (FAT) keep it as it is."""
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise problem(error, folder) from error
        with contextlib.suppress(OSError):
            os.chmod(folder, 0o700)

    def _set_aside(self, path: Path, name: str, now: datetime) -> None:
        """Copy the old file under a name with the moment in it; the new file then replaces it."""
        folder = self._folder / _SET_ASIDE
        self._make_folder(folder)
        stem = f"{name}-{now:%Y%m%d-%H%M%S}"
        target = folder / f"{stem}{_SUFFIX}"
        count = 2
        while target.exists():
            target = folder / f"{stem}-{count}{_SUFFIX}"
            count += 1
        write_whole(target, (path.read_bytes(),), is_private=True)


def _certificate_of(file: key_file.KeyFile) -> Certificate:
    """The file's certificate, held against the check code its key was wrapped with."""
    from exchange.certificates import certificates_of

    try:
        (certificate,) = certificates_of(file.certificate)
    except ValueError as error:
        raise KeyProblem("密钥文件里的证书已损坏", "请更换签名密钥并重新办理登记", _PLACE) from error
    if certificate.info.fingerprint != file.fingerprint:
        raise KeyProblem("密钥文件里的证书不是这个密钥的", "请更换签名密钥并重新办理登记", _PLACE)
    return certificate
