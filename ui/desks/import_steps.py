"""One workbook on its way into the open form (导入步骤): columns first, then what would be taken over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from forms import registry
from forms.hand_filled.mapping import ColumnChoice
from models.domain.money import AmountUnit
from services import excel_import
from services.excel_import import WorkbookImport
from ui.wizard.import_dialog import ImportDialog
from ui.wizard.offers_dialog import OffersDialog
from ui.wizard.view import WizardView

if TYPE_CHECKING:
    from ui.desks.taking_over_flow import TakingOverFlow


class ImportSteps(QObject):
    """One workbook on its way into the form (导入步骤): columns first, then what would be taken over."""

    def __init__(
        self, flow: TakingOverFlow, view: WizardView, imported: WorkbookImport, current: int | None
    ) -> None:
        super().__init__(flow)
        self._flow, self._view, self._imported = flow, view, imported
        session = view.session
        titles = {head.form_id: head.title for head in registry.heads()}
        self._dialog = ImportDialog(imported.path.name, session.form.form_id, titles, flow.frame)
        self._current = self._likeliest() if current is None else current
        self._dialog.table_chosen.connect(self._on_table)
        self._dialog.role_chosen.connect(self._on_role)
        self._dialog.unit_chosen.connect(self._on_unit)
        self._dialog.submitted.connect(self._on_submitted)

    def begin(self) -> None:
        """Show the workbook."""
        self._show()
        self._flow.open_dialog(self._dialog)

    def _likeliest(self) -> int:
        """The table of this form and project, else of this form, else the first."""
        session = self._view.session
        project = session.context.project.name if session.context.project else ""

        def rank(number: int) -> tuple[bool, bool]:
            stated = self._imported.tables[number].stated
            return stated.form == session.form.form_id, bool(project) and stated.project_name == project

        return max(range(len(self._imported.tables)), key=rank, default=0)

    def _show(self) -> None:
        tables = self._imported.tables
        self._current = min(self._current, len(tables) - 1)
        table = tables[self._current]
        self._dialog.show_tables(tables, self._current)
        self._dialog.show_reading(table.stated, self._imported.mapping(table.number))

    def _on_table(self, number: int) -> None:
        self._current = number
        self._show()

    def _on_role(self, choice: ColumnChoice, role: str) -> None:
        number = self._imported.tables[self._current].number
        self._imported = self._imported.with_role(number, choice.block, choice.column, role)
        self._show()

    def _on_unit(self, unit: AmountUnit) -> None:
        number = self._imported.tables[self._current].number
        self._imported = self._imported.with_unit(number, unit)
        self._show()

    def _on_submitted(self) -> None:
        """On to what would be taken over; corrected columns are kept for the next file."""
        flow, imported = self._flow, self._imported
        session = self._view.session
        stated = imported.tables[self._current].stated
        found = excel_import.taking_over(session.form, session.context, session.answers, stated)
        if not found.offers:
            self._dialog.show_problem("表里的内容和现在填的一样，没有可带入的。")
            return
        flow.run(lambda _ctx: excel_import.keep_mappings(flow.workspace, imported))
        self._dialog.accept()
        intro = f"{imported.path.name}　与现在不同的已勾选，不想带入的请取消。带入后可以按 Ctrl+Z 一次撤销。"
        dialog = OffersDialog(
            "核对要带入的内容", found.offers, flow.frame, intro=intro, unread=found.notes, has_way_back=True
        )
        project = session.context.project
        if project is not None and stated.project_name and stated.project_name != project.name:
            dialog.show_problem(
                f"表里的项目是“{stated.project_name[:40]}”，现在打开的是“{project.name}”，请确认没有选错文件。"
            )
        dialog.taken.connect(lambda chosen: flow.take(dialog, chosen, imported.path.name))
        dialog.back_requested.connect(lambda: flow.show_import(imported, self._current))
        flow.open_dialog(dialog)
