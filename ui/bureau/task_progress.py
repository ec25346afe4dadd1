"""Progress cards of the bureau's tasks (任务报送进度): 已报 of 应报, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from models.domain.project import FilingTask
from services.reporting_status import DueState, UnitStatus
from ui.filer.matrix_words import task_head
from ui.theme import px
from ui.widgets.dates import short_date
from ui.widgets.progress_card import ProgressCard


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


class TaskProgressCards(QWidget):
    """A card per task (任务报送进度卡片), as many beside each other as the width allows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards: list[ProgressCard] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(10)

    def cards(self) -> Sequence[ProgressCard]:
        """The cards shown."""
        return tuple(self._cards)

    def set_tasks(self, tasks: Sequence[TaskProgress], today: date) -> None:
        """Show the tasks; widgets are kept, so nothing flickers when a figure changes."""
        while len(self._cards) > len(tasks):
            gone = self._cards.pop()
            self._grid.removeWidget(gone)
            gone.deleteLater()
        while len(self._cards) < len(tasks):
            self._cards.append(ProgressCard(self))
        for card, progress in zip(self._cards, tasks, strict=True):
            name, year = task_head(progress.task)
            note, role = _note(progress, today)
            card.show_progress(name, progress.sent, progress.due, f"{year} · {note}", role, note)
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the cards anew."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        fitting = max(1, min(len(self._cards), self.width() // px(220)))
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, 1 if column < fitting else 0)
        for number, card in enumerate(self._cards):
            self._grid.addWidget(card, number // fitting, number % fitting)


def _note(progress: TaskProgress, today: date) -> tuple[str, str]:
    """未报 12 · 无需报 3 · 10月31日截止, and the role it is shown in."""
    left = (progress.task.closes_on - today).days
    exempt = f"无需报 {progress.exempt}" if progress.exempt else ""
    if progress.due and not progress.missing:
        return " · ".join(part for part in ("已全部报来", exempt) if part), "good"
    closing = f"已过期 {-left} 天" if left < 0 else f"{short_date(progress.task.closes_on)}截止"
    parts = (f"未报 {progress.missing}", exempt, closing)
    role = "problem" if left < 0 else "care" if left <= 7 else "muted"
    return " · ".join(part for part in parts if part), role
