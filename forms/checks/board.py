"""C54 on the board (应报未报): a register line whose form has not come and that nobody has given a reason for."""

from __future__ import annotations

from forms.checks.received_versions import NO_PLACE
from forms.checks.wording import clipped
from forms.findings import Finding, Severity
from forms.kinds import show_date
from models.domain.project import FilingTask


def not_filed(task: FilingTask, title: str, name: str) -> Finding:
    """The finding on one form due of one project (or unit)."""
    return Finding(
        "C54",
        Severity.EXPLAIN,
        NO_PLACE,
        clipped(name),
        f"应报{title}，还没有收到，也没有不报的原因",
        f"请催报（截止 {show_date(task.closes_on)}）；确实不用填报的，请单位在程序里写明“无需填报”的原因后报送",
        "年度预算项目名录里的项目，应报的表都要报。",
        values=(("名录", f"应报{title}"), ("收到", "没有")),
    )
