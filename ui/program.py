"""The running program (程序): which window is open, and how one leads to the next.

First start → a desk; a database that does not open → the page that restores it; closing a window
saves, lets its workspace go and ends the program.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from models.domain.errors import Cancelled, DamagedStorage, DeskError
from services.home import Home
from services.job import JobContext
from services.workspaces import DeskRole, OpenedWorkspace, Workspace, open_workspace
from ui.errors import ErrorDoor
from ui.jobs import Jobs, Lane
from ui.open_desk import OpenDesk
from ui.version import program_version

if TYPE_CHECKING:
    from services.bureau_keys import BureauKeys
    from services.ports.store import Backup
    from services.setup import BureauSetup
    from services.tools import Tools
    from ui.filer.damaged_page import DamagedPage
    from ui.first_start.records import BuiltinStart, PracticeStart, UnitStart
    from ui.first_start.window import FirstStartWindow

PRACTICE_FOLDER = "演示"


class Program(QObject):
    """The windows of one run (程序)."""

    def __init__(self, tools: Tools, home: Home) -> None:
        super().__init__()
        self.tools, self.home = tools, home
        self.door = ErrorDoor(program_version(), self)
        self.door.install()
        self.jobs = Jobs(self)
        self.jobs.error_raised.connect(self.door.show)
        self.desk: OpenDesk | None = None
        self.first: FirstStartWindow | None = None
        self.damaged: DamagedPage | None = None

    def begin(self) -> None:
        """Open the workspace used last, or first start."""
        last = self.home.read().last_workspace
        if last and Path(last).is_dir():
            self.open_folder(Path(last))
        else:
            self.show_first_start()

    def open_folder(self, folder: Path) -> None:
        """Open a workspace by its folder; the empty frame is painted before the database is read."""
        self.desk = OpenDesk(self.tools, self.home, self.jobs, self.door)
        self.desk.closed.connect(self._on_desk_closed)
        self.desk.restore_requested.connect(lambda backup: self._restore(folder, backup))
        self.desk.frame.show()
        self._close_first()
        self.jobs.run(
            lambda _ctx: open_workspace(self.tools, folder),
            self._on_opened,
            lambda error: self._on_not_opened(folder, error),
        )

    def quit(self) -> None:
        """End: jobs are waited for, hooks given back."""
        self.jobs.close()
        self.door.close_dialogs()
        self.door.uninstall()
        QApplication.quit()

    def show_first_start(self) -> None:
        """Ask who sits here."""
        from services.setup import MINIMUM_PASSWORD_LENGTH
        from ui.first_start.window import FirstStartWindow

        window = FirstStartWindow(MINIMUM_PASSWORD_LENGTH, self.tools.clock.now().year)
        self.first = window
        self.door.set_window(window)
        if self.home.read().notice_accepted:
            window.skip_notice()
        window.set_builtin_kits(tuple(self.tools.builtin_kits(self.tools.clock.now().year)))
        window.notice_acknowledged.connect(self._on_notice)
        window.kit_file_chosen.connect(lambda path: self._look_at_kit(Path(path)))
        window.unit_ready.connect(self._set_up_unit)
        window.builtin_ready.connect(self._set_up_builtin)
        window.bureau_ready.connect(self._set_up_bureau)
        window.practice_requested.connect(self._set_up_practice)
        window.existing_chosen.connect(self.open_folder)
        window.closed.connect(self._on_first_closed)
        window.show()

    # First start ------------------------------------------------------------------------------

    def _on_notice(self) -> None:
        self.home.write(replace(self.home.read(), notice_accepted=True))

    def _ask(
        self,
        text: str,
        work: Callable[[JobContext], object],
        done: Callable[..., object],
        lane: Lane = Lane.LONG,
    ) -> None:
        """Do something for first start; what goes wrong is said there, with everything typed still in place."""
        window = self.first
        if window is None:
            return
        window.set_busy(text)

        def failed(error: BaseException) -> None:
            if isinstance(error, DeskError) and not isinstance(error, Cancelled):
                window.show_problem(error.sentence)
            else:
                window.set_idle()
                self.door.show(error)

        self.jobs.run(work, done, failed, window.set_progress, lane=lane)

    def _look_at_kit(self, path: Path) -> None:
        from services import kits

        window = self.first
        if window is not None:
            self._ask("读取任务参数包", lambda _ctx: kits.look_at_kit(self.tools, path), window.set_offer)

    def _set_up_unit(self, start: UnitStart) -> None:
        from services import setup

        folder = self.home.new_workspace_folder(start.unit.name)
        self._ask(
            "生成签名，建立工作区",
            lambda _ctx: setup.set_up_unit(
                self.tools, folder, start.offer, start.unit, start.person_name, start.password, start.role
            ),
            self._on_set_up,
        )

    def _set_up_builtin(self, start: BuiltinStart) -> None:
        from services import setup

        folder = self.home.new_workspace_folder(start.unit.name)
        self._ask(
            "建立工作区",
            lambda _ctx: setup.set_up_unit_builtin(
                self.tools, folder, start.kit, start.unit, start.person_name, start.role
            ),
            self._on_set_up,
        )

    def _set_up_bureau(self, wanted: BureauSetup) -> None:
        from services import setup

        folder = self.home.new_workspace_folder(wanted.bureau_name)
        self._ask(
            "生成财政端密钥，建立工作区",
            lambda _ctx: setup.set_up_bureau(self.tools, folder, wanted),
            lambda made: self._on_set_up(made[0], made[1]),
        )

    def _set_up_practice(self, start: PracticeStart) -> None:
        from services import demo

        folder = self.home.folder / PRACTICE_FOLDER
        name = "bureau" if start.role is DeskRole.BUREAU else "unit"
        if (folder / name).is_dir():
            self.open_folder(folder / name)
            return
        self._ask(
            "准备演示数据（约半分钟，只需一次）",
            lambda ctx: demo.build_practice(self.tools, folder, ctx),
            lambda _passwords: self.open_folder(folder / name),
        )

    def _on_set_up(self, workspace: Workspace, keys: BureauKeys | None = None) -> None:
        self.desk = OpenDesk(self.tools, self.home, self.jobs, self.door)
        self.desk.closed.connect(self._on_desk_closed)
        self.desk.restore_requested.connect(lambda backup: self._restore(workspace.folder, backup))
        self.desk.show_workspace(OpenedWorkspace(workspace, was_cut_off=False), keys)
        self.desk.frame.show()
        self._close_first()

    def _close_first(self) -> None:
        if self.first is not None:
            window, self.first = self.first, None
            window.close()
            window.deleteLater()

    def _on_first_closed(self) -> None:
        if self.first is not None:
            self.first = None
            self.quit()

    # Desks ------------------------------------------------------------------------------------

    def _on_opened(self, opened: OpenedWorkspace) -> None:
        if self.desk is not None:
            self.desk.show_workspace(opened)

    def _on_not_opened(self, folder: Path, error: BaseException) -> None:
        if self.desk is not None:
            self.desk.frame.hide()
            self.desk = None
        if isinstance(error, DeskError):
            self._show_damaged(folder, error)
        else:
            self.door.show(error)
            self.show_first_start()

    def _show_damaged(self, folder: Path, error: DeskError) -> None:
        from ui.filer.damaged_page import DamagedPage

        page = DamagedPage()
        self.damaged = page
        self.door.set_window(page)
        backups = self.tools.opener.backups(folder)
        page.set_problem(error.sentence, backups, can_restore=isinstance(error, DamagedStorage))
        page.retry_requested.connect(lambda: self._leave(page, lambda: self.open_folder(folder)))
        page.quit_requested.connect(lambda: self._leave(page, self.quit))
        page.restore_requested.connect(lambda backup: self._restore(folder, backup))
        page.show()

    def _leave(self, page: QWidget, then: Callable[[], object]) -> None:
        self.damaged = None
        then()
        page.close()
        page.deleteLater()

    def _restore(self, folder: Path, backup: Backup) -> None:
        """Put a backup in place; an open desk is let go first."""
        if self.desk is not None:
            desk, self.desk = self.desk, None
            desk.let_go()
        if self.damaged is not None:
            self.damaged.set_busy(True)

        def done(_none: object) -> None:
            page = self.damaged
            self.open_folder(folder)
            if page is not None:
                self._leave(page, lambda: None)

        def failed(error: BaseException) -> None:
            if self.damaged is not None:
                self.damaged.set_busy(False)
            if isinstance(error, DeskError) and self.damaged is None:
                self._show_damaged(folder, error)
            else:
                self.door.show(error)

        now = self.tools.clock.now()
        self.jobs.run(lambda _ctx: self.tools.opener.restore(folder, backup, now), done, failed)

    def _on_desk_closed(self) -> None:
        if self.desk is not None:
            desk, self.desk = self.desk, None
            desk.let_go()
            self.quit()
