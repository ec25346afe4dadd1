"""One transaction over all repositories (工作单元)."""

from __future__ import annotations

from sqlalchemy import Connection

from models.store.certificates import SqlCertificates
from models.store.evidence import SqlEvidence
from models.store.filings import SqlFilings
from models.store.kits import SqlKits
from models.store.packages import SqlPackages
from models.store.projects import SqlProjects
from models.store.registers import SqlRegisters
from models.store.settings import SqlSettings
from services.ports.evidence import EvidenceRepository
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
        self.settings: SettingRepository = SqlSettings(connection)
        self.kits: KitRepository = SqlKits(connection)
        self.registers: RegisterRepository = SqlRegisters(connection)
        self.projects: ProjectRepository = SqlProjects(connection)
        self.filings: FilingRepository = SqlFilings(connection)
        self.evidence: EvidenceRepository = SqlEvidence(connection)
        self.packages: PackageRepository = SqlPackages(connection)
        self.certificates: CertificateRepository = SqlCertificates(connection)

    def commit(self) -> None:
        """Make everything durable; what is written afterwards belongs to the next transaction.

        A commit that is refused rolls everything back, so the unit of work may go on from what was saved.
        """
        try:
            self._connection.commit()
        except BaseException:
            # First the database, whose transaction is still open, then SQLAlchemy's note of it.
            self._connection.connection.rollback()
            self._connection.rollback()
            raise
