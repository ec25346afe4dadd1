"""Progress cards (进度卡片): one task, how much of it is done, until when."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QProgressBar, QSizePolicy, QWidget

from ui.theme import px, set_role
from ui.widgets.labels import ElidedLabel, label


class Words(NamedTuple):
    """A text and the fewer words that say the same where there is little room (长短两种说法)."""

    whole: str
    short: str = ""


class ProgressCard(QFrame):
    """Name, done / total, a bar, and a note in the tone of its urgency (进度卡片).

    Where there are many tasks the card is compact: lower, with the note's short words beside the count.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.name_label = ElidedLabel("", "strong")
        self.count_label = label("", "count")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.note_label = ElidedLabel("", "muted")
        self._note = Words("")
        self._is_compact = False
        self._grid = QGridLayout(self)
        self._lay_out()

    @property
    def is_compact(self) -> bool:
        """Whether the card is a low one."""
        return self._is_compact

    def show_progress(
        self, name: Words, done: int, total: int, note: Words, note_role: str = "muted"
    ) -> None:
        """Show a task; a task nobody has to file shows an empty bar."""
        self.name_label.set_words(name.whole, name.short)
        self.count_label.setText(f"{done} / {total}")
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(done)
        self._note = note
        set_role(self.note_label, note_role)
        self.setAccessibleName(f"{name.whole}，{done} / {total}，{note.whole}")
        self._tell_note()

    def set_compact(self, compact: bool) -> None:
        """Make the card low, or as high as usual."""
        if compact != self._is_compact:
            self._is_compact = compact
            self._lay_out()
            self._tell_note()

    def _tell_note(self) -> None:
        """The note; a low card has room for the short words alone, the whole ones stand in its tool tip."""
        whole, short = self._note
        self.note_label.set_words(short or whole if self._is_compact else whole, short)
        self.setToolTip(f"{self.name_label.words()}\n{whole}" if self._is_compact else "")

    def _lay_out(self) -> None:
        grid = self._grid
        if self._is_compact:
            grid.setContentsMargins(10, 7, 10, 8)
            grid.setVerticalSpacing(px(4))
            grid.addWidget(self.name_label, 0, 0, 1, 2)
            grid.addWidget(self.count_label, 1, 0)
            grid.addWidget(self.note_label, 1, 1)
            grid.addWidget(self.bar, 2, 0, 1, 2)
            grid.setColumnStretch(0, 0)
            grid.setColumnStretch(1, 1)
            self.note_label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        else:
            grid.setContentsMargins(14, 11, 14, 11)
            grid.setVerticalSpacing(9)
            grid.addWidget(self.name_label, 0, 0)
            grid.addWidget(self.count_label, 0, 1)
            grid.addWidget(self.bar, 1, 0, 1, 2)
            grid.addWidget(self.note_label, 2, 0, 1, 2)
            grid.setColumnStretch(0, 1)
            grid.setColumnStretch(1, 0)
            self.note_label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        grid.setHorizontalSpacing(6)
