"""Reporting status at the bureau's desk (报送情况控制)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from models.domain.errors import KitProblem
from services import reporting_status
from services.changes import ChangeSet, Topic
from services.job import JobContext
from services.reporting_status import DueState, UnitStatus
from services.workspaces import Workspace
from ui.bureau.status_view import StatusView
from ui.desks.base import DeskController, DeskParts
from ui.desks.bureau_refresh import Refresher

PAGE = "status"


class StatusFlow(DeskController):
    """The page 报送情况; `open_requested` carries the id of a filing to read."""

    open_requested = Signal(str)
    preparation_requested = Signal()

    def __init__(self, parts: DeskParts, parent: QObject | None = None) -> None:
        super().__init__(parts, parent)
        self.view = StatusView()
        self.frame.add_page(PAGE, self.view)
        self._refresher = Refresher(parts.jobs, parts.door, self._prepare, self._show)
        self.view.open_requested.connect(self.open_requested)
        self.view.reminder_requested.connect(self._on_reminder)
        self.view.preparation_requested.connect(self.preparation_requested)
        self.refresh()

    def on_change(self, change: ChangeSet) -> None:
        """Filings and kits decide the board."""
        if change.topics & {Topic.FILINGS, Topic.KITS}:
            self.refresh()

    def refresh(self) -> None:
        """Read the board anew."""
        self._refresher.request()

    def _prepare(self) -> Callable[[JobContext], tuple[UnitStatus, ...]]:
        workspace = self.workspace
        return lambda _ctx: _board(workspace)

    def _show(self, board: tuple[UnitStatus, ...]) -> None:
        self.view.set_board(board, self.workspace.today)

    def _on_reminder(self, shown: Sequence[UnitStatus]) -> None:
        text = reminder_text(shown)
        QGuiApplication.clipboard().setText(text)
        count = sum(status.count(DueState.MISSING) > 0 for status in shown)
        self.frame.notice.show_notice(f"已复制 {count} 个单位的催报名单，可以粘贴到通知里。")


def _board(workspace: Workspace) -> tuple[UnitStatus, ...]:
    """The board, empty while no kit was issued."""
    try:
        return reporting_status.reporting_status(workspace)
    except KitProblem:
        return ()


def reminder_text(board: Sequence[UnitStatus]) -> str:
    """单位、联系人、未报各表 as lines to paste (催报名单)."""
    lines = []
    for status in board:
        missing = [item for item in status.items if item.state is DueState.MISSING]
        if not missing:
            continue
        unit = status.unit
        contact = " ".join(part for part in (unit.contact_name, unit.contact_phone) if part)
        lines.append(f"{unit.name}{f'（{contact}）' if contact else ''}：未报 {len(missing)} 份")
        lines += [f"　　{item.task.name}　{item.name}" for item in missing]
    return "\n".join(lines)
