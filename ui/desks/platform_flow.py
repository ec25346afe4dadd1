"""To and from the integrated platform (一体化带入与导出的控制), at the unit's and at the bureau's desk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from models.domain.platform_batch import PlatformBatch
from services.platform import bringing, sending
from services.platform.bringing import TakenBack
from services.platform.records import PlatformPreview, PreviewLine
from services.platform.sending import OutgoingChoice, OutgoingFiling
from services.workspaces import DeskRole
from ui.desks.base import DeskController, DeskParts
from ui.desks.notices import Notices
from ui.platform.batches_dialog import BatchesDialog
from ui.platform.bring_dialog import BringDialog
from ui.platform.platform_menu import PlatformMenu
from ui.platform.send_dialog import SendDialog
from ui.theme import Tone
from ui.widgets.file_drop import choose_file, choose_folder

_FILTER = "表格 (*.xlsx *.csv)"


class PlatformFlow(DeskController):
    """What the 一体化 button leads to (一体化控制); `filing_requested` opens a form something is missing in."""

    filing_requested = Signal(str, str)

    def __init__(
        self, parts: DeskParts, menu: PlatformMenu, notices: Notices, parent: QObject | None = None
    ) -> None:
        super().__init__(parts, parent)
        self._notices = notices
        menu.bring_requested.connect(self.choose)
        menu.send_requested.connect(self.send)
        menu.batches_requested.connect(self.show_batches)

    # In ---------------------------------------------------------------------------------------

    def choose(self) -> None:
        """Choose an export of the platform."""
        choose_file(self.frame, "选择一体化导出表", _FILTER, lambda path: self.look_at(Path(path)))

    def look_at(self, path: Path) -> None:
        """Read a file and show what it would bring; the working year counts where it names none."""
        year = self.workspace.profile.working_year
        self.run(lambda _ctx: bringing.look_at(self.workspace, path, year), lambda p: self._show(path, p))

    def _show(self, path: Path, preview: PlatformPreview) -> None:
        year = self.workspace.profile.working_year
        dialog = BringDialog(preview, (year + 1, year, year - 1), self.frame)
        dialog.submitted.connect(lambda lines, number: self._take(dialog, lines, number))
        dialog.year_chosen.connect(lambda chosen: self._reread(dialog, path, chosen))
        self.open_dialog(dialog)

    def _reread(self, dialog: BringDialog, path: Path, year: int) -> None:
        def show(preview: PlatformPreview) -> None:
            if self.is_open(dialog):
                dialog.set_preview(preview)

        self.run(lambda _ctx: bringing.look_at(self.workspace, path, year), show)

    def _take(self, dialog: BringDialog, lines: Sequence[PreviewLine], number: str) -> None:
        preview = dialog.preview()
        self.run_for(
            dialog,
            lambda _ctx: bringing.take_over(self.workspace, preview, lines, number),
            self._tell_taken,
        )

    def _tell_taken(self, batch: PlatformBatch) -> None:
        words = f"已从“{batch.file_name}”带入 {batch.line_count} 行。"
        self._notices.tell(words, Tone.GOOD, action="撤回", works=lambda: self._undo(batch.batch_id))

    def _undo(self, batch_id: str) -> None:
        self.run(lambda _ctx: bringing.take_back(self.workspace, batch_id), self._tell_back)

    def _tell_back(self, done: TakenBack) -> None:
        words = f"已撤回从“{done.batch.file_name}”的带入。"
        if done.left:
            words += f"没有动的：{'、'.join(done.left[:5])}。"
        self._notices.tell(words, Tone.CARE if done.left else Tone.GOOD)

    # Batches ----------------------------------------------------------------------------------

    def show_batches(self) -> None:
        """List what was taken over."""
        self.run(lambda _ctx: bringing.batches(self.workspace), self._show_batches)

    def _show_batches(self, batches: Sequence[PlatformBatch]) -> None:
        dialog = BatchesDialog(batches, self.frame)
        dialog.submitted.connect(
            lambda batch_id: self.run_for(
                dialog, lambda _ctx: bringing.take_back(self.workspace, batch_id), self._tell_back
            )
        )
        self.open_dialog(dialog)

    # Out --------------------------------------------------------------------------------------

    def send(self) -> None:
        """Offer the tasks that can go out."""
        self.run(lambda _ctx: sending.choices(self.workspace), self._offer)

    def _offer(self, choices: Sequence[OutgoingChoice]) -> None:
        if not choices:
            self._notices.tell("任务参数包里没有可以导出到一体化的任务。", Tone.CARE)
            return
        may_fill = self.workspace.profile.role is not DeskRole.BUREAU
        dialog = SendDialog(choices, self.frame, may_fill=may_fill)
        dialog.choice_made.connect(lambda choice: self._look_out(dialog, choice))
        dialog.submitted.connect(lambda choice, chosen: self._ask_folder(dialog, choice, chosen))
        dialog.filing_requested.connect(lambda task, project: self._leave(dialog, task, project))
        self.open_dialog(dialog)
        self._look_out(dialog, choices[0])

    def _look_out(self, dialog: SendDialog, choice: OutgoingChoice) -> None:
        def show(found: Sequence[OutgoingFiling]) -> None:
            if self.is_open(dialog) and dialog.chosen_choice() == choice:
                dialog.set_filings(found)

        self.run(lambda _ctx: sending.look_out(self.workspace, choice), show)

    def _ask_folder(
        self, dialog: SendDialog, choice: OutgoingChoice, chosen: Sequence[OutgoingFiling]
    ) -> None:
        choose_folder(
            self.frame, "选择保存的文件夹", lambda folder: self.write(dialog, choice, chosen, Path(folder))
        )

    def write(
        self, dialog: SendDialog, choice: OutgoingChoice, chosen: Sequence[OutgoingFiling], folder: Path
    ) -> None:
        """Write the workbooks of the filings chosen into a folder."""
        self.run_for(
            dialog,
            lambda ctx: sending.write_out(self.workspace, choice, chosen, folder, ctx),
            lambda paths: self._notices.tell(
                f"已导出 {len(paths)} 个文件到“{folder.name}”，可以在一体化系统里导入。", Tone.GOOD
            ),
        )

    def _leave(self, dialog: SendDialog, task_id: str, project_id: str) -> None:
        dialog.reject()
        self.filing_requested.emit(task_id, project_id)
