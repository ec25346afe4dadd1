"""Empty states (空状态): what is not there yet, and what to do next."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ui.theme import COLOURS
from ui.widgets.buttons import button
from ui.widgets.labels import label
from ui.widgets.picture import Picture


class EmptyState(QWidget):
    """An icon, one sentence and, where something can be done, a button (空状态)."""

    wanted = Signal()

    def __init__(
        self,
        text: str,
        action: str = "",
        *,
        hint: str = "",
        icon_name: str = "archive",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        picture = Picture(40, icon_name, COLOURS.edge)
        self.text_label = label(text, "section")
        self.hint_label = label(hint, "muted")
        self.hint_label.setWordWrap(True)
        if not hint:  # a label shown before it has a parent would flash up as a window
            self.hint_label.hide()
        self.button: QPushButton | None = (
            button(action, "plain", clicked=self.wanted.emit) if action else None
        )
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addStretch(2)
        column.addWidget(picture, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.text_label)
        column.addWidget(self.hint_label)
        if self.button is not None:
            column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        for item in (self.text_label, self.hint_label):
            item.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def set_text(self, text: str, hint: str = "") -> None:
        """Say something else, e.g. that a search finds nothing."""
        self.text_label.setText(text)
        self.hint_label.setText(hint)
        self.hint_label.setVisible(bool(hint))
