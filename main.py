"""预算绩效工作台 (Budget Performance Desk): composition root, the only file that knows everybody.

Arguments decide between the window and a subcommand; every adapter is made when first asked for,
so that a start imports nothing it does not need.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models.domain.indicator_library import LibraryIndicator
    from models.domain.kit import ParameterKit
    from models.domain.platform_mapping import PlatformMapping
    from models.store.databases import WorkspaceDatabases
    from services.ports.databases import SharedDatabases
    from services.ports.documents import (
        DocumentWriter,
        FileWriter,
        HandFilledReader,
        HandOutWriter,
        TableReader,
    )
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


class SystemClock:
    """The machine's clock with its own time zone."""

    def now(self) -> datetime:
        """The present moment; from universal time on, since of a local one the system is asked again which it is."""
        return datetime.now(UTC).astimezone()


class Adapters:
    """Every port's adapter (各端口的实现), see `services.tools.Tools`."""

    def __init__(self, clock: SystemClock | None = None) -> None:
        self.clock = clock or SystemClock()

    @cached_property
    def opener(self) -> StoreOpener:
        """SQLite or PostgreSQL behind SQLAlchemy."""
        return self._databases

    @cached_property
    def databases(self) -> SharedDatabases:
        """Where a workspace's database is, and moving it."""
        return self._databases

    @cached_property
    def _databases(self) -> WorkspaceDatabases:
        from models.store.databases import WorkspaceDatabases

        return WorkspaceDatabases()

    @cached_property
    def authority(self) -> Authority:
        """The bureau's own authority."""
        from exchange.authority import OfflineAuthority

        return OfflineAuthority()

    @cached_property
    def tokens(self) -> Tokens:
        """Tokens through their makers' modules."""
        from exchange.token_vault import Pkcs11Tokens

        return Pkcs11Tokens()

    @cached_property
    def requests(self) -> RegistrationRequests:
        """PKCS#10 requests."""
        from exchange.requests import Pkcs10Requests

        return Pkcs10Requests()

    @cached_property
    def writer(self) -> PackageWriter:
        """The canonical container."""
        from documents.leftovers import tidy
        from exchange.writer import CanonicalPackageWriter

        return CanonicalPackageWriter(tidy)

    @cached_property
    def reader(self) -> PackageReader:
        """The strict reader."""
        from exchange.reader import StrictPackageReader

        return StrictPackageReader()

    @cached_property
    def judging_ahead(self) -> JudgingAhead:
        """Packages judged in other processes."""
        from exchange.judging_ahead import SpawnedJudging

        return SpawnedJudging()

    @cached_property
    def reasons(self) -> ReasonCatalogue:
        """The closed list of reason codes."""
        from exchange import reasons

        return reasons

    @cached_property
    def documents(self) -> DocumentWriter:
        """Workbooks and PDFs."""
        from documents.writer import OfficialDocumentWriter

        return OfficialDocumentWriter()

    @cached_property
    def tables(self) -> TableReader:
        """Register tables."""
        from documents.tables import RegisterTableReader

        return RegisterTableReader()

    @cached_property
    def hand_filled(self) -> HandFilledReader:
        """Hand-filled workbooks."""
        from documents.hand_filled_reader import WorkbookGrids

        return WorkbookGrids()

    @cached_property
    def hand_outs(self) -> HandOutWriter:
        """Forms handed out."""
        from documents.hand_out.book import HandOutWorkbooks

        return HandOutWorkbooks()

    @cached_property
    def files(self) -> FileWriter:
        """Atomic files."""
        from documents.files import AtomicFileWriter

        return AtomicFileWriter()

    @cached_property
    def practice(self) -> PracticeCounty:
        """示例县."""
        from resources import practice_county

        return practice_county

    def sort_trust(self, certificates: Sequence[str], revocation_lists: Sequence[str]) -> TrustMaterial:
        """Trust material out of PEM texts."""
        from exchange.trust import sort_trust

        return sort_trust(certificates, revocation_lists)

    def vault(self, folder: Path) -> KeyVault:
        """Keys of a workspace."""
        from exchange.token_vault import TokenKeyVault

        return TokenKeyVault(folder)

    def indicator_library(self) -> Sequence[LibraryIndicator]:
        """The indicators shipped with the program."""
        from resources.builtin_library import builtin_library

        return builtin_library()

    def platform_mappings(self) -> Sequence[PlatformMapping]:
        """The mappings of the integrated platform shipped with the program."""
        from resources.builtin_platform import builtin_platform

        return builtin_platform()

    def builtin_kits(self, working_year: int) -> Sequence[ParameterKit]:
        """The kits shipped with the program."""
        from resources.builtin_kits import builtin_kits

        return builtin_kits(working_year)

    def place_kits(self, working_year: int) -> Sequence[ParameterKit]:
        """The kits after real places."""
        from resources.builtin_kits import place_kits

        return place_kits(working_year)


def draw_screens(unit: Path, bureau: Path, target: Path) -> Sequence[str]:
    """The main screens of two workspaces, drawn offscreen: a demonstration needs no display."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from ui.screenshots import draw_screens as draw

    return draw(Adapters(), unit, bureau, target)


def main(argv: Sequence[str]) -> int:
    """Run the program; its exit status. Without arguments the window opens, and no command line is built."""
    if argv:
        from commands import cli

        arguments = cli.parse(argv)
        if arguments.self_check:
            from ui.self_check import print_self_check

            return print_self_check(Adapters())
        if arguments.command:
            return cli.run(arguments, Adapters(), draw_screens)
    from ui.start import run_window

    return run_window(Adapters())


if __name__ == "__main__":
    if getattr(sys, "frozen", False):  # processes that judge packages are this program, started otherwise
        import multiprocessing

        multiprocessing.freeze_support()
    sys.exit(main(sys.argv[1:]))
