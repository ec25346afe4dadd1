"""The top bar (顶栏): program and desk on the left, working year, unit and person on the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QWidget

from ui.widgets.buttons import MenuButton
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.picture import Mark

if TYPE_CHECKING:
    from ui.shell.records import DeskIdentity


class TopBar(QFrame):
    """Who works where, for which working year (顶栏)."""

    year_chosen = Signal(int)
    workspace_chosen = Signal(str)
    other_workspace_requested = Signal()
    person_work_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "topbar")
        picture = Mark(20)
        self.desk_label = label("", "desk")
        self.year_button = MenuButton("工作年度 ")
        self.year_button.chosen.connect(self._on_chosen)
        self.year_button.hide()
        self.unit_label = ElidedLabel("", "strong")
        self.switch_button = QPushButton("切换 ▾")
        self.switch_button.setProperty("role", "menu")
        self.switch_button.setToolTip("切换到本机上其他单位的工作区")
        self.switch_button.setAccessibleName("切换工作区")
        self.switch_button.setMenu(QMenu(self.switch_button))
        self.switch_button.hide()
        self.person_label = label("", "muted")
        self.person_button = QPushButton("")
        self.person_button.setProperty("role", "menu")
        self.person_button.setAccessibleName("操作人员")
        self.person_button.setMenu(QMenu(self.person_button))
        self.person_button.hide()
        self._person = ""
        self._is_gated = False
        self._years: tuple[int, ...] = ()
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
        line.addWidget(self.switch_button)
        line.addSpacing(6)
        line.addWidget(self.person_label)
        line.addWidget(self.person_button)

    def set_identity(self, identity: DeskIdentity) -> None:
        """Show desk, unit and person."""
        self.desk_label.setText(identity.desk)
        self.unit_label.set_words(identity.unit_name)
        self._person = " · ".join(part for part in (identity.person_name, identity.person_role) if part)
        self._show_person()

    def set_person_work(self, choices: Sequence[tuple[str, str]]) -> None:
        """Make the person's name a menu of (key, words); without any it is words only."""
        menu = self.person_button.menu()
        menu.clear()
        for key, words in choices:
            menu.addAction(words).triggered.connect(
                lambda _checked=False, key=key: self.person_work_requested.emit(key)
            )
        self._show_person()

    def set_gated(self, gated: bool) -> None:
        """While nobody is signed in neither year nor person can be chosen."""
        self._is_gated = gated
        self.year_button.setVisible(bool(self._years) and not gated)
        self._show_person()

    def set_years(self, years: Sequence[int], current: int) -> None:
        """Offer the working years there are kits for."""
        self.year_button.set_choices([(year, f"{year} 年") for year in years], current)
        self._years = tuple(years)
        self.year_button.setVisible(bool(years) and not self._is_gated)

    def set_workspaces(self, others: Sequence[tuple[str, str]]) -> None:
        """Offer the other workspaces of this machine, (folder, words) each, and the way to one more."""
        menu = self.switch_button.menu()
        menu.clear()
        for folder, words in others:
            menu.addAction(words).triggered.connect(
                lambda _checked=False, folder=folder: self.workspace_chosen.emit(folder)
            )
        if others:
            menu.addSeparator()
        menu.addAction("新建或打开其他工作区…").triggered.connect(
            lambda _checked=False: self.other_workspace_requested.emit()
        )
        self.switch_button.show()

    def _show_person(self) -> None:
        has_menu = bool(self.person_button.menu().actions())
        is_shown = bool(self._person) and not self._is_gated
        self.person_label.setText(self._person)
        self.person_button.setText(f"{self._person} ▾")
        self.person_label.setVisible(is_shown and not has_menu)
        self.person_button.setVisible(is_shown and has_menu)

    def _on_chosen(self, year: object) -> None:
        if isinstance(year, int):
            self.year_chosen.emit(year)
