"""Page object of the bureau's desk: what a person does there, and what stands on the screen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QDialog, QFileDialog

from services.bureau_keys import BureauKeys
from services.home import Home
from services.package_lines import PackageLine
from services.workspaces import Workspace
from ui.bureau.intake_view import IntakeView
from ui.bureau.kit_view import KitView
from ui.bureau.status_view import StatusView
from ui.desks.base import DeskParts
from ui.desks.bureau_desk import BureauDesk
from ui.errors import ErrorDoor
from ui.jobs import Jobs
from ui.shell.frame import DeskFrame
from ui.widgets.password_dialog import PasswordDialog

D = TypeVar("D", bound=QDialog)
LONG = 20_000


class BureauDeskPage:
    """The whole window (财政端窗口)."""

    ROOT, BUREAU = "root-pass-1", "bureau-pass-2"

    def __init__(
        self, qtbot, workspace: Workspace, home: Home, folder: Path, keys: BureauKeys | None = None
    ) -> None:
        self.qtbot, self.workspace, self.folder = qtbot, workspace, folder
        self.jobs, self.door = Jobs(), ErrorDoor()
        self.jobs.error_raised.connect(self.door.show)
        self.crashes: list[str] = []
        self.door.crash_shown.connect(self.crashes.append)
        self.frame = DeskFrame()
        qtbot.addWidget(self.frame)
        self.door.set_window(self.frame, self.frame.notice)
        self.frame.show()
        self.desk = BureauDesk(DeskParts(workspace, self.frame, self.jobs, self.door, home), keys=keys)
        self.settle()

    def close(self) -> None:
        for dialog in self.frame.findChildren(QDialog):
            dialog.close()
        self.desk.close()
        self.jobs.close()
        self.door.close_dialogs()
        self.frame.close()
        self.workspace.close()
        assert not self.crashes

    def until(self, condition: Callable[[], object]) -> None:
        """Wait for something to come true; a crash meanwhile ends the waiting at once."""
        known = len(self.crashes)
        self.qtbot.waitUntil(lambda: bool(condition()) or len(self.crashes) > known, timeout=LONG)
        assert condition(), self.crashes[known:]

    def settle(self) -> None:
        """Nothing is being done or waits to be shown."""
        for _ in range(2):
            self.until(lambda: not self.jobs.is_busy)
            self.jobs.run(lambda _ctx: None)
            self.until(lambda: not self.jobs.is_busy)

    # Dialogs ----------------------------------------------------------------------------------

    def dialog(self, kind: type[D]) -> D:
        """The dialog of that kind on the screen, once it is there."""
        self.until(lambda: self._open(kind))
        return self._open(kind)[-1]

    def has_dialog(self, kind: type[QDialog]) -> bool:
        return bool(self._open(kind))

    def _open(self, kind: type[D]) -> list[D]:
        return [found for found in self.frame.findChildren(kind) if found.isVisible()]

    def choose(self, *paths: Path) -> None:
        """Answer the file dialog."""
        dialog = self.dialog(QFileDialog)
        texts = [str(path) for path in paths]
        if dialog.fileMode() is QFileDialog.FileMode.ExistingFiles:
            dialog.filesSelected.emit(texts)
        else:
            dialog.fileSelected.emit(texts[0])
        dialog.close()

    def give_passwords(self, root: str = ROOT, bureau: str = BUREAU) -> PasswordDialog:
        dialog = self.dialog(PasswordDialog)
        self.give(dialog, (root, bureau))
        return dialog

    def give_signature(self, bureau: str = BUREAU) -> PasswordDialog:
        """签发密码 alone: what goes to the units day by day."""
        dialog = self.dialog(PasswordDialog)
        self.give(dialog, (bureau,))
        return dialog

    @staticmethod
    def give(dialog: PasswordDialog, texts: tuple[str, ...]) -> None:
        for field, text in zip(dialog.fields, texts, strict=True):
            field.setText(text)
        dialog.accept_button.click()

    # Pages ------------------------------------------------------------------------------------

    @property
    def intake(self) -> IntakeView:
        return self.desk.intake.view

    def status(self) -> StatusView:
        self.frame.navigation.button("status").click()
        self.settle()
        page = self.frame.page("status")
        assert isinstance(page, StatusView)
        return page

    def kit(self) -> KitView:
        self.frame.navigation.button("kit").click()
        self.settle()
        page = self.frame.page("kit")
        assert isinstance(page, KitView)
        return page

    # 接收 -------------------------------------------------------------------------------------

    def receive(self, path: Path) -> None:
        """Choose a folder and wait until everything in it was judged."""
        self.intake.folder_button.click()
        self.choose(path)
        self.until(lambda: not self.desk.intake.is_running)
        self.settle()

    def lines(self) -> list[PackageLine]:
        records = self.intake.table.records
        return [records.record(number) for number in range(records.rowCount())]

    def line(self, unit_code: str, *, received: bool | None = None, name: str = "") -> PackageLine:
        """The line of a unit's package."""
        (found,) = (
            line
            for line in self.lines()
            if line.unit_code == unit_code
            and received in (None, line.is_received)
            and line.file_name.startswith(name)
        )
        return found

    def press(self, line: PackageLine) -> None:
        """Press the action at the end of a line."""
        assert self.intake.choose_path(line.path)
        table = self.intake.table
        index = table.records.index(table.currentIndex().row(), len(table.records.columns) - 1)
        table.clicked.emit(index)

    def told(self) -> str:
        return self.intake.notice.words.text()
