"""The tools services work with (外部能力): every port in one place, handed in by the composition root."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from models.domain.indicator_library import LibraryIndicator
from models.domain.kit import ParameterKit
from models.domain.platform_mapping import PlatformMapping
from services.ports.clock import Clock
from services.ports.databases import SharedDatabases
from services.ports.documents import DocumentWriter, FileWriter, HandFilledReader, HandOutWriter, TableReader
from services.ports.exchange import (
    Authority,
    KeyVault,
    PackageReader,
    PackageWriter,
    ReasonCatalogue,
    RegistrationRequests,
    TrustMaterial,
)
from services.ports.judging_ahead import JudgingAhead
from services.ports.practice import PracticeCounty
from services.ports.store import StoreOpener
from services.ports.tokens import Tokens


class Tools(Protocol):
    """Adapters behind the ports; each is made when first asked for, so a start stays quick."""

    @property
    def clock(self) -> Clock:
        """The machine's clock."""
        ...

    @property
    def opener(self) -> StoreOpener:
        """Opens workspaces' databases."""
        ...

    @property
    def databases(self) -> SharedDatabases:
        """Where workspaces' databases are, and moving them."""
        ...

    @property
    def authority(self) -> Authority:
        """The bureau's certificate authority."""
        ...

    @property
    def tokens(self) -> Tokens:
        """Hardware tokens."""
        ...

    @property
    def requests(self) -> RegistrationRequests:
        """Registration requests."""
        ...

    @property
    def writer(self) -> PackageWriter:
        """Writes signed packages."""
        ...

    @property
    def reader(self) -> PackageReader:
        """Judges packages."""
        ...

    @property
    def judging_ahead(self) -> JudgingAhead:
        """Judges packages in other processes, ahead of an intake."""
        ...

    @property
    def reasons(self) -> ReasonCatalogue:
        """The closed list of reason codes."""
        ...

    @property
    def documents(self) -> DocumentWriter:
        """Draws workbooks and PDFs."""
        ...

    @property
    def tables(self) -> TableReader:
        """Reads register tables."""
        ...

    @property
    def hand_filled(self) -> HandFilledReader:
        """Opens workbooks people filled in by hand."""
        ...

    @property
    def hand_outs(self) -> HandOutWriter:
        """Draws forms handed out to be filled in elsewhere."""
        ...

    @property
    def files(self) -> FileWriter:
        """Writes files atomically."""
        ...

    @property
    def practice(self) -> PracticeCounty:
        """The practice county's data."""
        ...

    def sort_trust(self, certificates: Sequence[str], revocation_lists: Sequence[str]) -> TrustMaterial:
        """Trust material out of PEM texts; KeyProblem when a text holds nothing usable."""
        ...

    def vault(self, folder: Path) -> KeyVault:
        """The key vault of a workspace's `keys` folder."""
        ...

    def indicator_library(self) -> Sequence[LibraryIndicator]:
        """The built-in indicator library."""
        ...

    def platform_mappings(self) -> Sequence[PlatformMapping]:
        """The shipped mappings of the integrated platform."""
        ...

    def builtin_kits(self, working_year: int) -> Sequence[ParameterKit]:
        """The built-in kits (通用示范) for a working year."""
        ...

    def place_kits(self, working_year: int) -> Sequence[ParameterKit]:
        """Kits after real places, for a bureau to begin its own from."""
        ...
