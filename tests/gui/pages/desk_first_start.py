"""Page object of first start (首次使用): the steps as a person takes them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from ui.first_start.choice_card import ChoiceCard
from ui.first_start.window import FirstStartWindow
from ui.widgets.password_field import NewPassword
from ui.widgets.signing_means import SigningMeans


class FirstStartPage:
    """The window of first start."""

    def __init__(self, qtbot: Any, window: FirstStartWindow, program: Any) -> None:
        self.qtbot, self.window, self.program = qtbot, window, program

    def title(self) -> str:
        return self.window.current_page().title_label.text()

    def problem(self) -> str:
        return self.window.problem()

    def may_go_on(self) -> bool:
        return self.window.next_button.isEnabled()

    def go_on(self) -> None:
        self.qtbot.mouseClick(self.window.next_button, Qt.MouseButton.LeftButton)
        self.program.settle()

    def go_back(self) -> None:
        self.qtbot.mouseClick(self.window.back_button, Qt.MouseButton.LeftButton)

    def choose(self, name: str) -> None:
        """Choose a card by its name."""
        cards = [c for c in self.window.findChildren(ChoiceCard) if c.name == name and c.isVisible()]
        self.qtbot.mouseClick(cards[0], Qt.MouseButton.LeftButton)

    def drop_kit(self, path: Path) -> None:
        self.window.kit_page.drop.take(str(path))
        self.program.settle()

    def confirm_code(self) -> None:
        self.window.kit_page.confirm.click()

    def kit_words(self) -> str:
        page = self.window.kit_page
        return f"{page.name_label.text()} {page.facts_label.text()}" if page.card.isVisible() else ""

    def check_code(self) -> str:
        """核对码 as it stands on the page, without the gaps between its groups."""
        parts = [part.text() for part in self.window.kit_page.code.findChildren(QLabel)]
        return "".join("".join(parts).split())

    def without_kit(self) -> None:
        self.qtbot.mouseClick(self.window.kit_page.without_button, Qt.MouseButton.LeftButton)

    def search_unit(self, text: str) -> None:
        self.window.unit_page.search.insert(text)
        QApplication.processEvents()

    def units(self) -> list[str]:
        table = self.window.unit_page.table
        return [table.records.record(n).name for n in range(table.records.rowCount())]

    def pick_unit(self, name: str) -> None:
        self.window.unit_page.table.selectRow(self.units().index(name))

    def sign(self, person: str, password: str) -> None:
        page = self.window.sign_page
        page.person.setText(person)
        page.password.first.setText(password)
        page.password.second.setText(password)

    def sign_with_token(self, person: str, module: str, pin: str) -> None:
        """The same with a token: its maker's module is chosen, its PIN typed."""
        self.window.sign_page.person.setText(person)
        self.choose_token(self.window.sign_page.means, module, pin)

    def choose_token(self, means: SigningMeans, module: str, pin: str) -> None:
        self.qtbot.mouseClick(means.by_token, Qt.MouseButton.LeftButton)
        self.program.settle()
        means.chooser.take_module(module)
        self.program.settle()
        means.chooser.pin.setText(pin)

    def type_unit(self, name: str, code: str, person: str) -> None:
        page = self.window.builtin_page
        page.name.setText(name)
        page.code.setText(code)
        page.person.setText(person)

    def type_bureau(self, name: str, code: str, person: str, root: str) -> None:
        """Up to the page of the daily key."""
        page = self.window.bureau_page
        page.name.setText(name)
        page.code.setText(code)
        page.person.setText(person)
        self.go_on()
        self.type_twice(self.window.bureau_root_page.root, root)
        self.go_on()

    def type_twice(self, pair: NewPassword, password: str) -> None:
        pair.first.setText(password)
        pair.second.setText(password)
