"""The key vault that also knows tokens (签名密钥库，含 UKey): a name's key lies in a file or on a token.

Whoever unlocks a key does not see the difference: the PIN stands where the password would, and the key signs
inside the token. Issued certificates are kept in the workspace at once, and written to the token when it is next
unlocked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING

from exchange import token_file
from exchange.token_file import TokenRecord
from exchange.token_problems import not_on_token
from exchange.vault import FolderKeyVault
from models.domain.errors import KeyProblem
from services.ports.exchange import CertificateInfo, SignerRole, Subject
from services.ports.tokens import TokenInfo, TokenKeyInfo, TokenPlace

if TYPE_CHECKING:
    from exchange.certificates import Certificate
    from exchange.keys import OpenKey
    from exchange.token_login import TokenLogin


class Pkcs11Tokens:
    """Looks at tokens through their makers' modules; implements the port Tokens."""

    def is_supported(self) -> bool:
        """Whether python-pkcs11 came along, its compiled part included."""
        try:
            from pkcs11 import _pkcs11
        except ImportError:
            return False
        return hasattr(_pkcs11, "lib")

    def modules(self) -> Sequence[str]:
        """Files that makers' drivers have put where modules usually lie; none of them is loaded."""
        from exchange.token_search import modules

        return modules()

    def tokens(self, module: str) -> Sequence[TokenInfo]:
        """The tokens plugged in now; KeyProblem when the module's file does not serve."""
        from exchange.token_module import tokens

        return tokens(module)

    def keys(self, place: TokenPlace, pin: str) -> Sequence[TokenKeyInfo]:
        """The key pairs on a token; WrongPassword, KeyProblem (locked, gone)."""
        from exchange.token_login import log_in
        from exchange.token_objects import key_list

        return key_list(log_in(place, pin))


class TokenKeyVault(FolderKeyVault):
    """Keys of one workspace in files and on tokens; implements the port KeyVault."""

    def token(self, name: str) -> TokenPlace | None:
        """Where the key of that name lies when it is on a token, None for a key file or no key.

        A module that must not be loaded is left out: whoever goes on with the place has to choose one.
        """
        record = self._record(name)
        if record is None:
            return None
        return replace(record.place, module="") if self._is_strange(record.place.module) else record.place

    def create_on_token(
        self, name: str, place: TokenPlace, key_id: str, subject: Subject, pin: str, now: datetime
    ) -> CertificateInfo:
        """Use a token's key from now on; an empty `key_id` makes a new one inside the token.

        An older file of that name is set aside. A certificate of the same holder that lies beside a chosen key is
        taken over, else the key gets a self-signed one. WrongPassword; KeyProblem when the token is gone, locked or
        full, the key does not serve, or its certificate is another unit's. A new key that comes to nothing is taken
        off the token again, so that trying once more does not fill it.
        """
        from exchange.token_login import log_in
        from exchange.token_objects import make_pair, new_key_id, taken_off_on_failure

        self._refuse_strange(place.module)
        login = log_in(place, pin)
        if key_id:
            chosen = bytes.fromhex(key_id)
            certificate = _chosen_certificate(login, chosen, subject, now)
            return self._keep_key(name, login, chosen, certificate, now)
        chosen = new_key_id()
        with taken_off_on_failure(login, chosen):
            certificate = _self_signed(login, chosen, make_pair(login, chosen), subject, now)
            return self._keep_key(name, login, chosen, certificate, now)

    def _keep_key(
        self, name: str, login: TokenLogin, key_id: bytes, certificate: Certificate, now: datetime
    ) -> CertificateInfo:
        """Write the certificate beside its key, and down which key it is."""
        from exchange.token_objects import keep_certificate

        keep_certificate(login, key_id, certificate)
        self._keep_record(name, _record_of(login.place, key_id, certificate), now)
        return certificate.info

    def choose_module(self, name: str, module: str) -> None:
        """The token's module lies elsewhere on this machine; KeyProblem when there is no token key of that name."""
        record = self._record(name)
        if record is None:
            raise KeyProblem("签名密钥不在 UKey 里", "不用选择 UKey 的模块文件")
        self._refuse_strange(module)
        place = replace(record.place, module=module)
        self._write(name, token_file.to_bytes(replace(record, place=place)))

    def unlock(self, name: str, password: str, now: datetime) -> OpenKey:
        """Open a key; for one on a token `password` is the PIN. Raises as the folder's vault does."""
        record = self._record(name)
        if record is None:
            return super().unlock(name, password, now)
        from exchange.keys import OpenKey
        from exchange.token_keys import token_key
        from exchange.token_login import log_in
        from exchange.token_objects import keep_certificate, public_key
        from exchange.token_problems import plain_words

        certificate = _parsed(record.certificate)
        key_id = bytes.fromhex(record.key_id)
        self._refuse_strange(record.place.module)
        login = log_in(record.place, password)
        with plain_words(record.place.label):
            if public_key(login, key_id) != certificate.public_key:
                raise not_on_token(record.place.label)
        keep_certificate(login, key_id, certificate)
        return OpenKey(certificate, token_key(login, key_id, certificate.public_key))

    def change_password(self, name: str, password: str, new_password: str, now: datetime) -> None:
        """Another password, or another PIN for the token itself."""
        record = self._record(name)
        if record is None:
            super().change_password(name, password, new_password, now)
            return
        from exchange.token_login import log_in

        self._refuse_strange(record.place.module)
        log_in(record.place, password).change_pin(password, new_password)

    def certificate(self, name: str) -> CertificateInfo:
        """The certificate kept in the workspace, readable without password or token."""
        record = self._record(name)
        return super().certificate(name) if record is None else _parsed(record.certificate).info

    def take_certificate(self, name: str, pem: str) -> None:
        """Replace the certificate by one issued for the same public key; KeyProblem when it is another key's."""
        record = self._record(name)
        if record is None:
            super().take_certificate(name, pem)
            return
        given = _parsed(pem)
        if given.spki != _parsed(record.certificate).spki:
            what = "这张证书是为另一个密钥签发的"
            raise KeyProblem(what, "请核对签名核对码，向财政部门索取本密钥的证书")
        self._write(name, token_file.to_bytes(replace(record, certificate=given.info.pem)))

    def export(self, name: str) -> bytes:
        """The file as it lies here: the wrapped key, or where on which token the key is."""
        return super().export(name) if self._record(name) is None else self._path(name).read_bytes()

    def take_back(self, name: str, content: bytes, password: str, now: datetime) -> CertificateInfo:
        """Put a copy of a key file in the key's place; a key on a token was never in a copy."""
        if token_file.from_bytes(content) is not None:
            raise KeyProblem("这份备份里的签名密钥在 UKey 里，文件里没有", "请插上原来的 UKey 使用")
        return super().take_back(name, content, password, now)

    def _is_strange(self, module: str) -> bool:
        """A module is a program: one that lies in the workspace or on the network may have come from somebody else."""
        is_local = PurePosixPath(module).is_absolute() or PureWindowsPath(module).is_absolute()
        is_shared = module.startswith(("\\\\", "//"))
        return not is_local or is_shared or _lies_in(module, self._folder.parent)

    def _refuse_strange(self, module: str) -> None:
        if self._is_strange(module):
            raise KeyProblem(
                "UKey 的模块文件不是这台电脑上安装的",
                "请先安装 UKey 的驱动程序，再在“设置”里选择它的模块文件",
            )

    def _record(self, name: str) -> TokenRecord | None:
        path: Path = self._path(name)
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise KeyProblem("密钥文件读不出来", "请检查工作区文件夹", "签名密钥") from error
        return token_file.from_bytes(data)

    def _keep_record(self, name: str, record: TokenRecord, now: datetime) -> None:
        """The token's record under the name; what stood there is set aside, never deleted."""
        path = self._path(name)
        if path.exists():
            self._refuse_root(name)
            self._set_aside(path, name, now)
        self._write(name, token_file.to_bytes(record))


def _record_of(place: TokenPlace, key_id: bytes, certificate: Certificate) -> TokenRecord:
    return TokenRecord(place, key_id.hex(), certificate.info.fingerprint, certificate.info.pem)


def _chosen_certificate(login: TokenLogin, key_id: bytes, subject: Subject, now: datetime) -> Certificate:
    """The certificate a key that was there before will sign with."""
    from exchange.token_objects import kept_certificate, public_key
    from exchange.token_problems import plain_words

    with plain_words(login.place.label):
        public, kept = public_key(login, key_id), kept_certificate(login, key_id)
    if public is None:
        raise KeyProblem("选中的密钥在 UKey 里找不到", "请重新读取后再选")
    if kept is not None and kept.public_key == public:
        holder = kept.info.subject
        if (holder.unit_code, holder.role) != (subject.unit_code, subject.role):
            what = f"这个密钥的签名证书是“{holder.unit_name}”（{holder.role.label}）的，不是本单位的"
            raise KeyProblem(what, "请换上本单位的 UKey，或在 UKey 里新生成密钥")
        is_bureau = (
            subject.role is SignerRole.BUREAU
        )  # its root issues at once; the kept one may be of another root
        if not is_bureau and kept.info.not_after > now and holder.person_name == subject.person_name:
            return kept
    return _self_signed(login, key_id, public, subject, now)


def _self_signed(
    login: TokenLogin, key_id: bytes, public: object, subject: Subject, now: datetime
) -> Certificate:
    from exchange.issuing import IssuingPolicy, self_signed_leaf
    from exchange.token_keys import token_key

    return self_signed_leaf(token_key(login, key_id, public), subject, now, IssuingPolicy())


def _parsed(pem: str) -> Certificate:
    from exchange.certificates import certificates_of

    try:
        (certificate,) = certificates_of(pem)
    except ValueError as error:
        raise KeyProblem("证书读不出来", "请向财政部门重新索取证书") from error
    return certificate


def _lies_in(module: str, folder: Path) -> bool:
    """Whether the file lies in the folder, by whatever way it is named."""
    return Path(module).resolve().is_relative_to(folder.resolve())
