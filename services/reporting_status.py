"""报送情况 (reporting status): who has sent what against what was due, by the register and the kit's tasks."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from forms import registry
from forms.schema import FormSubject
from models.domain.kit import ParameterKit
from models.domain.project import FilingTask, RegisterEntry, Unit
from services.ports.store import FilingOverview, FilingQuery
from services.workspaces import Workspace


class DueState(enum.StrEnum):
    """State of one thing due (应报状态)."""

    SENT = "sent"
    MISSING = "missing"
    EXEMPT = "exempt"
    UNLISTED = "unlisted"

    @property
    def label(self) -> str:
        """已报, 未报, 无需报, 名录外."""
        return {"sent": "已报", "missing": "未报", "exempt": "无需报", "unlisted": "名录外"}[self.value]


@dataclass(frozen=True, slots=True)
class DueItem:
    """One form due of one project or unit (应报项); `filing_id` "" while not received. Amounts in 分."""

    task: FilingTask
    unit: Unit
    project_code: str
    name: str
    amount_fen: int | None
    state: DueState
    filing_id: str = ""
    version: int = 0
    remark: str = ""


@dataclass(frozen=True, slots=True)
class UnitStatus:
    """A unit's line on the board (单位报送情况): 应报, 已报, 未报, 无需报."""

    unit: Unit
    items: tuple[DueItem, ...]

    def count(self, state: DueState) -> int:
        """How many items are in that state."""
        return sum(item.state is state for item in self.items)

    @property
    def due(self) -> int:
        """应报: what has been or must still be sent by the register."""
        return self.count(DueState.SENT) + self.count(DueState.MISSING)


def reporting_status(workspace: Workspace) -> tuple[UnitStatus, ...]:
    """The board of the working year, units in the order of the register."""
    kit = workspace.current_kit().kit
    with workspace.store.reading() as work:
        received = work.filings.overview(FilingQuery())
        names = {project.project_id: project.project_code for project in work.projects.list()}
        titles = {project.project_id: project.name for project in work.projects.list()}
    by_place = {(f.unit_code, f.task_id, names.get(f.project_id) or f.project_id): f for f in received}
    return tuple(UnitStatus(unit, tuple(_items(kit, unit, by_place, titles))) for unit in kit.units)


def _items(
    kit: ParameterKit,
    unit: Unit,
    received: Mapping[tuple[str, str, str], FilingOverview],
    titles: Mapping[str, str],
) -> Iterator[DueItem]:
    """Everything due from one unit, and what it sent beyond the register."""
    used: set[str] = set()
    for task in kit.tasks:
        if not task.is_due_from(unit):
            continue
        if registry.form(task.form_id).subject is FormSubject.UNIT:
            filing = received.get((unit.code, task.task_id, ""))
            used.add(filing.filing_id if filing else "")
            yield _item(task, unit, "", unit.name, None, filing, "")
            continue
        for entry in kit.register:
            if entry.unit_code == unit.code and entry.budget_year == task.budget_year:
                filing = received.get((unit.code, task.task_id, entry.project_code))
                used.add(filing.filing_id if filing else "")
                yield _register_item(task, unit, entry, filing)
    for (unit_code, task_id, code), filing in received.items():
        found = kit.task(task_id)
        if unit_code == unit.code and filing.filing_id not in used and found is not None:
            name = titles.get(filing.project_id, "")
            yield DueItem(
                found,
                unit,
                code,
                name,
                filing.amount_fen,
                DueState.UNLISTED,
                filing.filing_id,
                filing.version,
                "项目不在年度预算项目名录里",
            )


def _register_item(
    task: FilingTask, unit: Unit, entry: RegisterEntry, filing: FilingOverview | None
) -> DueItem:
    """A register line's state for one task; no filing, not due and a reason means 无需报."""
    is_due = not entry.forms_due or task.form_id in entry.forms_due
    reason = "" if is_due else entry.exempt_reason or "名录未要求"
    return _item(task, unit, entry.project_code, entry.project_name, entry.budget_fen, filing, reason)


def _item(
    task: FilingTask,
    unit: Unit,
    code: str,
    name: str,
    amount: int | None,
    filing: FilingOverview | None,
    exempt_reason: str,
) -> DueItem:
    """One item with its state."""
    if filing is not None:
        shown = filing.amount_fen if filing.amount_fen is not None else amount
        return DueItem(task, unit, code, name, shown, DueState.SENT, filing.filing_id, filing.version)
    state = DueState.EXEMPT if exempt_reason else DueState.MISSING
    return DueItem(task, unit, code, name, amount, state, remark=exempt_reason)
