"""Page object of 生成报送文件."""

from __future__ import annotations

from PySide6.QtCore import Qt

from ui.filer.seal_dialog import SealDialog


class SealingPage:
    """The dialog as a person goes through it."""

    def __init__(self, qtbot, dialog: SealDialog) -> None:
        self.qtbot, self.dialog = qtbot, dialog
        qtbot.addWidget(dialog)
        dialog.open()

    def title(self) -> str:
        return self.dialog.title_label.text()

    def lines(self) -> list[tuple[str, bool]]:
        model = self.dialog.choose_page.table.ticks
        ticked = model.chosen()
        return [(model.record(n).subject, model.record(n) in ticked) for n in range(model.rowCount())]

    def tick(self, subject: str) -> None:
        table = self.dialog.choose_page.table
        row = [name for name, _ in self.lines()].index(subject)
        table.setCurrentIndex(table.model().index(row, 0))
        self.qtbot.keyClick(table, Qt.Key.Key_Space)

    def stand_at(self, subject: str) -> None:
        table = self.dialog.choose_page.table
        table.selectRow([name for name, _ in self.lines()].index(subject))

    def may_go_on(self) -> bool:
        return self.dialog.next_button.isEnabled()

    def go_on(self) -> None:
        self.qtbot.mouseClick(self.dialog.next_button, Qt.MouseButton.LeftButton)

    def go_back(self) -> None:
        self.qtbot.mouseClick(self.dialog.back_button, Qt.MouseButton.LeftButton)

    def type_password(self, text: str) -> None:
        self.dialog.sign_page.password.clear()
        self.dialog.sign_page.password.insert(text)
