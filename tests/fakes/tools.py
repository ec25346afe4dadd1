"""All tools of the services without disk, cryptography or layout (全部外部能力的替身)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path
from types import ModuleType

from documents.hand_filled_reader import WorkbookGrids
from documents.hand_out.book import HandOutWorkbooks
from exchange import reasons
from models.domain.indicator_library import LibraryIndicator
from models.domain.kit import ParameterKit
from models.domain.platform_mapping import PlatformMapping
from resources import practice_county
from resources.builtin_kits import builtin_kits, place_kits
from resources.builtin_library import builtin_library
from resources.builtin_platform import builtin_platform
from services.ports.exchange import TrustMaterial
from tests.fakes.clock import MovableClock
from tests.fakes.databases import FakeDatabases
from tests.fakes.documents import FakeDocuments, FakeFiles, FakeTables
from tests.fakes.exchange import (
    FakeAuthority,
    FakeReader,
    FakeRequests,
    FakeVault,
    FakeWriter,
    sort_trust,
)
from tests.fakes.judging_ahead import FakeJudging
from tests.fakes.store import FakeStore, FakeStoreOpener
from tests.fakes.tokens import FakeTokens


class FolderOpener(FakeStoreOpener):
    """Stores in memory whose folders are real: keys and packages lie there."""

    def open(self, folder: Path, now: datetime, *, create: bool = False) -> FakeStore:
        store = super().open(folder, now, create=create)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "workspace.db").touch()
        return store


class FakeTools:
    """Implements `services.tools.Tools`."""

    def __init__(self, clock: MovableClock | None = None) -> None:
        self.clock = clock or MovableClock()
        self.opener = FolderOpener()
        self.databases = FakeDatabases()
        self.authority = FakeAuthority()
        self.requests = FakeRequests()
        self.tokens = FakeTokens()
        self.writer = FakeWriter()
        self.reader = FakeReader()
        self.judging_ahead = FakeJudging()
        self.reasons: ModuleType = reasons
        self.documents = FakeDocuments()
        self.tables = FakeTables()
        self.hand_filled = WorkbookGrids()
        self.hand_outs = HandOutWorkbooks()
        self.files = FakeFiles()
        self.practice: ModuleType = practice_county
        self._vaults: dict[Path, FakeVault] = {}

    def sort_trust(self, certificates: Sequence[str], revocation_lists: Sequence[str]) -> TrustMaterial:
        return sort_trust(certificates, revocation_lists)

    def vault(self, folder: Path) -> FakeVault:
        return self._vaults.setdefault(folder, FakeVault())

    def indicator_library(self) -> Sequence[LibraryIndicator]:
        return builtin_library()

    def platform_mappings(self) -> Sequence[PlatformMapping]:
        return builtin_platform()

    def builtin_kits(self, working_year: int) -> Sequence[ParameterKit]:
        return builtin_kits(working_year)

    def place_kits(self, working_year: int) -> Sequence[ParameterKit]:
        return place_kits(working_year)

    @cached_property
    def county(self) -> ParameterKit:
        """The practice county's kit."""
        return practice_county.practice_kit()
