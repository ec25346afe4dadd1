"""The common head of payload.json (报送内容的公共部分) and what is read back from it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any

from models.domain.canonical_json import canonical_json
from models.domain.check_code import check_code
from models.domain.kit import ParameterKit
from models.domain.kit_json import kit_rules_json
from models.domain.message import FORMAT_VERSION, MessageType, package_file_name
from models.domain.project import Unit

if TYPE_CHECKING:
    from services.ports.exchange import UnlockedKey, WrittenPackage
    from services.ports.store import PackageRecord


def kit_digest(kit: ParameterKit) -> str:
    """SHA-256 of the kit's rules as canonical JSON: proves that two desks check by the same rules."""
    return hashlib.sha256(canonical_json(kit_rules_json(kit))).hexdigest()


def head(
    kind: MessageType, unit: Unit, working_year: int, number: int, now: datetime, kit: ParameterKit | None
) -> dict[str, Any]:
    """What every message says first."""
    return {
        "format": FORMAT_VERSION,
        "message_type": kind.value,
        "unit_code": unit.code,
        "unit_name": unit.name,
        "working_year": working_year,
        "number": number,
        "created_at": now.isoformat(timespec="seconds"),
        "kit": None
        if kit is None
        else {"kit_id": kit.kit_id, "name": kit.name, "version": kit.version, "digest": kit_digest(kit)},
    }


def payload_code(payload: Mapping[str, Any]) -> str:
    """核对码 of a payload as it will be sealed."""
    return check_code(canonical_json(payload))


def namer(payload: Mapping[str, Any]) -> Any:
    """The function that names the package once its manifest digest is known."""

    def name_of(manifest_hex: str) -> str:
        return package_file_name(
            str(payload["unit_code"]),
            int(payload["working_year"]),
            MessageType(payload["message_type"]),
            int(payload["number"]),
            manifest_hex,
        )

    return name_of


@contextmanager
def taken_away_on_failure(written: WrittenPackage) -> Iterator[None]:
    """Take a package just written away from its carrier when what must follow fails or is stopped.

    Otherwise a file would go round that its sender knows nothing of. A carrier that is gone keeps it; the
    next one gets another number, so the two are never mixed up.
    """
    try:
        yield
    except BaseException:
        with suppress(OSError):
            written.path.unlink(missing_ok=True)
        raise


def sent_record(
    payload: Mapping[str, Any],
    written: WrittenPackage,
    key: UnlockedKey,
    archive_name: str,
    now: datetime,
    facts: Mapping[str, Any] | None = None,
) -> PackageRecord:
    """The workspace's note of a package it has written, with facts of its content where a list asks for them."""
    from services.ports.store import (
        PackageRecord,  # the processes that judge ahead only ask for a kit's digest
    )

    certificate = key.certificate
    return PackageRecord(
        manifest_sha256=written.manifest_sha256,
        direction="sent",
        message_type=str(payload["message_type"]),
        unit_code=str(payload["unit_code"]),
        unit_name=str(payload["unit_name"]),
        working_year=int(payload["working_year"]),
        number=int(payload["number"]),
        file_name=written.path.name,
        source_path=str(written.path),
        archive_name=archive_name,
        size=written.size,
        payload_sha256=written.payload_sha256,
        signer={
            "name": certificate.subject.person_name,
            "unit": certificate.subject.unit_name,
            "role": certificate.subject.role.value,
            "fingerprint": certificate.fingerprint,
        },
        verdict=dict(facts or {}),
        filing_versions=tuple((f["filing_id"], f["version"]) for f in payload.get("filings", ())),
        at=now,
    )
