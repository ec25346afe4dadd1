"""One open desk (打开的工作台): its frame, its controllers, its workspace, let go together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from services.home import Home
from services.workspaces import DeskRole, OpenedWorkspace, Workspace
from ui.desks.base import DeskParts
from ui.errors import ErrorDoor
from ui.jobs import Jobs
from ui.shell.frame import DeskFrame

if TYPE_CHECKING:
    from services.bureau_keys import BureauKeys
    from services.tools import Tools
    from ui.desks.bureau_desk import BureauDesk
    from ui.desks.filer_desk import FilerDesk


class OpenDesk(QObject):
    """A window with its desk (打开的工作台); the frame stands before the workspace is read."""

    closed = Signal()
    restore_requested = Signal(object)

    def __init__(self, tools: Tools, home: Home, jobs: Jobs, door: ErrorDoor) -> None:
        super().__init__()
        self.tools, self.home, self.jobs, self.door = tools, home, jobs, door
        self.frame = DeskFrame()
        self.frame.closed.connect(self.closed)
        self.workspace: Workspace | None = None
        self.desk: FilerDesk | BureauDesk | None = None
        door.set_window(self.frame, self.frame.notice)

    def show_workspace(self, opened: OpenedWorkspace, keys: BureauKeys | None = None) -> None:
        """Fill the frame with the desk of a workspace."""
        workspace = opened.workspace
        self.workspace = workspace
        self.home.remember(workspace.folder)
        parts = DeskParts(workspace, self.frame, self.jobs, self.door, self.home)
        if workspace.profile.role is DeskRole.BUREAU:
            from ui.desks.bureau_desk import BureauDesk

            desk: FilerDesk | BureauDesk = BureauDesk(parts, keys=keys, was_cut_off=opened.was_cut_off)
        else:
            from ui.desks.filer_desk import FilerDesk

            desk = FilerDesk(parts, was_cut_off=opened.was_cut_off)
        self.desk = desk
        desk.restore_requested.connect(self.restore_requested)
        self.frame.set_close_guard(desk.may_close)
        self.door.set_draft_saver(desk.save_drafts)

    def let_go(self) -> None:
        """Close controllers, window and database; nothing pending is left by then."""
        self.door.set_draft_saver(None)
        self.door.set_window(None)
        self.frame.set_close_guard(None)
        if self.desk is not None:
            self.desk.close()
            self.desk = None
        self.frame.hide()
        self.frame.deleteLater()
        if self.workspace is not None:
            self.workspace.close()
            self.workspace = None
