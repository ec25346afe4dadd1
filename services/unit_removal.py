"""Taking a unit out of the register (移除单位): only one nothing was received from, with its project lines, and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.domain.errors import InputError
from models.domain.project import RegisterEntry, Unit
from services.changes import Topic
from services.permission_table import Action
from services.permissions import require
from services.ports.store import FilingQuery, UnitOfWork
from services.received import DECLINED, RECEIVED
from services.workspaces import Workspace


@dataclass(frozen=True, slots=True)
class RemovedUnit:
    """A unit taken out (移除的单位), with its project lines and their places, so that it can be put back as it was."""

    unit: Unit
    entries: tuple[tuple[int, RegisterEntry], ...]


def look_at_removal(workspace: Workspace, code: str) -> RemovedUnit:
    """What would go with a unit; InputError when it is not in the register or something of it was received."""
    with workspace.store.reading() as work:
        return _removable(work, code)


def remove_unit(workspace: Workspace, code: str) -> RemovedUnit:
    """Take a unit and its project lines of every budget year out of the registers. InputError as `look_at_removal`.

    Kits issued before still name it: what it sends under those is still known here. NotAllowed for whom this is not
    the work of.
    """
    who, now = require(workspace, Action.REMOVE_UNIT), workspace.tools.clock.now()
    with workspace.store.writing() as work:
        removed = _removable(work, code)
        for year in {entry.budget_year for _, entry in removed.entries}:
            left = [entry for entry in work.registers.entries(year) if entry.unit_code != code]
            work.registers.replace_entries(year, left)
        work.registers.remove_unit(code)
        work.audit.append(now, who.name, "registers", code, f"从单位名录移除：{removed.unit.name}", {})
        work.commit()
    workspace.changes.tell(Topic.REGISTERS)
    return removed


def put_back(workspace: Workspace, removed: RemovedUnit) -> None:
    """Undo a removal; what has come into the registers since stays, also a unit of that code. NotAllowed as above."""
    who, now = require(workspace, Action.REMOVE_UNIT), workspace.tools.clock.now()
    unit = removed.unit
    with workspace.store.writing() as work:
        if unit.code not in {item.code for item in work.registers.units()}:
            work.registers.put_units([unit])
        for year in {entry.budget_year for _, entry in removed.entries}:
            work.registers.replace_entries(year, _with(work.registers.entries(year), removed, year))
        work.audit.append(now, who.name, "registers", unit.code, f"放回单位名录：{unit.name}", {})
        work.commit()
    workspace.changes.tell(Topic.REGISTERS)


def _removable(work: UnitOfWork, code: str) -> RemovedUnit:
    """The unit with its lines; InputError when it must stay."""
    unit = next((item for item in work.registers.units() if item.code == code), None)
    if unit is None:
        raise InputError(f"单位名录里没有代码 {code}", "请刷新列表", "单位名录")
    received = len(work.filings.overview(FilingQuery(unit_code=code)))
    if received:
        raise InputError(
            f"已接收{unit.name}的 {received} 份表，不能移除这个单位",
            "已撤并的单位请留在名录里；不再填报的，在任务里不选它所属的类别，或在项目名录里写明不报原因",
            "单位名录",
        )
    packages = (*work.packages.find(RECEIVED), *work.packages.find(DECLINED))
    if any(record.unit_code == code for record in packages):
        raise InputError(
            f"已登记{unit.name}的签名，不能移除这个单位",
            "请保留；签名不再使用的，请在“证书”里注销",
            "单位名录",
        )
    entries = tuple(
        (place, entry)
        for year in work.registers.entry_years()
        for place, entry in enumerate(work.registers.entries(year))
        if entry.unit_code == code
    )
    return RemovedUnit(unit, entries)


def _with(present: Sequence[RegisterEntry], removed: RemovedUnit, year: int) -> list[RegisterEntry]:
    """The lines of a year with the removed ones in their places, unless they are there by now."""
    lines = list(present)
    known = {(entry.unit_code, entry.project_code, entry.project_name) for entry in lines}
    for place, entry in removed.entries:
        if entry.budget_year != year:
            continue
        if (entry.unit_code, entry.project_code, entry.project_name) not in known:
            lines.insert(min(place, len(lines)), entry)
    return lines
