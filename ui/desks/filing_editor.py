"""The open form at the clerk's desk (填报控制): opening, autosave of every batch, recovery, history, export."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from forms.findings import FindingCounts, Place
from models.domain.errors import DeskError
from models.domain.filing import FilingStatus
from services import exporting, filings, printing
from services.archive import save_documents
from services.filings import OpenFiling
from services.job import JobContext
from ui.desks.base import DeskController, DeskParts
from ui.desks.history_dialog import HistoryDialog
from ui.wizard.view import WizardView

PAGE = "filing"
RETRY_MS = 5_000
"""How soon saving is tried again after it failed; the text stays in the window meanwhile."""


@dataclass(frozen=True)
class _Batch:
    """What is to be saved (待保存内容)."""

    answers: dict[str, Any]
    explanations: dict[str, str]
    counts: FindingCounts


class FilingEditor(DeskController):
    """One form open for filling in (填报控制); `closed` when the clerk goes back."""

    closed = Signal()
    seal_requested = Signal(str)

    def __init__(self, parts: DeskParts, parent: QObject | None = None) -> None:
        super().__init__(parts, parent)
        self.view = WizardView()
        self.frame.add_page(PAGE, self.view)
        self._opened: OpenFiling | None = None
        self._waiting: _Batch | None = None
        self._is_saving = False
        self._saved_counts: FindingCounts | None = None
        self._after_save: list[Any] = []
        self._retry = QTimer(self)
        self._retry.setSingleShot(True)
        self._retry.setInterval(RETRY_MS)
        self._retry.timeout.connect(self._save)
        self.view.answers_changed.connect(self._on_batch)
        self.view.checked.connect(self._on_checked)
        self.view.explanation_changed.connect(lambda _key, _text: self._on_batch(None))
        self.view.save_requested.connect(self._on_save_requested)
        self.view.close_requested.connect(lambda: self.leave(self.closed.emit))
        self.view.seal_requested.connect(self._on_seal)
        self.view.history_requested.connect(self._on_history)

    def open(self, task_id: str, project_id: str, *, note: str = "", reopen: bool = False) -> None:
        """Open a form; `reopen` makes a sealed or received one editable for a new version."""

        def work(_ctx: JobContext) -> OpenFiling:
            opened = filings.open_filing(self.workspace, task_id, project_id)
            return filings.reopen(self.workspace, opened) if reopen else opened

        self.leave(lambda: self.run(work, lambda opened: self._show(opened, note)))

    def leave(self, then: Any) -> None:
        """Save what is pending, then go on; nothing is waited for when nothing is pending."""
        if self.view.is_open():
            self.view.flush()
        if self._waiting is None and not self._is_saving:
            then()
        else:
            self._after_save.append(then)
            self._save()

    def has_unsaved(self) -> bool:
        """Whether something typed is not in the database yet."""
        if self.view.is_open():
            self.view.flush()
        return self._waiting is not None or self._is_saving

    def close(self) -> None:
        """Let the form go."""
        self._retry.stop()
        self.view.close_form()
        super().close()

    def _show(self, opened: OpenFiling, note: str) -> None:
        self._opened = opened
        self._saved_counts = None
        filing = opened.filing
        read_only = not filing.status.is_editable
        notices = []
        if filing.status is FilingStatus.EXEMPT:
            notices = [f"已标记为无需填报：{filing.exempt_reason}"]
        elif read_only:
            notices = [
                f"这份表{filing.status.label}（第 {filing.version} 版），只读。要改请在工作台选“修改后重新报送”。"
            ]
        self.view.open(
            opened.form,
            opened.context,
            filing.answers,
            filing.explanations,
            read_only=read_only,
            notices=notices,
            recovered_note=note,
        )
        if filing.updated_at is not None:
            self.view.set_saved(f"{filing.updated_at.astimezone():%H:%M:%S}")
        self.frame.show_page(PAGE)

    def _on_batch(self, _answers: object) -> None:
        session = self.view.session
        if session.read_only:
            return
        self._waiting = _Batch(dict(session.answers), dict(session.explanations), session.counts)
        self._save()

    def _on_checked(self, _report: object) -> None:
        """Counts that a save has overtaken are saved after it."""
        counts = self.view.session.counts
        if self._saved_counts is not None and counts != self._saved_counts:
            self._on_batch(None)

    def _on_save_requested(self) -> None:
        self.view.flush()
        self._save()

    def _save(self) -> None:
        """Save the newest batch; one job at a time, a newer batch follows when it is done."""
        opened, batch = self._opened, self._waiting
        if opened is None or batch is None or self._is_saving:
            return
        self._waiting, self._is_saving = None, True
        self._saved_counts = batch.counts
        self.run(
            lambda _ctx: filings.save_draft(
                self.workspace, opened, batch.answers, batch.explanations, batch.counts
            ),
            self._on_saved,
            lambda error: self._on_not_saved(error, batch),
        )

    def _on_saved(self, saved: OpenFiling) -> None:
        self._is_saving = False
        self._opened = saved
        if saved.filing.updated_at is not None and self.view.is_open():
            self.view.set_saved(f"{saved.filing.updated_at.astimezone():%H:%M:%S}")
        if self._waiting is not None:
            self._save()
            return
        waiting, self._after_save = self._after_save, []
        for then in waiting:
            then()

    def _on_not_saved(self, error: BaseException, batch: _Batch) -> None:
        """Keep what was typed, say why, try again."""
        self._is_saving = False
        self._waiting = self._waiting or batch
        self._after_save = []
        if isinstance(error, DeskError):
            self.view.set_save_problem(f"没有保存：{error.sentence}已填内容仍在窗口里，会继续尝试保存。")
            self._retry.start()
        else:
            self.parts.door.show(error)

    def save_now(self) -> bool:
        """Save on this thread, before a crash is shown; whether everything is safe."""
        opened, batch = self._opened, self._waiting
        if opened is None or batch is None:
            return True
        saved = filings.save_draft(self.workspace, opened, batch.answers, batch.explanations, batch.counts)
        self._opened, self._waiting = saved, None
        return True

    def _on_seal(self) -> None:
        opened = self._opened
        if opened is not None:
            self.leave(lambda: self.seal_requested.emit(opened.filing.filing_id))

    def _on_history(self, place: Place) -> None:
        opened = self._opened
        if opened is None or opened.is_new:
            return
        session = self.view.session
        self.run(
            lambda _ctx: filings.history(self.workspace, opened.filing.filing_id, place.path),
            lambda changes: self._show_history(place, list(changes)),
        )
        session.end_run()

    def _show_history(self, place: Place, changes: list[Any]) -> None:
        session = self.view.session
        spec = session.spec(place)
        dialog = HistoryDialog(spec, session.context, changes, self.view)
        dialog.restore_requested.connect(lambda value: session.set_value(place, value))
        dialog.open()

    def export_documents(self, folder: Path) -> None:
        """Save PDF and workbook of the open form as it now stands."""
        opened = self._opened
        if opened is None:
            return
        session = self.view.session
        current = replace(
            opened,
            filing=replace(opened.filing, answers=dict(session.answers), explanations=session.explanations),
        )

        def work(_ctx: JobContext) -> list[Path]:
            documents = exporting.documents_of(self.workspace, current)
            return save_documents(self.workspace, documents, folder, printing.readable_stem(current))

        self.run(work, self._on_exported)

    def _on_exported(self, saved: list[Path]) -> None:
        names = "、".join(path.name for path in saved)
        self.frame.notice.show_notice(f"已导出：{names}")
