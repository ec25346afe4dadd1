"""Remarks in the open form (审核意见控制): held against what is being typed, marked at their places, answered, taken over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from forms.findings import Place, place_of
from models.domain.errors import InputError
from models.domain.review import ReviewComment
from services.remark_answers import Remark, RemarkSheet, open_count
from ui.wizard.pages import Pages
from ui.wizard.remarks.panel import RemarksPanel
from ui.wizard.remarks.proposals import proposed_offer
from ui.wizard.scheduler import CheckScheduler, QuietTimer
from ui.wizard.session import WizardSession

KEEP_AFTER_MS = 600
"""An answer is handed on this long after the last keystroke, at once when it is left."""


class RemarksFlow(QObject):
    """The remarks of one open form (审核意见控制).

    `opened` when the panel comes up, so that what else stands beside the page gives way; `counted` (open, all)
    whenever the numbers change; `answered` (comment id, text) is to be kept.
    """

    opened = Signal()
    counted = Signal(int, int)
    answered = Signal(str, str)
    comparison_requested = Signal()

    def __init__(
        self, session: WizardSession, pages: Pages, scheduler: CheckScheduler, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._session, self._pages = session, pages
        self._sheet = RemarkSheet()
        self._remarks: tuple[Remark, ...] = ()
        self._current = ""
        self._typed: dict[str, str] = {}
        self._quiet = QuietTimer(KEEP_AFTER_MS, self)
        self._quiet.quiet.connect(self.flush)
        self.panel = RemarksPanel(read_only=session.read_only)
        self.panel.hide()
        self.panel.chosen.connect(self.go_to)
        self.panel.step_requested.connect(self.step)
        self.panel.proposal_wanted.connect(self.take_proposal)
        self.panel.answered.connect(self._on_typed)
        self.panel.left.connect(lambda _id: self.flush())
        self.panel.closed.connect(self.panel.hide)
        self.panel.comparison_requested.connect(self.comparison_requested)
        scheduler.checked.connect(self.refresh)

    # What others call -------------------------------------------------------------------------

    def show_sheet(self, sheet: RemarkSheet) -> None:
        """Show the remarks; the panel comes up by itself where something is still asked of the clerk."""
        is_first = not self._sheet.comments
        self._sheet = sheet
        self.refresh()
        if is_first and not self._session.read_only and open_count(self._remarks):
            self.open()

    def refresh(self) -> None:
        """Hold every remark against the answers as they stand."""
        remarks = self._sheet.against(self._session.answers)
        if remarks == self._remarks:
            return
        self._remarks = remarks
        self.panel.show_remarks(remarks)
        waiting = [remark.comment for remark in remarks if not remark.is_done]
        self._session.remark_counts = Counter(place_of(comment.place).field for comment in waiting)
        self._pages.show_remarks(_marks(waiting))
        self.counted.emit(len(waiting), len(remarks))

    def remarks(self) -> tuple[Remark, ...]:
        """The remarks as they stand."""
        return self._remarks

    def toggle(self) -> None:
        """Show or hide the panel."""
        if self.panel.isHidden():
            self.open()
        else:
            self.panel.hide()

    def open(self) -> None:
        """Show the panel, where there is anything to show."""
        if self._remarks:
            self.opened.emit()
            self.panel.show()

    def step(self, by: int) -> None:
        """Go to the next remark that is still open, round and round; to the next of all when none is."""
        waiting = [remark for remark in self._remarks if not remark.is_done] or list(self._remarks)
        if not waiting:
            return
        order = [remark.comment.comment_id for remark in self._remarks]
        here = order.index(self._current) if self._current in order else (-1 if by > 0 else len(order))
        ahead = sorted(waiting, key=lambda remark: (order.index(remark.comment.comment_id) - here) * by)
        after = [r for r in ahead if (order.index(r.comment.comment_id) - here) * by > 0]
        self.go_to((after or ahead)[0].comment)

    def go_to(self, comment: ReviewComment) -> None:
        """Show the place of a remark, or only its card where it speaks of the whole form."""
        self._current = comment.comment_id
        self.panel.show_current(comment.comment_id)
        place = place_of(comment.place)
        if comment.place and not self._pages.go_to(place):
            self._say(comment, "这条意见所在的位置已经不在表里，请在答复里说明。")

    def take_proposal(self, comment: ReviewComment) -> None:
        """Put what the reviewer proposes into its place as one step that can be undone."""
        try:
            offer = proposed_offer(self._session, comment)
        except InputError as problem:
            self._say(comment, problem.sentence)
            return
        self._current = comment.comment_id
        self._say(comment, "")
        if self._session.take_over((offer,)):
            self.refresh()
        self.panel.show_current(comment.comment_id)
        self._pages.go_to(offer.place)

    def show_problem(self, comment_id: str, sentence: str) -> None:
        """Say at its card why an answer was not kept."""
        card = self.panel.card(comment_id)
        if card is not None:
            card.show_problem(sentence)

    def flush(self) -> None:
        """Hand on every answer that was typed and not handed on yet."""
        self._quiet.stop()
        typed, self._typed = self._typed, {}
        for comment_id, text in typed.items():
            self.answered.emit(comment_id, text)

    # Inside -----------------------------------------------------------------------------------

    def _on_typed(self, comment_id: str, text: str) -> None:
        self._typed[comment_id] = text
        self.show_problem(comment_id, "")
        self._quiet.note()

    def _say(self, comment: ReviewComment, sentence: str) -> None:
        self.show_problem(comment.comment_id, sentence)


def _marks(waiting: list[ReviewComment]) -> Mapping[Place, str]:
    """What is said at each place that has an open remark."""
    marks: dict[Place, str] = {}
    for comment in waiting:
        if comment.place:
            place = place_of(comment.place)
            marks[place] = "\n".join(part for part in (marks.get(place, ""), comment.text) if part)
    return marks
