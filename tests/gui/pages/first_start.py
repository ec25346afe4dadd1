"""Page object of first start (首次使用)."""

from __future__ import annotations

from PySide6.QtCore import Qt

from ui.first_start.choice_card import ChoiceCard
from ui.first_start.window import FirstStartWindow


class FirstStartPage:
    """First start as a person goes through it."""

    def __init__(self, qtbot, window: FirstStartWindow) -> None:
        self.qtbot, self.window = qtbot, window
        qtbot.addWidget(window)
        window.show()

    def title(self) -> str:
        return self.window.current_page().title_label.text()

    def may_go_on(self) -> bool:
        return self.window.next_button.isEnabled()

    def go_on(self) -> None:
        self.qtbot.mouseClick(self.window.next_button, Qt.MouseButton.LeftButton)

    def go_back(self) -> None:
        self.qtbot.mouseClick(self.window.back_button, Qt.MouseButton.LeftButton)

    def press(self, key) -> None:
        """A key where the keyboard is now."""
        self.qtbot.keyClick(self.window.focusWidget() or self.window, key)

    def write(self, text: str) -> None:
        """Text where the keyboard is now."""
        self.window.focusWidget().insert(text)

    def choose(self, *names: str) -> None:
        for card in self.window.findChildren(ChoiceCard):
            if card.name in names:
                self.qtbot.mouseClick(card, Qt.MouseButton.LeftButton)

    def chosen(self) -> list[str]:
        cards = self.window.current_page().findChildren(ChoiceCard)
        return [card.name for card in cards if card.is_chosen()]

    def units(self) -> list[str]:
        records = self.window.unit_page.table.records
        return [records.record(n).name for n in range(records.rowCount())]

    def pick_unit(self, name: str) -> None:
        self.window.unit_page.table.selectRow(self.units().index(name))

    def set_password(self, pair, text: str) -> None:
        pair.first.setText(text)
        pair.second.setText(text)
