"""Words on a screen (文字): labels by role, so size and colour come from the style sheet alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLabel, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent, QShowEvent


def label(text: str = "", role: str = "", parent: QWidget | None = None) -> QLabel:
    """One line of text; never read as markup, whatever a unit's file may contain."""
    made = QLabel(text, parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        made.setProperty("role", role)
    return made


def paragraph(text: str = "", role: str = "", parent: QWidget | None = None) -> QLabel:
    """A text that wraps and can be marked and copied with the mouse."""
    made = label(text, role, parent)
    made.setWordWrap(True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


class YieldingLabel(QLabel):
    """A line that gives way to what stands beside it and ends in … then (让位的说明); the tool tip has the whole."""

    def __init__(self, text: str = "", role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)

    def minimumSizeHint(self) -> QSize:
        """No width of its own."""
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw as much as there is room for."""
        room = self.contentsRect()
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        self.setToolTip(self.text() if shown != self.text() else "")
        if shown == self.text():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        self.style().drawItemText(
            painter, room, self.alignment(), self.palette(), self.isEnabled(), shown, self.foregroundRole()
        )


class ElidedLabel(QLabel):
    """A line that falls back to shorter words, then ends in …, when there is no room (省略显示).

    The whole text stands in the tool tip then. Nothing is measured before there is somebody to see it.
    """

    def __init__(self, text: str = "", role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setMinimumWidth(24)
        self._whole = ""
        self._short = ""
        if text:
            self.set_words(text)

    def set_words(self, text: str, short: str = "") -> None:
        """Show another text; `short` says the same in fewer words."""
        self._whole, self._short = text, short
        self.updateGeometry()
        self._elide()

    def words(self) -> str:
        """The whole text."""
        return self._whole

    def sizeHint(self) -> QSize:
        """Room for the whole text, so layouts give it when they can."""
        hint = super().sizeHint()
        hint.setWidth(self.fontMetrics().horizontalAdvance(self._whole) + 2)
        return hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose and cut the text anew."""
        super().resizeEvent(event)
        self._elide()

    def showEvent(self, event: QShowEvent) -> None:
        """Cut what was said or resized while nobody could see it."""
        super().showEvent(event)
        self._elide()

    def changeEvent(self, event: QEvent) -> None:
        """Another text size needs another room."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._elide()

    def _elide(self) -> None:
        if not self.isVisible():
            shown = self._whole
        else:
            metrics, room = self.fontMetrics(), self.width()
            shown = self._whole
            if metrics.horizontalAdvance(shown) > room:
                shown = metrics.elidedText(self._short or shown, Qt.TextElideMode.ElideRight, room)
        if shown != self.text():
            self.setText(shown)
        tip = self._whole if shown != self._whole else ""
        if tip != self.toolTip():
            self.setToolTip(tip)
