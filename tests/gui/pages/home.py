"""Page object of the filer's home (工作台)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QPushButton

from ui.filer.home_view import HomeView
from ui.filer.matrix_words import StatusGroup

TARGETS = "绩效目标申报"
"""The stage most tests of the desk work in."""


class HomePage:
    """The matrix as a person reads and uses it; a column is told by its place or by words of its head."""

    def __init__(self, qtbot, view: HomeView) -> None:
        self.qtbot, self.view = qtbot, view
        qtbot.addWidget(view)
        view.resize(1180, 680)
        view.show()

    def rows(self) -> list[str]:
        return [self._words(n, 0) for n in range(self.view.model.rowCount())]

    def heads(self) -> list[str]:
        model = self.view.model
        return [
            model.headerData(n, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole)
            for n in range(model.columnCount())
        ]

    def word(self, project: str, column: int | str) -> str:
        return self._words(self.rows().index(project), self.column(column))

    def index(self, project: str, column: int | str):
        return self.view.model.index(self.rows().index(project), self.column(column))

    def column(self, column: int | str) -> int:
        """The place of a column."""
        if isinstance(column, int):
            return column
        return next(place for place, head in enumerate(self.heads()) if column in head)

    def click(self, project: str, column: int | str) -> None:
        table = self.view.table
        place = table.visualRect(self.index(project, column)).center()
        self.qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)

    def stand_at(self, project: str, column: int | str) -> None:
        self.view.table.setCurrentIndex(self.index(project, column))
        self.view.table.setFocus()

    def press(self, key) -> None:
        self.qtbot.keyClick(self.view.table, key)

    def search(self, text: str) -> None:
        self.view.search.setText(text)

    def filter(self, group: StatusGroup) -> None:
        action = next(a for a in self.view.status_filter.menu().actions() if a.text() == group.value)
        action.trigger()

    def menu(self, project: str, column: int | str) -> dict[str, object]:
        menu: QMenu = self.view.table.menu_at(self.index(project, column))
        return {action.text(): action for action in menu.actions() if action.text()}

    def tools(self) -> list[str]:
        """The buttons above the matrix, from left to right."""
        bar = self.view.new_button.parentWidget()
        found = [b for b in bar.findChildren(QPushButton) if b.isVisible()]
        return [b.text() for b in sorted(found, key=lambda b: b.mapTo(bar, b.rect().topLeft()).x())]

    def choose_more(self, words: str) -> None:
        """Open 更多 and choose from it."""
        self.qtbot.mouseClick(self.view.more_button, Qt.MouseButton.LeftButton)
        menu = self.view.more_menu
        assert menu.isVisible()
        next(action for action in menu.actions() if action.text() == words).trigger()
        menu.close()

    def deadline(self) -> str:
        return "".join(part.text() for part in self.view._deadline if part.isVisible())

    def cards(self) -> list[tuple[str, str, str]]:
        return [
            (c.name_label.words(), c.count_label.text(), c.note_label.words())
            for c in self.view.cards.cards()
        ]

    def _words(self, row: int, column: int) -> str:
        return self.view.model.index(row, column).data()
