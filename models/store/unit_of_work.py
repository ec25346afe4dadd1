"""One transaction over all repositories (工作单元); each is loaded when first asked for, so a start loads only its own."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from services.ports.approvals import ApprovalRepository
    from services.ports.changes import ChangeRepository
    from services.ports.desk_people import AuditRepository, PaperRepository, UserRepository
    from services.ports.evidence import EvidenceRepository
    from services.ports.platform import BatchRepository, PaymentRepository
    from services.ports.reviews import ReviewRepository
    from services.ports.store import (
        CertificateRepository,
        FilingRepository,
        KitRepository,
        PackageRepository,
        ProjectRepository,
        RegisterRepository,
        SettingRepository,
    )


class SqlUnitOfWork:
    """Repositories that share one connection and its transaction (工作单元)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @cached_property
    def settings(self) -> SettingRepository:
        """Named values of the workspace."""
        from models.store.settings import SqlSettings

        return SqlSettings(self._connection)

    @cached_property
    def kits(self) -> KitRepository:
        """Kits."""
        from models.store.kits import SqlKits

        return SqlKits(self._connection)

    @cached_property
    def registers(self) -> RegisterRepository:
        """Registers of units and projects."""
        from models.store.registers import SqlRegisters

        return SqlRegisters(self._connection)

    @cached_property
    def projects(self) -> ProjectRepository:
        """Projects and their years."""
        from models.store.projects import SqlProjects

        return SqlProjects(self._connection)

    @cached_property
    def filings(self) -> FilingRepository:
        """Filings with history and versions."""
        from models.store.filings import SqlFilings

        return SqlFilings(self._connection)

    @cached_property
    def evidence(self) -> EvidenceRepository:
        """Evidence attached and submitted."""
        from models.store.evidence import SqlEvidence

        return SqlEvidence(self._connection)

    @cached_property
    def approvals(self) -> ApprovalRepository:
        """Approvals of targets."""
        from models.store.approvals import SqlApprovals

        return SqlApprovals(self._connection)

    @cached_property
    def payments(self) -> PaymentRepository:
        """The payment ledger."""
        from models.store.payments import SqlPayments

        return SqlPayments(self._connection)

    @cached_property
    def platform_batches(self) -> BatchRepository:
        """Files taken over from the platform."""
        from models.store.platform_batches import SqlPlatformBatches

        return SqlPlatformBatches(self._connection)

    @cached_property
    def reviews(self) -> ReviewRepository:
        """Reviews of filings."""
        from models.store.reviews import SqlReviews

        return SqlReviews(self._connection)

    @cached_property
    def users(self) -> UserRepository:
        """People who work at the desk."""
        from models.store.desk_people import SqlUsers

        return SqlUsers(self._connection)

    @cached_property
    def audit(self) -> AuditRepository:
        """The log of what was done."""
        from models.store.desk_people import SqlAudit

        return SqlAudit(self._connection)

    @cached_property
    def papers(self) -> PaperRepository:
        """Filings that came as plain workbooks."""
        from models.store.desk_people import SqlPapers

        return SqlPapers(self._connection)

    @cached_property
    def packages(self) -> PackageRepository:
        """Packages sent and received."""
        from models.store.packages import SqlPackages

        return SqlPackages(self._connection)

    @cached_property
    def certificates(self) -> CertificateRepository:
        """Certificates issued or confirmed."""
        from models.store.certificates import SqlCertificates

        return SqlCertificates(self._connection)

    @cached_property
    def changes(self) -> ChangeRepository:
        """What changed last."""
        from models.store.change_notes import SqlChanges

        return SqlChanges(self._connection)

    def commit(self) -> None:
        """Make everything durable; what is written afterwards belongs to the next transaction.

        A commit that is refused rolls everything back, so the unit of work may go on from what was saved.
        """
        try:
            self._connection.commit()
        except BaseException:
            # First the database, whose transaction is still open, then SQLAlchemy's note of it.
            if not self._connection.invalidated:  # a server that is gone has nothing to roll back
                self._connection.connection.rollback()
            self._connection.rollback()
            raise
