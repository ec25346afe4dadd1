"""What every desk's controllers share (工作台公共部分): jobs, dialogs, the error door, changes on the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from PySide6.QtCore import QObject, Signal

from models.domain.errors import Cancelled, DeskError
from ui.jobs import Job, Jobs, Lane

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog

    from services.changes import ChangeSet
    from services.home import Home
    from services.job import JobContext
    from services.workspaces import Workspace
    from ui.errors import ErrorDoor
    from ui.jobs import Progress
    from ui.shell.frame import DeskFrame
    from ui.widgets.dialog import DeskDialog

T = TypeVar("T")


class DeskParts(NamedTuple):
    """What a desk is made with (工作台组成).

    `practice_password` begins the passwords of the practice desks, "" at every other desk.
    """

    workspace: Workspace
    frame: DeskFrame
    jobs: Jobs
    door: ErrorDoor
    home: Home
    practice_password: str = ""

    @property
    def practice_signature(self) -> str:
        """签名密码 of a practice desk of a unit or department, "" at every other desk."""
        return f"{self.practice_password}-{self.workspace.folder.name}" if self.practice_password else ""


class DeskController(QObject):
    """A controller of one desk (工作台控制): runs services as jobs and hears of changes on the window's thread."""

    _changed_elsewhere = Signal(object)

    def __init__(self, parts: DeskParts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.parts = parts
        self.workspace = parts.workspace
        self.frame = parts.frame
        self._is_closed = False
        self._dialogs: set[QDialog] = set()
        self._changed_elsewhere.connect(self._on_changed_elsewhere)
        self._stop_listening = self.workspace.changes.listen(self._changed_elsewhere.emit)

    def run(
        self,
        work: Callable[[JobContext], T],
        done: Callable[[T], object] | None = None,
        failed: Callable[[BaseException], object] | None = None,
        *,
        progress: Progress | None = None,
        cancelled: Callable[[], object] | None = None,
        lane: Lane = Lane.STORE,
    ) -> Job:
        """Run a service off the window's thread; errors go to `failed`, else to the door.

        Once the desk is closed nothing is called back: its window is gone by then.
        """
        return self.parts.jobs.run(
            work,
            self._while_open(done),
            self._while_open(failed or self.parts.door.show),
            self._while_open(progress),
            cancelled=self._while_open(cancelled),
            lane=lane,
        )

    def open_dialog(self, dialog: QDialog) -> None:
        """Open a dialog without blocking; it is let go when it is finished."""
        self._dialogs.add(dialog)

        def finished(_result: int) -> None:
            self._dialogs.discard(dialog)
            dialog.deleteLater()

        dialog.finished.connect(finished)
        dialog.open()

    def is_open(self, dialog: QDialog) -> bool:
        """Whether a dialog opened here is still there."""
        return dialog in self._dialogs

    def run_for(
        self,
        dialog: DeskDialog,
        work: Callable[[JobContext], T],
        done: Callable[[T], object] | None = None,
        failed: Callable[[DeskError], object] | None = None,
    ) -> None:
        """Do what a dialog asked for: it closes when that worked, else it says why and keeps what was typed."""
        dialog.set_busy(True)

        def succeeded(result: T) -> None:
            if self.is_open(dialog):
                dialog.set_busy(False)
                dialog.accept()
            if done is not None:
                done(result)

        def refused(error: BaseException) -> None:
            if not self.is_open(dialog):
                self.parts.door.show(error)
                return
            dialog.set_busy(False)
            if not isinstance(error, DeskError) or isinstance(error, Cancelled):
                self.parts.door.show(error)
            elif failed is not None:
                failed(error)
            else:
                dialog.show_problem(error.sentence)

        self.run(work, succeeded, refused)

    def when_saved(self, then: Callable[[], object]) -> None:
        """Go on once nothing that was typed waits to be kept; desks that keep drafts wait first."""
        then()

    def on_change(self, change: ChangeSet) -> None:
        """Something changed; controllers that show it refresh."""

    def close(self) -> None:
        """Hear no more changes, call nobody back, close the dialogs that are open."""
        if self._is_closed:
            return
        self._is_closed = True
        self._stop_listening()
        for dialog in tuple(self._dialogs):
            dialog.close()

    def _on_changed_elsewhere(self, change: ChangeSet) -> None:
        if not self._is_closed:
            self.on_change(change)

    def _while_open(self, callback: Callable[..., object] | None) -> Callable[..., object] | None:
        """The callback, silent once the desk is closed."""
        if callback is None:
            return None

        def call(*values: Any) -> object:
            return None if self._is_closed else callback(*values)

        return call


def open_outside(path: Path) -> bool:
    """Open a file or folder with the machine's own program; whether one was found."""
    from PySide6.QtCore import QUrl
    from PySide6.QtGui import QDesktopServices

    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
