"""What the indicator library and the coach add to a table (指标库与建议的操作): taking in, proposing, keeping."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from ui.icons import icon
from ui.theme import COLOURS


class LibraryActions(QObject):
    """The actions of an indicator table beside those of every table (指标库操作).

    Their keys are the wizard's (`ui.wizard.keys`), so that they work wherever the cursor stands.
    """

    library_wanted = Signal()
    coach_wanted = Signal()
    keep_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.library = self._action("指标库", "从绩效指标库选用指标（Ctrl+L）", "library")
        self.coach = self._action("建议", "看这张表的填写建议（F6）", "comment")
        self.keep = self._action("收入本单位指标库", "把本行收入本单位指标库，以后可以选用", "archive")
        self.library.triggered.connect(lambda _checked=False: self.library_wanted.emit())
        self.coach.triggered.connect(lambda _checked=False: self.coach_wanted.emit())
        self.keep.triggered.connect(lambda _checked=False: self.keep_wanted.emit())

    def tools(self) -> list[QAction]:
        """Those that stand above the table."""
        return [self.library, self.coach]

    def all(self) -> list[QAction]:
        """Those of the menu."""
        return [self.library, self.coach, self.keep]

    def _action(self, words: str, tip: str, icon_name: str) -> QAction:
        made = QAction(icon(icon_name, COLOURS.muted), words, self)
        made.setToolTip(tip)
        return made
