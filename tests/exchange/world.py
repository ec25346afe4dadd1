"""A small world of keys, certificates and packages for the tests of the exchange package."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from exchange.authority import OfflineAuthority
from exchange.key_file import Scrypt
from exchange.keys import OpenKey, open_key
from exchange.reader import StrictPackageReader
from exchange.vault import FolderKeyVault, KeyPolicy
from exchange.writer import CanonicalPackageWriter
from models.domain.evidence import member_name
from models.domain.message import MessageType, package_file_name
from models.domain.verdict import Judgement
from services.ports.exchange import SignerRole, Subject, TrustMaterial, WrittenPackage

NOW = datetime.now(UTC).replace(microsecond=0)
START = NOW - timedelta(days=30)
PASSWORD = "签名密码 2026"
FAST = KeyPolicy("p-256", Scrypt(n=1 << 10))
UNIT = Subject("张三", "990001001", "示例县城关镇人民政府", SignerRole.UNIT)
OTHER_UNIT = Subject("李四", "990001002", "示例县东河镇人民政府", SignerRole.UNIT)
BUREAU = Subject("王五", "990000", "示例县财政局", SignerRole.BUREAU)


@dataclass(frozen=True)
class World:
    """A bureau with root, leaf and empty revocation list; a unit with self-signed and with issued certificate."""

    root: OpenKey
    bureau: OpenKey
    unit: OpenKey
    self_signed_unit: OpenKey
    other_unit: OpenKey
    crl: str

    @property
    def trust(self) -> TrustMaterial:
        return TrustMaterial((self.root.certificate.pem,), (), (self.crl,))


@cache
def _key_files(name: str) -> dict[str, bytes]:
    """Root and leaf of one bureau as they lie on disk: keys of this length are dear, so each is made once."""
    with TemporaryDirectory(prefix=f"{name}-bureau-") as folder:
        vault, authority = FolderKeyVault(Path(folder), FAST), OfflineAuthority()
        authority.create_root(vault, BUREAU.unit_code, BUREAU.unit_name, PASSWORD, START)
        root = vault.unlock("root", PASSWORD, START)
        authority.create_bureau_key(vault, root, BUREAU, PASSWORD, START)
        return {path.name: path.read_bytes() for path in Path(folder).iterdir()}


def make_bureau(folder: Path, name: str = "own") -> tuple[OpenKey, OpenKey]:
    """Root and bureau leaf in a vault in `folder`; the same name gives the same keys, another one others."""
    folder.mkdir(parents=True, exist_ok=True)
    for file_name, content in _key_files(name).items():
        (folder / file_name).write_bytes(content)
    vault = FolderKeyVault(folder, FAST)
    return vault.unlock("root", PASSWORD, START), vault.unlock("bureau", PASSWORD, START)


def make_unit(
    folder: Path, subject: Subject, root: OpenKey | None, now: datetime = START, policy: KeyPolicy = FAST
) -> OpenKey:
    """A unit's key, with a certificate issued by `root` when there is one."""
    vault = FolderKeyVault(folder, policy)
    certificate = vault.create("unit", subject, PASSWORD, now)
    if root is not None:
        issued = OfflineAuthority().issue(root, certificate.pem, subject, now)
        vault.take_certificate("unit", issued.pem)
    return open_key(vault.unlock("unit", PASSWORD, now))


def make_world(folder: Path) -> World:
    """Everything made fresh in `folder`."""
    root, bureau = make_bureau(folder / "bureau")
    return World(
        root=root,
        bureau=bureau,
        unit=make_unit(folder / "unit", UNIT, root),
        self_signed_unit=make_unit(folder / "first", UNIT, None),
        other_unit=make_unit(folder / "other", OTHER_UNIT, root),
        crl=OfflineAuthority().revocation_list(root, [], 1, START),
    )


def filing(**changes: Any) -> dict[str, Any]:
    """A filing as it stands in a payload."""
    return {
        "filing_id": "f-1",
        "task_id": "t-1",
        "form_id": "performance_target",
        "form_version": "1",
        "budget_year": 2027,
        "unit_code": UNIT.unit_code,
        "project": {"name": "村级道路养护"},
        "version": 1,
        "answers": {"total_funds_fen": 1200000, "quantity": "≥95%"},
        "explanations": [],
        "findings": [],
        **changes,
    }


EVIDENCE_CONTENT = b"evidence"
EVIDENCE_NAME = member_name("说明.txt", hashlib.sha256(EVIDENCE_CONTENT).hexdigest())


def listed(name: str, content: bytes, place: str = "", **changes: Any) -> dict[str, Any]:
    """A piece of evidence as a filing lists it."""
    digest = hashlib.sha256(content).hexdigest()
    member = member_name(name, digest)
    entry = {
        "place": place,
        "name": name,
        "member": member,
        "size": len(content),
        "sha256": digest,
        "note": "",
    }
    return {**entry, **changes}


def with_evidence(*items: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A submission whose one filing lists these pieces of evidence."""
    return submission(filings=[filing(evidence=list(items))], **changes)


def head(kind: MessageType, **changes: Any) -> dict[str, Any]:
    """A payload's common head."""
    return {
        "format": 1,
        "message_type": kind.value,
        "unit_code": UNIT.unit_code,
        "unit_name": UNIT.unit_name,
        "working_year": 2026,
        "number": 1,
        "created_at": NOW.isoformat(),
        "kit": {"kit_id": "k-1", "name": "示例", "version": 1, "digest": "0" * 64},
        **changes,
    }


def submission(**changes: Any) -> dict[str, Any]:
    """A submission's payload with one filing."""
    return head(MessageType.SUBMISSION, **{"filings": [filing()], **changes})


@lru_cache
def plain_pdf(text: str = "hello") -> bytes:
    """A one-page PDF without signature."""
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    canvas.drawString(100, 700, text)
    canvas.save()
    return buffer.getvalue()


def write(
    folder: Path,
    payload: dict[str, Any],
    key: OpenKey,
    members: dict[str, bytes] | None = None,
    when: datetime = NOW,
) -> WrittenPackage:
    """Write a package with the product's own writer."""
    kind = MessageType(payload["message_type"])
    return CanonicalPackageWriter().write(
        folder,
        lambda digest: package_file_name(payload["unit_code"], 2026, kind, payload["number"], digest),
        payload,
        members or {},
        key,
        when,
    )


def signed_pdf(key: OpenKey, text: str = "hello") -> bytes:
    """The plain PDF, signed."""
    return CanonicalPackageWriter().sign_pdf(plain_pdf(text), key, NOW)


def judge(path: Path, trust: TrustMaterial, now: datetime = NOW, **options: Any) -> Judgement:
    """Judge with the product's own reader."""
    return StrictPackageReader().judge(path, trust, now, **options)


def codes(judgement: Judgement) -> set[str]:
    """The reason codes of a judgement."""
    return {reason.code for reason in judgement.verdict.reasons}
