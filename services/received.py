"""Packages received (收到的报送文件): an own copy under its identity, and a record of what was judged."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from models.domain.message import PURPOSE, REPLACES, MessageType
from models.domain.verdict import Judgement, SignerInfo
from services.path_text import path_text
from services.ports.store import PackageRecord
from services.workspaces import Workspace

RECEIVED, DECLINED = "received", "declined"
"""Directions of packages that came here: in force (or once in force), and decided against but kept."""

ANSWERED_BY_RECEIPT = (MessageType.SUBMISSION.value, MessageType.DEPARTMENT_SUBMISSION.value)
"""Messages a bureau answers with a receipt."""


def archive_name(manifest_sha256: str) -> str:
    """Name of a package's own copy in the workspace."""
    return f"{manifest_sha256}.asice"


def copy_to_archive(workspace: Workspace, path: Path, manifest_sha256: str) -> None:
    """Copy a package into the workspace; the copy is complete or not there."""
    make_archive(workspace)
    workspace.tools.files.copy(path, workspace.archive / archive_name(manifest_sha256))


def make_archive(workspace: Workspace) -> None:
    """See to it that there is a folder for the copies."""
    if not workspace.archive.is_dir():  # making it anew to find it there takes ten times as long
        workspace.archive.mkdir(exist_ok=True)


def signer_json(judged: Judgement) -> Mapping[str, Any]:
    """The signer as JSON, with the certificate as PEM where readable."""
    if not judged.signers:
        return {}
    info: dict[str, Any] = _signer_facts(judged.signers[0]) | {"certificate": certificate_pem(judged)}
    if len(judged.signers) > 1:
        second = _signer_facts(judged.signers[1])
        info["countersigner"] = second | {"certificate": pem_of(judged.countersigner_der)}
    return {**info, **_request_facts(judged)}


def _signer_facts(signer: SignerInfo) -> dict[str, str]:
    """Who signed, in texts."""
    return {
        "name": signer.name,
        "unit": signer.unit,
        "role": signer.role,
        "fingerprint": signer.fingerprint,
        "signing_time": signer.signing_time.isoformat() if signer.signing_time else "",
    }


def _request_facts(judged: Judgement) -> Mapping[str, Any]:
    """What a registration request asks for, so that it can be granted without the file."""
    payload = judged.payload or {}
    if judged.message_type != MessageType.REGISTRATION_REQUEST.value:
        return {}
    return {key: str(payload.get(key) or "") for key in (PURPOSE, REPLACES, "request")}


def signer_of(kept: Mapping[str, Any]) -> SignerInfo | None:
    """The signer out of such a note, None when nothing could be read."""
    if not kept.get("fingerprint"):
        return None
    signed_at = str(kept.get("signing_time") or "")
    return SignerInfo(
        str(kept.get("name", "")),
        str(kept.get("unit", "")),
        str(kept.get("role", "")),
        str(kept["fingerprint"]),
        datetime.fromisoformat(signed_at) if signed_at else None,
    )


def certificate_pem(judged: Judgement) -> str:
    """The signer's certificate as PEM, "" when none could be read."""
    return pem_of(judged.certificate_der)


@lru_cache(maxsize=256)
def pem_of(certificate_der: bytes) -> str:
    """A certificate as PEM, "" for none."""
    if not certificate_der:
        return ""
    body = base64.encodebytes(certificate_der).decode("ascii")
    return f"-----BEGIN CERTIFICATE-----\n{body}-----END CERTIFICATE-----\n"


def verdict_json(judged: Judgement) -> Mapping[str, Any]:
    """The verdict as kept with a package."""
    return {
        "word": judged.verdict.word.value,
        "reasons": [{"code": r.code, "message": r.message} for r in judged.verdict.reasons],
    }


def received_record(
    path: Path,
    judged: Judgement,
    filing_versions: tuple[tuple[str, int], ...],
    now: datetime,
    direction: str = RECEIVED,
) -> PackageRecord:
    """The desk's note of a package that came here."""
    payload = judged.payload or {}
    return PackageRecord(
        manifest_sha256=judged.manifest_sha256 or "",
        direction=direction,
        message_type=judged.message_type or "",
        unit_code=judged.unit_code or "",
        unit_name=str(payload.get("unit_name", "")),
        working_year=int(str(payload.get("working_year", 0))),
        number=int(str(payload.get("number", 0))),
        file_name=path_text(path.name),
        source_path=path_text(path),
        archive_name=archive_name(judged.manifest_sha256 or ""),
        size=judged.size,
        payload_sha256=judged.payload_sha256 or "",
        signer=signer_json(judged),
        verdict=verdict_json(judged),
        filing_versions=filing_versions,
        at=now,
    )


def keep_received(workspace: Workspace, path: Path, judged: Judgement, facts: Mapping[str, Any]) -> None:
    """Keep a message that came to this desk, with facts of its content beside the verdict."""
    copy_to_archive(workspace, path, judged.manifest_sha256 or "")
    record = received_record(path, judged, (), workspace.tools.clock.now())
    with workspace.store.writing() as work:
        if work.packages.get(record.manifest_sha256) is None:
            work.packages.add(replace(record, verdict={**record.verdict, **facts}))
            work.commit()
