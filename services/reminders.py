"""催报名单 as a workbook: who has not sent what, with contact and closing date, to hand on or to print."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from forms.kinds import show_date
from services.ports.documents import DataHead, DataSheet
from services.reporting_status import DueState, UnitStatus
from services.workspaces import Workspace

_HEADS = (
    DataHead("主管部门"),
    DataHead("单位代码", is_code=True),
    DataHead("单位名称"),
    DataHead("归口业务股室"),
    DataHead("未报的表"),
    DataHead("项目代码", is_code=True),
    DataHead("项目（单位）"),
    DataHead("截止日期"),
    DataHead("逾期天数"),
    DataHead("联系人"),
    DataHead("联系电话", is_code=True),
)


def write_reminders(workspace: Workspace, board: Sequence[UnitStatus], folder: Path) -> Path:
    """Write the list of a board into a folder; a file of that name gets a number, never replaced."""
    today = workspace.today
    rows: list[tuple[str | Decimal | None, ...]] = []
    for status in board:
        unit = status.unit
        for item in status.items:
            if item.state is not DueState.MISSING:
                continue
            late = (today - item.task.closes_on).days
            rows.append(
                (
                    unit.department_name or unit.name,
                    unit.code,
                    unit.name,
                    unit.bureau_office,
                    item.task.name,
                    item.project_code or None,
                    item.name,
                    show_date(item.task.closes_on),
                    Decimal(late) if late > 0 else None,
                    unit.contact_name or None,
                    unit.contact_phone or None,
                )
            )
    content = workspace.tools.documents.data_workbook((DataSheet("催报名单", _HEADS, tuple(rows)),))
    path, number = folder / f"催报名单_{today:%Y%m%d}.xlsx", 2
    while path.exists():
        path, number = folder / f"催报名单_{today:%Y%m%d}（{number}）.xlsx", number + 1
    workspace.tools.files.write(path, content)
    return path
