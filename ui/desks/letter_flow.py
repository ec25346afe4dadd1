"""Official letters to units (函件控制): about what was returned or approved; looked at, worded, written as PDF."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import QObject

from models.domain.letter_template import ApprovalLetterTemplate, LetterTemplate
from services.job import JobContext
from services.review import letter_wording
from services.review.approval_letters import APPROVAL_LETTERS
from services.review.letter_files import LetterFiles, LetterWish
from services.review.letters import RETURN_LETTERS
from services.workspaces import Workspace
from ui.bureau.files_dialog import FilesDialog
from ui.bureau.letter_dialog import APPROVAL_LETTER, RETURN_LETTER, Letter, LetterDialog, LetterKind
from ui.bureau.letter_wording_dialog import LetterWordingDialog
from ui.bureau.records import WrittenFiles
from ui.desks.base import DeskController, DeskParts, open_outside
from ui.jobs import Lane
from ui.widgets.file_drop import choose_folder
from ui.widgets.progress_panel import ProgressDialog

Shown = tuple[tuple[Any, ...], LetterWish, tuple[Letter, ...]]


@dataclass(frozen=True)
class Letters:
    """A kind of letters (函件种类): how they look on screen, their wording, their files, what is said without any."""

    kind: LetterKind
    template: type[LetterTemplate]
    files: LetterFiles
    none: str

    def put_together(
        self, workspace: Workspace, items: Sequence[Any], wish: LetterWish
    ) -> tuple[Letter, ...]:
        """The letters, one a unit."""
        return cast("tuple[Letter, ...]", tuple(self.files.put_together(workspace, items, wish)))


ABOUT_RETURNED = Letters(RETURN_LETTER, LetterTemplate, RETURN_LETTERS, "现在没有退回修改的表，不需要发函。")
ABOUT_APPROVED = Letters(
    APPROVAL_LETTER,
    ApprovalLetterTemplate,
    APPROVAL_LETTERS,
    "还没有登记批复的绩效目标。请先在“入库和批复”里登记预算批复。",
)


class LetterFlow(DeskController):
    """Writes letters of one kind (函件控制)."""

    def __init__(self, parts: DeskParts, about: Letters, parent: QObject | None = None) -> None:
        super().__init__(parts, parent)
        self._about = about

    def ask(self, find: Callable[[], Sequence[Any]], folder: Path | None = None) -> None:
        """Letters about what `find` reads; `folder` where the messages about the same went."""

        def read(_ctx: JobContext) -> Shown:
            found = tuple(find())
            wish = letter_wording.usual_wish(self.workspace, self._about.template)
            return found, wish, self._about.put_together(self.workspace, found, wish)

        self.run(read, lambda shown: self._show(shown, folder))

    def _show(self, shown: Shown, folder: Path | None) -> None:
        items, wish, found = shown
        if not found:
            self.frame.notice.show_notice(self._about.none)
            return
        accept_text = "生成" if folder else "选择文件夹…"
        dialog = LetterDialog(wish, accept_text, self.frame, kind=self._about.kind)
        dialog.set_letters(found)

        def reworded(wish: LetterWish) -> None:
            def show(found: tuple[Letter, ...]) -> None:
                if self.is_open(dialog):
                    dialog.set_letters(found)

            self.run(lambda _ctx: self._about.put_together(self.workspace, items, wish), show)

        dialog.wish_changed.connect(reworded)
        dialog.wording_requested.connect(lambda template: self._ask_wording(dialog, template))
        dialog.submitted.connect(lambda chosen: self._submitted(dialog, chosen, folder))
        self.open_dialog(dialog)

    def _ask_wording(self, dialog: LetterDialog, template: LetterTemplate) -> None:
        def show(usual: LetterTemplate) -> None:
            words = LetterWordingDialog(template, usual, dialog)
            words.submitted.connect(lambda worded: self._keep_wording(dialog, words, worded))
            self.open_dialog(words)

        self.run(lambda _ctx: letter_wording.usual_wording(self.workspace, self._about.template), show)

    def _keep_wording(
        self, dialog: LetterDialog, words: LetterWordingDialog, template: LetterTemplate
    ) -> None:
        def done(_nothing: None) -> None:
            if self.is_open(dialog):
                dialog.set_wording(template)

        self.run_for(words, lambda _ctx: letter_wording.keep_wording(self.workspace, template), done)

    def _submitted(self, dialog: LetterDialog, chosen: Sequence[Letter], folder: Path | None) -> None:
        items = tuple(item for one in chosen for item in one.items)
        wish, in_one_file = dialog.wish, dialog.is_in_one_file
        dialog.accept()

        def write(into: Path) -> None:
            self._write(items, wish, into, in_one_file=in_one_file)

        if folder is not None:
            write(folder)
        else:
            choose_folder(self.frame, f"{self._about.kind.name}存到文件夹", lambda text: write(Path(text)))

    def _write(self, items: Sequence[Any], wish: LetterWish, folder: Path, *, in_one_file: bool) -> None:
        name = self._about.kind.name
        progress = ProgressDialog(f"正在生成{name}", self.frame, counter="个")

        def work(ctx: JobContext) -> tuple[Path, ...]:
            letter_wording.keep_contact(self.workspace, wish)
            return self._about.files.write(self.workspace, items, wish, folder, ctx, in_one_file=in_one_file)

        def done(files: tuple[Path, ...]) -> None:
            progress.finish()
            units = len({item.unit.code for item in items})
            sentence = f"{units} 个单位的{name}已生成，打印后盖章发出。"
            dialog = FilesDialog(WrittenFiles(f"{name}已写入", sentence, folder, files), self.frame)
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
