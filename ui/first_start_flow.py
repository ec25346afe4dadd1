"""First start wired to services (首次使用控制): kit file, unit, bureau, practice county, or a workspace that exists."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from models.domain.errors import Cancelled, DeskError
from services import kits, setup
from services.setup import MINIMUM_PASSWORD_LENGTH, BureauSetup
from services.workspaces import OpenedWorkspace, Workspace, open_workspace
from ui.errors import ErrorDoor
from ui.first_start.window import FirstStartWindow
from ui.jobs import Job, Jobs, Lane
from ui.open_desk import PRACTICE_FOLDER
from ui.workspace_lock import WorkspaceLock

if TYPE_CHECKING:
    from services.bureau_keys import BureauKeys
    from services.home import Home
    from services.job import JobContext
    from services.tools import Tools
    from ui.first_start.records import BuiltinStart, PracticeStart, UnitStart
    from ui.widgets.signing_means import SigningMeans


T = TypeVar("T")


class FirstStartFlow(QObject):
    """The window of first start at work (首次使用控制).

    `ready` (OpenedWorkspace, BureauKeys or None, WorkspaceLock) when a desk can be opened; `left` when the
    window was closed without one.
    """

    ready = Signal(object, object, object)
    left = Signal()

    def __init__(
        self, tools: Tools, home: Home, jobs: Jobs, door: ErrorDoor, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.tools, self.home, self.jobs, self.door = tools, home, jobs, door
        year = tools.clock.now().year
        self.window = FirstStartWindow(MINIMUM_PASSWORD_LENGTH, year)
        self._job: Job | None = None
        self._is_over = False
        door.set_window(self.window)
        if home.read().notice_accepted:
            self.window.skip_notice()
        self.window.unit_page.set_known([name for _folder, name in home.others(Path())])
        self.window.set_builtin_kits(tuple(tools.builtin_kits(year)))
        self.window.notice_acknowledged.connect(self._on_notice)
        self.window.kit_file_chosen.connect(lambda path: self._look_at_kit(Path(path)))
        self.window.unit_ready.connect(self._set_up_unit)
        self.window.builtin_ready.connect(self._set_up_builtin)
        self.window.bureau_ready.connect(self._set_up_bureau)
        self.window.practice_requested.connect(self._set_up_practice)
        self.window.existing_chosen.connect(lambda path: self._open_existing(Path(path)))
        for means in self.window.all_means():
            self._connect_tokens(means)
        self.window.closed.connect(self._on_closed)

    def show(self, problem: str = "") -> None:
        """Show the window, with a sentence where there is something to tell."""
        if problem:
            self.window.show_problem(problem)
        self.window.show()

    def let_go(self) -> None:
        """The window is no longer needed."""
        self._is_over = True
        self.window.close()
        self.window.deleteLater()

    # What can be asked for --------------------------------------------------------------------

    def _on_notice(self) -> None:
        self.home.write(self.home.read()._replace(notice_accepted=True))

    def _look_at_kit(self, path: Path) -> None:
        self._ask("读取任务参数包", lambda _ctx: kits.look_at_kit(self.tools, path), self._show_kit)

    def _show_kit(self, offer: kits.KitOffer) -> None:
        """Show the kit; a wrong date is told here, before a key is made with it."""
        self.window.set_offer(offer)
        fault = kits.early_clock(offer.kit, self.tools.clock.now())
        if fault is not None:
            self.window.show_problem(fault.sentence)

    def _connect_tokens(self, means: SigningMeans) -> None:
        """A step that asks what to sign with: modules, tokens and keys are looked for while it stands."""
        tokens, chooser = self.tools.tokens, means.chooser
        means.offer_token(tokens.is_supported())

        def look(text: str, work: Callable[[], T], show: Callable[[T], object]) -> None:
            def done(found: T) -> None:
                self.window.set_idle()
                show(found)

            self._ask(text, lambda _ctx: work(), done)

        means.token_wanted.connect(lambda: look("查找 UKey", tokens.modules, chooser.set_modules))
        chooser.module_chosen.connect(
            lambda module: look("查找 UKey", lambda: tokens.tokens(module), chooser.set_tokens)
        )
        chooser.keys_requested.connect(
            lambda place, pin: look("读取 UKey", lambda: tokens.keys(place, pin), chooser.set_keys)
        )

    def _set_up_unit(self, start: UnitStart) -> None:
        folder = self.home.new_workspace_folder(start.unit.name)
        given = (self.tools, folder, start.offer, start.unit, start.person_name)

        def work(_ctx: JobContext) -> Workspace:
            if isinstance(start.secret, str):
                return setup.set_up_unit(*given, start.secret, start.role)
            from services import token_keys

            return token_keys.set_up_unit(*given, start.secret, start.role)

        self._ask("生成签名，建立工作区", work, self._on_made)

    def _set_up_builtin(self, start: BuiltinStart) -> None:
        folder = self.home.new_workspace_folder(start.unit.name)
        self._ask(
            "建立工作区",
            lambda _ctx: setup.set_up_unit_builtin(
                self.tools, folder, start.kit, start.unit, start.person_name, start.role
            ),
            self._on_made,
        )

    def _set_up_bureau(self, wanted: BureauSetup) -> None:
        folder = self.home.new_workspace_folder(wanted.bureau_name)
        self._ask(
            "生成财政端密钥，建立工作区",
            lambda _ctx: setup.set_up_bureau(self.tools, folder, wanted),
            lambda made: self._on_made(made[0], made[1]),
        )

    def _set_up_practice(self, start: PracticeStart) -> None:
        from services import demo

        folder = self.home.folder / PRACTICE_FOLDER

        def open_desk(_passwords: object = None) -> None:
            try:
                self._open_existing(demo.practice_desk(folder, start.role))
            except DeskError as error:
                self.window.show_problem(error.sentence)

        if demo.has_practice(folder):
            open_desk()
            return
        self._ask(
            "准备演示数据（约半分钟，只需一次）",
            lambda ctx: demo.build_practice(self.tools, folder, ctx),
            open_desk,
        )

    def _open_existing(self, folder: Path) -> None:
        lock = WorkspaceLock(folder)

        def work(_ctx: JobContext) -> OpenedWorkspace:
            lock.take()
            try:
                return open_workspace(self.tools, folder)
            except BaseException:
                lock.release()
                raise

        self._ask("打开工作区", work, lambda opened: self._hand_over(opened, None, lock))

    # How it is done ---------------------------------------------------------------------------

    def _ask(self, text: str, work: Callable[[JobContext], object], done: Callable[..., object]) -> None:
        """Do something; what goes wrong is said in the window, with everything typed still in place."""
        self.window.set_busy(text)

        def succeeded(result: object) -> None:
            self._job = None
            done(result)

        def failed(error: BaseException) -> None:
            self._job = None
            if self._is_over:
                self.left.emit()
            elif isinstance(error, DeskError) and not isinstance(error, Cancelled):
                self.window.show_problem(error.sentence)
            else:
                self.window.set_idle()
                self.door.show(error)

        self._job = self.jobs.run(
            work,
            succeeded,
            failed,
            self.window.set_progress,
            cancelled=lambda: failed(Cancelled()),
            lane=Lane.LONG,
        )

    def _on_made(self, workspace: Workspace, keys: BureauKeys | None = None) -> None:
        lock = WorkspaceLock(workspace.folder)
        lock.take()
        self._hand_over(OpenedWorkspace(workspace, was_cut_off=False), keys, lock)

    def _hand_over(self, opened: OpenedWorkspace, keys: BureauKeys | None, lock: WorkspaceLock) -> None:
        """A desk can be opened; when the window was closed meanwhile it is there at the next start."""
        if not self._is_over:
            self.ready.emit(opened, keys, lock)
            return
        self.home.remember(opened.workspace.folder, opened.workspace.profile.unit.name)
        opened.workspace.close()
        lock.release()
        self.left.emit()

    def _on_closed(self) -> None:
        """The window's cross: what is being done is asked to stop, and waited for."""
        if self._is_over:
            return
        self._is_over = True
        if self._job is not None:
            self._job.cancel()
        else:
            self.left.emit()
