"""What this desk has handed out (已下达的任务): every kit it keeps, so that late filings meet the task they answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from forms.context import FormContext
from models.domain.kit import ParameterKit
from models.domain.project import FilingTask, Unit
from services.messages import kit_digest

if TYPE_CHECKING:  # the processes that judge ahead know no store
    from services.ports.store import UnitOfWork
    from services.workspaces import Workspace


@dataclass(frozen=True)
class HandedOut:
    """The kits of a desk, the current one first, and the units of its register (下达情况).

    A unit may come into the register after the kit was issued; the register goes first.
    """

    kits: tuple[ParameterKit, ...]
    units: Mapping[str, Unit]

    @cached_property
    def _digests(self) -> Mapping[tuple[str, int], frozenset[str]]:
        """Digests by kit and version; a version that was issued twice has two."""
        found: dict[tuple[str, int], set[str]] = {}
        for kit in self.kits:
            found.setdefault((kit.kit_id, kit.version), set()).add(kit_digest(kit))
        return {version: frozenset(digests) for version, digests in found.items()}

    @property
    def current(self) -> ParameterKit:
        """The kit of the working year in force."""
        return self.kits[0]

    @cached_property
    def _handed(self) -> dict[str, tuple[ParameterKit, FilingTask]]:
        return {}

    def handed(self, task_id: str) -> tuple[ParameterKit, FilingTask] | None:
        """A task with the kit that handed it out, the newest first; None when none ever did."""
        found = self._handed.get(task_id)
        if found is None:
            for kit in self.kits:
                if (task := kit.task(task_id)) is not None:
                    found = self._handed[task_id] = kit, task
                    break
        return found

    @cached_property
    def _backgrounds(self) -> dict[str, FormContext]:
        return {}

    def background(self, task_id: str, unit: Unit) -> FormContext | None:
        """A background of filings of a task, of whichever unit: others are made beside it; None for a task not known."""
        found = self._backgrounds.get(task_id)
        if found is None and (handed := self.handed(task_id)) is not None:
            found = self._backgrounds[task_id] = FormContext(*handed, unit)
        return found

    def kit_of(self, task_id: str) -> ParameterKit | None:
        """The kit that handed a task out, the newest first; None when none ever did."""
        found = self.handed(task_id)
        return found[0] if found else None

    def unit(self, code: str) -> Unit | None:
        """The unit of that code."""
        return self.units.get(code) or next(
            (unit for kit in self.kits if (unit := kit.unit(code)) is not None), None
        )

    def knows(self, named: Any) -> bool:
        """Whether a payload's `kit` is one of these, or an older version of one that this desk no longer needs."""
        if not isinstance(named, Mapping):
            return False
        kit_id, number = named.get("kit_id"), named.get("version")
        if not isinstance(kit_id, str) or type(number) is not int:
            return False
        if (kit_id, number) in self._digests:
            return named.get("digest") in self._digests[kit_id, number]
        return any(number < kit.version for kit in self.kits if kit.kit_id == kit_id)


def handed_out(workspace: Workspace) -> HandedOut:
    """Every kit kept and the unit register; KitProblem while there is no current kit."""
    current = workspace.current_kit().kit
    with workspace.store.reading() as work:
        return HandedOut(_in_order(current, work), {unit.code: unit for unit in work.registers.units()})


def _in_order(current: ParameterKit, work: UnitOfWork) -> tuple[ParameterKit, ...]:
    """The current kit, then the others, newest first."""
    others: Sequence[ParameterKit] = [stored.kit for stored in work.kits.all()]
    return current, *(kit for kit in others if kit is not current and kit != current)
