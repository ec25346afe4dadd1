"""生成报送文件, third page: the steps as they are done; the dialog stays until the file is safe or stopped."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ui.theme import COLOURS, px, set_role
from ui.widgets.card import Card, row
from ui.widgets.labels import label
from ui.widgets.picture import Picture
from ui.widgets.progress_panel import ProgressPanel


class SealProgressPage(QWidget):
    """What is being done (正在生成)."""

    cancel_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self._lines: list[tuple[Picture, QLabel]] = []
        self.panel = ProgressPanel("正在生成报送文件", counter="步")
        self.panel.cancel_requested.connect(self.cancel_requested)
        self._card = Card(margin=24)
        self._card.body.addWidget(self.panel)
        self._card.setMaximumWidth(px(620))
        self._card.setMinimumWidth(px(420))
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addWidget(self._card, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)

    def set_steps(self, names: Sequence[str]) -> None:
        """The steps there will be, in order."""
        if tuple(names) == self._names:
            return
        self._names = tuple(names)
        for name in names:
            picture, words = Picture(16), label(name, "muted")
            self._card.body.addLayout(row(picture, words, None))
            self._lines.append((picture, words))

    def begin(self) -> None:
        """Start over."""
        self.panel.begin()
        self._mark(0)

    def set_progress(self, done: int, total: int, text: str) -> None:
        """Tell a step."""
        self.panel.set_progress(done, total, text)
        self._mark(done)

    def _mark(self, done: int) -> None:
        """Tick what is done, point at what is being done."""
        for number, (picture, words) in enumerate(self._lines):
            if number < done:
                name, colour, role = "done_solid", COLOURS.good, ""
            elif number == done:
                name, colour, role = "forward", COLOURS.accent, "strong"
            else:
                name, colour, role = "empty", COLOURS.edge, "muted"
            picture.show_icon(name, colour)
            set_role(words, role)
