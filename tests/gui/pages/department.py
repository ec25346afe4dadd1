"""Page object of the department's desk (主管部门端): its own pages in the running program."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import QFileDialog

from models.domain.review import ReviewOutcome
from tests.gui.pages.desk_clerk import ClerkPage
from ui.bureau.files_dialog import FilesDialog
from ui.bureau.paper_dialog import PaperDialog
from ui.desks.bureau_intake_flow import IntakeFlow
from ui.desks.bureau_summary_flow import SummaryFlow
from ui.desks.department_desk import DepartmentDesk
from ui.desks.forwarding_flow import ForwardingFlow
from ui.desks.pass_down_flow import PassDownFlow
from ui.desks.review_flow import ReviewFlow
from ui.widgets.password_dialog import PasswordDialog

F = TypeVar("F")


class DepartmentPage:
    """A person at the department's desk."""

    def __init__(self, clerk: ClerkPage) -> None:
        assert isinstance(clerk.desk, DepartmentDesk)
        self.clerk, self.workspace = clerk, clerk.workspace

    def flow(self, place: str, kind: type[F], key: str) -> F:
        """The controller of a page, once it is in front."""
        self.clerk.go_to(place)
        made = self.clerk.desk._made[key]
        assert isinstance(made, kind)
        return made

    def take_in(self, *paths: Path) -> IntakeFlow:
        """Units' packages and workbooks, as they fall onto the page."""
        flow = self.flow("接收下级", IntakeFlow, "intake")
        flow.view.paths_chosen.emit(list(paths))
        self.until(lambda: not flow.is_running)
        self.clerk.settle()
        return flow

    def take_book(self, path: Path) -> None:
        """One table of an Excel form, previewed and taken in."""
        self.take_in(path)
        dialog = self.clerk.dialog(PaperDialog)
        self.until(dialog.accept_button.isEnabled)
        dialog.accept_button.click()
        self.clerk.settle()
        self.until(lambda: not self.clerk.has_dialog(PaperDialog))

    def pass_all(self) -> None:
        """Every form that waits passes."""
        flow = self.flow("审核", ReviewFlow, "review")
        while flow.view.queue.list.lines.rowCount():
            self.until(lambda: flow.view.sheet is not None and not flow.view.sheet.obstacle)
            before = flow.view.queue.list.lines.rowCount()
            flow.view.decision.buttons[ReviewOutcome.PASS].click()
            self.until(lambda before=before: flow.view.queue.list.lines.rowCount() < before)
            self.clerk.settle()

    def forward(self, folder: Path, password: str) -> Path:
        """All that may go upward, in one package."""
        flow = self.flow("汇总报送", ForwardingFlow, "forward")
        self.until(flow.view.make_button.isEnabled)
        flow.view.make_button.click()
        self.choose(folder)
        dialog = self.clerk.dialog(PasswordDialog)
        dialog.fields[0].setText(password)
        dialog.submit()
        self.until(lambda: self.clerk.has_dialog(FilesDialog))
        self.clerk.dialog(FilesDialog).accept()
        self.clerk.settle()
        (written,) = folder.glob("205_*department_submission*")
        return written

    def books(self) -> tuple[str, ForwardingFlow]:
        """What is said of forms without a signature, and the page."""
        flow = self.flow("汇总报送", ForwardingFlow, "forward")
        bar = flow.view.notice
        return (bar.words.text() if bar.isVisible() else ""), flow

    def take_down(self, folder: Path) -> PassDownFlow:
        """What the bureau handed back, a folder at once."""
        flow = self.flow("转交下级", PassDownFlow, "pass_down")
        flow.view.folder_button.click()
        self.choose(folder)
        self.until(flow.view.notice.isVisible)
        self.clerk.settle()
        return flow

    def summary(self) -> list[str]:
        """Names of the units in the figures."""
        flow = self.flow("汇总", SummaryFlow, "summary")
        model = flow.view.table.figures
        self.until(lambda: model.rowCount() > 1)
        return [shown(model, row, 0) for row in range(1, model.rowCount())]

    def choose(self, path: Path) -> None:
        """Answer the file dialog."""
        dialog = self.clerk.dialog(QFileDialog)
        dialog.fileSelected.emit(str(path))
        dialog.close()

    def until(self, condition: Any) -> None:
        self.clerk.qtbot.waitUntil(condition, timeout=20_000)


def shown(model: QAbstractItemModel, row: int, column: int) -> str:
    """What stands in a cell."""
    return str(model.index(row, column).data(Qt.ItemDataRole.DisplayRole))
