"""A store in memory (内存存储) for tests of services: the same Protocols over dictionaries, rolled back unless committed.

It behaves as the real one does where a service could tell: JSON goes through its canonical spelling (floats are
refused, tuples become lists), a reading unit of work refuses to write, a second writer is told that the
workspace is in use, and `fail_next_commit` stands for a full disk. The contract tests in tests/store run over both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from models.domain.errors import DamagedStorage, DeskError, StorageProblem
from services.ports.changes import ChangeMark, Changes
from services.ports.store import Backup, UnitOfWork
from tests.fakes.store_approvals import FakeApprovals
from tests.fakes.store_evidence import FakeEvidence
from tests.fakes.store_filings import FakeFilings
from tests.fakes.store_platform import FakeBatches, FakePayments
from tests.fakes.store_repositories import (
    FakeCertificates,
    FakeKits,
    FakePackages,
    FakeProjects,
    FakeRegisters,
    FakeSettings,
)
from tests.fakes.store_reviews import FakeAudit, FakePapers, FakeReviews, FakeUsers
from tests.fakes.store_state import Session, StoreState


class FakeChanges:
    """A list of changes that is not kept: everything is read again each time."""

    def mark(self) -> ChangeMark | None:
        return None

    def since(self, mark: ChangeMark | None) -> Changes | None:
        return None


class FakeUnitOfWork:
    """One transaction over a copy of the state."""

    def __init__(self, store: FakeStore, *, writes: bool) -> None:
        self._store = store
        self._session = Session(store.state.snapshot(), writes)
        self.settings = FakeSettings(self._session)
        self.kits = FakeKits(self._session)
        self.registers = FakeRegisters(self._session)
        self.projects = FakeProjects(self._session)
        self.filings = FakeFilings(self._session)
        self.evidence = FakeEvidence(self._session)
        self.approvals = FakeApprovals(self._session)
        self.payments = FakePayments(self._session)
        self.platform_batches = FakeBatches(self._session)
        self.reviews = FakeReviews(self._session)
        self.users = FakeUsers(self._session)
        self.audit = FakeAudit(self._session)
        self.papers = FakePapers(self._session)
        self.packages = FakePackages(self._session)
        self.certificates = FakeCertificates(self._session)
        self.changes = FakeChanges()

    def commit(self) -> None:
        if not self._session.writes:
            return
        failure, self._store.fail_next_commit = self._store.fail_next_commit, None
        try:
            if failure is not None:
                raise failure
            self._session.state.check_references()
        except Exception:
            self._session.state = self._store.state.snapshot()
            raise
        self._store.state = self._session.state.snapshot()


class FakeStore:
    """A workspace's database in memory. `kept` are the backups made, by their record."""

    def __init__(self, folder: Path = Path("内存工作区")) -> None:
        self.folder = folder
        self.state = StoreState()
        self.fail_next_commit: DeskError | None = None
        self.kept: dict[Path, tuple[Backup, StoreState]] = {}
        self.is_closed = False
        self._is_writing = False

    def stamp(self) -> object:
        """Never equal to another: what stands in memory is looked at anew each time."""
        return object()

    @contextmanager
    def writing(self) -> Iterator[UnitOfWork]:
        if self._is_writing:
            raise StorageProblem("工作区正被另一个窗口或程序使用", "请稍等片刻再试", self.folder.name)
        self._is_writing = True
        try:
            yield FakeUnitOfWork(self, writes=True)
        finally:
            self._is_writing = False

    @contextmanager
    def reading(self) -> Iterator[UnitOfWork]:
        yield FakeUnitOfWork(self, writes=False)

    def backup(self, reason: str, now: datetime) -> Path:
        path = self.folder / "backups" / f"{len(self.kept) + 1}_{reason}.db"
        self.kept[path] = (Backup(path, now, reason, 1), self.state.snapshot())
        return path

    def due_for_daily(self, now: datetime) -> bool:
        days = [b.made_at.astimezone(now.tzinfo).date() for b, _ in self.kept.values() if b.reason == "daily"]
        return now.date() not in days

    def close(self) -> None:
        self.is_closed = True


class FakeStoreOpener:
    """Opens stores in memory by folder; a folder in `damaged` cannot be opened until a backup is restored."""

    def __init__(self) -> None:
        self.stores: dict[Path, FakeStore] = {}
        self.damaged: set[Path] = set()

    def open(self, folder: Path, now: datetime, *, create: bool = False) -> FakeStore:
        if folder in self.damaged:
            raise DamagedStorage("工作区的数据文件已损坏，不能读取", "请从备份恢复", folder.name)
        if folder not in self.stores:
            if not create:
                raise StorageProblem(
                    "这个文件夹里没有工作区的数据文件", "请选择工作区所在的文件夹", folder.name
                )
            self.stores[folder] = FakeStore(folder)
        store = self.stores[folder]
        store.is_closed = False
        return store

    def backups(self, folder: Path) -> Sequence[Backup]:
        kept = self.stores[folder].kept if folder in self.stores else {}
        return sorted((backup for backup, _ in kept.values()), key=lambda b: b.made_at, reverse=True)

    def restore(self, folder: Path, backup: Backup, now: datetime) -> None:
        store = self.stores[folder]
        store.state = store.kept[backup.path][1].snapshot()
        self.damaged.discard(folder)
