"""Page object of 退回修改函: the units, how their letters read, and what is written."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLineEdit

from tests.gui.pages.bureau_desk import BureauDeskPage
from ui.bureau.files_dialog import FilesDialog
from ui.bureau.letter_dialog import LetterDialog
from ui.bureau.letter_wording_dialog import LetterWordingDialog


class LettersPage:
    """The dialog 退回修改函 on the screen."""

    def __init__(self, desk: BureauDeskPage) -> None:
        self.desk = desk
        self.dialog = desk.dialog(LetterDialog)

    def units(self) -> list[str]:
        ticks = self.dialog.table.ticks
        return [ticks.record(number).unit.code for number in range(ticks.rowCount())]

    def preview(self) -> str:
        return self.dialog.preview.toPlainText()

    def type(self, field: QLineEdit, text: str) -> None:
        """Type into a field and leave it."""
        field.setText(text)
        field.editingFinished.emit()
        self.desk.settle()

    def word(self, opening: str) -> LetterWordingDialog:
        """Change the opening of every letter and save it."""
        self.dialog.wording_button.click()
        words = self.desk.dialog(LetterWordingDialog)
        words.opening.setPlainText(opening)
        words.accept_button.click()
        self.desk.settle()
        return words

    def write(self, folder: Path | None = None) -> list[Path]:
        """Write what is ticked; the files as the program names them afterwards."""
        self.dialog.accept_button.click()
        if folder is not None:
            self.desk.choose(folder)
        self.desk.settle()
        told = self.desk.dialog(FilesDialog)
        where = Path(told.body.itemAt(2).widget().text())
        files = [where / told.list.item(row).text() for row in range(told.list.count())]
        told.accept()
        return files
