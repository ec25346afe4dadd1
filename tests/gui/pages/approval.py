"""Page object of 登记批复."""

from __future__ import annotations

from PySide6.QtCore import Qt

from ui.filer.approval_dialog import ApprovalDialog


class ApprovalPage:
    """A person copying an approving document."""

    def __init__(self, qtbot, dialog: ApprovalDialog) -> None:
        self.qtbot, self.dialog = qtbot, dialog

    def fill(self, number: str = "", day: str = "", amount: str = "") -> None:
        for edit, text in (
            (self.dialog.number, number),
            (self.dialog.day.edit, day),
            (self.dialog.amount.edit, amount),
        ):
            edit.setText(text)

    def submit(self) -> None:
        self.qtbot.mouseClick(self.dialog.accept_button, Qt.MouseButton.LeftButton)

    def typed(self) -> tuple[str, str, str]:
        return self.dialog.number.text(), self.dialog.day.edit.text(), self.dialog.amount.edit.text()

    def problems(self) -> list[str]:
        fields = (self.dialog._number_field, self.dialog.day, self.dialog.amount._field)
        return [field.problem() for field in fields if field.problem()]

    def history(self) -> list[str]:
        records = self.dialog.table.records
        return [records.record(row).document_number for row in range(records.rowCount())]
