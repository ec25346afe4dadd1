"""Forwarding at the department's desk (汇总报送控制): tick, folder, password, one package upward."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from models.domain.errors import DeskError, WrongPassword
from services import token_keys
from services.changes import ChangeSet, Topic
from services.department import forwarding
from services.department.forwarding import Forwardable, ForwardResult
from services.department.unsigned import put_out_books, unsigned_forms
from services.job import JobContext
from ui.bureau.files_dialog import FilesDialog
from ui.bureau.records import WrittenFiles
from ui.department.forward_view import ForwardView
from ui.desks.base import DeskController, DeskParts, open_outside
from ui.widgets.file_drop import choose_folder
from ui.widgets.password_dialog import PasswordDialog

PAGE = "forward"
_INTRO = "本部门的签名确认审核意见和随附的 {count} 份报送文件。"


class ForwardingFlow(DeskController):
    """The page 汇总报送 (汇总报送控制)."""

    def __init__(self, parts: DeskParts, parent: QObject | None = None) -> None:
        super().__init__(parts, parent)
        self.view = ForwardView()
        self.frame.add_page(PAGE, self.view)
        self.view.submitted.connect(self._ask_folder)
        self.view.books_requested.connect(
            lambda: choose_folder(
                self.frame, "Excel 表取出到文件夹", lambda path: self.put_out_books(Path(path))
            )
        )
        self.refresh()

    def on_change(self, change: ChangeSet) -> None:
        """Packages and decisions decide what may go."""
        if change.topics & {Topic.PACKAGES, Topic.FILINGS, Topic.KITS}:
            self.refresh()

    def refresh(self) -> None:
        """Read anew what could go upward."""

        def read(_ctx: JobContext) -> tuple[tuple[Forwardable, ...], str]:
            return forwarding.forwardable(self.workspace), unsigned_forms(self.workspace).sentence

        self.run(read, self._show)

    def put_out_books(self, folder: Path) -> None:
        """The workbooks of unsigned forms into a folder."""

        def tell(paths: tuple[Path, ...]) -> None:
            words = "连同盖章纸质件交给财政部门，由财政部门接收。"
            self._tell_files(WrittenFiles("已取出 Excel 表", words, folder, paths))

        self.run(lambda ctx: put_out_books(self.workspace, folder, ctx), tell)

    def _show(self, found: tuple[tuple[Forwardable, ...], str]) -> None:
        self.view.set_items(found[0])
        self.view.set_unsigned(found[1])

    def _ask_folder(self, manifests: tuple[str, ...]) -> None:
        choose_folder(
            self.frame, "汇总报送文件存到文件夹", lambda folder: self.ask_password(manifests, Path(folder))
        )

    def ask_password(self, manifests: tuple[str, ...], folder: Path) -> None:
        """Ask for the 签名密码 and write the package."""
        told = f"演示签名密码：{self.parts.practice_signature}。" if self.parts.practice_password else ""
        intro = _INTRO.format(count=len(manifests)) + told
        asked = (token_keys.secret_name(self.workspace, "unit"),)
        dialog = PasswordDialog("生成汇总报送文件", intro, asked, "签名并生成", self.frame)

        def failed(error: DeskError) -> None:
            if isinstance(error, WrongPassword):
                dialog.show_wrong_password(f"{error.what.rstrip('。')}。", error.wait_seconds)
            else:
                dialog.show_problem(error.sentence)

        def submit(given: tuple[str]) -> None:
            self.run_for(
                dialog,
                lambda ctx: forwarding.forward(self.workspace, manifests, folder, given[0], ctx),
                partial(self._tell, folder),
                failed,
            )

        dialog.submitted.connect(submit)
        self.open_dialog(dialog)

    def _tell(self, folder: Path, result: ForwardResult) -> None:
        sentence = f"已汇总 {result.package_count} 份报送文件，把这个文件交给财政部门即可。"
        self._tell_files(WrittenFiles("汇总报送文件已写入", sentence, folder, (result.written.path,)))

    def _tell_files(self, written: WrittenFiles) -> None:
        dialog = FilesDialog(written, self.frame)
        dialog.folder_requested.connect(open_outside)
        self.open_dialog(dialog)
