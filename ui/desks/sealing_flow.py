"""生成报送文件 at the clerk's desk (报送控制): the dialog, what was made, covers and forms to print."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from models.domain.errors import DeskError, WrongPassword
from services import printouts, sealing
from services.addressee import handing_over
from services.changes import ChangeSet, Topic
from services.exemptions import exemption_count
from services.job import JobContext
from ui.desks.base import DeskController, DeskParts, open_outside
from ui.desks.countersign_flow import CountersignFlow
from ui.desks.documents_folder import documents_folder
from ui.desks.filer_records import seal_background, seal_outcome, sent_lines
from ui.filer.records import SealLine, SealOutcome, SealSigner, SentLine
from ui.filer.seal_dialog import SealDialog, SealRequest
from ui.filer.sent_view import SentView
from ui.jobs import Job, Lane
from ui.widgets.file_drop import choose_folder


class SealingFlow(DeskController):
    """Makes packages and shows those made (报送)."""

    filing_requested = Signal(str, str)

    def __init__(self, parts: DeskParts, parent: QObject | None = None) -> None:
        super().__init__(parts, parent)
        self.sent = SentView()
        self.frame.add_page("sent", self.sent)
        self._job: Job | None = None
        self._folder: Path | None = None
        self.sent.seal_requested.connect(self._on_wanted)
        self.sent.cover_requested.connect(lambda line: self._print_cover(line.manifest_sha256))
        self.sent.folder_requested.connect(self._show_folder)
        self.sent.forms_requested.connect(lambda line: self._print_forms(line.manifest_sha256))
        self.sent.copy_requested.connect(self._copy_again)
        self.countersigning = CountersignFlow(parts, self)
        self.countersigning.told.connect(self.frame.notice.show_notice)
        self.sent.head_requested.connect(lambda line: self.countersigning.sign_own(line.manifest_sha256))
        self.sent.head_file_requested.connect(self.countersigning.choose)

    def on_change(self, change: ChangeSet) -> None:
        """Packages show here."""
        if Topic.PACKAGES in change.topics:
            self.refresh()

    def close(self) -> None:
        """Stop what is being made; what is not finished leaves no file."""
        self._cancel()
        self.countersigning.close()
        super().close()

    def refresh(self) -> None:
        """Read the packages anew."""
        self.run(lambda _ctx: sent_lines(self.workspace), self.sent.set_packages)
        self.run(
            lambda _ctx: sealing.needs_countersignature(self.workspace.current_kit().kit),
            self.sent.set_two_signers,
        )

    def begin(self, wanted: Collection[str] = ()) -> SealDialog:
        """Open the dialog; `wanted` ticks only these filings."""
        dialog = SealDialog(self.frame)
        dialog.set_steps(sealing.STEPS)
        if self.parts.practice_password:
            dialog.set_password_hint(f"演示签名密码：{self.parts.practice_signature}")
        self.run(
            lambda _ctx: seal_background(self.workspace),
            lambda found: self._fill(dialog, found, wanted),
        )
        self.run(
            lambda _ctx: exemption_count(self.workspace),
            lambda count: dialog.set_exempted(count) if self.is_open(dialog) else None,
        )
        dialog.folder_chosen.connect(lambda folder: self._on_folder(dialog, folder))
        dialog.seal_requested.connect(lambda request: self._seal(dialog, request))
        dialog.cancel_requested.connect(self._cancel)
        dialog.filing_requested.connect(lambda task, project: self._go_to(dialog, task, project))
        dialog.cover_requested.connect(lambda outcome: self._print_cover(outcome.manifest_sha256))
        dialog.forms_requested.connect(lambda outcome: self._print_forms(outcome.manifest_sha256))
        dialog.open_folder_requested.connect(lambda outcome: open_outside(outcome.path.parent))
        self.open_dialog(dialog)
        self._on_folder(dialog, self._folder or documents_folder())
        return dialog

    def _on_wanted(self) -> None:
        self.begin()

    def _fill(
        self,
        dialog: SealDialog,
        found: tuple[list[SealLine], str, SealSigner | None],
        wanted: Collection[str],
    ) -> None:
        if not self.is_open(dialog):
            return
        lines, obstacle, signer = found
        dialog.set_candidates(lines, wanted)
        dialog.set_obstacle(obstacle)
        dialog.set_signer(signer)

    def _go_to(self, dialog: SealDialog, task_id: str, project_id: str) -> None:
        dialog.close()
        self.filing_requested.emit(task_id, project_id)

    def _on_folder(self, dialog: SealDialog, folder: Path) -> None:
        files = self.workspace.tools.files

        def show(free: int) -> None:
            self._folder = folder
            if self.is_open(dialog):
                dialog.set_target(folder, free)

        def refuse(error: BaseException) -> None:
            if not isinstance(error, DeskError):
                self.parts.door.show(error)
            elif self.is_open(dialog):
                name = folder.name or str(folder)
                dialog.set_target(None, None, f"“{name}”打不开。请检查 U 盘是否插好，或者另选一个文件夹。")

        self.run(lambda _ctx: files.free_bytes(folder), show, refuse)

    def _seal(self, dialog: SealDialog, request: SealRequest) -> None:
        workspace = self.workspace

        def work(ctx: JobContext) -> SealOutcome:
            over = handing_over(workspace)
            made = sealing.seal(workspace, request.filing_ids, request.folder, request.password, ctx)
            return seal_outcome(made, over)

        self._job = self.run(
            work,
            dialog.show_result,
            lambda error: self._on_failed(dialog, error),
            progress=dialog.set_progress,
            cancelled=dialog.show_cancelled,
            lane=Lane.LONG,
        )

    def _on_failed(self, dialog: SealDialog, error: BaseException) -> None:
        if isinstance(error, WrongPassword):
            dialog.show_wrong_password(f"{error.what.rstrip('。')}。", error.wait_seconds)
        elif isinstance(error, DeskError):
            dialog.show_failure(error.sentence)
        else:
            dialog.show_failure("生成时出了意外，没有生成文件，填报内容没有变化。")
            self.parts.door.show(error)

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _print_cover(self, manifest_sha256: str) -> None:
        """Write the cover as PDF and open it with the machine's own reader."""
        self.run(lambda _ctx: printouts.write_cover(self.workspace, manifest_sha256), self._open_printed)

    def _print_forms(self, manifest_sha256: str) -> None:
        """Write the signed forms under readable names and open their folder."""
        self.run(lambda _ctx: printouts.write_forms(self.workspace, manifest_sha256), self._open_printed)

    def _open_printed(self, path: Path) -> None:
        if not open_outside(path):
            self.frame.notice.show_notice(f"已保存到 {path}，请用 PDF 阅读程序打开。")

    def _show_folder(self, line: SentLine) -> None:
        with self.workspace.store.reading() as work:
            record = work.packages.get(line.manifest_sha256)
        folder = Path(record.source_path).parent if record else None
        if folder is None or not folder.is_dir() or not open_outside(folder):
            self.frame.notice.show_notice("原来的文件夹现在打不开（U 盘可能已拔出），可以点“再存一份…”。")

    def _copy_again(self, line: SentLine) -> None:
        choose_folder(self.frame, "再存一份到", lambda folder: self._copy(line, Path(folder)))

    def _copy(self, line: SentLine, folder: Path) -> None:
        def work(_ctx: JobContext) -> Path:
            kept = self.workspace.archive / f"{line.manifest_sha256}.asice"
            files = self.workspace.tools.files
            files.write(folder / line.file_name, files.read_back(kept))
            return folder / line.file_name

        self.run(work, lambda path: self.frame.notice.show_notice(f"已存到 {path}"))
