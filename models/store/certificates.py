"""Certificates the bureau has issued or confirmed (证书登记)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from models.store.content_tables import certificates
from models.store.row_writing import change_known, put_row
from models.store.values import moment_column, optional_moment_column, read_moment, read_optional_moment
from services.ports.store import CertificateRecord


class SqlCertificates:
    """Certificates (证书登记), by serial number, kind and fingerprint: a unit chooses its own serial number."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, record: CertificateRecord) -> None:
        """Keep a certificate; the same one replaces itself, a revocation once noted stays."""
        row = _row_of(record)
        if record.revoked_at is None:
            del row["revoked_at"]
        put_row(self._connection, certificates, row)

    def all(self) -> Sequence[CertificateRecord]:
        """Every certificate, oldest first."""
        order = (certificates.c.at, certificates.c.serial, certificates.c.kind, certificates.c.fingerprint)
        return [_record(row) for row in self._connection.execute(select(certificates).order_by(*order))]

    def revoke(self, serial: str, at: datetime) -> None:
        """Mark a certificate revoked; StorageProblem when no certificate has that serial number."""
        statement = update(certificates).where(certificates.c.serial == serial)
        change_known(self._connection, statement.values(revoked_at=moment_column(at)), "张证书")


def _row_of(record: CertificateRecord) -> dict[str, Any]:
    """A certificate as a row."""
    return {
        "serial": record.serial,
        "kind": record.kind,
        "fingerprint": record.fingerprint,
        "unit_code": record.unit_code,
        "pem": record.pem,
        "at": moment_column(record.at),
        "revoked_at": optional_moment_column(record.revoked_at),
    }


def _record(row: Row[Any]) -> CertificateRecord:
    """A row as a certificate."""
    return CertificateRecord(
        serial=row.serial,
        kind=row.kind,
        unit_code=row.unit_code,
        fingerprint=row.fingerprint,
        pem=row.pem,
        at=read_moment(row.at),
        revoked_at=read_optional_moment(row.revoked_at),
    )
