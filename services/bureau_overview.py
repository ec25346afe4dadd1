"""What the bureau has ready (财政端准备情况): registers, the kit in force, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from models.domain.check_code import check_code_of_digest
from models.domain.kit import ParameterKit
from models.domain.project import RegisterEntry, Unit
from services.ports.store import PackageRecord
from services.root_copies import are_done
from services.workspaces import Workspace


@dataclass(frozen=True, slots=True)
class IssuedKit:
    """The kit in force (当前任务参数包) with its 核对码 ("" when its file is not this desk's own)."""

    kit: ParameterKit
    issued_at: datetime
    check_code: str
    record: PackageRecord | None


@dataclass(frozen=True, slots=True)
class BureauOverview:
    """Registers and kit of the working year (财政端概况); `registers` by budget year.

    `is_root_kept` tells whether the root lies on two media.
    """

    units: tuple[Unit, ...]
    registers: dict[int, tuple[RegisterEntry, ...]]
    issued: IssuedKit | None
    is_root_kept: bool = True

    def total_fen(self, budget_year: int) -> int:
        """Budget of all register lines of a year in 分; lines without an amount count nothing."""
        return sum(entry.budget_fen or 0 for entry in self.registers.get(budget_year, ()))

    @property
    def is_registered(self) -> bool:
        """Whether any project register was taken in."""
        return any(self.registers.values())


def bureau_overview(workspace: Workspace) -> BureauOverview:
    """Read registers of the three budget years of the working year, of every task, and the kit."""
    year = workspace.profile.working_year
    with workspace.store.reading() as work:
        units = tuple(work.registers.units())
        stored = work.kits.current(year)
        years = {year - 1, year, year + 1} | ({t.budget_year for t in stored.kit.tasks} if stored else set())
        registers = {y: tuple(work.registers.entries(y)) for y in sorted(years, reverse=True)}
        record = work.packages.get(stored.digest) if stored and stored.digest else None
    issued = None
    if stored is not None:
        code = check_code_of_digest(bytes.fromhex(record.payload_sha256)) if record else ""
        issued = IssuedKit(stored.kit, stored.taken_at, code, record)
    return BureauOverview(units, registers, issued, are_done(workspace))
