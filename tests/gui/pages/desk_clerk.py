"""Page object of the clerk's desk (填报端) in the running program."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog

from services.workspaces import Workspace
from tests.gui.pages.frame import FramePage
from tests.gui.pages.home import TARGETS, HomePage
from tests.gui.pages.sealing import SealingPage
from tests.gui.pages.wizard_page import WizardPage
from ui.desks.filer_desk import FilerDesk
from ui.filer.seal_dialog import SealDialog
from ui.open_desk import OpenDesk
from ui.widgets.confirm_dialog import ConfirmDialog

D = TypeVar("D", bound=QDialog)


class Matrix(HomePage):
    """The home page inside the frame."""

    def __init__(self, qtbot: Any, view: Any) -> None:
        self.qtbot, self.view = qtbot, view


class Form(WizardPage):
    """The open form inside the frame."""

    def __init__(self, qtbot: Any, view: Any) -> None:
        self.qtbot, self.view = qtbot, view

    def fill(self, key: str, text: str) -> None:
        """Come back to the window (a dialog may have been in front), then type."""
        with self.qtbot.waitActive(self.view.window()):
            self.view.window().activateWindow()
        super().fill(key, text)


class Sealing(SealingPage):
    """生成报送文件, opened by the desk."""

    def __init__(self, qtbot: Any, dialog: SealDialog) -> None:
        self.qtbot, self.dialog = qtbot, dialog


class Frame(FramePage):
    """The frame the program has opened."""

    def __init__(self, qtbot: Any, frame: Any) -> None:
        self.qtbot, self.frame = qtbot, frame


class ClerkPage:
    """A person at the clerk's desk."""

    def __init__(self, qtbot: Any, open_desk: OpenDesk, program: Any) -> None:
        self.qtbot, self.open_desk, self.program = qtbot, open_desk, program
        assert isinstance(open_desk.desk, FilerDesk)
        self.desk: FilerDesk = open_desk.desk
        self.frame = open_desk.frame
        self.bars = Frame(qtbot, open_desk.frame)
        self.matrix = Matrix(qtbot, self.desk.pages.home)

    @property
    def workspace(self) -> Workspace:
        assert self.open_desk.workspace is not None
        return self.open_desk.workspace

    @property
    def form(self) -> Form:
        return Form(self.qtbot, self.desk.editor.view)

    def settle(self) -> None:
        self.program.settle()

    def go_to(self, place: str) -> None:
        self.bars.go_to(place)
        self.settle()

    def page(self) -> str:
        return self.frame.current_page()

    def notice(self) -> str:
        bar = self.frame.notice
        return bar.words.text() if bar.isVisible() else ""

    def press_notice(self) -> None:
        self.qtbot.mouseClick(self.frame.notice.action, Qt.MouseButton.LeftButton)
        self.settle()

    def saved_words(self) -> str:
        return self.form.view.frame.foot.saved.words()

    # Forms ------------------------------------------------------------------------------------

    def open_form(self, project: str, column: int | str = TARGETS) -> Form:
        """Click a cell of the matrix."""
        self.matrix.click(project, column)
        self.settle()
        assert self.page() == "filing"
        return self.form

    def wait_saved(self) -> None:
        """Wait until what was typed is in the database."""
        self.desk.editor.view.flush()
        if self.desk.editor.saving.is_pending:
            with self.qtbot.waitSignal(self.desk.editor.saving.saved, timeout=10_000):
                pass
        self.settle()

    def leave_form(self) -> None:
        self.qtbot.mouseClick(self.form.view.frame.head.back, Qt.MouseButton.LeftButton)
        self.settle()

    def choose(self, project: str, column: int | str, words: str) -> None:
        """Choose from the menu of a cell."""
        action = self.matrix.menu(project, column)[words]
        action.trigger()
        self.settle()

    # Dialogs ----------------------------------------------------------------------------------

    def dialog(self, kind: type[D]) -> D:
        self.settle()
        found = [d for d in self.frame.findChildren(kind) if d.isVisible()]
        assert found, f"no {kind.__name__} is open"
        return found[-1]

    def has_dialog(self, kind: type[QDialog]) -> bool:
        return any(d.isVisible() for d in self.frame.findChildren(kind))

    def accept(self, dialog: QDialog) -> None:
        self.qtbot.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)  # type: ignore[attr-defined]
        self.settle()

    def confirm(self) -> None:
        self.accept(self.dialog(ConfirmDialog))

    def begin_sealing(self) -> Sealing:
        self.qtbot.mouseClick(self.desk.pages.home.seal_button, Qt.MouseButton.LeftButton)
        return Sealing(self.qtbot, self.dialog(SealDialog))

    def seal(self, folder: Path, password: str, *subjects: str) -> Path:
        """The whole way through 生成报送文件; the file."""
        sealing = self.begin_sealing()
        if subjects:
            for subject, ticked in sealing.lines():
                if ticked != (subject in subjects):
                    sealing.tick(subject)
        sealing.go_on()
        sealing.dialog.folder_chosen.emit(folder)
        self.settle()
        sealing.type_password(password)
        sealing.go_on()
        self.settle()
        made = sealing.dialog.result_page.outcome()
        sealing.go_on()
        QApplication.processEvents()
        return made.path
