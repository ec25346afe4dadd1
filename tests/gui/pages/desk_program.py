"""Page object of the whole program: its windows as they come and go, told apart by what stands on them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import Qt, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QLineEdit, QPushButton, QWidget

from services.home import Home
from services.tools import Tools
from tests.gui.pages.desk_clerk import ClerkPage
from tests.gui.pages.desk_first_start import FirstStartPage
from ui.filer.damaged_page import DamagedPage
from ui.program import Program

W = TypeVar("W", bound=QWidget)
LONG = 20_000
"""Milliseconds nothing takes, even on a busy machine: one broken window must not cost CI its hour."""


class ProgramPage:
    """One run of the program (程序)."""

    def __init__(self, qtbot: Any, tools: Tools, home_folder: Path) -> None:
        self.qtbot, self.tools = qtbot, tools
        self.home = Home(home_folder, tools.files)
        # Qt's messages stay with the test runner, which judges them.
        judge = qInstallMessageHandler(None)
        self.program = Program(tools, self.home)
        qInstallMessageHandler(judge)
        self.crashes: list[str] = []
        self.problems: list[str] = []
        self.has_ended = False
        self.program.door.crash_shown.connect(self.crashes.append)
        self.program.door.problem_shown.connect(self.problems.append)
        self.program.ended.connect(self._on_ended)

    # Running ----------------------------------------------------------------------------------

    def begin(self) -> None:
        self.program.begin()
        self.settle()

    def open(self, folder: Path) -> ClerkPage:
        self.program.open_folder(folder)
        self.settle()
        return self.clerk()

    def settle(self) -> None:
        """Wait until no job is under way and nothing waits to be shown."""
        QApplication.processEvents()
        while self.program.jobs.is_busy:
            with self.qtbot.waitSignal(
                self.program.jobs.busy_changed, timeout=LONG, check_params_cb=lambda busy: not busy
            ):
                pass
            QApplication.processEvents()

    def until(self, condition: Callable[[], object], timeout: int = LONG) -> None:
        """Wait for something to come true; a crash meanwhile ends the waiting at once."""
        known = len(self.crashes)
        self.qtbot.waitUntil(lambda: bool(condition()) or len(self.crashes) > known, timeout=timeout)
        assert condition(), self.crashes[known:]

    def close(self) -> None:
        """Close whatever is open, as a person who goes home; every crash that was not looked at is an error."""
        if not self.has_ended:
            self.program.door.close_dialogs()
            if self.program.first is not None:
                self.program.first.window.close()
            self.until(lambda: self.program.first is None)
            if self.program.damaged is not None:
                self.program.damaged.close()
            desk = self.program.desk
            if desk is not None:
                for dialog in desk.frame.findChildren(QDialog):
                    dialog.close()
                if desk.desk is not None and hasattr(desk.desk, "editor"):
                    desk.desk.editor.give_up()
                desk.frame.close()
            self.until(lambda: self.has_ended)
        assert not self.crashes

    # What is open -----------------------------------------------------------------------------

    def first_start(self) -> FirstStartPage:
        assert self.program.first is not None, "first start is not open"
        return FirstStartPage(self.qtbot, self.program.first.window, self)

    def clerk(self) -> ClerkPage:
        assert self.program.desk is not None, "no desk is open"
        return ClerkPage(self.qtbot, self.program.desk, self)

    def damaged(self) -> DamagedPage:
        assert self.program.damaged is not None, "the page of a damaged database is not open"
        return self.program.damaged

    def is_desk_open(self) -> bool:
        desk = self.program.desk
        return desk is not None and desk.desk is not None

    def _on_ended(self) -> None:
        self.has_ended = True


def press(qtbot: Any, within: QWidget, words: str) -> None:
    """Click the button with these words."""
    qtbot.mouseClick(button(within, words), Qt.MouseButton.LeftButton)


def button(within: QWidget, words: str) -> QPushButton:
    """The visible button with these words."""
    found = [b for b in within.findChildren(QPushButton) if b.text() == words and b.isVisible()]
    assert found, f"no button {words!r}: {[b.text() for b in within.findChildren(QPushButton)]}"
    return found[-1]


def words_of(within: QWidget) -> str:
    """Everything a window says."""
    return "\n".join(label.text() for label in within.findChildren(QLabel) if label.isVisible())


def open_window(kind: type[W]) -> W:
    """The window of this kind that is on the screen."""
    found = [w for w in QApplication.allWidgets() if isinstance(w, kind) and w.isVisible()]
    assert found, f"no {kind.__name__} is open"
    return found[-1]


def choose_in_file_dialog(path: Path) -> None:
    """Type a path into the file dialog that is open and confirm it."""
    dialog = open_window(QFileDialog)
    name = dialog.findChild(QLineEdit, "fileNameEdit")
    assert name is not None
    name.setText(str(path))
    dialog.accept()
