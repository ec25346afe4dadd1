"""A labelled field (填写项): label above, the control, one line of help, and what is wrong with it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets.labels import label


class Field(QWidget):
    """Label, control, help and problem in one column (填写项); wrong input keeps its text."""

    def __init__(
        self,
        text: str,
        control: QWidget,
        help_text: str = "",
        *,
        required: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.control = control
        self._caption = label(text, "caption")
        self._caption.setBuddy(control)
        self._help = label(help_text, "muted")
        self._help.setWordWrap(True)
        if not help_text:  # a label shown before it has a parent would flash up as a window
            self._help.hide()
        self._problem = label("", "problem")
        self._problem.setWordWrap(True)
        self._problem.hide()
        control.setAccessibleName(f"{text}，必填" if required else text)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._caption)
        if required:
            head.addWidget(label("必填", "care"))
        head.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addLayout(head)
        for item in (control, self._help, self._problem):
            self._column.addWidget(item)

    def set_caption(self, text: str) -> None:
        """Another name for what is asked."""
        self._caption.setText(text)
        self.control.setAccessibleName(text)

    def add_below(self, widget: QWidget) -> None:
        """Put something under the field, an echo for instance."""
        self._column.addWidget(widget)

    def set_problem(self, text: str) -> None:
        """Say what is wrong, "" for nothing; the control gets a red edge and keeps what was typed."""
        self._problem.setText(text)
        self._problem.setVisible(bool(text))
        self.control.setProperty("problem", bool(text))
        style = self.control.style()
        style.unpolish(self.control)
        style.polish(self.control)

    def problem(self) -> str:
        """What is shown to be wrong."""
        return self._problem.text()


def beside(*fields: QWidget) -> QHBoxLayout:
    """Fields of equal width side by side, aligned at their labels."""
    line = QHBoxLayout()
    line.setSpacing(14)
    for field in fields:
        line.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
    return line
