"""Reading what was received (查看收到的表): a package's forms, one form read-only, documents saved out."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject

from services import archive, package_forms
from services.archive import ReceivedForm
from services.package_forms import PackageForm
from services.package_lines import PackageLine
from services.ports.store import SubmittedVersion
from ui.bureau.files_dialog import FilesDialog
from ui.bureau.package_forms_dialog import PackageFormsDialog
from ui.bureau.received_form_page import ReceivedFormPage
from ui.bureau.records import WrittenFiles
from ui.desks.base import DeskController, DeskParts, open_outside
from ui.desks.received_compare_flow import CompareFlow
from ui.desks.received_evidence_flow import ReceivedEvidenceFlow
from ui.desks.score_prints import ScorePrints
from ui.jobs import Lane
from ui.widgets.file_drop import choose_folder

PAGE = "received"


class FormsFlow(DeskController):
    """Opens received forms (查看收到的表)."""

    def __init__(self, parts: DeskParts, parent: QObject | None = None) -> None:
        super().__init__(parts, parent)
        self.page: ReceivedFormPage | None = None
        self.evidence: ReceivedEvidenceFlow | None = None
        self.beside: CompareFlow | None = None
        self.scores = ScorePrints(parts, self)
        self._came_from = ""

    def open_package(self, line: PackageLine) -> None:
        """Open the only form of a package, or let one be chosen."""
        record = line.record
        if record is None:
            return

        def show(forms: tuple[PackageForm, ...]) -> None:
            if len(forms) == 1:
                self.open(forms[0].filing_id, forms[0].manifest_sha256)
            elif forms:
                self._choose(line.unit_name, forms)

        self.run(lambda _ctx: package_forms.forms_of(self.workspace, record), show)

    def open(self, filing_id: str, manifest: str = "") -> None:
        """Open a received form in the filer's own layout: as it came in one package, else as it is in force."""

        def show(form: ReceivedForm) -> None:
            if self.page is None:
                self.page = ReceivedFormPage()
                self.page.closed.connect(self._on_closed)
                self.page.save_requested.connect(self._on_save)
                self.page.score_print_requested.connect(self._on_score_print)
                self.page.score_save_requested.connect(self._on_score_save)
                self.evidence = ReceivedEvidenceFlow(self.parts, self.page, self._tell, self)
                self.beside = CompareFlow(self.parts, self.page, self)
                self.frame.add_page(PAGE, self.page)
            if self.frame.current_page() != PAGE:
                self._came_from = self.frame.current_page()
            self.page.open(form, manifest)
            self.frame.show_page(PAGE)

        self.run(lambda _ctx: archive.open_received(self.workspace, filing_id), show)

    def close(self) -> None:
        """Let the form go."""
        for part in (self.evidence, self.beside):
            if part is not None:
                part.close()
        if self.page is not None:
            self.page.close_form()
        self.scores.close()
        super().close()

    def _choose(self, unit_name: str, forms: tuple[PackageForm, ...]) -> None:
        dialog = PackageFormsDialog(unit_name, forms, self.frame)

        def chosen(form: PackageForm) -> None:
            dialog.accept()
            self.open(form.filing_id, form.manifest_sha256)

        dialog.form_requested.connect(chosen)
        dialog.save_requested.connect(self._ask_folder)
        dialog.save_requested.connect(lambda _forms: dialog.accept())
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_closed(self) -> None:
        self.frame.show_page(self._came_from or "intake")

    def _on_save(self, form: ReceivedForm, version: SubmittedVersion) -> None:
        filing, project = form.filing, form.context.project
        subject = project.name if project else form.context.unit.name
        one = PackageForm(
            filing.filing_id,
            version.version,
            version.manifest_sha256,
            subject,
            form.context.title(form.form),
            filing.budget_year,
            None,
        )
        self._ask_folder((one,))

    def _on_score_print(self) -> None:
        if self.page is not None:
            self.scores.print_out(self.page.wizard().session)

    def _on_score_save(self) -> None:
        if self.page is not None:
            self.scores.choose_folder(self.page.wizard().session)

    def _ask_folder(self, forms: tuple[PackageForm, ...]) -> None:
        choose_folder(self.frame, "另存到文件夹", lambda folder: self._save(forms, Path(folder)))

    def _save(self, forms: tuple[PackageForm, ...], folder: Path) -> None:
        def done(saved: list[Path]) -> None:
            sentence = f"已另存 {len(saved)} 个文件，都是报送时签名的原件。"
            self._tell(WrittenFiles("已另存", sentence, folder, tuple(saved)))

        self.run(
            lambda ctx: package_forms.save_forms(self.workspace, forms, folder, ctx), done, lane=Lane.LONG
        )

    def _tell(self, written: WrittenFiles) -> None:
        dialog = FilesDialog(written, self.frame)
        dialog.folder_requested.connect(open_outside)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
