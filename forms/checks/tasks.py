"""C53 (填报任务): filings outside the tasks handed out, or outside their dates."""

from __future__ import annotations

from collections.abc import Iterator

from forms import kinds
from forms.checks.engine import CheckInput
from forms.findings import Finding, Place, Severity
from forms.kinds import show_date
from forms.remembered import by_identity
from models.domain.kit import ParameterKit
from models.domain.project import FilingTask

_MOST_TASKS = 256


def task_known(given: CheckInput) -> Iterator[Finding]:
    """C53: the kit hands out no such task, or the filing's date lies outside its dates."""
    task = given.context.task
    known = _task(given.context.kit, task.task_id)
    if known is None or (known.form_id, known.budget_year) != (task.form_id, task.budget_year):
        first = next(given.form.items())
        yield Finding(
            code="C53",
            severity=Severity.BLOCKING,
            place=Place(first.key),
            subject="填报任务",
            message=f"“{task.name}”（预算年度 {task.budget_year} 年）不在任务参数包“{given.context.kit.name}”下达的任务里",
            remedy="请换用新的任务参数包，或向财政部门核实要填哪个任务",
            why="只接收任务参数包下达的填报任务。",
            values=(("填报任务", task.name), ("任务参数包", given.context.kit.name)),
        )
        return
    filled_on = kinds.parse_date(given.text("filled_on"))
    if filled_on is None or known.opens_on <= filled_on <= known.closes_on:
        return
    early = filled_on < known.opens_on
    limit = f"开始日期 {show_date(known.opens_on)}" if early else f"截止日期 {show_date(known.closes_on)}"
    yield Finding(
        code="C53",
        severity=Severity.EXPLAIN,
        place=Place("filled_on"),
        subject="填报日期",
        message=f"{show_date(filled_on)}{'早于' if early else '晚于'}“{known.name}”的{limit}",
        remedy="请核对日期；确实不在期限内的，请说明原因",
        why=f"这项任务的填报期限是 {show_date(known.opens_on)}至 {show_date(known.closes_on)}。",
        values=(
            ("填报日期", show_date(filled_on)),
            ("填报期限", f"{show_date(known.opens_on)}至 {show_date(known.closes_on)}"),
        ),
    )


def _task(kit: ParameterKit, task_id: str) -> FilingTask | None:
    """The kit's task of that id, looked for once."""
    known = _tasks_met(kit.tasks)
    if task_id not in known:
        if len(known) >= _MOST_TASKS:
            known.clear()
        known[task_id] = kit.task(task_id)
    return known[task_id]


@by_identity(8)
def _tasks_met(_tasks: tuple[FilingTask, ...]) -> dict[str, FilingTask | None]:
    """The tasks of a kit asked for so far."""
    return {}
