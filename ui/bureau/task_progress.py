"""Progress cards of the bureau's tasks (任务报送进度): 已报 of 应报, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from forms import registry
from models.domain.project import FilingTask
from services.reporting_status import DueState, UnitStatus
from ui.filer.matrix_words import task_head
from ui.widgets.dates import short_date
from ui.widgets.progress_card import Words
from ui.widgets.progress_cards import ProgressCards


@dataclass(frozen=True, slots=True)
class TaskProgress:
    """How far one task is over all units (任务报送进度)."""

    task: FilingTask
    sent: int
    missing: int
    exempt: int

    @property
    def due(self) -> int:
        """应报."""
        return self.sent + self.missing


def task_progress(board: Sequence[UnitStatus]) -> tuple[TaskProgress, ...]:
    """Every task on the board, in its order there."""
    tasks = {item.task.task_id: item.task for status in board for item in status.items}
    items = [item for status in board for item in status.items]
    return tuple(
        TaskProgress(
            task,
            *(
                sum(item.task.task_id == task_id and item.state is state for item in items)
                for state in (DueState.SENT, DueState.MISSING, DueState.EXEMPT)
            ),
        )
        for task_id, task in tasks.items()
    )


class TaskProgressCards(ProgressCards):
    """A card per task (任务报送进度卡片)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(220, parent)

    def set_tasks(self, tasks: Sequence[TaskProgress], today: date) -> None:
        """Show the tasks."""
        for card, progress in zip(self.keep(len(tasks)), tasks, strict=True):
            name, year = task_head(progress.task)
            note, short, role = _note(progress, today)
            words = Words(name, registry.head(progress.task.form_id).short_title)
            said, short_year = Words(f"{year} · {note}", short), f"{progress.task.budget_year}年"
            card.show_progress(words, progress.sent, progress.due, said, role, short_year)


def _note(progress: TaskProgress, today: date) -> tuple[str, str, str]:
    """未报 12 · 无需报 3 · 10月31日截止, its short words, and the role it is shown in."""
    left = (progress.task.closes_on - today).days
    exempt = f"无需报 {progress.exempt}" if progress.exempt else ""
    if progress.due and not progress.missing:
        return " · ".join(part for part in ("已全部报来", exempt) if part), "已全部报来", "good"
    closing = f"已过期 {-left} 天" if left < 0 else f"{short_date(progress.task.closes_on)}截止"
    parts = (f"未报 {progress.missing}", exempt, closing)
    role = "problem" if left < 0 else "care" if left <= 7 else "muted"
    return " · ".join(part for part in parts if part), closing, role
