"""Right side of the review page (意见栏): the remarks on the form, writing one, and what was decided before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from models.domain.review import CommentState
from ui.bureau.check_note import CheckNote
from ui.bureau.remark_card import RemarkCard
from ui.bureau.remark_editor import RemarkEditor
from ui.bureau.review_words import decision_details, decision_head, decision_maker
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.card import row
from ui.widgets.dialog import scroll
from ui.widgets.labels import label, paragraph

if TYPE_CHECKING:
    from forms.findings import Finding
    from models.domain.review import ReviewComment, ReviewDecision

HINT = "光标放在要提意见的填写项或单元格上，点“写意见”（Ctrl+M）。"


class RemarkPanel(QFrame):
    """Remarks and decisions (意见栏)."""

    write_requested = Signal()
    place_requested = Signal(str)
    take_back_requested = Signal(object)
    settle_requested = Signal(object, bool)
    withdraw_requested = Signal(object)
    finding_opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "pane")
        self.setMinimumWidth(px(216))
        self._cards: list[RemarkCard] = []
        self._bureau_cards: list[RemarkCard] = []
        self._current = ""
        self._whose = "意见"
        self.count_label = label(self._whose, "section")
        self.write_button = button("写意见", icon_name="comment", clicked=self.write_requested.emit)
        self.write_button.setToolTip("对光标所在的填写项写意见（Ctrl+M）；F7 到下一条意见")
        self.editor = RemarkEditor()
        self.hint = paragraph(HINT, "muted")
        self.bureau_label = label("财政部门意见", "section")
        self._from_bureau = QVBoxLayout()
        self._from_bureau.setSpacing(8)
        self.notes_label = label("接收核对", "section")
        self.notes_aside = paragraph("", "muted")
        self._notes = QVBoxLayout()
        self._notes.setSpacing(8)
        self._remarks = QVBoxLayout()
        self._remarks.setSpacing(8)
        self._decisions = QVBoxLayout()
        self._decisions.setSpacing(8)
        self.decisions_label = label("审核记录", "section")
        self.withdraw_buttons: dict[str, QWidget] = {}
        self._lay_out()
        self.show_review((), (), "", may_write=False)
        self.show_findings(())
        self.show_bureau(())

    def _lay_out(self) -> None:
        """The head stays, all below it scrolls."""
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(10)
        column.addWidget(self.editor)
        column.addWidget(self.hint)
        column.addLayout(self._remarks)
        column.addWidget(self.bureau_label)
        column.addLayout(self._from_bureau)
        column.addWidget(self.notes_label)
        column.addWidget(self.notes_aside)
        column.addLayout(self._notes)
        column.addSpacing(6)
        column.addWidget(self.decisions_label)
        column.addLayout(self._decisions)
        column.addStretch(1)
        self._area = scroll(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        head = row(self.count_label, None, self.write_button, spacing=6)
        head.setContentsMargins(12, 10, 12, 2)
        outer.addLayout(head)
        outer.addWidget(self._area, 1)

    def set_whose(self, words: str) -> None:
        """Whose the remarks made here are, at a desk that shows another's beside them."""
        self._whose = words

    def show_review(
        self,
        comments: Sequence[ReviewComment],
        decisions: Sequence[ReviewDecision],
        own_name: str,
        *,
        may_write: bool,
        may_withdraw: bool = True,
    ) -> None:
        """Show the remarks on a filing, the unsettled ones first, and its decisions, the newest first."""
        shown = [item for item in comments if item.state is not CommentState.WITHDRAWN]
        shown.sort(key=lambda item: item.state is CommentState.SETTLED)
        self.count_label.setText(f"{self._whose} {len(shown)}" if shown else self._whose)
        self.write_button.setEnabled(may_write)
        self.hint.setVisible(may_write and not shown)
        _emptied(self._remarks)
        self._cards = [self._card(comment, own_name) for comment in shown]
        for card in self._cards:
            self._remarks.addWidget(card)
        _emptied(self._decisions)
        self.withdraw_buttons = {}
        standing = [item.decision_id for item in decisions if item.is_in_force] if may_withdraw else []
        last = standing[-1] if standing else ""
        for decision in reversed(decisions):
            self._decisions.addWidget(self._decision(decision, is_last=decision.decision_id == last))
        self.decisions_label.setVisible(bool(decisions))

    def show_bureau(self, comments: Sequence[ReviewComment]) -> None:
        """Show what the bureau said when it returned the form and what the unit answered, to be read only.

        Hidden where it said nothing.
        """
        is_open = [item.is_compulsory and item.state is CommentState.OPEN for item in comments]
        left = f"　未处理 {sum(is_open)}" if any(is_open) else ""
        self.bureau_label.setText(f"财政部门意见 {len(comments)}{left}")
        self.bureau_label.setVisible(bool(comments))
        _emptied(self._from_bureau)
        self._bureau_cards = [RemarkCard(item, is_own=False, is_bureaus=True) for item in comments]
        for card in self._bureau_cards:
            card.opened.connect(self._open)
            self._from_bureau.addWidget(card)

    def show_findings(self, findings: Sequence[Finding], aside: str = "") -> None:
        """Show what the receiving desk knows of the filing beyond its answers, or `aside`, why it is not shown."""
        self.notes_label.setText(f"接收核对 {len(findings)}" if findings else "接收核对")
        self.notes_label.setVisible(bool(findings or aside))
        self.notes_aside.setText(aside)
        self.notes_aside.setVisible(bool(aside))
        _emptied(self._notes)
        self.notes = [CheckNote(finding) for finding in findings]
        for note in self.notes:
            note.opened.connect(self.finding_opened)
            self._notes.addWidget(note)

    def count(self) -> int:
        """How many remarks and notes there are to read."""
        return len(self._cards) + len(self._bureau_cards) + len(self.notes)

    def cards(self) -> tuple[RemarkCard, ...]:
        """The remarks made at this desk."""
        return tuple(self._cards)

    def bureau_cards(self) -> tuple[RemarkCard, ...]:
        """The bureau's remarks, at a department's desk."""
        return tuple(self._bureau_cards)

    def step(self, by: int) -> None:
        """Go to the next or previous remark and to its place."""
        cards = [*self._cards, *self._bureau_cards]
        if not cards:
            return
        ids = [card.comment.comment_id for card in cards]
        at = ids.index(self._current) + by if self._current in ids else (0 if by > 0 else len(ids) - 1)
        self._open(cards[at % len(ids)].comment)

    def _card(self, comment: ReviewComment, own_name: str) -> RemarkCard:
        card = RemarkCard(comment, is_own=comment.author == own_name)
        card.opened.connect(self._open)
        card.reword_requested.connect(
            lambda found: self.editor.begin_rewording(found.comment_id, found.label, found.text)
        )
        card.take_back_requested.connect(self.take_back_requested)
        card.settle_requested.connect(self.settle_requested)
        return card

    def _open(self, comment: ReviewComment) -> None:
        """Go to a remark's place; its card comes into sight."""
        self._current = comment.comment_id
        cards = [*self._cards, *self._bureau_cards]
        card = next(card for card in cards if card.comment.comment_id == comment.comment_id)
        self._area.ensureWidgetVisible(card)
        self.place_requested.emit(comment.place)

    def _decision(self, decision: ReviewDecision, *, is_last: bool) -> QWidget:
        """A decision with its opinion; the last one in force can be taken back."""
        made = QFrame()
        made.setProperty("role", "remark")
        column = QVBoxLayout(made)
        column.setContentsMargins(12, 8, 10, 8)
        column.setSpacing(4)
        head = decision_head(decision)
        column.addWidget(paragraph(head if decision.is_in_force else f"{head}（已撤回）", "strong"))
        column.addWidget(paragraph(decision_maker(decision), "muted"))
        if details := decision_details(decision):
            column.addWidget(paragraph(details))
        if is_last:
            back = button("撤回…", "link", clicked=lambda: self.withdraw_requested.emit(decision))
            self.withdraw_buttons[decision.decision_id] = back
            column.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
        return made


def _emptied(layout: QVBoxLayout) -> None:
    """Let go what a layout holds."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
