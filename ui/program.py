"""The running program (程序): which window is open, and how one leads to the next.

First start → a desk; a desk → another workspace of this machine; a database that does not open → the
page that restores it; closing the last window saves, lets its workspace go and ends the program.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from models.domain.errors import DamagedStorage, DeskError
from services.workspaces import OpenedWorkspace, open_workspace
from ui.errors import ErrorDoor
from ui.jobs import Jobs
from ui.open_desk import OpenDesk
from ui.theme import Tone
from ui.version import program_version
from ui.workspace_lock import WorkspaceLock

if TYPE_CHECKING:
    from services.bureau_keys import BureauKeys
    from services.home import Home
    from services.job import JobContext
    from services.matrix import Matrix
    from services.ports.store import Backup
    from services.tools import Tools
    from ui.filer.damaged_page import DamagedPage
    from ui.first_start_flow import FirstStartFlow

RESTORED = "已恢复到选定的备份。恢复以前的内容也留着，在备份列表里可以换回来。"

Opened = tuple[OpenedWorkspace, WorkspaceLock, "Matrix | None"]
"""A workspace, its lock, and what a clerk's desk shows first, read in the same go."""


class Program(QObject):
    """The windows of one run (程序); `ended` when the last of them has closed and everything is let go."""

    ended = Signal()

    def __init__(self, tools: Tools, home: Home) -> None:
        super().__init__()
        self.tools, self.home = tools, home
        self.door = ErrorDoor(program_version(), self)
        self.door.install()
        self.jobs = Jobs(self)
        self.jobs.error_raised.connect(self.door.show)
        self.desk: OpenDesk | None = None
        self.first: FirstStartFlow | None = None
        self.damaged: DamagedPage | None = None

    def begin(self) -> None:
        """Open the workspace used last, or first start."""
        last = self.home.read().last_workspace
        if last and Path(last).is_dir():
            self.open_folder(Path(last))
        elif last:
            self.show_first_start(
                f"上次使用的工作区找不到了（{last}）。请检查硬盘或 U 盘是否连接，再点“打开已有的工作区…”。"
            )
        else:
            self.show_first_start()

    def open_folder(self, folder: Path, told: str = "") -> None:
        """Open a workspace by its folder; the empty frame is painted before the database is read; `told` is said then."""
        desk = self._new_desk(folder)
        self.desk = desk
        desk.frame.show()

        def show(opened: Opened) -> None:
            desk.show_workspace(opened[0], lock=opened[1], first=opened[2])
            if told:
                desk.frame.notice.show_notice(told, Tone.GOOD)

        self.jobs.run(lambda _ctx: self._open(folder), show, lambda error: self._on_not_opened(folder, error))

    def switch_to(self, folder: Path) -> None:
        """Go to another workspace; the desk in front goes only once the other one has opened."""
        desk = self.desk
        if desk is None or folder == desk.folder:
            return

        def failed(error: BaseException) -> None:
            if isinstance(error, DamagedStorage):
                self._leave_desk(lambda: self._show_damaged(folder, error))
            else:
                self.door.show(error)

        desk.when_saved(
            lambda: self.jobs.run(
                lambda _ctx: self._open(folder),
                lambda opened: self._show_desk(opened[0], opened[1], first=opened[2]),
                failed,
            )
        )

    def show_first_start(self, problem: str = "") -> None:
        """Ask who sits here; an open desk stays open behind."""
        from ui.first_start_flow import FirstStartFlow

        if self.first is not None:
            self.first.window.raise_()
            self.first.window.activateWindow()
            return
        self.first = FirstStartFlow(self.tools, self.home, self.jobs, self.door, self)
        self.first.ready.connect(self._on_ready)
        self.first.left.connect(self._on_first_left)
        self.first.show(problem)

    def quit(self) -> None:
        """End: jobs are waited for, hooks given back."""
        self.jobs.close()
        self.door.close_dialogs()
        self.door.uninstall()
        self.ended.emit()

    # Opening ----------------------------------------------------------------------------------

    def _open(self, folder: Path) -> Opened:
        """Runs as a job: nobody else's window, then the database."""
        from services.matrix import first_matrix

        lock = WorkspaceLock(folder)
        lock.take()
        try:
            opened = open_workspace(self.tools, folder)
            return opened, lock, first_matrix(opened.workspace)
        except BaseException:
            lock.release()
            raise

    def _new_desk(self, folder: Path) -> OpenDesk:
        desk = OpenDesk(self.tools, self.home, self.jobs, self.door, folder)
        desk.closed.connect(self._on_desk_closed)
        desk.restore_requested.connect(lambda backup: self._restore(folder, backup))
        desk.switch_requested.connect(self.switch_to)
        desk.other_requested.connect(self.show_first_start)
        return desk

    def _show_desk(
        self,
        opened: OpenedWorkspace,
        lock: WorkspaceLock,
        keys: BureauKeys | None = None,
        *,
        first: Matrix | None = None,
    ) -> None:
        """A workspace that is open already takes the place of the desk in front."""
        before = self.desk
        desk = self._new_desk(opened.workspace.folder)
        if before is not None:
            desk.frame.setGeometry(before.frame.geometry())
            before.let_go(lambda: None)
        self.desk = desk
        desk.come_to_front()
        desk.frame.show()
        desk.show_workspace(opened, keys, lock, first)

    def _on_ready(self, opened: OpenedWorkspace, keys: BureauKeys | None, lock: WorkspaceLock) -> None:
        """First start has made or opened a workspace."""
        first, self.first = self.first, None
        self._drop_damaged()

        def show() -> None:
            self._show_desk(opened, lock, keys)
            if first is not None:
                first.let_go()

        if self.desk is not None:
            self.desk.when_saved(show)
        else:
            show()

    def _on_first_left(self) -> None:
        """First start was closed: back to what is behind it, else the end."""
        first, self.first = self.first, None
        if first is not None:
            first.let_go()
        if self.desk is not None:
            self.desk.come_to_front()
        elif self.damaged is not None:
            self.door.set_window(self.damaged)
        else:
            self.quit()

    # Trouble ----------------------------------------------------------------------------------

    def _on_not_opened(self, folder: Path, error: BaseException) -> None:
        if isinstance(error, DeskError):
            self._leave_desk(lambda: self._show_damaged(folder, error))
        else:
            self.door.show(error)
            self._leave_desk(self.show_first_start)

    def _show_damaged(self, folder: Path, error: DeskError, *, offers_backups: bool = False) -> None:
        from ui.filer.damaged_page import DamagedPage

        page = DamagedPage()
        self.damaged = page
        self.door.set_window(page)
        can_restore = offers_backups or isinstance(error, DamagedStorage)
        page.set_problem(error.sentence, self._backups(folder), can_restore=can_restore)
        page.retry_requested.connect(lambda: self._retry(folder))
        page.quit_requested.connect(self._on_damaged_left)
        page.other_requested.connect(self.show_first_start)
        page.restore_requested.connect(lambda backup: self._restore(folder, backup))
        page.file_chosen.connect(lambda path: self._restore_file(folder, Path(path)))
        page.show()

    def _backups(self, folder: Path) -> list[Backup]:
        """Backups to choose from; none where even their folder cannot be read."""
        try:
            return list(self.tools.opener.backups(folder))
        except DeskError:
            return []

    def _retry(self, folder: Path, told: str = "") -> None:
        self.open_folder(folder, told)
        self._drop_damaged()

    def _on_damaged_left(self) -> None:
        if self.damaged is not None:
            self._drop_damaged()
            if self.first is None:
                self.quit()

    def _drop_damaged(self) -> None:
        page, self.damaged = self.damaged, None
        if page is not None:
            page.close()
            page.deleteLater()

    def _restore(self, folder: Path, backup: Backup) -> None:
        """Put a backup in place; what an open desk holds is backed up first, then the desk is let go."""
        if self.damaged is not None:
            self.damaged.set_busy(True)
        desk = self.desk
        if desk is None or desk.workspace is None:
            self._put_back(folder, backup)
            return
        from services import backup_copies

        workspace = desk.workspace

        def go_on(who: str = "") -> None:
            self._leave_desk(lambda: self._put_back(folder, backup, who))

        def failed(error: BaseException) -> None:
            # A damaged database cannot be backed up; restoring sets it aside as it is.
            if isinstance(error, DamagedStorage):
                go_on()
            else:
                self.door.show(error)

        self.jobs.run(lambda _ctx: backup_copies.before_restoring(workspace), go_on, failed)

    def _restore_file(self, folder: Path, path: Path) -> None:
        """Put a backup from elsewhere in place, after a look at whose it is."""
        from services import backup_copies

        def work(_ctx: JobContext) -> Backup:
            return backup_copies.look_at_copy(self.tools, path, folder)

        self.jobs.run(work, lambda backup: self._restore(folder, backup), self._on_not_restored)

    def _put_back(self, folder: Path, backup: Backup, who: str = "") -> None:
        from services import backup_copies

        now = self.tools.clock.now()

        def failed(error: BaseException) -> None:
            if self.damaged is None and isinstance(error, DeskError):
                self._show_damaged(folder, error, offers_backups=True)
            else:
                self._on_not_restored(error)

        self.jobs.run(
            lambda _ctx: backup_copies.restore(self.tools, folder, backup, now, who),
            lambda _none: self._retry(folder, RESTORED),
            failed,
        )

    def _on_not_restored(self, error: BaseException) -> None:
        if self.damaged is not None and isinstance(error, DeskError):
            self.damaged.show_problem(error.sentence)
        else:
            self.door.show(error)

    # Leaving ----------------------------------------------------------------------------------

    def _leave_desk(self, then: Callable[[], object]) -> None:
        """Let the desk in front go, then go on."""
        desk, self.desk = self.desk, None
        if desk is not None:
            desk.let_go(then)
        else:
            then()

    def _on_desk_closed(self) -> None:
        if self.desk is not None:
            self._leave_desk(self._on_desk_gone)

    def _on_desk_gone(self) -> None:
        if self.first is None:
            self.quit()
