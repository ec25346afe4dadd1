"""Letters beside what was returned (退回修改函控制): chosen and looked at, worded, written as PDF to a folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from models.domain.letter_template import LetterTemplate
from services.job import JobContext
from services.review import letter_wording
from services.review.letters import LetterWish, UnitLetter, letters, write_letters
from services.review.return_slips import Returned, all_returned
from ui.bureau.files_dialog import FilesDialog
from ui.bureau.letter_wording_dialog import LetterWordingDialog
from ui.bureau.records import WrittenFiles
from ui.bureau.return_letter_dialog import ReturnLetterDialog
from ui.desks.base import DeskController, open_outside
from ui.jobs import Lane
from ui.widgets.file_drop import choose_folder
from ui.widgets.progress_panel import ProgressDialog

Shown = tuple[tuple[Returned, ...], LetterWish, tuple[UnitLetter, ...]]


class LetterFlow(DeskController):
    """Writes the letters (退回修改函控制)."""

    def ask(self, items: Sequence[Returned] | None = None, folder: Path | None = None) -> None:
        """Letters about these filings, else about everything that is returned now; `folder` where the slips went."""

        def read(_ctx: JobContext) -> Shown:
            found = tuple(items) if items is not None else all_returned(self.workspace)
            wish = letter_wording.usual_wish(self.workspace)
            return found, wish, letters(self.workspace, found, wish)

        self.run(read, lambda shown: self._show(shown, folder))

    def _show(self, shown: Shown, folder: Path | None) -> None:
        items, wish, found = shown
        if not found:
            self.frame.notice.show_notice("现在没有退回修改的表，不需要发函。")
            return
        dialog = ReturnLetterDialog(wish, "生成" if folder else "选择文件夹…", self.frame)
        dialog.set_letters(found)

        def reworded(wish: LetterWish) -> None:
            def show(found: tuple[UnitLetter, ...]) -> None:
                if self.is_open(dialog):
                    dialog.set_letters(found)

            self.run(lambda _ctx: letters(self.workspace, items, wish), show)

        dialog.wish_changed.connect(reworded)
        dialog.wording_requested.connect(lambda template: self._ask_wording(dialog, template))
        dialog.submitted.connect(lambda chosen: self._submitted(dialog, chosen, folder))
        self.open_dialog(dialog)

    def _ask_wording(self, dialog: ReturnLetterDialog, template: LetterTemplate) -> None:
        def show(usual: LetterTemplate) -> None:
            words = LetterWordingDialog(template, usual, dialog)
            words.submitted.connect(lambda worded: self._keep_wording(dialog, words, worded))
            self.open_dialog(words)

        self.run(lambda _ctx: letter_wording.usual_wording(self.workspace), show)

    def _keep_wording(
        self, dialog: ReturnLetterDialog, words: LetterWordingDialog, template: LetterTemplate
    ) -> None:
        def done(_nothing: None) -> None:
            if self.is_open(dialog):
                dialog.set_wording(template)

        self.run_for(words, lambda _ctx: letter_wording.keep_wording(self.workspace, template), done)

    def _submitted(
        self, dialog: ReturnLetterDialog, chosen: Sequence[UnitLetter], folder: Path | None
    ) -> None:
        items = tuple(item for one in chosen for item in one.items)
        wish, in_one_file = dialog.wish, dialog.is_in_one_file
        dialog.accept()

        def write(into: Path) -> None:
            self._write(items, wish, into, in_one_file=in_one_file)

        if folder is not None:
            write(folder)
        else:
            choose_folder(self.frame, "退回修改函存到文件夹", lambda text: write(Path(text)))

    def _write(self, items: Sequence[Returned], wish: LetterWish, folder: Path, *, in_one_file: bool) -> None:
        progress = ProgressDialog("正在生成退回修改函", self.frame, counter="个")

        def work(ctx: JobContext) -> tuple[Path, ...]:
            letter_wording.keep_contact(self.workspace, wish)
            return write_letters(self.workspace, items, wish, folder, ctx, in_one_file=in_one_file)

        def done(files: tuple[Path, ...]) -> None:
            progress.finish()
            units = len({item.unit.code for item in items})
            sentence = f"{units} 个单位的退回修改函已生成，打印后盖章发出。"
            dialog = FilesDialog(WrittenFiles("退回修改函已写入", sentence, folder, files), self.frame)
            dialog.folder_requested.connect(open_outside)
            self.open_dialog(dialog)

        def failed(error: BaseException) -> None:
            progress.finish()
            self.parts.door.show(error)

        def stopped() -> None:
            progress.finish()
            self.frame.notice.show_notice("已停止。已写入的函有效，其余的可以再次生成。")

        job = self.run(work, done, failed, progress=progress.set_progress, cancelled=stopped, lane=Lane.LONG)
        progress.cancel_requested.connect(job.cancel)
        self.open_dialog(progress)
