"""A labelled field (填写项): label above, the control, one line of help, and what is wrong with it."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

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
        self._caption = label(f"{text}　必填" if required else text, "caption")
        self._caption.setBuddy(control)
        self._help = label(help_text, "muted")
        self._help.setWordWrap(True)
        self._help.setVisible(bool(help_text))
        self._problem = label("", "problem")
        self._problem.setWordWrap(True)
        self._problem.hide()
        control.setAccessibleName(text)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for item in (self._caption, control, self._help, self._problem):
            column.addWidget(item)

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
