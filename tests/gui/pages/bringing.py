"""Page object of 从工作台带入: the ways in that stand above the matrix."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt

from tests.gui.pages.desk_clerk import ClerkPage
from tests.gui.pages.taking_over import TakingOverPage
from ui.filer.import_place_dialog import ImportPlaceDialog
from ui.filer.last_year_dialog import LastYearDialog


class BringingPage:
    """A person at home who brings in what there is elsewhere."""

    def __init__(self, clerk: ClerkPage) -> None:
        self.clerk = clerk
        self.home = clerk.desk.pages.home

    @property
    def form(self) -> TakingOverPage:
        """The form that was opened, with what it offers."""
        assert self.clerk.page() == "filing"
        return TakingOverPage(self.clerk)

    def press(self, button: Any) -> None:
        self.clerk.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        self.clerk.settle()

    # From last year ---------------------------------------------------------------------------

    def ask_last_year(self) -> LastYearDialog:
        """从上年带入."""
        self.press(self.home.last_year_button)
        return self.clerk.dialog(LastYearDialog)

    def lines(self, dialog: Any) -> list[tuple[str, ...]]:
        """What a list shows, row by row."""
        model = dialog.table.records
        return [
            tuple(str(model.index(row, column).data()) for column in range(model.columnCount()))
            for row in range(model.rowCount())
        ]

    def click_line(self, dialog: Any, row: int) -> None:
        """One click on a line."""
        table = dialog.table
        place = table.visualRect(table.records.index(row, 0)).center()
        self.clerk.qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        self.clerk.settle()

    # From Excel -------------------------------------------------------------------------------

    def read(self, path: Path) -> None:
        """The workbook was chosen."""
        self.clerk.desk.bringing.read(path)
        self.clerk.settle()

    @property
    def places(self) -> ImportPlaceDialog:
        """Where it is to go."""
        return self.clerk.dialog(ImportPlaceDialog)

    def projects(self) -> list[str]:
        """The projects offered."""
        box = self.places.project
        return [box.itemText(at) for at in range(box.count())]

    def choose_project(self, name: str) -> None:
        box = self.places.project
        box.setCurrentIndex(next(at for at, words in enumerate(self.projects()) if words.startswith(name)))
