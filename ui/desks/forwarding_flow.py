"""Forwarding at the department's desk (汇总报送控制): tick, folder, password, one package upward."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from models.domain.errors import DeskError, WrongPassword
from services.changes import ChangeSet, Topic
from services.department import forwarding
from services.department.forwarding import Forwardable, ForwardResult
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
        self.refresh()

    def on_change(self, change: ChangeSet) -> None:
        """Packages and decisions decide what may go."""
        if change.topics & {Topic.PACKAGES, Topic.FILINGS, Topic.KITS}:
            self.refresh()

    def refresh(self) -> None:
        """Read anew what could go upward."""

        def read(_ctx: JobContext) -> tuple[Forwardable, ...]:
            return forwarding.forwardable(self.workspace)

        self.run(read, self.view.set_items)

    def _ask_folder(self, manifests: tuple[str, ...]) -> None:
        choose_folder(
            self.frame, "汇总报送文件存到文件夹", lambda folder: self.ask_password(manifests, Path(folder))
        )

    def ask_password(self, manifests: tuple[str, ...], folder: Path) -> None:
        """Ask for the 签名密码 and write the package."""
        told = f"演示密码：{self.parts.practice_password}。" if self.parts.practice_password else ""
        intro = _INTRO.format(count=len(manifests)) + told
        dialog = PasswordDialog("生成汇总报送文件", intro, accept_text="签名并生成", parent=self.frame)

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
        written = WrittenFiles("汇总报送文件已写入", sentence, folder, (result.written.path,))
        dialog = FilesDialog(written, self.frame)
        dialog.folder_requested.connect(open_outside)
        self.open_dialog(dialog)
