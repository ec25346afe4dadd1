"""The top bar (顶栏): program and desk on the left, working year, unit and person on the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from ui.icons import mark
from ui.shell.records import DeskIdentity
from ui.theme import px
from ui.widgets.buttons import MenuButton
from ui.widgets.labels import ElidedLabel, label


class TopBar(QFrame):
    """Who works where, for which working year (顶栏)."""

    year_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "topbar")
        picture = QLabel()
        size = px(20)
        ratio = self.devicePixelRatioF()
        drawn = mark(round(size * ratio))
        drawn.setDevicePixelRatio(ratio)
        picture.setPixmap(drawn)
        self.desk_label = label("", "desk")
        self.year_button = MenuButton("工作年度 ")
        self.year_button.chosen.connect(self._on_chosen)
        self.year_button.hide()
        self.unit_label = ElidedLabel("", "strong")
        self.person_label = label("", "muted")
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 0, 16, 0)
        line.setSpacing(8)
        line.addWidget(picture)
        line.addWidget(label("预算绩效工作台", "brand"))
        line.addSpacing(6)
        line.addWidget(self.desk_label, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addStretch(1)
        line.addWidget(self.year_button)
        line.addSpacing(6)
        line.addWidget(self.unit_label)
        line.addSpacing(6)
        line.addWidget(self.person_label)

    def set_identity(self, identity: DeskIdentity) -> None:
        """Show desk, unit and person."""
        self.desk_label.setText(identity.desk)
        self.unit_label.set_words(identity.unit_name)
        person = " · ".join(part for part in (identity.person_name, identity.person_role) if part)
        self.person_label.setText(person)
        self.person_label.setVisible(bool(person))

    def set_years(self, years: Sequence[int], current: int) -> None:
        """Offer the working years there are kits for."""
        self.year_button.set_choices([(year, f"{year} 年") for year in years], current)
        self.year_button.setVisible(bool(years))

    def _on_chosen(self, year: object) -> None:
        if isinstance(year, int):
            self.year_chosen.emit(year)
