"""The store as services see it (存储接口): a unit of work over repositories of domain dataclasses.

A workspace (工作区) is one folder (or one PostgreSQL database) of one desk. No mapped object
crosses this border. Every write happens inside `with store.writing() as work: … work.commit()`;
leaving without commit rolls back. `store.reading()` never blocks the writer.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from services.ports.filing_lists import FilingOverview, FilingQuery
from services.ports.packages import CertificateRepository, PackageRepository
from services.ports.settings import SettingRepository
from services.ports.store_records import (
    Backup,
    CertificateRecord,
    FileClaims,
    FilingFigures,
    IndicatorRow,
    IntakeDecision,
    PackageRecord,
    QuarantineRecord,
    StoredKit,
    SubmittedVersion,
)

if TYPE_CHECKING:
    from models.domain.filing import AnswerChange, Filing, FilingStatus
    from models.domain.kit import ParameterKit
    from models.domain.kit_head import KitHead
    from models.domain.project import Project, ProjectYear, RegisterEntry, Unit
    from services.ports.approvals import ApprovalRepository
    from services.ports.changes import ChangeRepository
    from services.ports.desk_people import AuditRepository, PaperRepository, UserRepository
    from services.ports.evidence import EvidenceRepository
    from services.ports.platform import BatchRepository, PaymentRepository
    from services.ports.reviews import ReviewRepository

__all__ = [
    "Backup",
    "CertificateRecord",
    "CertificateRepository",
    "FileClaims",
    "FilingFigures",
    "FilingOverview",
    "FilingQuery",
    "FilingRepository",
    "IndicatorRow",
    "IntakeDecision",
    "KitRepository",
    "PackageRecord",
    "PackageRepository",
    "ProjectRepository",
    "QuarantineRecord",
    "RegisterRepository",
    "SettingRepository",
    "Store",
    "StoreOpener",
    "StoredKit",
    "SubmittedVersion",
    "UnitOfWork",
]


class KitRepository(Protocol):
    """Kits of the workspace; one per working year is current."""

    def add(self, kit: ParameterKit, digest: str, taken_at: datetime) -> None:
        """Keep a kit and make it the current one of its working year."""
        ...

    def current(self, working_year: int) -> StoredKit | None:
        """The current kit of that working year."""
        ...

    def current_head(self, working_year: int, unit_code: str) -> KitHead | None:
        """The head of the current kit, with one unit's lines of its register; quicker than the whole kit."""
        ...

    def working_years(self) -> Sequence[int]:
        """Working years there are kits for, newest first."""
        ...

    def all(self) -> Sequence[StoredKit]:
        """Every kit kept, newest first."""
        ...


class RegisterRepository(Protocol):
    """Unit register and project register of the year (单位名录、年度预算项目名录)."""

    def put_units(self, units: Sequence[Unit]) -> None:
        """Add or replace units by code."""
        ...

    def remove_unit(self, code: str) -> None:
        """Take a unit out of the register."""
        ...

    def units(self) -> Sequence[Unit]:
        """All units by code."""
        ...

    def replace_entries(self, budget_year: int, entries: Sequence[RegisterEntry]) -> None:
        """The project register of a budget year, replaced as a whole."""
        ...

    def entries(self, budget_year: int, unit_code: str | None = None) -> Sequence[RegisterEntry]:
        """The project register of a budget year, of one unit or all."""
        ...

    def entry_years(self) -> Sequence[int]:
        """Budget years there are project registers of, oldest first."""
        ...


class ProjectRepository(Protocol):
    """Projects and their years."""

    def put(self, project: Project) -> None:
        """Add or replace a project."""
        ...

    def put_year(self, year: ProjectYear) -> None:
        """Add or replace one budget year of a project."""
        ...

    def get(self, project_id: str) -> Project | None:
        """One project."""
        ...

    def list(self, unit_code: str | None = None, *, in_bin: bool = False) -> Sequence[Project]:
        """Projects of a unit (or all), in the order they were added; `in_bin` lists the recycle bin instead."""
        ...

    def some(self, project_ids: Collection[str]) -> Sequence[Project]:
        """Those of some projects that are not in the recycle bin, in no order."""
        ...

    def years(self, project_id: str | None = None, budget_year: int | None = None) -> Sequence[ProjectYear]:
        """Budget years of one project or of all, or one budget year of them."""
        ...

    def bureau_offices(self) -> Mapping[tuple[str, int], str]:
        """The bureau office in charge by project and budget year, where the register names one."""
        ...

    def years_of(self, project_ids: Collection[str]) -> Sequence[ProjectYear]:
        """All budget years of some projects, in no order."""
        ...

    def remove_year(self, project_id: str, budget_year: int) -> None:
        """Take one budget year off a project; nothing where there is none."""
        ...

    def put_in_bin(self, project_id: str, at: datetime) -> None:
        """Move a project to the recycle bin (回收站); its filings stay. StorageProblem when there is none."""
        ...

    def restore(self, project_id: str) -> None:
        """Bring a project back from the recycle bin. StorageProblem when there is none."""
        ...


class FilingRepository(Protocol):
    """Filings with history and submitted versions."""

    def get(self, filing_id: str) -> Filing | None:
        """One filing."""
        ...

    def find(self, query: FilingQuery) -> Sequence[Filing]:
        """Filings that fit, by unit, project, task; answers included."""
        ...

    def overview(self, query: FilingQuery) -> Sequence[FilingOverview]:
        """The same filings in the same order, without answers."""
        ...

    def overview_of(self, filing_ids: Collection[str]) -> Sequence[FilingOverview]:
        """Some filings by their ids, without answers, in no order."""
        ...

    def answer_parts_of(self, filing_ids: Collection[str], key: str) -> Mapping[str, Any]:
        """Like `answer_parts`, of some filings by their ids."""
        ...

    def answer_parts(self, query: FilingQuery, key: str) -> Mapping[str, Any]:
        """One answer that is a list or an object of the same filings by filing id; absent where a form has none."""
        ...

    def forms(self) -> Mapping[str, tuple[str, int]]:
        """Form and budget year of every filing by its id, and nothing else of it."""
        ...

    def budget_years(self, without: Collection[FilingStatus]) -> Sequence[int]:
        """Budget years there are filings of, but for those in some states; oldest first."""
        ...

    def indicator_rows(self, query: FilingQuery) -> Sequence[IndicatorRow]:
        """Indicator rows of the same filings in the same order, each filing's rows in their own order."""
        ...

    def save(self, filing: Filing, figures: FilingFigures, *, expected_revision: int | None) -> Filing:
        """Insert (expected None) or update when the stored revision is the expected one; the saved filing.

        The first save gives revision 1. Raises RevisionConflict, a StorageProblem (another window has
        saved in between), and changes nothing otherwise.
        """
        ...

    def set_status(self, filing_id: str, status: FilingStatus, at: datetime) -> Filing:
        """Move a stored filing to another state, answers and figures untouched; the filing as it now stands.

        Counts as a save (the revision goes up). StorageProblem when the filing is not there.
        """
        ...

    def add_history(self, changes: Sequence[AnswerChange]) -> None:
        """Keep changes of answers."""
        ...

    def history(self, filing_id: str, path: str | None = None) -> Sequence[AnswerChange]:
        """Changes of a filing (or of one place), newest first."""
        ...

    def add_version(self, version: SubmittedVersion) -> None:
        """Keep one submission of a filing; the same one given again replaces itself."""
        ...

    def versions(self, filing_id: str) -> Sequence[SubmittedVersion]:
        """Submissions of a filing, newest first."""
        ...


class UnitOfWork(Protocol):
    """One transaction (事务) over all repositories."""

    @property
    def settings(self) -> SettingRepository:
        """Named values of the workspace."""
        ...

    @property
    def kits(self) -> KitRepository:
        """Kits."""
        ...

    @property
    def registers(self) -> RegisterRepository:
        """Registers of units and projects."""
        ...

    @property
    def projects(self) -> ProjectRepository:
        """Projects and their years."""
        ...

    @property
    def filings(self) -> FilingRepository:
        """Filings with history and versions."""
        ...

    @property
    def evidence(self) -> EvidenceRepository:
        """Evidence attached and submitted."""
        ...

    @property
    def approvals(self) -> ApprovalRepository:
        """Approvals of targets."""
        ...

    @property
    def payments(self) -> PaymentRepository:
        """The payment ledger."""
        ...

    @property
    def platform_batches(self) -> BatchRepository:
        """Files taken over from the platform."""
        ...

    @property
    def reviews(self) -> ReviewRepository:
        """Reviews of filings."""
        ...

    @property
    def users(self) -> UserRepository:
        """People who work at the desk."""
        ...

    @property
    def audit(self) -> AuditRepository:
        """The log of what was done."""
        ...

    @property
    def papers(self) -> PaperRepository:
        """Filings that came as plain workbooks."""
        ...

    @property
    def packages(self) -> PackageRepository:
        """Packages sent and received."""
        ...

    @property
    def certificates(self) -> CertificateRepository:
        """Certificates issued or confirmed."""
        ...

    @property
    def changes(self) -> ChangeRepository:
        """What changed last."""
        ...

    def commit(self) -> None:
        """Make everything durable; without it leaving the block rolls back."""
        ...


class Store(Protocol):
    """The database of one workspace (工作区数据库)."""

    def stamp(self) -> object:
        """Two equal stamps mean that nothing was committed between them, here or at another desk."""
        ...

    def writing(self) -> AbstractContextManager[UnitOfWork]:
        """A unit of work that may write (BEGIN IMMEDIATE); StorageProblem when locked by another process."""
        ...

    def reading(self) -> AbstractContextManager[UnitOfWork]:
        """A unit of work that only reads."""
        ...

    def backup(self, reason: str, now: datetime) -> Path:
        """A verified copy of the database in the workspace's `backups` folder.

        `reason` is one word (`daily`, `manual`, …) and part of the file's name; of each reason only the
        newest few are kept. EnvironmentProblem when the disk does not take the copy.
        """
        ...

    def due_for_daily(self, now: datetime) -> bool:
        """Whether today's `daily` backup has still to be made; today is the date of `now` in its zone."""
        ...

    def close(self) -> None:
        """Release the database."""
        ...


class StoreOpener(Protocol):
    """Opens workspaces' databases (打开工作区)."""

    def open(self, folder: Path, now: datetime, *, create: bool = False) -> Store:
        """Open or create; upgrades with a backup first. StorageProblem: newer program, damaged, locked, missing.

        DamagedStorage, a StorageProblem, when a backup can take the database's place; EnvironmentProblem
        when the folder is read-only or the disk is full. Nothing is created over a lost database.
        """
        ...

    def backups(self, folder: Path) -> Sequence[Backup]:
        """Backups of a workspace, newest first."""
        ...

    def restore(self, folder: Path, backup: Backup, now: datetime) -> None:
        """Put a verified backup in the place of the database; the damaged one is set aside, never deleted.

        StorageProblem when the backup itself is damaged or newer, or a program still has the database open.
        """
        ...
