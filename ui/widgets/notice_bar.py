"""Notices (提示条): one sentence across the page, with an action where one helps, never in the way of typing."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from ui.icons import icon
from ui.theme import Tone, px, set_role
from ui.widgets.buttons import button
from ui.widgets.labels import paragraph
from ui.widgets.picture import Picture

_LOOKS = {
    Tone.ACCENT: ("notice-plain", "info"),
    Tone.PLAIN: ("notice-plain", "info"),
    Tone.FAINT: ("notice-plain", "info"),
    Tone.QUIET: ("notice-plain", "info"),
    Tone.GOOD: ("notice-good", "done"),
    Tone.CARE: ("notice-care", "care"),
    Tone.BAD: ("notice-bad", "problem"),
}


class NoticeBar(QFrame):
    """A notice (提示条); hidden while there is nothing to say."""

    action_requested = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = Picture(17)
        self.words = paragraph()
        self.action = button("", "link", clicked=self.action_requested.emit)
        self._close = QToolButton()
        self._close.setIcon(icon("close", Tone.PLAIN.ink))
        self._close.setIconSize(QSize(px(14), px(14)))
        self._close.setToolTip("关闭提示")
        self._close.setAccessibleName("关闭提示")
        self._close.clicked.connect(self.close_notice)
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 7, 8, 7)
        line.setSpacing(9)
        line.addWidget(self._picture)
        line.addWidget(self.words, 1)
        line.addWidget(self.action)
        line.addWidget(self._close)
        self.hide()

    def show_notice(
        self, text: str, tone: str = Tone.ACCENT, *, action: str = "", closable: bool = True
    ) -> None:
        """Say something; a new notice takes the place of the last."""
        look = Tone(tone)
        role, icon_name = _LOOKS[look]
        set_role(self, role)
        self._picture.show_icon(icon_name, look.ink)
        self.words.setText(text)
        self.action.setText(action)
        self.action.setVisible(bool(action))
        self._close.setVisible(closable)
        self.setAccessibleName(text)
        self.show()

    def close_notice(self) -> None:
        """Take the notice away."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()
