"""Remarks at the clerk's desk (审核意见控制): read for the open form, answers kept as they are typed, and what has changed since."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from models.domain.errors import DeskError
from services import remark_answers
from services.changes import ChangeSet, Topic
from services.remark_answers import RemarkSheet
from services.since_sent import SinceSent, since_sent
from ui.desks.autosave import Autosave
from ui.desks.base import DeskController, DeskParts
from ui.desks.since_sent_dialog import SinceSentDialog
from ui.wizard.taking_over import TakeWish
from ui.wizard.view import WizardView


class RemarksDesk(DeskController):
    """The remarks of the open form (审核意见控制); `leave` (then) saves what is pending before versions are compared."""

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
        view.remark_answered.connect(self._keep)
        view.taking_over_wished.connect(self._on_wished)

    def on_change(self, change: ChangeSet) -> None:
        """A slip brings remarks also while the form is open; those already there keep what is typed."""
        if Topic.FILINGS in change.topics and self._view.is_open():
            self.refresh()

    def refresh(self) -> None:
        """Read the remarks of the open form anew."""
        opened = self._saving.opened
        if opened is None:
            return
        self._view.frame.head.taking_over.set_sent(opened.filing.version > 0)
        filing_id = opened.filing.filing_id
        self.run(
            lambda _ctx: remark_answers.sheet_of(self.workspace, filing_id),
            lambda sheet: self._show(filing_id, sheet),
        )

    def _show(self, filing_id: str, sheet: RemarkSheet) -> None:
        opened = self._saving.opened
        if opened is not None and opened.filing.filing_id == filing_id and self._view.is_open():
            self._view.set_remarks(sheet)

    def _keep(self, comment_id: str, text: str) -> None:
        """Keep an answer at once; why it could not be kept stands at its card, where the text still is."""

        def refused(error: BaseException) -> None:
            if isinstance(error, DeskError):
                if self._view.is_open():
                    self._view.frame.remarks.show_problem(comment_id, f"答复没有保存：{error.sentence}")
            else:
                self.parts.door.show(error)

        self.run(
            lambda _ctx: remark_answers.answer(self.workspace, comment_id, text), lambda _kept: None, refused
        )

    def _on_wished(self, wish: TakeWish) -> None:
        if wish is TakeWish.COMPARE:
            self._leave(self._compare)

    def _compare(self) -> None:
        opened = self._saving.opened
        if opened is not None:
            self.run(lambda _ctx: since_sent(self.workspace, opened), self._show_comparison)

    def _show_comparison(self, found: SinceSent) -> None:
        if self._view.is_open():
            self.open_dialog(SinceSentDialog(self.subject, found, self.frame))

    @property
    def subject(self) -> str:
        """Project and form, for the dialog's head."""
        opened = self._saving.opened
        if opened is None:
            return ""
        project = opened.context.project
        return f"{project.name}　{opened.title}" if project else opened.title
