"""报送情况 (reporting status): who has sent what against what was due, by the register and the kit's tasks."""

from __future__ import annotations

import enum
import functools
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from forms import registry
from forms.form_head import FormSubject
from models.domain.ex_ante_rule import rule_in_force
from models.domain.kit import ParameterKit
from models.domain.project import FilingTask, Project, RegisterEntry, Unit
from models.domain.repeated_task import repeated, time_of
from services.collector import without_collector
from services.due import reason_not_due
from services.ex_ante import NO_RULE, ExAnteScope, leaves_to_rule, scope_of_register
from services.exemptions import kept_reasons
from services.kept_rows import KeptRows
from services.ports.store import FilingOverview
from services.workspaces import Workspace


class DueState(enum.StrEnum):
    """State of one thing due (应报状态)."""

    SENT = "sent"
    MISSING = "missing"
    EXEMPT = "exempt"
    UNLISTED = "unlisted"
    REPEATED = "repeated"

    @property
    def label(self) -> str:
        """已报, 未报, 无需报, 名录外, 重复."""
        return {
            "sent": "已报",
            "missing": "未报",
            "exempt": "无需报",
            "unlisted": "名录外",
            "repeated": "重复",
        }[self.value]


BEYOND = "项目不在年度预算项目名录里"
SAID_BY_UNIT = "单位说明："
EARLIER = "同一项目另有一份更晚收到的，以那一份为准"


@dataclass(frozen=True, slots=True)
class DueItem:
    """One form due of one project or unit (应报项); `filing_id` "" while not received. Amounts in 分.

    `form_name` is what the place calls the form, "" where it has no name of its own for it and this is the first time.
    """

    task: FilingTask
    unit: Unit
    project_code: str
    name: str
    amount_fen: int | None
    state: DueState
    filing_id: str = ""
    version: int = 0
    remark: str = ""
    form_name: str = ""


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


@dataclass(frozen=True, slots=True)
class Came:
    """What has come for one budget year (某年度收到的表), where somebody has read it already."""

    budget_year: int
    filings: Sequence[FilingOverview]


def reporting_status(
    workspace: Workspace, kit: ParameterKit | None = None, came: Came | None = None
) -> tuple[UnitStatus, ...]:
    """The board of a kit (the working year's own for None), units in the order of the register; newer units come last.

    With `came` only the tasks of that budget year are on it, and filings are not read again.
    """
    with without_collector():
        return _board(workspace, kit or workspace.current_kit().kit, came)


def _board(workspace: Workspace, kit: ParameterKit, came: Came | None) -> tuple[UnitStatus, ...]:
    """The same, for a kit."""
    if came is not None:
        kit = replace(kit, tasks=tuple(task for task in kit.tasks if task.budget_year == came.budget_year))
    with workspace.store.reading() as work:
        rows = KeptRows(workspace.store, work)
        projects, years = rows.projects(), sorted({task.budget_year for task in kit.tasks})
        received = [
            _Received(item, projects.get(item.project_id))
            for year in years  # what came in other years answers no task of this kit
            for item in (came.filings if came else rows.filings(year))
        ]
        units = {unit.code: unit for unit in (*kit.units, *work.registers.units())}
        said = kept_reasons(work, units, kit.working_year)
    by_unit: dict[str, list[_Received]] = defaultdict(list)
    for item in received:
        by_unit[item.filing.unit_code].append(item)
    register = _by_unit_and_year(kit.register)
    scope = scope_of_register(rule_in_force(kit.ex_ante, kit.check_settings), kit.register)
    named = {task.form_id: kit.form_title(task.form_id, task.budget_year, "") for task in kit.tasks}
    return tuple(
        UnitStatus(
            unit,
            tuple(
                _named(_as_said(item, said[code]), named)
                for item in _items(kit, unit, by_unit[code], register, scope)
            ),
        )
        for code, unit in units.items()
    )


def _as_said(item: DueItem, said: Mapping[tuple[str, str], str]) -> DueItem:
    """What has not come but the unit says it need not file, with the unit's reason: 无需报."""
    if item.state is not DueState.MISSING:
        return item
    is_whole = registry.head(item.task.form_id).subject is FormSubject.UNIT
    places = ("",) if is_whole else tuple(place for place in (item.project_code, item.name) if place)
    reason = next((said[key] for place in places if (key := (item.task.task_id, place)) in said), "")
    return replace(item, state=DueState.EXEMPT, remark=f"{SAID_BY_UNIT}{reason}") if reason else item


def _named(item: DueItem, names: Mapping[str, str]) -> DueItem:
    """The item under the place's own name for its form, if it has one, and with the how-manieth time this is."""
    name, number = names.get(item.task.form_id, ""), time_of(item.task.task_id)[1]
    if number > 1:
        name = f"{name or registry.head(item.task.form_id).short_title}（第{number}次）"
    return replace(item, form_name=name) if name else item


@dataclass(frozen=True, slots=True)
class _Received:
    """A received filing with its project (收到的填报件)."""

    filing: FilingOverview
    project: Project | None

    @property
    def code(self) -> str:
        """The project's code, its name while it has none, "" for a form of the unit as a whole."""
        return (self.project.project_code or self.project.name) if self.project else ""


_Register = Mapping[tuple[str, int], Sequence[RegisterEntry]]
"""Lines of the project register by unit and budget year, looked up once for every unit and task."""


def _by_unit_and_year(register: Sequence[RegisterEntry]) -> _Register:
    found: dict[tuple[str, int], list[RegisterEntry]] = defaultdict(list)
    for entry in register:
        found[entry.unit_code, entry.budget_year].append(entry)
    return found


def _items(
    kit: ParameterKit, unit: Unit, received: Sequence[_Received], register: _Register, scope: ExAnteScope
) -> Iterator[DueItem]:
    """Everything due from one unit, and what it sent beyond the register.

    A desk that was set up anew sends the same forms as other filings: the one received last counts, an
    earlier one is shown as repeated, never as something the register does not know.
    """
    by_place: dict[tuple[str, str], list[_Received]] = defaultdict(list)
    for item in sorted(received, key=_newest_last):
        by_place[item.filing.task_id, item.code].append(item)
    earlier: list[_Received] = []
    task_of = functools.cache(kit.task)

    def take(task: FilingTask, *codes: str) -> FilingOverview | None:
        found = [item for code in dict.fromkeys(codes) for item in by_place.pop((task.task_id, code), ())]
        if not found:
            return None
        *overtaken, newest = sorted(found, key=_newest_last)
        earlier.extend(overtaken)
        return newest.filing

    for task in _every_time(kit.tasks, {task_id for task_id, _ in by_place}):
        if not task.is_due_from(unit):
            continue
        if registry.head(task.form_id).subject is FormSubject.UNIT:
            items = [_item(task, unit, "", unit.name, None, take(task, ""), "")]
        else:
            places = _places(register.get((unit.code, task.budget_year), ()))
            items = [_register_item(task, unit, entry, take(task, *codes), scope) for entry, codes in places]
        yield from (item for item in items if item.filing_id or not task.is_optional)
    for (task_id, _), found in by_place.items():
        beyond = task_of(task_id)
        if beyond is not None:
            *overtaken, newest = found
            earlier += overtaken
            yield _beside(beyond, unit, newest, DueState.UNLISTED, BEYOND)
    for item in earlier:
        if (asked := task_of(item.filing.task_id)) is not None:  # only filings of the kit's tasks are taken
            yield _beside(asked, unit, item, DueState.REPEATED, EARLIER)


def _every_time(tasks: Sequence[FilingTask], received: Collection[str]) -> Iterator[FilingTask]:
    """The tasks handed out, each followed by the further times it was filed for in the year."""
    times: dict[str, list[int]] = defaultdict(list)
    for task_id in received:
        base, number = time_of(task_id)
        times[base].append(number)
    for task in tasks:
        yield task
        if task.is_repeatable:
            yield from (repeated(task, number) for number in sorted(times[task.task_id]) if number > 1)


def _places(entries: Sequence[RegisterEntry]) -> Iterator[tuple[RegisterEntry, tuple[str, ...]]]:
    """A unit's register lines of a budget year, each with what a received project is met by.

    A project typed in by hand has no code; its name tells it where no other line bears the same.
    """
    names = Counter(entry.project_name for entry in entries)
    for entry in entries:
        name = entry.project_name if names[entry.project_name] == 1 or not entry.project_code else ""
        yield entry, tuple(code for code in (entry.project_code, name) if code)


def _newest_last(item: _Received) -> tuple[bool, datetime | None, str]:
    """Order of filings of one place: a desk that was set up anew sends the same form as another filing."""
    at = item.filing.updated_at
    return at is not None, at, item.filing.filing_id


def _beside(task: FilingTask, unit: Unit, item: _Received, state: DueState, remark: str) -> DueItem:
    """Something received that is not what a line of the register asks for."""
    name = item.project.name if item.project else unit.name
    code = item.project.project_code if item.project else ""
    filing = item.filing
    return DueItem(task, unit, code, name, filing.amount_fen, state, filing.filing_id, filing.version, remark)


def _register_item(
    task: FilingTask, unit: Unit, entry: RegisterEntry, filing: FilingOverview | None, scope: ExAnteScope
) -> DueItem:
    """A register line's state for one task; no filing and not due means 无需报."""
    reason = reason_not_due(entry, task.form_id)
    if leaves_to_rule(entry, task.form_id, reason):
        decision = scope.decision(entry.project_code, entry.budget_year)
        reason = NO_RULE if decision is None else "" if decision.is_needed else decision.sentence
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
