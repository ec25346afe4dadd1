"""Page object of 修改密码, the same at both desks."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt

from ui.widgets.change_password_dialog import ChangePasswordDialog


class ChangePassword:
    """A person with the dialog in front; `settle` waits until the desk has done what was asked."""

    def __init__(self, qtbot: Any, dialog: ChangePasswordDialog, settle: Any) -> None:
        self.qtbot, self.dialog, self.settle = qtbot, dialog, settle

    def type(self, old: str, new: str, again: str | None = None) -> None:
        for field, text in (
            (self.dialog.old, old),
            (self.dialog.new.first, new),
            (self.dialog.new.second, new if again is None else again),
        ):
            field.clear()
            field.insert(text)

    def may_go_on(self) -> bool:
        return self.dialog.accept_button.isEnabled()

    def go_on(self) -> None:
        self.qtbot.mouseClick(self.dialog.accept_button, Qt.MouseButton.LeftButton)
        self.settle()

    def told(self) -> str:
        """What is said to be wrong, the wait included."""
        return self.dialog.problem() or (
            self.dialog.wait.words.text() if self.dialog.wait.isVisible() else ""
        )

    def wait_over(self) -> None:
        """Until the countdown allows another try."""
        with self.qtbot.waitSignal(self.dialog.wait.elapsed, timeout=10_000):
            pass
