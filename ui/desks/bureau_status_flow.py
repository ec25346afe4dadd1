"""Reporting status at the bureau's desk (报送情况控制)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from forms.findings import Finding
from models.domain.errors import KitProblem
from services import bureau_summaries, reporting_status
from services.board_findings import unit_findings
from services.bureau_summaries import SummaryChoice
from services.changes import ChangeSet, Topic
from services.job import JobContext
from services.reminders import write_reminders
from services.reporting_status import DueState, UnitStatus
from services.workspaces import Workspace
from ui.bureau.check_notes_panel import CheckNotesPanel
from ui.bureau.files_dialog import FilesDialog
from ui.bureau.records import WrittenFiles
from ui.bureau.status_view import StatusView
from ui.desks.base import DeskController, DeskParts, open_outside
from ui.desks.bureau_refresh import Refresher
from ui.desks.notices import Notices
from ui.theme import Tone, px
from ui.widgets.file_drop import choose_folder
from ui.widgets.placing import resize_within_screen

PAGE = "status"


class StatusFlow(DeskController):
    """The page 报送情况; `open_requested` carries the id of a filing to read."""

    open_requested = Signal(str)
    preparation_requested = Signal()

    def __init__(self, parts: DeskParts, notices: Notices, parent: QObject | None = None) -> None:
        super().__init__(parts, parent)
        self._notices = notices
        self.view = StatusView()
        self.frame.add_page(PAGE, self.view)
        self._refresher = Refresher(parts.jobs, parts.door, self._prepare, self._show)
        self.view.open_requested.connect(self.open_requested)
        self.view.reminder_requested.connect(self._on_reminder)
        self.view.reminder_book_requested.connect(self._ask_where)
        self.view.unit_chosen.connect(self._on_unit)
        self.view.summary_requested.connect(self._on_summary)
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
        tasks = {item.task.task_id: item.task for status in board for item in status.items}
        self.view.set_summaries(bureau_summaries.summary_choices(tasks.values()))

    def _on_unit(self, status: UnitStatus | None) -> None:
        """What is to be said of the unit one is at now."""
        if status is None:
            self.view.set_findings("", ())
            return
        code = status.unit.code
        self.run(
            lambda _ctx: unit_findings(self.workspace, status),
            lambda found: self.view.set_findings(code, found),
        )

    def _on_summary(self, choice: SummaryChoice) -> None:
        choose_folder(
            self.frame, f"{choice.words}存到文件夹", lambda folder: self._write(choice, Path(folder))
        )

    def _write(self, choice: SummaryChoice, folder: Path) -> None:
        def work(ctx: JobContext) -> tuple[list[Path], tuple[Finding, ...]]:
            written = bureau_summaries.write_summary(self.workspace, choice, folder, ctx)
            return written, bureau_summaries.summary_findings(self.workspace, choice)

        def done(found: tuple[list[Path], tuple[Finding, ...]]) -> None:
            written, findings = found
            sentence = f"已把收到的表汇总成{choice.words}。"
            dialog = FilesDialog(WrittenFiles("汇总表已写入", sentence, folder, tuple(written)), self.frame)
            notes = CheckNotesPanel("核对")
            notes.show_findings(findings)
            if findings:
                dialog.list.setMaximumHeight(px(66))
                dialog.body.addWidget(notes, 1)
                resize_within_screen(dialog, px(640), px(540))
            dialog.folder_requested.connect(open_outside)
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

        self.run(work, done)

    def _on_reminder(self, shown: Sequence[UnitStatus]) -> None:
        text = reminder_text(shown)
        QGuiApplication.clipboard().setText(text)
        count = sum(status.count(DueState.MISSING) > 0 for status in shown)
        words = f"已复制 {count} 个单位的催报名单，可以粘贴到通知里。"
        self._notices.tell(words, action="另存为 Excel…", works=lambda: self._ask_where(shown))

    def _ask_where(self, shown: Sequence[UnitStatus]) -> None:
        choose_folder(
            self.frame, "催报名单存到文件夹", lambda folder: self.save_reminders(shown, Path(folder))
        )

    def save_reminders(self, shown: Sequence[UnitStatus], folder: Path) -> None:
        """Write the list as a workbook."""

        def done(path: Path) -> None:
            self._notices.tell(f"已存为“{path.name}”。", Tone.GOOD)
            open_outside(path.parent)

        self.run(lambda _ctx: write_reminders(self.workspace, shown, folder), done)


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
