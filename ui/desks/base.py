"""What every desk's controllers share (工作台公共部分): jobs, the error door, changes on the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from services.changes import ChangeSet
from services.home import Home
from services.job import JobContext
from services.workspaces import Workspace
from ui.errors import ErrorDoor
from ui.jobs import Job, Jobs, Lane
from ui.shell.frame import DeskFrame

T = TypeVar("T")


@dataclass(frozen=True)
class DeskParts:
    """What a desk is made with (工作台组成)."""

    workspace: Workspace
    frame: DeskFrame
    jobs: Jobs
    door: ErrorDoor
    home: Home


class DeskController(QObject):
    """A controller of one desk (工作台控制): runs services as jobs and hears of changes on the window's thread."""

    _changed_elsewhere = Signal(object)

    def __init__(self, parts: DeskParts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.parts = parts
        self.workspace = parts.workspace
        self.frame = parts.frame
        self._changed_elsewhere.connect(self.on_change)
        self._stop_listening = self.workspace.changes.listen(self._changed_elsewhere.emit)

    def run(
        self,
        work: Callable[[JobContext], T],
        done: Callable[[T], object] | None = None,
        failed: Callable[[BaseException], object] | None = None,
        *,
        lane: Lane = Lane.STORE,
    ) -> Job:
        """Run a service off the window's thread; errors go to `failed`, else to the door."""
        return self.parts.jobs.run(work, done, failed or self.parts.door.show, lane=lane)

    def on_change(self, change: ChangeSet) -> None:
        """Something changed; controllers that show it refresh."""

    def close(self) -> None:
        """Hear no more changes."""
        self._stop_listening()


def open_outside(path: Path) -> bool:
    """Open a file or folder with the machine's own program; whether one was found."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
