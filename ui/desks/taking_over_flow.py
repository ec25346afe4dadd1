"""Taking over and handing out at the clerk's desk (带入与分发控制): Excel, last year, and forms others fill in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject

from forms.hand_back import merge_offers
from forms.hand_out import steps_to_fill
from forms.last_year import last_year_offers
from forms.offers import Offer
from models.domain.filing import AnswerChange
from services import excel_import, filings, hand_outs
from services.excel_import import WorkbookImport
from services.filings import OpenFiling
from services.hand_outs import HandedOut, HandOutNote, HandOutWish, TakenBack
from ui.desks.autosave import Autosave
from ui.desks.base import DeskController, DeskParts, open_outside
from ui.desks.documents_folder import documents_folder
from ui.desks.form_history_dialog import FormHistoryDialog
from ui.desks.import_steps import ImportSteps
from ui.theme import Tone
from ui.widgets.file_drop import choose_file, choose_folder
from ui.wizard.hand_out_dialog import HandOutDialog
from ui.wizard.offers_dialog import OffersDialog
from ui.wizard.taking_over import TakeWish
from ui.wizard.view import WizardView

TABLES = "Excel 表格 (*.xlsx *.xlsm *.xls *.et)"


class TakingOverFlow(DeskController):
    """What comes into the open form from elsewhere, and what goes out to be filled in (带入与分发).

    `leave` (then) saves what is pending before a form is handed out.
    """

    def __init__(
        self,
        parts: DeskParts,
        view: WizardView,
        saving: Autosave,
        leave: Callable[[Callable[[], object]], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parts, parent)
        self._view, self._saving, self._leave = view, saving, leave
        self._folder = ""
        view.taking_over_wished.connect(self._on_wished)

    def begin(self, opened: OpenFiling) -> None:
        """A form was opened: a new one is offered what last year's has."""
        has_last_year = bool(opened.context.previous_answers)
        self._view.frame.head.taking_over.set_last_year(has_last_year)
        if has_last_year and opened.is_new and opened.filing.status.is_editable:
            year = opened.context.budget_year - 1
            bar = self._view.frame.notice
            bar.show_notice(
                f"{year}年度填过这张表，没有变化的内容可以直接带入。", Tone.ACCENT, action="从上年带入…"
            )
            bar.action_requested.connect(self.from_last_year)

    def _on_wished(self, wish: TakeWish) -> None:
        works = {
            TakeWish.FROM_EXCEL: self.choose_workbook,
            TakeWish.FROM_LAST_YEAR: self.from_last_year,
            TakeWish.HAND_OUT: self.ask_hand_out,
            TakeWish.TAKE_BACK: self.choose_returned,
            TakeWish.HISTORY: self.ask_history,
        }
        if wish in works:
            works[wish]()

    # From Excel -------------------------------------------------------------------------------

    def choose_workbook(self) -> None:
        """Ask which workbook."""
        choose_file(self.frame, "从 Excel 导入", TABLES, lambda path: self.read(Path(path)), self._start())

    def read(self, path: Path) -> None:
        """Read a workbook and show how its columns were taken."""
        self._folder = str(path.parent)
        self.run(lambda ctx: excel_import.open_workbook(self.workspace, path, ctx), self.show_import)

    def show_import(self, imported: WorkbookImport, current: int | None = None) -> None:
        """Show a workbook with its columns; `current` is the table shown first."""
        if self._view.is_open() and not self._view.session.read_only:
            ImportSteps(self, self._view, imported, current).begin()

    # From last year ---------------------------------------------------------------------------

    def from_last_year(self) -> None:
        """Offer what last year's form has."""
        if not self._view.is_open() or self._view.session.read_only:
            return
        session = self._view.session
        offers = last_year_offers(session.form, session.context, session.answers)
        if not offers:
            self._view.frame.notice.show_notice("上一年度的内容这里都已经有了，没有可带入的。")
            return
        year = session.context.budget_year - 1
        intro = f"下面是{year}年度这张表里与现在不同的内容，请勾选要带入的。带入后可以按 Ctrl+Z 一次撤销。"
        dialog = OffersDialog("从上年带入", offers, self.frame, intro=intro)
        dialog.taken.connect(lambda chosen: self.take(dialog, chosen, f"{year}年度"))
        self.open_dialog(dialog)

    # Handing out, taking back -----------------------------------------------------------------

    def ask_hand_out(self) -> None:
        """Ask what is to be handed out, once everything typed is saved."""
        self._leave(self._read_notes)

    def _read_notes(self) -> None:
        opened = self._saving.opened
        if opened is not None:
            filing_id = opened.filing.filing_id
            self.run(lambda _ctx: hand_outs.notes(self.workspace, filing_id), self._ask_hand_out)

    def _ask_hand_out(self, notes: Sequence[HandOutNote]) -> None:
        if not self._view.is_open():
            return
        session = self._view.session
        steps = steps_to_fill(session.form, session.context)
        dialog = HandOutDialog(steps, notes, self.workspace.today, self.frame)
        dialog.submitted.connect(lambda wish: self._choose_folder(dialog, wish))
        self.open_dialog(dialog)

    def _choose_folder(self, dialog: HandOutDialog, wish: HandOutWish) -> None:
        choose_folder(
            dialog,
            "把分发表存放到",
            lambda folder: self._leave(lambda: self.hand_out(wish, Path(folder), dialog)),
            self._start(),
        )

    def hand_out(self, wish: HandOutWish, folder: Path, dialog: HandOutDialog) -> None:
        """Write the workbook."""
        opened = self._saving.opened
        if opened is None:
            return
        self._folder = str(folder)
        self.run_for(
            dialog,
            lambda _ctx: hand_outs.hand_out(self.workspace, opened, wish, folder),
            lambda done: self._on_handed_out(opened, done),
        )

    def _on_handed_out(self, before: OpenFiling, done: HandedOut) -> None:
        """A form saved for the first time by this goes on being saved as what it is now."""
        if self._saving.opened is before:
            self._saving.opened = done.opened
        words = f"已生成“{done.path.name}”，请交给填写人；填好发回后点“收回填好的表”。"
        self.frame.notice.show_notice(words, Tone.GOOD)
        open_outside(done.path.parent)

    def choose_returned(self) -> None:
        """Ask which workbook came back."""
        choose_file(
            self.frame, "收回填好的表", TABLES, lambda path: self.take_back(Path(path)), self._start()
        )

    def take_back(self, path: Path) -> None:
        """Read a workbook that came back, once what was typed here is saved."""
        self._folder = str(path.parent)

        def read() -> None:
            opened = self._saving.opened
            if opened is not None:
                self.run(lambda _ctx: hand_outs.take_back(self.workspace, opened, path), self._show_returned)

        self._leave(read)

    def _show_returned(self, taken: TakenBack) -> None:
        if not self._view.is_open() or self._view.session.read_only:
            return
        session = self._view.session
        offers = merge_offers(session.form, session.context, taken.given, session.answers, taken.back)
        if not offers:
            self._view.frame.notice.show_notice(f"“{taken.path.name}”里没有新的内容，本表没有改动。")
            return
        intro = f"{taken.path.name}　只有对方改过的已勾选；两边都改过的排在最前面，请选择。"
        dialog = OffersDialog("收回填好的表", offers, self.frame, intro=intro, person=taken.back.person)
        dialog.taken.connect(
            lambda chosen: self.take(
                dialog, chosen, dialog.person.text().strip(), hand_outs.author_words(dialog.person.text())
            )
        )
        self.open_dialog(dialog)

    # History ----------------------------------------------------------------------------------

    def ask_history(self) -> None:
        """Every change of the form, once everything typed is saved."""
        self._leave(self._read_history)

    def _read_history(self) -> None:
        opened = self._saving.opened
        if opened is not None:
            filing_id = opened.filing.filing_id
            self.run(lambda _ctx: filings.history(self.workspace, filing_id), self._show_history)

    def _show_history(self, changes: Sequence[AnswerChange]) -> None:
        if not self._view.is_open():
            return
        session = self._view.session
        dialog = FormHistoryDialog(session.form, session.context, session.answers, changes, self.frame)
        dialog.restore_requested.connect(self._restore)
        self.open_dialog(dialog)

    def _restore(self, offer: Offer) -> None:
        """Put back what once stood, and show where."""
        if self._view.is_open() and self._view.session.take_over((offer,)):
            self._view.flush()
            self._view.go_to(offer.place)

    # Inside -----------------------------------------------------------------------------------

    def take(self, dialog: OffersDialog, chosen: Sequence[Offer], source: str, author: str = "") -> bool:
        """Put what was ticked into the open form as one step."""
        dialog.accept()
        if not self._view.is_open() or not self._view.session.take_over(chosen, author):
            return False
        self._view.flush()
        words = f"已带入 {len(chosen)} 处（{source}），按 Ctrl+Z 可以一次撤销。"
        self._view.frame.notice.show_notice(words, Tone.GOOD)
        return True

    def _start(self) -> str:
        return self._folder or str(documents_folder())
