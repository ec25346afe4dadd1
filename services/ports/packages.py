"""Packages and certificates in the store (报送文件与证书的存取)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from services.ports.arrivals import Arrivals, Asked, Met
    from services.ports.store_records import (
        CertificateRecord,
        IntakeDecision,
        PackageRecord,
        QuarantineRecord,
    )


class PackageRepository(Protocol):
    """Packages sent and received, and what was not taken in."""

    def add(self, record: PackageRecord) -> None:
        """Keep a package's record; the same package again replaces it, a receipt once noted stays."""
        ...

    def met(self, asked: Asked) -> Met:
        """What of an intake's batch is here already."""
        ...

    def arrive(self, arrivals: Arrivals) -> None:
        """Add packages met for the first time with their filings; the caller has asked that none is here.

        Comes before anything else a unit of work writes.
        """
        ...

    def get(self, manifest_sha256: str) -> PackageRecord | None:
        """A package by its identity."""
        ...

    def beginning(self, digits: str) -> Sequence[PackageRecord]:
        """Packages whose identity begins with these (lower-case, hexadecimal) digits, as file names tell it."""
        ...

    def beginnings(self) -> frozenset[str]:
        """The first eight digits of every package's identity, as file names tell them."""
        ...

    def find(self, direction: str, message_type: str | None = None) -> Sequence[PackageRecord]:
        """Packages of a direction, newest first."""
        ...

    def set_receipt(self, manifest_sha256: str, receipt_sha256: str) -> None:
        """Note the receipt that answered a package; StorageProblem when the package is not known."""
        ...

    def put_quarantine(self, record: QuarantineRecord) -> None:
        """Note a file not taken in; the same path and digest replaces its earlier note."""
        ...

    def quarantine(self) -> Sequence[QuarantineRecord]:
        """All files not taken in, newest first."""
        ...

    def drop_quarantine(self, path: str) -> None:
        """Forget a note, when the file has been taken in after all or was set aside by a person."""
        ...

    def add_decision(self, decision: IntakeDecision) -> None:
        """Keep what was decided between two versions of a filing; nothing is ever replaced."""
        ...

    def decisions(self, filing_id: str | None = None) -> Sequence[IntakeDecision]:
        """Decisions on one filing or on all, newest first."""
        ...


class CertificateRepository(Protocol):
    """Certificates the bureau has issued or confirmed."""

    def add(self, record: CertificateRecord) -> None:
        """Keep a certificate; the same one (serial, kind, fingerprint) replaces itself, a revocation stays."""
        ...

    def all(self) -> Sequence[CertificateRecord]:
        """Every certificate, oldest first."""
        ...

    def revoke(self, serial: str, at: datetime) -> None:
        """Mark a certificate revoked; StorageProblem when no certificate has that serial number."""
        ...
