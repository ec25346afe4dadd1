"""What a receipt says of a department's package (汇总报送的接收回执): which of the units' packages were taken in.

Each of them is judged by itself and gets a receipt of its own; one that waits under 未接收（待核实） is told here, so
that the department knows of it without asking.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from models.domain.message import NESTED_FOLDER, MessageType
from services.department.carried import MEMBERS
from services.department.members import member_of
from services.handed_out import handed_out
from services.ports.store import PackageRecord, UnitOfWork
from services.received import DECLINED, RECEIVED
from services.workspaces import Workspace

CARRIER_HEAD = ("序号", "单位", "报送文件", "表", "接收情况")


@dataclass(frozen=True, slots=True)
class Brought:
    """One of the units' packages (随附的报送文件); `record` None while it was not taken in."""

    member: str
    unit_name: str
    record: PackageRecord | None

    @property
    def is_received(self) -> bool:
        """Whether the bureau has it, also when it came by itself before."""
        return self.record is not None

    def as_json(self) -> dict[str, Any]:
        """As the receipt tells it."""
        manifest = self.record.manifest_sha256 if self.record else ""
        return {"member": self.member, "submission_sha256": manifest, "is_received": self.is_received}


def brought(workspace: Workspace, carrier: PackageRecord) -> tuple[Brought, ...]:
    """The packages a department's package brought, in its own order."""
    known = handed_out(workspace)
    with workspace.store.reading() as work:
        here = {member_of(record): record for record in _submissions(work)}
    listed = carrier.verdict.get(MEMBERS)
    if listed is None:
        mine = [name for name, record in here.items() if record.carrier_sha256 == carrier.manifest_sha256]
        listed = sorted(mine)
    found = []
    for member in listed:
        record = here.get(member)
        unit = known.unit(member.removeprefix(NESTED_FOLDER).partition("_")[0])
        found.append(Brought(member, record.unit_name if record else unit.name if unit else "", record))
    return tuple(found)


def _submissions(work: UnitOfWork) -> list[PackageRecord]:
    kind = MessageType.SUBMISSION.value
    return [record for way in (RECEIVED, DECLINED) for record in work.packages.find(way, kind)]


def carrier_rows(workspace: Workspace, carrier: PackageRecord) -> list[tuple[str, ...]]:
    """One line for each package, under `CARRIER_HEAD`."""
    rows = list[tuple[str, ...]]()
    for number, item in enumerate(brought(workspace, carrier), 1):
        file = item.member.removeprefix(NESTED_FOLDER)
        forms = f"{len(item.record.filing_versions)} 份" if item.record else "—"
        state = "已接收" if item.is_received else "待核实"
        rows.append((str(number), item.unit_name, file, forms, state))
    return rows
