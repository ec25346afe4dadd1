"""Issuing a kit (下发任务参数包): keys, folder, the signed file, its 核对码, the paper that carries it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from models.domain.check_code import check_code_of_digest
from services import covers, kit_drafts, kit_issue
from services.bureau_keys import BureauKeys
from services.job import JobContext
from services.kit_issue import KitDraft
from services.ports.store import PackageRecord
from ui.bureau.choosing import choose_target
from ui.bureau.issued_kit_dialog import IssuedKitDialog
from ui.desks.base import DeskController, DeskParts, open_outside
from ui.desks.bureau_key_access import KeyAccess
from ui.jobs import Lane
from ui.widgets.file_drop import choose_folder
from ui.widgets.progress_panel import ProgressDialog

PDF_FILTER = "PDF 文件 (*.pdf)"


class IssueFlow(DeskController):
    """Signs and writes a kit (下发); `issued` once it lies there."""

    issued = Signal()

    def __init__(self, parts: DeskParts, access: KeyAccess, parent: QObject | None = None) -> None:
        super().__init__(parts, parent)
        self._access = access

    def issue(self, draft: KitDraft) -> None:
        """Ask for keys and folder, then write."""
        self._access.need("下发任务参数包要用本局的签名。", partial(self._ask_folder, draft))

    def save_notice(self, record: PackageRecord, name: str, version: int) -> None:
        """Save the paper with the 核对码."""
        choose_target(
            self.frame,
            "保存核对单",
            f"任务参数包核对单_第{version}版.pdf",
            PDF_FILTER,
            lambda path: self._save_notice(record, name, version, Path(path)),
        )

    def _ask_folder(self, draft: KitDraft, keys: BureauKeys) -> None:
        choose_folder(
            self.frame, "任务参数包存到文件夹", lambda folder: self._write(draft, keys, Path(folder))
        )

    def _write(self, draft: KitDraft, keys: BureauKeys, folder: Path) -> None:
        progress = ProgressDialog("正在生成任务参数包", self.frame)
        progress.panel.cancel_button.hide()

        def work(_ctx: JobContext) -> tuple[PackageRecord, int]:
            record = kit_issue.issue_kit(self.workspace, draft, keys, folder)
            kit_drafts.drop_draft(self.workspace)
            return record, self.workspace.current_kit().kit.version

        def done(found: tuple[PackageRecord, int]) -> None:
            progress.finish()
            self.issued.emit()
            self._tell(draft.name, *found)

        def failed(error: BaseException) -> None:
            progress.finish()
            self.parts.door.show(error)

        self.run(work, done, failed, lane=Lane.LONG)
        progress.finished.connect(progress.deleteLater)
        progress.open()

    def _tell(self, name: str, record: PackageRecord, version: int) -> None:
        code = check_code_of_digest(bytes.fromhex(record.payload_sha256))
        dialog = IssuedKitDialog(name, version, Path(record.source_path), code, self.frame)
        dialog.notice_requested.connect(lambda: self.save_notice(record, name, version))
        dialog.folder_requested.connect(open_outside)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _save_notice(self, record: PackageRecord, name: str, version: int, path: Path) -> None:
        target = path if path.suffix.lower() == ".pdf" else path.with_name(f"{path.name}.pdf")

        def work(_ctx: JobContext) -> None:
            page = covers.kit_notice(self.workspace, record, name, version)
            self.workspace.tools.files.write(target, page)

        self.run(work, lambda _none: self.frame.notice.show_notice(f"核对单已保存到 {target}"))
