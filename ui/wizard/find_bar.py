"""Find in the form (表内查找): Ctrl+F, Enter to the next place, Esc back to where one was."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from forms.findings import Place
from ui.icons import icon
from ui.theme import COLOURS, px
from ui.widgets.labels import label
from ui.widgets.search_field import SearchField


class FindBar(QFrame):
    """The line with the search field (查找栏); whoever shows it answers `searched` with `show_found`."""

    searched = Signal(str)
    place_chosen = Signal(Place)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.field = SearchField("在本表中查找", shortcut=False)
        self.field.setMaximumWidth(px(320))
        self._found: list[Place] = []
        self._position = -1
        self.count_label = label("", "note")
        line = QHBoxLayout(self)
        line.setContentsMargins(px(8), px(5), px(6), px(5))
        line.setSpacing(px(6))
        line.addWidget(self.field, 1)
        line.addWidget(self.count_label)
        for name, words, work in (
            ("up", "上一处（Shift+回车）", lambda: self.step(-1)),
            ("down", "下一处（回车）", lambda: self.step(1)),
        ):
            line.addWidget(self._tool(name, words, work))
        line.addStretch(1)
        line.addWidget(self._tool("close", "关闭查找（Esc）", self.closed.emit))
        self.field.searched.connect(self.searched)
        self.field.left_downwards.connect(lambda: self.step(1))

    def begin(self) -> None:
        """Jump into the field."""
        self.show()
        self.field.take_focus()

    def show_found(self, places: list[Place]) -> None:
        """Take the places found for the text."""
        self._found, self._position = places, -1
        self._count()

    def step(self, by: int) -> None:
        """Go to the next or the previous place."""
        if not self._found:
            return
        first = 0 if by > 0 else len(self._found) - 1
        self._position = (self._position + by) % len(self._found) if self._position >= 0 else first
        self._count()
        self.place_chosen.emit(self._found[self._position])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes, Shift+Enter goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_F3,):
            self.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        else:
            super().keyPressEvent(event)

    def _count(self) -> None:
        if not self.field.text().strip():
            self.count_label.setText("")
        elif not self._found:
            self.count_label.setText("没有找到")
        elif self._position < 0:
            self.count_label.setText(f"共 {len(self._found)} 处")
        else:
            self.count_label.setText(f"第 {self._position + 1} 处，共 {len(self._found)} 处")

    def _tool(self, name: str, words: str, work: object) -> QToolButton:
        made = QToolButton()
        made.setIcon(icon(name, COLOURS.muted))
        made.setIconSize(QSize(px(16), px(16)))
        made.setToolTip(words)
        made.setAccessibleName(words)
        made.clicked.connect(work)
        return made
