"""Tasks filed more than once in a year (同一年度的第几次): each further time is a task of its own, told by its id.

An adjustment may follow on another. Kits hand the task out once; `target_adjustment_2026#2` is its second time, so
that every filing keeps a place of its own at both desks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from models.domain.project import FilingTask

_MARK = "#"
_MOST = 99
"""More often than this nobody adjusts a target in one year; an id that claims it names no task."""


def time_of(task_id: str) -> tuple[str, int]:
    """The id the kit hands out, and the how-manieth time this is (1 for the first)."""
    base, mark, number = task_id.rpartition(_MARK)
    if mark and base and number.isascii() and number.isdigit() and not number.startswith("0"):
        return base, int(number)
    return task_id, 1


def time_id(base: str, number: int) -> str:
    """The id of a task for its n-th time."""
    return base if number == 1 else f"{base}{_MARK}{number}"


def repeated(task: FilingTask, number: int) -> FilingTask:
    """The task for its n-th time: 绩效目标调整（第2次）〔2026年预算〕; the task itself for the first."""
    if number == 1:
        return task
    name, bracket, year = task.name.partition("〔")
    return replace(task, task_id=time_id(task.task_id, number), name=f"{name}（第{number}次）{bracket}{year}")


def find_task(tasks: Iterable[FilingTask], task_id: str) -> FilingTask | None:
    """The task of that id, also a further time of one that may be repeated; None when none of them is it."""
    base, number = time_of(task_id)
    for task in tasks:
        if task.task_id == task_id:
            return task
        if task.task_id == base and task.is_repeatable and 1 < number <= _MOST:
            return repeated(task, number)
    return None
