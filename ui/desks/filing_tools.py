"""What can be done with the open form beside filling it in (填报工具): history of a field, export of the documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject

from forms.findings import Place
from forms.offers import cell_label
from models.domain.filing import AnswerChange
from services import exporting, filings, printing
from services.archive import save_documents
from services.filings import OpenFiling
from services.job import JobContext
from ui.desks.base import DeskController, DeskParts, open_outside
from ui.desks.documents_folder import documents_folder
from ui.desks.history_dialog import HistoryDialog
from ui.widgets.file_drop import choose_folder
from ui.wizard.view import WizardView


class FilingTools(DeskController):
    """History and export of the form a wizard shows (填报工具)."""

    def __init__(self, parts: DeskParts, view: WizardView, parent: QObject | None = None) -> None:
        super().__init__(parts, parent)
        self._view = view
        self._folder = ""

    def show_history(self, opened: OpenFiling, place: Place) -> None:
        """Every change of one field or cell."""
        self._view.session.end_run()
        self.run(
            lambda _ctx: filings.history(self.workspace, opened.filing.filing_id, place.path),
            lambda changes: self._show_changes(place, changes),
        )

    def choose_export(self, opened: OpenFiling) -> None:
        """Ask where to, then write PDF and workbook of the form as it stands in the window."""
        start = self._folder or str(documents_folder())
        choose_folder(
            self.frame, "导出 PDF 和 Excel 到", lambda folder: self.export(opened, Path(folder)), start
        )

    def export(self, opened: OpenFiling, folder: Path) -> None:
        """Write PDF and workbook; what is not fit to be handed in carries 草稿 on its pages."""
        self._folder = str(folder)
        session = self._view.session
        current = replace(
            opened,
            filing=replace(opened.filing, answers=dict(session.answers), explanations=session.explanations),
        )

        def work(_ctx: JobContext) -> Sequence[Path]:
            documents = exporting.documents_of(self.workspace, current)
            return save_documents(self.workspace, documents, folder, printing.readable_stem(current))

        self.run(work, self._on_exported)

    def _show_changes(self, place: Place, changes: Sequence[AnswerChange]) -> None:
        if not self._view.is_open():
            return
        session = self._view.session
        spec, context = session.spec(place), session.context
        name = f"“{spec.label_in(context)}”"
        if place.row_id:
            name = cell_label(session.form.table(place.field), context, session.row(place), spec)
        dialog = HistoryDialog(name, spec, context, changes, self.frame)
        dialog.restore_requested.connect(lambda value: session.set_value(place, value))
        self.open_dialog(dialog)

    def _on_exported(self, saved: Sequence[Path]) -> None:
        names = "、".join(path.name for path in saved)
        self.frame.notice.show_notice(f"已导出到“{saved[0].parent}”：{names}")
        open_outside(saved[0].parent)
