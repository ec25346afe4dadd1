"""报送情况 (reporting status): who has sent what against what was due, by the register and the kit's tasks."""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from forms import registry
from forms.form_head import FormSubject
from models.domain.kit import ParameterKit
from models.domain.project import FilingTask, Project, RegisterEntry, Unit
from services.due import reason_not_due
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
    """The board of the working year, units in the order of the register; newer units than the kit's come last."""
    kit = workspace.current_kit().kit
    with workspace.store.reading() as work:
        projects = {project.project_id: project for project in work.projects.list()}
        received = [
            _Received(item, projects.get(item.project_id)) for item in work.filings.overview(FilingQuery())
        ]
        units = {unit.code: unit for unit in (*kit.units, *work.registers.units())}
    by_unit: dict[str, list[_Received]] = defaultdict(list)
    for item in received:
        by_unit[item.filing.unit_code].append(item)
    return tuple(UnitStatus(unit, tuple(_items(kit, unit, by_unit[code]))) for code, unit in units.items())


@dataclass(frozen=True, slots=True)
class _Received:
    """A received filing with its project (收到的填报件)."""

    filing: FilingOverview
    project: Project | None

    @property
    def code(self) -> str:
        """The project's code, its name while it has none, "" for a form of the unit as a whole."""
        return (self.project.project_code or self.project.name) if self.project else ""


def _items(kit: ParameterKit, unit: Unit, received: Sequence[_Received]) -> Iterator[DueItem]:
    """Everything due from one unit, and what it sent beyond the register."""
    by_place: dict[tuple[str, str], _Received] = {}
    for item in sorted(received, key=_newest_last):
        by_place[item.filing.task_id, item.code] = item
    used: set[str] = set()

    def take(task: FilingTask, code: str) -> FilingOverview | None:
        found = by_place.get((task.task_id, code))
        if found is not None:
            used.add(found.filing.filing_id)
        return found.filing if found else None

    for task in kit.tasks:
        if not task.is_due_from(unit):
            continue
        if registry.head(task.form_id).subject is FormSubject.UNIT:
            yield _item(task, unit, "", unit.name, None, take(task, ""), "")
            continue
        for entry in kit.register:
            if entry.unit_code == unit.code and entry.budget_year == task.budget_year:
                filing = take(task, entry.project_code or entry.project_name)
                yield _register_item(task, unit, entry, filing)
    for item in received:
        found = kit.task(item.filing.task_id)
        if found is not None and item.filing.filing_id not in used:
            is_newest = by_place[item.filing.task_id, item.code] is item
            yield _unlisted(
                found, unit, item, "项目不在年度预算项目名录里" if is_newest else "同一项目另有一份更晚收到的"
            )


def _newest_last(item: _Received) -> tuple[bool, datetime | None, str]:
    """Order of filings of one place: a desk that was set up anew sends the same form as another filing."""
    at = item.filing.updated_at
    return at is not None, at, item.filing.filing_id


def _unlisted(task: FilingTask, unit: Unit, item: _Received, remark: str) -> DueItem:
    """Something received that the register does not ask for."""
    name = item.project.name if item.project else unit.name
    code = item.project.project_code if item.project else ""
    filing = item.filing
    return DueItem(
        task, unit, code, name, filing.amount_fen, DueState.UNLISTED, filing.filing_id, filing.version, remark
    )


def _register_item(
    task: FilingTask, unit: Unit, entry: RegisterEntry, filing: FilingOverview | None
) -> DueItem:
    """A register line's state for one task; no filing and not due means 无需报."""
    reason = reason_not_due(entry, task.form_id)
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
