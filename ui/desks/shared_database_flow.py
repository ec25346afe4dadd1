"""Several desks at one database (多人共用控制): a connection tried, the data moved there or back after a question."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from models.domain.errors import DeskError
from services import moving
from services.changes import Topic
from services.job import JobContext
from services.ports.databases import DatabaseFound, MoveReport
from ui.bureau.shared_database_card import SharedDatabaseCard
from ui.desks.base import DeskController, DeskParts
from ui.jobs import Job
from ui.widgets.confirm_dialog import ConfirmDialog

T = TypeVar("T")

_THERE = (
    "请先请其他人关闭这个工作区。数据会备份一份，再整个复制到数据库，逐表核对一致后启用；原来的数据另存，不删除。"
    "任何一步没有做成，都仍在这台电脑上办公。"
)
_HOME = (
    "数据会整个复制到这台电脑，逐表核对一致后启用。其他电脑上打开的窗口随即不能再保存，会提示已移走；"
    "数据库里原来的数据另存，不删除。"
)


class SharedDatabaseFlow(DeskController):
    """Behind the card 多人共用; `moved` once the data lie elsewhere."""

    moved = Signal()

    def __init__(self, parts: DeskParts, card: SharedDatabaseCard, parent: QObject | None = None) -> None:
        super().__init__(parts, parent)
        self._card = card
        self._job: Job | None = None
        card.test_requested.connect(self._on_test)
        card.move_requested.connect(self._on_move)
        card.join_requested.connect(self._on_join)
        card.move_home_requested.connect(self._on_home)
        card.cancel_requested.connect(self._on_cancel)

    def refresh(self) -> None:
        """Show where the data are."""
        self._card.set_place(self.workspace.tools.databases.address(self.workspace.folder))

    def _on_test(self, address: str, password: str) -> None:
        def done(found: DatabaseFound) -> None:
            self._end()
            if found.has_workspace:
                self._card.show_taken(address)
                self._card.say("连接成功，这个数据库里已有工作区：不能移过去，可以改用那里的。", "muted")
            else:
                self._card.say(f"连接成功（PostgreSQL {found.server}），数据库是空的，可以移过去。", "good")

        tools = self.workspace.tools
        self._begin(lambda _ctx: moving.try_connection(tools, address, password), done)

    def _on_move(self, address: str, password: str) -> None:
        dialog = ConfirmDialog("移到多人共用的数据库", _THERE, "移动", self.frame)
        dialog.confirmed.connect(
            lambda: self._move(lambda ctx: moving.move_to_shared(self.workspace, address, password, ctx))
        )
        self.open_dialog(dialog)

    def _on_join(self, address: str, password: str) -> None:
        tools, home = self.workspace.tools, self.parts.home
        who = self.workspace.profile.person_name

        def work(_ctx: JobContext) -> str:
            joined = moving.join(tools, address, password, who)
            joined.close()
            name = f"{joined.profile.unit.name}（{joined.profile.role.label}）"
            home.remember(joined.folder, name)
            return name

        def done(name: str) -> None:
            self._end()
            self.frame.top_bar.set_workspaces(home.others(self.workspace.folder))
            self._card.say(f"已加入“{name}”的共用工作区，请从窗口右上角切换过去。", "good")

        self._begin(work, done)

    def _on_home(self) -> None:
        dialog = ConfirmDialog("移回本机", _HOME, "移回", self.frame, danger=True)
        dialog.confirmed.connect(lambda: self._move(lambda ctx: moving.move_home(self.workspace, ctx)))
        self.open_dialog(dialog)

    def _move(self, work: Callable[[JobContext], MoveReport]) -> None:
        def done(report: MoveReport) -> None:
            self._end()
            self.refresh()
            said = f"已移动：{len(report.tables)} 张数据表、{report.rows} 行，逐表核对一致。"
            self._card.say(f"{said}原来的数据另存为“{report.aside}”。", "good")
            self.workspace.changes.tell(Topic.SETTINGS)
            self.moved.emit()

        self._begin(work, done)

    def _begin(self, work: Callable[[JobContext], T], done: Callable[[T], None]) -> None:
        self._card.set_busy(is_busy=True)
        self._card.say("", "muted")
        self._job = self.run(
            work, done, self._failed, progress=self._card.show_progress, cancelled=self._cancelled
        )

    def _failed(self, error: BaseException) -> None:
        self._end()
        self.refresh()
        if isinstance(error, DeskError):
            self._card.say(error.sentence, "problem")
        else:
            self.parts.door.show(error)

    def _cancelled(self) -> None:
        self._end()
        self.refresh()
        self._card.say("已停止，没有移动。", "muted")

    def _on_cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _end(self) -> None:
        self._job = None
        self._card.set_busy(is_busy=False)
