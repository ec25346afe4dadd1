"""The row of task cards (任务卡片): how far each task of this working year is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ui.filer.matrix_words import card_note, task_head
from ui.widgets.progress_card import Words
from ui.widgets.progress_cards import ProgressCards

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from services.matrix import TaskCard


class TaskCards(ProgressCards):
    """A progress card per task (任务卡片)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(165, parent)

    def set_cards(self, cards: Sequence[TaskCard]) -> None:
        """Show the tasks."""
        for widget, card in zip(self.keep(len(cards)), cards, strict=True):
            name, year = task_head(card.task)
            note, role = card_note(card)
            words = Words(name, name.partition("（")[0])
            said = Words(f"{year} · {note}", note)
            widget.show_progress(words, card.done, card.total, said, role, f"{card.task.budget_year}年")
