"""The board 报送情况: a form due that has not come (C54), came late (C45), or came twice (C43)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

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


def filed_late(task: FilingTask, title: str, name: str, came_on: date) -> Finding:
    """C45 on the board: the first submission came after the closing date."""
    days = (came_on - task.closes_on).days
    return Finding(
        "C45",
        Severity.EXPLAIN,
        NO_PLACE,
        clipped(name),
        f"{title}截止 {show_date(task.closes_on)}，首次收到是 {show_date(came_on)}，逾期 {days} 天",
        "请了解逾期原因，记入审核意见",
        f"“{task.name}”的截止日期由任务参数包规定，逾期报送的要记录。",
        values=(("截止日期", show_date(task.closes_on)), ("首次收到", show_date(came_on))),
    )


def filed_twice(title: str, name: str, version: int) -> Finding:
    """C43 on the board: an earlier filing of the same project and task beside the one that counts."""
    return Finding(
        "C43",
        Severity.BLOCKING,
        NO_PLACE,
        clipped(name),
        f"{title}收到过两份，这一份（第 {version} 版）较早，另一份较晚",
        "请打开这一份，在“各次报送”里对照两份的不同，与单位核实以哪一份为准",
        "同一单位、项目、任务只能有一份，两份都留存，由财政部门决定以哪一份为准。",
        values=(("较早收到", f"第 {version} 版"), ("现在采用", "较晚收到的一份")),
    )


def left_out(unit: str, title: str, names: Sequence[str]) -> Finding:
    """C54 of a county's summary: projects of one unit that are due and not in it."""
    shown = "、".join(f"“{clipped(name)}”" for name in names[:5]) + ("等" if len(names) > 5 else "")
    return Finding(
        "C54",
        Severity.EXPLAIN,
        NO_PLACE,
        unit,
        f"有 {len(names)} 个应报的项目没有列入{title}，也没有不报的原因：{shown}",
        "请催报以后重新汇总；确实不用填报的，请单位报来“无需填报”的原因",
        "年度预算项目名录里的项目，应报的表都要报。",
        values=tuple(("名录项目", name) for name in names),
    )
