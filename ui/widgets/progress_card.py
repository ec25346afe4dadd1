"""Progress cards (进度卡片): one task, how much of it is done, until when."""

from __future__ import annotations

import enum
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QProgressBar, QSizePolicy, QWidget

from ui.theme import px, set_role
from ui.widgets.labels import ElidedLabel, label


class Words(NamedTuple):
    """A text and the fewer words that say the same where there is little room (长短两种说法)."""

    whole: str
    short: str = ""


class Density(enum.Enum):
    """How much room a card takes (卡片疏密)."""

    USUAL = enum.auto()
    LOW = enum.auto()
    """Name and year share a line, count and the note's short words another."""
    NARROW = enum.auto()
    """The year stands beside the count, the short words below it."""


_PLACES = {
    Density.USUAL: ((0, 0, 1, 2), (0, 2), (2, 0, 1, 3), (1, 0, 1, 3), (2, 2)),
    Density.LOW: ((0, 0, 1, 2), (1, 0), (1, 1, 1, 2), (2, 0, 1, 3), (0, 2)),
    Density.NARROW: ((0, 0, 1, 3), (1, 0), (2, 0, 1, 3), (3, 0, 1, 3), (1, 2)),
}
"""Where name, count, note, bar and year stand in the grid; a usual card's note names the year itself."""


class ProgressCard(QFrame):
    """Name, done / total, a bar, and a note in the tone of its urgency (进度卡片).

    Where there are many tasks the card is low or narrow and the note falls back to its short words.
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
        self.year_label = label("", "muted")
        self.year_label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._note = Words("")
        self._density = Density.USUAL
        self._grid = QGridLayout(self)
        self._grid.setHorizontalSpacing(6)
        self._lay_out()

    @property
    def density(self) -> Density:
        """How the card is laid out."""
        return self._density

    def show_progress(
        self, name: Words, done: int, total: int, note: Words, note_role: str = "muted", year: str = ""
    ) -> None:
        """Show a task; a task nobody has to file shows an empty bar. `year` is what only the whole note names."""
        self.name_label.set_words(name.whole, name.short)
        self.count_label.setText(f"{done} / {total}")
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(done)
        self._note = note
        self.year_label.setText(year)
        set_role(self.note_label, note_role)
        self.setAccessibleName(f"{name.whole}，{done} / {total}，{note.whole}")
        self._tell_note()

    def set_density(self, density: Density) -> None:
        """Take more or less room."""
        if density is not self._density:
            self._density = density
            self._lay_out()
            self._tell_note()

    def _tell_note(self) -> None:
        """The note; a small card has room for the short words alone, the whole ones stand in its tool tip."""
        whole, short = self._note
        is_usual = self._density is Density.USUAL
        self.note_label.set_words(whole if is_usual else short or whole, short)
        self.setToolTip("" if is_usual else f"{self.name_label.words()}\n{whole}")

    def _lay_out(self) -> None:
        is_usual, is_low = self._density is Density.USUAL, self._density is Density.LOW
        grid = self._grid
        grid.setContentsMargins(*((14, 11, 14, 11) if is_usual else (9, 7, 9, 8)))
        grid.setVerticalSpacing(9 if is_usual else px(4))
        for widget, place in zip(
            (self.name_label, self.count_label, self.note_label, self.bar, self.year_label),
            _PLACES[self._density],
            strict=True,
        ):
            grid.addWidget(widget, *place)
        self.year_label.setVisible(not is_usual)
        grid.setColumnStretch(1, 1)
        side = Qt.AlignmentFlag.AlignRight if is_low else Qt.AlignmentFlag.AlignLeft
        self.note_label.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
