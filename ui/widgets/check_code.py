"""The check code as people compare it (核对码): big, in groups of four."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from models.domain.check_code import spaced_check_code
from ui.theme import font
from ui.widgets.labels import label


class CheckCodeLabel(QWidget):
    """A 核对码 in groups of four (核对码), each in its own box so that eyes do not slip."""

    def __init__(self, code: str = "", parent: QWidget | None = None, *, points: float = 16) -> None:
        super().__init__(parent)
        self._points = points
        self._code = ""
        self._groups: list[QLabel] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._row.addStretch(1)
        self.set_code(code)

    def code(self) -> str:
        """The code without blanks."""
        return self._code

    def set_code(self, code: str) -> None:
        """Show another code."""
        self._code = code.replace(" ", "")
        for group in self._groups:
            self._row.removeWidget(group)
            group.deleteLater()
        self._groups = []
        for index, text in enumerate(spaced_check_code(self._code).split()):
            group = label(text, "code", self)
            group.setFont(_figures(self._points))
            group.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._row.insertWidget(index, group)
            self._groups.append(group)
        self.setAccessibleName(spaced_check_code(self._code))


def _figures(points: float) -> QFont:
    """Letters and figures of one width, so the groups stand below those on paper."""
    made = font(points, bold=True)
    made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 2)
    return made
