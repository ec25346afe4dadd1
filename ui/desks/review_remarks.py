"""Remarks at the reviewer's desk (审核意见控制): written at a place, worded anew, taken back, settled."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from forms import kinds
from forms.findings import Place
from models.domain.desk_user import DeskUser
from models.domain.errors import DeskError
from models.domain.review import ReviewComment
from services.job import JobContext
from services.review import remarks
from services.review.remarks import RemarkDraft
from services.version_differences import place_words
from ui.bureau.review_view import ReviewView
from ui.desks.base import DeskController, DeskParts
from ui.wizard.session import WizardSession


class RemarksFlow(DeskController):
    """Keeps remarks (审核意见控制); `who` tells whose they are."""

    def __init__(
        self,
        parts: DeskParts,
        view: ReviewView,
        who: Callable[[], DeskUser],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parts, parent)
        self._view, self._who = view, who
        panel = view.remarks
        view.remark_wished.connect(self._on_wished)
        panel.editor.submitted.connect(self._on_submitted)
        panel.editor.reworded.connect(self._on_reworded)
        panel.take_back_requested.connect(self._on_take_back)
        panel.settle_requested.connect(self._on_settle)

    def _on_wished(self, place: Place | None) -> None:
        """Write at the place the cursor stands at, else on the form as a whole."""
        session = self._view.form.wizard().session
        if place is None:
            self._view.remarks.editor.begin("", "", "")
            return
        words = place_words(session.form, session.context, session.answers, place.path)
        self._view.remarks.editor.begin(place.path, words, seen_words(session, place))

    def _on_submitted(self, draft: RemarkDraft) -> None:
        sheet, who = self._view.sheet, self._who()
        if sheet is None:
            return
        filing_id = sheet.received.filing.filing_id
        self._keep(lambda _ctx: remarks.remark(self.workspace, who, filing_id, draft))

    def _on_reworded(self, comment_id: str, text: str) -> None:
        who = self._who()
        self._keep(lambda _ctx: remarks.change_remark(self.workspace, who, comment_id, text))

    def _on_take_back(self, comment: ReviewComment) -> None:
        who = self._who()
        self.run(lambda _ctx: remarks.take_back_remark(self.workspace, who, comment.comment_id))

    def _on_settle(self, comment: ReviewComment, is_settled: bool) -> None:
        who, comment_id = self._who(), comment.comment_id
        self.run(lambda _ctx: remarks.settle(self.workspace, who, comment_id, is_settled=is_settled))

    def _keep(self, work: Callable[[JobContext], ReviewComment]) -> None:
        """Keep what the editor holds; it closes when that worked, else it says why."""
        editor = self._view.remarks.editor

        def failed(error: BaseException) -> None:
            if isinstance(error, DeskError):
                editor.show_problem(error.sentence)
            else:
                self.parts.door.show(error)

        self.run(work, lambda _kept: editor.close_editor(), failed)


def seen_words(session: WizardSession, place: Place) -> str:
    """What stands at a place as people read it, "" for a table as a whole."""
    try:
        spec = session.spec(place)
    except KeyError:
        return ""
    return (
        kinds.shown(spec, session.value(place), session.context) if session.value(place) is not None else ""
    )
