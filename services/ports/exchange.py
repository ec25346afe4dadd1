"""Signed packages, keys and trust as services see them (报送文件与签名接口); implemented in `exchange`.

Certificates and revocation lists travel as PEM text, package content as bytes; no crypto type
crosses this border.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from models.domain.message import MessageType
from models.domain.revocation import Revocation
from models.domain.verdict import Judgement, Reason, VerdictWord

if TYPE_CHECKING:
    from services.ports.tokens import TokenPlace


class SignerRole(enum.StrEnum):
    """Role of a certificate's holder (签署角色)."""

    UNIT = "unit"
    DEPARTMENT = "department"
    BUREAU = "bureau"
    HEAD = "head"

    @property
    def label(self) -> str:
        """预算单位, 主管部门, 财政部门, 单位负责人."""
        return {
            "unit": "预算单位",
            "department": "主管部门",
            "bureau": "财政部门",
            "head": "单位负责人",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose certificate (证书主体): the unit's code stands in organizationIdentifier (2.5.4.97)."""

    person_name: str
    unit_code: str
    unit_name: str
    role: SignerRole


@dataclass(frozen=True, slots=True)
class CertificateInfo:
    """A certificate in plain values (证书信息); `fingerprint` is the key's 核对码."""

    pem: str
    subject: Subject
    fingerprint: str
    serial: str
    not_before: datetime
    not_after: datetime
    is_self_signed: bool


@dataclass(frozen=True, slots=True)
class RevokedCertificates:
    """A revocation list in plain values (证书注销名单): its number, until when it serves, what it revokes."""

    number: int
    revocations: tuple[Revocation, ...]
    next_update: datetime | None = None

    @property
    def revoked(self) -> tuple[tuple[str, datetime], ...]:
        """(serial, time) of each certificate revoked."""
        return tuple((item.serial, item.at) for item in self.revocations)


class UnlockedKey(Protocol):
    """A private key in memory with its certificate (已解锁的签名密钥)."""

    @property
    def certificate(self) -> CertificateInfo:
        """The certificate signatures will carry."""
        ...


class KeyVault(Protocol):
    """Keys at rest in a workspace's `keys` folder (签名密钥库), wrapped by scrypt or Argon2id."""

    def names(self) -> Sequence[str]:
        """Names of the keys there are, e.g. `unit`, `bureau`, `root`."""
        ...

    def create(self, name: str, subject: Subject, password: str, now: datetime) -> CertificateInfo:
        """Make a key pair with a self-signed certificate; KeyProblem when the name is taken."""
        ...

    def unlock(self, name: str, password: str, now: datetime) -> UnlockedKey:
        """Open a key; WrongPassword with a growing wait, KeyProblem when file or name is not usable."""
        ...

    def change_password(self, name: str, password: str, new_password: str, now: datetime) -> None:
        """The same key under another password, whole or not at all; WrongPassword with a growing wait."""
        ...

    def certificate(self, name: str) -> CertificateInfo:
        """The certificate kept beside the key, readable without a password."""
        ...

    def take_certificate(self, name: str, pem: str) -> None:
        """Replace the certificate by one issued for the same public key; KeyProblem when it is another key's."""
        ...

    def replace(self, name: str, subject: Subject, password: str, now: datetime) -> CertificateInfo:
        """A new key under the name (forgotten password); the old wrapped file is set aside, never deleted."""
        ...

    def move(self, name: str, to: str, now: datetime) -> None:
        """Let a key take another name; the key that had it before is set aside, never deleted."""
        ...

    def put_away(self, name: str, now: datetime) -> None:
        """Set a key aside that is not used any more; it is never deleted."""
        ...

    def export(self, name: str) -> bytes:
        """The wrapped key file as it lies here, for a copy elsewhere; KeyProblem when there is none."""
        ...

    def certificate_in(self, content: bytes) -> CertificateInfo:
        """The certificate beside the key in a copy of a key file; KeyProblem for a file that is none."""
        ...

    def take_back(self, name: str, content: bytes, password: str, now: datetime) -> CertificateInfo:
        """Put a copy of a key file in the key's place once the password opens it; what was there is set aside.

        WrongPassword when it does not open, KeyProblem for a file that is none; then nothing changes.
        """
        ...

    def token(self, name: str) -> TokenPlace | None:
        """Where the key of that name lies when it is on a token, None for a key file or no key."""
        ...

    def create_on_token(
        self, name: str, place: TokenPlace, key_id: str, subject: Subject, pin: str, now: datetime
    ) -> CertificateInfo:
        """Use a token's key under the name; an empty `key_id` makes a new one inside it. The old file is set aside."""
        ...

    def choose_module(self, name: str, module: str) -> None:
        """The token's module lies elsewhere on this machine; KeyProblem when the key is on no token."""
        ...


class Authority(Protocol):
    """The bureau's own certificate authority (财政部门证书签发): the root signs only certificates and lists."""

    @property
    def leaf_lifetime(self) -> timedelta:
        """How long a certificate issued today serves, as long as its root does."""
        ...

    def create_root(
        self,
        vault: KeyVault,
        bureau_code: str,
        bureau_name: str,
        password: str,
        now: datetime,
        *,
        name: str = "root",
        generation: int = 1,
    ) -> CertificateInfo:
        """Make the root (RSA-3072, pathlen 0) under a name; later generations are called so."""
        ...

    def create_bureau_key(
        self,
        vault: KeyVault,
        root: UnlockedKey,
        subject: Subject,
        password: str,
        now: datetime,
        *,
        name: str = "bureau",
    ) -> CertificateInfo:
        """Make the bureau's leaf under a name, issued by the root."""
        ...

    def issue(
        self,
        root: UnlockedKey,
        public_from_pem: str,
        subject: Subject,
        now: datetime,
        former_roots: Sequence[str] = (),
    ) -> CertificateInfo:
        """A leaf for the public key of a (self-signed) certificate or PKCS#10; the subject comes from the register.

        A certificate of this root, or of one of the former ones, proves the key as well.
        """
        ...

    def with_certificate(self, key: UnlockedKey, pem: str) -> UnlockedKey:
        """An unlocked key that signs under another certificate of its own from now on; KeyProblem for another key's."""
        ...

    def request_fingerprint(self, pem: str) -> str:
        """核对码 of the key a PKCS#10 asks for; KeyProblem when its holder has not proved to own it."""
        ...

    def link_root(self, old_root: UnlockedKey, new_root_pem: str, now: datetime) -> str:
        """The announcement of a new root (PEM): its name and key, signed by the old root."""
        ...

    def is_announced(self, known_root_pem: str, links: Sequence[str], new_root_pem: str) -> bool:
        """Whether links lead from a known root to a new one, over as many changes as there were."""
        ...

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
        ...

    def read_revocation_list(self, root_pem: str, pem: str) -> RevokedCertificates:
        """The newest of that root's own lists in a text; KeyProblem when there is none."""
        ...

    def read_certificate(self, pem: str) -> CertificateInfo:
        """A certificate in plain values; KeyProblem when the text is none."""
        ...


@dataclass(frozen=True, slots=True)
class TrustMaterial:
    """What a verdict is judged against (信任依据): root, confirmed self-signed certificates, revocation lists.

    `renewal_notice_days` is how long before its end a certificate is told to be near it (days).
    """

    roots: tuple[str, ...] = ()
    registered: tuple[str, ...] = ()
    revocation_lists: tuple[str, ...] = ()
    renewal_notice_days: int = 60


@dataclass(frozen=True, slots=True)
class WrittenPackage:
    """A package written, read back and verified (已生成的报送文件)."""

    path: Path
    size: int
    manifest_sha256: str
    payload_sha256: str
    check_code: str


class PackageWriter(Protocol):
    """Writes the canonical container and signs it (生成签名文件)."""

    def write(
        self,
        folder: Path,
        name_of: Callable[[str], str],
        payload: Mapping[str, Any],
        members: Mapping[str, bytes | Path],
        key: UnlockedKey,
        signing_time: datetime,
    ) -> WrittenPackage:
        """Write one package into `folder`; `name_of` gets the manifest digest in hex and gives the file name.

        `members` maps ASCII member names (`documents/…`, `evidence/…`, `packages/…`) to content,
        or to the file that holds it, which is streamed. The file is written as temp, flushed, fsynced,
        replaced, read back and compared. Raises EnvironmentProblem (disk full, read-only, carrier gone) and leaves no half file.
        """
        ...

    def countersign(
        self,
        path: Path,
        folder: Path,
        name: str,
        manifest_sha256: str,
        key: UnlockedKey,
        signing_time: datetime,
    ) -> WrittenPackage:
        """The same package with the second signature of 单位负责人 (负责人签名), written into `folder` under `name`.

        KeyProblem when this key may not countersign it, EnvironmentProblem when the file is not that package
        any more or the carrier fails; then no half file is left.
        """
        ...

    def sign_pdf(self, pdf: bytes, key: UnlockedKey, signing_time: datetime) -> bytes:
        """The same PDF with one PAdES signature over the whole document."""
        ...

    def sign_workbook(self, workbook: bytes, key: UnlockedKey, signing_time: datetime) -> bytes:
        """The same workbook with one OPC signature over all its parts."""
        ...


AnswerInspector = Callable[[Mapping[str, Any]], Sequence[Reason]]
"""Judges a payload's forms and answers; its reasons are `unknown_form_version`-like or notes."""


class ReasonCatalogue(Protocol):
    """The closed list of reason codes (原因代码)."""

    def reason(self, code: str, where: str = "", detail: str = "") -> Reason:
        """The reason of that code with its sentence."""
        ...

    def word_of(self, reasons: tuple[Reason, ...]) -> VerdictWord:
        """The worst of the reasons' own verdicts, 有效 when there is none."""
        ...


@dataclass(frozen=True, slots=True)
class AlteredPackage:
    """What can still be read of a package that does not hold (被改动的报送文件); nothing of it is believed.

    `documents` by member name; `changed` are the members that are not what the manifest says, which counts only
    when `is_sealed`: the signature over that manifest holds.
    """

    payload: Mapping[str, Any] | None
    documents: Mapping[str, bytes]
    changed: frozenset[str]
    is_sealed: bool


class PackageReader(Protocol):
    """The strict reader (严格读取): never raises on hostile input, always answers with a judgement."""

    def judge(
        self,
        path: Path,
        trust: TrustMaterial,
        now: datetime,
        *,
        inspect_answers: AnswerInspector | None = None,
        inspect_documents: bool = True,
    ) -> Judgement:
        """Judge one file in the order of the package format; an unreadable path gives `cannot_judge`."""
        ...

    def member(self, path: Path, name: str, manifest_sha256: str) -> bytes:
        """One member's bytes, its digest checked again; EnvironmentProblem when the file has changed."""
        ...

    def documents(self, path: Path, manifest_sha256: str) -> Mapping[str, bytes]:
        """All members under `documents/`, digests checked again."""
        ...

    def evidence(self, path: Path, manifest_sha256: str) -> Mapping[str, bytes]:
        """All members under `evidence/`, digests checked again."""
        ...

    def nested(self, path: Path, manifest_sha256: str, folder: Path) -> Sequence[Path]:
        """Write the units' packages of a department's package into `folder` under their own names, digests checked
        again; those that are there already stay. EnvironmentProblem when the file has changed or the disk fails."""
        ...

    def altered(self, path: Path) -> AlteredPackage | None:
        """A lenient, bounded look at a refused file, only to explain it; None when nothing can be read."""
        ...

    def pdf_texts(self, pdf: bytes) -> tuple[str, ...]:
        """The texts of a PDF in drawing order, bounded; () when it is of another form than this program draws."""
        ...


class RegistrationRequests(Protocol):
    """Registration requests (签名登记申请): PKCS#10 of a unit's own key."""

    def request_pem(self, key: UnlockedKey) -> str:
        """The PKCS#10 as PEM, to stand in payload.json."""
        ...


MESSAGE_TYPES_SEALED_BY_UNIT = frozenset({MessageType.SUBMISSION, MessageType.REGISTRATION_REQUEST})
"""Messages a unit may sign; everything else comes from the bureau (or, later, a department)."""
