"""入库 and 登记预算批复 at the bureau's desk (入库和批复控制)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from models.domain.desk_user import DeskUser
from models.domain.errors import Cancelled, DeskError
from services.approval_notes import ApprovalNote
from services.job import JobContext
from services.review import approving, enlisting
from services.review.approving import ApprovalLine, ApprovalList
from services.review.queue import QueueLine
from ui.bureau.approval_list_dialog import ApprovalListDialog
from ui.bureau.choosing import choose_files
from ui.desks.base import DeskController, DeskParts
from ui.widgets.confirm_dialog import ConfirmDialog

TABLES = "表格 (*.xlsx *.xlsm *.csv)"
NOTHING_TICKED = "请先在左边的列表里勾选绩效目标。"


class BindingFlow(DeskController):
    """Puts targets into the library and notes their approval (入库和批复控制); `approved` once a list was noted."""

    approved = Signal(str)
    told = Signal(str)

    def __init__(self, parts: DeskParts, who: Callable[[], DeskUser], parent: QObject | None = None) -> None:
        super().__init__(parts, parent)
        self._who = who

    def enlist(self, lines: Sequence[QueueLine]) -> None:
        """Ask, then put the ticked targets into the library."""
        text = f"把勾选的 {len(lines)} 份绩效目标列入项目库。入库不等于批复，还可以移出。"
        self._ask("项目入库", text, "入库", lines, enlisting.enlist, "已入库 {count} 份。")

    def take_out(self, lines: Sequence[QueueLine]) -> None:
        """Ask, then take the ticked targets out of the library again."""
        text = f"把勾选的 {len(lines)} 份绩效目标移出项目库，恢复为“审核通过”。"
        self._ask("移出项目库", text, "移出", lines, enlisting.take_out, "已移出 {count} 份。")

    def approve(self, years: Sequence[int], year: int, ticked: Sequence[QueueLine]) -> None:
        """Open the dialog of a document's list for a budget year."""
        dialog = ApprovalListDialog(years, year, self.frame)
        chosen = {line.filing.filing_id for line in ticked}
        dialog.year_chosen.connect(lambda other: self._offer(dialog, other, chosen))
        dialog.table_requested.connect(lambda: self._choose_table(dialog))
        dialog.submitted.connect(lambda note, lines: self._note(dialog, note, lines))
        self.open_dialog(dialog)
        self._offer(dialog, year, chosen)

    def _ask(
        self,
        title: str,
        text: str,
        accept: str,
        lines: Sequence[QueueLine],
        work: Callable[..., int],
        told: str,
    ) -> None:
        if not lines:
            self.told.emit(NOTHING_TICKED)
            return
        ids, who = tuple(line.filing.filing_id for line in lines), self._who()
        dialog = ConfirmDialog(title, text, accept, self.frame)
        dialog.confirmed.connect(
            lambda: self.run(
                lambda _ctx: work(self.workspace, who, ids),
                lambda count: self.told.emit(told.format(count=count)),
            )
        )
        self.open_dialog(dialog)

    def _offer(self, dialog: ApprovalListDialog, year: int, ticked: set[str]) -> None:
        def show(lines: tuple[ApprovalLine, ...]) -> None:
            if self.is_open(dialog):
                dialog.set_lines(lines, ticked)

        self.run(lambda _ctx: approving.approvable(self.workspace, year), show)

    def _choose_table(self, dialog: ApprovalListDialog) -> None:
        choose_files(dialog, "选择批复清单", TABLES, lambda paths: self._read(dialog, Path(paths[0])))

    def _read(self, dialog: ApprovalListDialog, path: Path) -> None:
        """Meet the table with the targets here; what it approves is shown before anything is noted."""
        year = int(str(dialog.year.value()))

        def work(_ctx: JobContext) -> tuple[ApprovalList, tuple[ApprovalLine, ...]]:
            found = approving.read_list(self.workspace, path, year)
            return found, approving.approvable(self.workspace, year)

        def show(read: tuple[ApprovalList, tuple[ApprovalLine, ...]]) -> None:
            if self.is_open(dialog):
                dialog.set_list(*read)

        def failed(error: BaseException) -> None:
            is_plain = isinstance(error, DeskError) and not isinstance(error, Cancelled)
            if is_plain and self.is_open(dialog):
                dialog.show_problem(error.sentence)  # type: ignore[attr-defined]
            else:
                self.parts.door.show(error)

        self.run(work, show, failed)

    def _note(self, dialog: ApprovalListDialog, note: ApprovalNote, lines: tuple[ApprovalLine, ...]) -> None:
        who = self._who()

        def done(counts: tuple[int, int]) -> None:
            approved, unfunded = counts
            said = f"已登记 {note.document_number}：批复 {approved} 项"
            self.approved.emit(f"{said}，未安排预算 {unfunded} 项。" if unfunded else f"{said}。")

        self.run_for(dialog, lambda _ctx: approving.approve(self.workspace, who, note, lines), done)
