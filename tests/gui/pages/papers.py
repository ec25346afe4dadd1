"""Page object of 接收 Excel 表 and 未签名的表."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from tests.gui.pages.bureau_desk import BureauDeskPage
from ui.bureau.paper_dialog import PaperDialog
from ui.bureau.unsigned_dialog import UnsignedDialog


class PapersPage:
    """Workbooks at the intake page (接收 Excel 表)."""

    def __init__(self, desk: BureauDeskPage) -> None:
        self.desk = desk

    def choose(self, path: Path) -> PaperDialog:
        self.desk.intake.books_button.click()
        self.desk.choose(path)
        return self._looked_at()

    def drop(self, *paths: Path) -> PaperDialog:
        """Files fall onto the page, the first is looked at."""
        self.fall(*paths)
        return self._looked_at()

    def fall(self, *paths: Path) -> None:
        """Files fall onto the page."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        actions, buttons = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
        keys = Qt.KeyboardModifier.NoModifier
        self.desk.intake.dropEvent(QDropEvent(QPointF(5, 5), actions, data, buttons, keys))

    def _looked_at(self) -> PaperDialog:
        dialog = self.desk.dialog(PaperDialog)
        self.desk.settle()
        return dialog

    def previewed(self, dialog: PaperDialog) -> None:
        """Wait for what stands in the fields to be checked."""
        self.desk.until(dialog.accept_button.isEnabled)

    def take(self, dialog: PaperDialog) -> None:
        dialog.accept_button.click()
        self.desk.settle()

    def unsigned(self) -> UnsignedDialog:
        self.desk.intake.unsigned_button.click()
        dialog = self.desk.dialog(UnsignedDialog)
        self.desk.settle()
        return dialog

    def papers(self, dialog: UnsignedDialog) -> list[tuple[str, str, str]]:
        """Paper, unit and project of every line."""
        model = dialog.table.records
        return [
            tuple(str(model.index(row, column).data()) for column in (0, 1, 3))  # type: ignore[misc]
            for row in range(model.rowCount())
        ]
