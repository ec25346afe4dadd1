"""The status bar (状态栏): saved when, which kit, backed up when, and whether this is practice data."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui.theme import COLOURS
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.picture import Picture

if TYPE_CHECKING:
    from datetime import date, datetime


class SaveState(enum.Enum):
    """How autosave stands (自动保存状态)."""

    SAVED = "saved"
    FAILED = "failed"


_DOTS = {SaveState.SAVED: COLOURS.good, SaveState.FAILED: COLOURS.bad}


class StatusStrip(QFrame):
    """One quiet line at the bottom (状态栏)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "statusbar")
        self._dot = Picture(11)
        self.saved_label = label("", "muted")
        self.hints_label = label("", "muted")
        self.kit_label = ElidedLabel("", "muted")
        self.backup_label = label("", "muted")
        self.practice_label = label("演示数据", "muted")
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 0, 16, 0)
        line.setSpacing(6)
        line.addWidget(self._dot)
        line.addWidget(self.saved_label)
        for item in (self.hints_label, self.kit_label, self.backup_label):
            line.addSpacing(10)
            line.addWidget(item)
        line.addStretch(1)
        line.addWidget(self.practice_label)
        for hidden in (self._dot, self.saved_label, self.hints_label, self.backup_label, self.practice_label):
            hidden.hide()

    def set_saved(self, state: SaveState, moment: datetime | None = None) -> None:
        """Tell how autosave stands; `moment` is when the last batch was safe on disk."""
        from ui.widgets.dates import clock_time

        at = f" {clock_time(moment)}" if moment else ""
        words = f"已自动保存{at}" if state is SaveState.SAVED else f"没有保存成功{at}"
        self._dot.show_icon("dot", _DOTS[state])
        self.saved_label.setText(words)
        self._dot.show()
        self.saved_label.show()

    def set_hints(self, text: str) -> None:
        """Keys that help on this page, "" for none."""
        self.hints_label.setText(text)
        self.hints_label.setVisible(bool(text))

    def set_kit(self, text: str) -> None:
        """Name and version of the kit in force, as a whole phrase."""
        self.kit_label.set_words(text)

    def set_backup(self, moment: datetime | None, today: date) -> None:
        """When the workspace was last backed up."""
        from ui.widgets.dates import near_time

        self.backup_label.setText(f"上次备份 {near_time(moment, today)}" if moment else "还没有备份")
        self.backup_label.show()

    def set_practice(self, practice: bool) -> None:
        """Mark a practice workspace."""
        self.practice_label.setVisible(practice)
