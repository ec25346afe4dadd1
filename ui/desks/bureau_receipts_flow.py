"""Issuing receipts (开具回执): for one package or all that wait, into a folder, with progress."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from services import receipt_batch, receipts
from services.ports.exchange import UnlockedKey
from services.ports.store import PackageRecord
from ui.bureau.files_dialog import FilesDialog
from ui.bureau.records import WrittenFiles
from ui.desks.base import DeskController, DeskParts, open_outside
from ui.desks.bureau_key_access import KeyAccess
from ui.jobs import Lane
from ui.widgets.file_drop import choose_folder
from ui.widgets.progress_panel import ProgressDialog


class ReceiptsFlow(DeskController):
    """Writes receipts (开具回执)."""

    def __init__(self, parts: DeskParts, access: KeyAccess, parent: QObject | None = None) -> None:
        super().__init__(parts, parent)
        self._access = access

    def issue_all(self) -> None:
        """Receipts for every submission that has none."""
        self.run(lambda _ctx: receipts.without_receipt(self.workspace), self.issue)

    def issue(self, records: Sequence[PackageRecord]) -> None:
        """Receipts for these."""
        if records:
            why = f"开具 {len(records)} 份回执要用本局的签名。"
            self._access.need_signature(why, partial(self._ask_folder, tuple(records)))

    def _ask_folder(self, records: tuple[PackageRecord, ...], key: UnlockedKey) -> None:
        choose_folder(self.frame, "回执存到文件夹", lambda folder: self._write(records, key, Path(folder)))

    def _write(self, records: tuple[PackageRecord, ...], key: UnlockedKey, folder: Path) -> None:
        progress = ProgressDialog("正在开具回执", self.frame, counter="份")

        def done(written: list[Path]) -> None:
            progress.finish()
            is_sorted = any(path.parent != folder for path in written)
            sorted_so = "，按交回的单位分放在文件夹里" if is_sorted else ""
            sentence = f"已开具 {len(written)} 份回执{sorted_so}，交回各报送单位装入即可。"
            self._tell(WrittenFiles("回执已写入", sentence, folder, tuple(written)))

        def failed(error: BaseException) -> None:
            progress.finish()
            self.parts.door.show(error)

        def stopped() -> None:
            progress.finish()
            self.frame.notice.show_notice("已停止。已写入的回执有效，其余的可以再次开具。")

        job = self.parts.jobs.run(
            lambda ctx: receipt_batch.issue_receipts(self.workspace, records, key, folder, ctx),
            done,
            failed,
            progress.set_progress,
            cancelled=stopped,
            lane=Lane.LONG,
        )
        progress.cancel_requested.connect(job.cancel)
        progress.finished.connect(progress.deleteLater)
        progress.open()

    def _tell(self, written: WrittenFiles) -> None:
        dialog = FilesDialog(written, self.frame)
        dialog.folder_requested.connect(open_outside)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
