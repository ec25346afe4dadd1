"""Page object of the bridge to the platform (一体化): its button, its three dialogs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from ui.desks.platform_flow import PlatformFlow
from ui.platform.batches_dialog import BatchesDialog
from ui.platform.bring_dialog import BringDialog
from ui.platform.platform_menu import BATCHES, SEND, PlatformMenu
from ui.platform.send_dialog import SendDialog


class PlatformPage:
    """A person at the 一体化 button of either desk."""

    def __init__(
        self, desk: Any, flow: PlatformFlow, menu: PlatformMenu, settle: Callable[[], object]
    ) -> None:
        self.desk, self.flow, self.menu, self.settle = desk, flow, menu, settle

    def bring(self, path: Path) -> BringDialog:
        """Choose a file; what it would bring."""
        self.flow.look_at(path)
        self.settle()
        dialog: BringDialog = self.desk.dialog(BringDialog)
        return dialog

    def accept(self, dialog: Any) -> None:
        """Press the dialog's main button."""
        dialog.accept_button.click()
        self.settle()

    def batches(self) -> BatchesDialog:
        """带入记录…."""
        self.menu.choose(BATCHES)
        self.settle()
        dialog: BatchesDialog = self.desk.dialog(BatchesDialog)
        return dialog

    def send(self) -> SendDialog:
        """导出导入模板…, the filings of its first task shown."""
        self.menu.choose(SEND)
        self.settle()
        dialog: SendDialog = self.desk.dialog(SendDialog)
        self.settle()
        return dialog

    def choose(self, dialog: SendDialog, task: str, workbook: str) -> None:
        """Choose a task and a workbook by parts of their names."""
        numbers = [
            n
            for n, one in enumerate(dialog._choices)
            if task in one.task.name and workbook in one.mapping.name
        ]
        dialog.choice.choose(numbers[0])
        self.settle()

    @staticmethod
    def lines(dialog: BringDialog) -> list[tuple[str, str, str, str]]:
        """Subject, state, both values of every line."""
        model = dialog.model
        records = [model.record(n) for n in range(model.rowCount())]
        return [(one.subject, one.state.label, one.before, one.after) for one in records]
