"""Packages sent and received, and what was not taken in (报送文件记录、未接收（待核实）)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, update

from models.store.arrivals import add_arrivals, met
from models.store.content_tables import intake_decisions, packages, quarantine
from models.store.row_writing import add_dicts, change_known, drop_among, put_row
from models.store.values import json_column, moment_column, read_json, read_moment
from services.ports.arrivals import Arrivals, Asked, Met
from services.ports.store import FileClaims, IntakeDecision, PackageRecord, QuarantineRecord

_ONE = select(packages).where(packages.c.manifest_sha256 == bindparam("manifest_sha256"))
_BEGINNING = (
    select(packages)
    .where(packages.c.manifest_sha256 >= bindparam("first"), packages.c.manifest_sha256 < bindparam("beyond"))
    .order_by(packages.c.manifest_sha256)
)
_BEGINNINGS = select(func.substr(packages.c.manifest_sha256, 1, 8))
_DROP = delete(quarantine).where(quarantine.c.path == bindparam("path"))


class SqlPackages:
    """Records of packages; the files themselves lie in the workspace's folder (报送文件记录)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, record: PackageRecord) -> None:
        """Keep a package's record; the same package again replaces it, a receipt once noted stays."""
        row = _package_row(record)
        if not record.receipt_sha256:
            del row["receipt_sha256"]
        put_row(self._connection, packages, row)

    def met(self, asked: Asked) -> Met:
        """What of an intake's batch is here already."""
        return met(self._connection, asked)

    def arrive(self, arrivals: Arrivals) -> None:
        """Add packages met for the first time with their filings; the caller has asked that none is here."""
        add_arrivals(self._connection, arrivals)
        if arrivals.packages:
            add_dicts(self._connection, packages, [_package_row(one) for one in arrivals.packages])
            drop_among(self._connection, quarantine, "path", [one.source_path for one in arrivals.packages])

    def get(self, manifest_sha256: str) -> PackageRecord | None:
        """A package by its identity."""
        found = self._connection.execute(_ONE, {"manifest_sha256": manifest_sha256}).first()
        return None if found is None else _package(found)

    def beginning(self, digits: str) -> Sequence[PackageRecord]:
        """Packages whose identity begins with these (lower-case, hexadecimal) digits, as file names tell it."""
        given = {"first": digits, "beyond": f"{digits}g"}
        return [_package(row) for row in self._connection.execute(_BEGINNING, given)]

    def beginnings(self) -> frozenset[str]:
        """The first eight digits of every package's identity, as file names tell them."""
        return frozenset(self._connection.execute(_BEGINNINGS).scalars())

    def find(self, direction: str, message_type: str | None = None) -> Sequence[PackageRecord]:
        """Packages of a direction, newest first."""
        wanted = select(packages).where(packages.c.direction == direction)
        if message_type is not None:
            wanted = wanted.where(packages.c.message_type == message_type)
        found = self._connection.execute(wanted.order_by(packages.c.at.desc(), packages.c.number.desc()))
        return [_package(row) for row in found]

    def set_receipt(self, manifest_sha256: str, receipt_sha256: str) -> None:
        """Note the receipt that answered a package; StorageProblem when the package is not known."""
        statement = update(packages).where(packages.c.manifest_sha256 == manifest_sha256)
        change_known(self._connection, statement.values(receipt_sha256=receipt_sha256), "份报送文件")

    def put_quarantine(self, record: QuarantineRecord) -> None:
        """Note a file not taken in; the same path and digest replaces its earlier note."""
        self._connection.execute(
            delete(quarantine).where(quarantine.c.path == record.path, quarantine.c.sha256 == record.sha256)
        )
        self._connection.execute(insert(quarantine).values(_quarantine_row(record)))

    def quarantine(self) -> Sequence[QuarantineRecord]:
        """All files not taken in, newest first."""
        found = self._connection.execute(
            select(quarantine).order_by(quarantine.c.at.desc(), quarantine.c.path, quarantine.c.sha256)
        )
        return [_quarantined(row) for row in found]

    def drop_quarantine(self, path: str) -> None:
        """Forget every note about a path."""
        self._connection.execute(_DROP, {"path": path})

    def add_decision(self, decision: IntakeDecision) -> None:
        """Keep what was decided between two versions of a filing; nothing is ever replaced."""
        row = asdict(decision) | {"is_adopted": int(decision.is_adopted), "at": moment_column(decision.at)}
        self._connection.execute(insert(intake_decisions).values(row))

    def decisions(self, filing_id: str | None = None) -> Sequence[IntakeDecision]:
        """Decisions on one filing or on all, newest first."""
        wanted = select(intake_decisions)
        if filing_id is not None:
            wanted = wanted.where(intake_decisions.c.filing_id == filing_id)
        found = self._connection.execute(wanted.order_by(intake_decisions.c.decision_number.desc()))
        return [_decision(row) for row in found]


def _package_row(record: PackageRecord) -> dict[str, Any]:
    """A package's record as a row."""
    return {
        "manifest_sha256": record.manifest_sha256,
        "direction": record.direction,
        "message_type": record.message_type,
        "unit_code": record.unit_code,
        "unit_name": record.unit_name,
        "working_year": record.working_year,
        "number": record.number,
        "file_name": record.file_name,
        "source_path": record.source_path,
        "archive_name": record.archive_name,
        "size": record.size,
        "payload_sha256": record.payload_sha256,
        "signer": json_column(record.signer),
        "verdict": json_column(record.verdict),
        "filing_versions": json_column(record.filing_versions),
        "at": moment_column(record.at),
        "receipt_sha256": record.receipt_sha256,
        "carrier_sha256": record.carrier_sha256,
    }


def _package(row: Row[Any]) -> PackageRecord:
    """A row as a package's record."""
    versions = tuple((str(filing_id), int(version)) for filing_id, version in read_json(row.filing_versions))
    return PackageRecord(
        manifest_sha256=row.manifest_sha256,
        direction=row.direction,
        message_type=row.message_type,
        unit_code=row.unit_code,
        unit_name=row.unit_name,
        working_year=row.working_year,
        number=row.number,
        file_name=row.file_name,
        source_path=row.source_path,
        archive_name=row.archive_name,
        size=row.size,
        payload_sha256=row.payload_sha256,
        signer=read_json(row.signer),
        verdict=read_json(row.verdict),
        filing_versions=versions,
        at=read_moment(row.at),
        receipt_sha256=row.receipt_sha256,
        carrier_sha256=row.carrier_sha256,
    )


def _quarantine_row(record: QuarantineRecord) -> dict[str, Any]:
    """A note on a file not taken in as a row."""
    return {
        "path": record.path,
        "sha256": record.sha256,
        "size": record.size,
        "verdict": record.verdict,
        "reasons": json_column([dict(reason) for reason in record.reasons]),
        "unit_code": record.unit_code,
        "message_type": record.message_type,
        "signer": json_column(record.signer),
        "at": moment_column(record.at),
        "claims": json_column(asdict(record.claims)),
    }


def _quarantined(row: Row[Any]) -> QuarantineRecord:
    """A row as a note on a file not taken in."""
    return QuarantineRecord(
        path=row.path,
        sha256=row.sha256,
        size=row.size,
        verdict=row.verdict,
        reasons=tuple(read_json(row.reasons)),
        unit_code=row.unit_code,
        message_type=row.message_type,
        signer=read_json(row.signer),
        at=read_moment(row.at),
        claims=FileClaims(**read_json(row.claims)),
    )


def _decision(row: Row[Any]) -> IntakeDecision:
    """A row as a decision."""
    return IntakeDecision(
        filing_id=row.filing_id,
        is_adopted=bool(row.is_adopted),
        kept_sha256=row.kept_sha256,
        kept_version=row.kept_version,
        came_sha256=row.came_sha256,
        came_version=row.came_version,
        reason=row.reason,
        decided_by=row.decided_by,
        at=read_moment(row.at),
    )
