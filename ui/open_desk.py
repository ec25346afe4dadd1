"""One open desk (打开的工作台): its frame, its controllers, its workspace, let go together."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from services.workspaces import DeskRole, OpenedWorkspace, Workspace
from ui.desks.base import DeskParts
from ui.jobs import Jobs, Lane
from ui.shell.frame import DeskFrame

if TYPE_CHECKING:
    from services.bureau_keys import BureauKeys
    from services.home import Home
    from services.matrix import Matrix
    from services.tools import Tools
    from ui.desks.bureau_desk import BureauDesk
    from ui.desks.filer_desk import FilerDesk
    from ui.errors import ErrorDoor
    from ui.workspace_lock import WorkspaceLock

PRACTICE_FOLDER = "演示"
"""Folder of the practice desks beside the program's settings."""


class OpenDesk(QObject):
    """A window with its desk (打开的工作台); the frame stands before the workspace is read."""

    closed = Signal()
    restore_requested = Signal(object)
    switch_requested = Signal(Path)
    other_requested = Signal()

    def __init__(self, tools: Tools, home: Home, jobs: Jobs, door: ErrorDoor, folder: Path) -> None:
        super().__init__()
        self.tools, self.home, self.jobs, self.door = tools, home, jobs, door
        self.folder = folder
        self.frame = DeskFrame()
        self.frame.closed.connect(self.closed)
        self.frame.top_bar.workspace_chosen.connect(lambda path: self.switch_requested.emit(Path(path)))
        self.frame.top_bar.other_workspace_requested.connect(self.other_requested)
        self.workspace: Workspace | None = None
        self.desk: FilerDesk | BureauDesk | None = None
        self.lock: WorkspaceLock | None = None
        self.come_to_front()

    def come_to_front(self) -> None:
        """Problems are told in this window from now on."""
        self.door.set_window(self.frame, self.frame.notice)
        self.door.set_draft_saver(self.desk.save_drafts if self.desk is not None else None)

    def show_workspace(
        self,
        opened: OpenedWorkspace,
        keys: BureauKeys | None = None,
        lock: WorkspaceLock | None = None,
        first: Matrix | None = None,
    ) -> None:
        """Fill the frame with the desk of a workspace; `lock` is held until the desk is let go.

        `first` is the clerk's matrix where it was read along with the workspace: then it is painted at once.
        """
        workspace = opened.workspace
        self.workspace, self.lock = workspace, lock
        profile = workspace.profile
        practice = "（演示）" if profile.is_practice else ""
        self.home.remember(workspace.folder, f"{profile.unit.name}（{profile.role.label}）{practice}")
        parts = DeskParts(
            workspace, self.frame, self.jobs, self.door, self.home, self._practice_password(workspace)
        )
        if profile.role is DeskRole.BUREAU:
            from ui.desks.bureau_desk import BureauDesk

            desk: FilerDesk | BureauDesk = BureauDesk(parts, keys=keys, was_cut_off=opened.was_cut_off)
        elif profile.role is DeskRole.DEPARTMENT:
            from ui.desks.department_desk import DepartmentDesk

            desk = DepartmentDesk(parts, was_cut_off=opened.was_cut_off, first=first)
        else:
            from ui.desks.filer_desk import FilerDesk

            desk = FilerDesk(parts, was_cut_off=opened.was_cut_off, first=first)
        self.desk = desk
        desk.restore_requested.connect(self.restore_requested)
        self.frame.top_bar.set_workspaces(self.home.others(workspace.folder))
        self.frame.set_close_guard(desk.may_close)
        self.door.set_draft_saver(desk.save_drafts)

    def when_saved(self, then: Callable[[], object]) -> None:
        """Go on once nothing typed waits to be kept."""
        if self.desk is not None:
            self.desk.when_saved(then)
        else:
            then()

    def let_go(self, then: Callable[[], object]) -> None:
        """Close controllers and window at once, the database after the jobs that still use it; then go on."""
        self.door.set_draft_saver(None)
        self.door.set_window(None)
        self.frame.set_close_guard(None)
        if self.desk is not None:
            self.desk.close()
            self.desk = None
        self.frame.hide()
        self.frame.deleteLater()
        workspace, self.workspace = self.workspace, None

        def gone(_result: object = None) -> None:
            if self.lock is not None:
                self.lock.release()
            then()

        if workspace is None:
            gone()
            return
        # A job of either lane may still be at work; the last one closes the database. What was typed is
        # saved by then, so that a database which cannot take its closing note costs nothing.
        self.jobs.run(
            lambda _ctx: None,
            lambda _none: self.jobs.run(lambda _ctx: workspace.close(), gone, gone),
            gone,
            lane=Lane.LONG,
        )

    def _practice_password(self, workspace: Workspace) -> str:
        """How the practice passwords begin, "" at a desk of one's own."""
        if workspace.profile.is_practice and workspace.folder.parent == self.home.folder / PRACTICE_FOLDER:
            from services.demo import PRACTICE_PASSWORD

            return PRACTICE_PASSWORD
        return ""
