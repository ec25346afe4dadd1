"""Progress cards (进度卡片): one task, how much of it is done, until when."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import set_role
from ui.widgets.card import row
from ui.widgets.labels import ElidedLabel, label


class ProgressCard(QFrame):
    """Name, done / total, a bar, and a line below in the tone of its urgency (进度卡片)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.name_label = ElidedLabel("", "strong")
        self.count_label = label("", "count")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.note_label = ElidedLabel("", "muted")
        head = row(self.name_label, self.count_label, spacing=6)
        head.setStretch(0, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 11, 14, 11)
        column.setSpacing(9)
        column.addLayout(head)
        column.addWidget(self.bar)
        column.addWidget(self.note_label)

    def show_progress(
        self, name: str, done: int, total: int, note: str, note_role: str = "muted", short_note: str = ""
    ) -> None:
        """Show a task; a task nobody has to file shows an empty bar."""
        self.name_label.set_words(name, name.partition("（")[0])
        self.count_label.setText(f"{done} / {total}")
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(done)
        self.note_label.set_words(note, short_note)
        set_role(self.note_label, note_role)
        self.setAccessibleName(f"{name}，{done} / {total}，{note}")
