"""Reviewers' remarks beside the page (审核意见栏): every remark with its answer, the way to its place, and on to the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QToolButton, QVBoxLayout, QWidget

from models.domain.review import CommentState, ReviewComment
from services.remark_answers import Remark, open_count
from ui.icons import icon
from ui.theme import COLOURS, px, set_role, text_scale
from ui.widgets.buttons import button
from ui.widgets.dialog import scroll
from ui.widgets.labels import label
from ui.wizard.remarks.card import RemarkCard


class RemarksPanel(QFrame):
    """The remarks on the open form (审核意见栏).

    `chosen` and `proposal_wanted` carry a remark, `answered` its id and what was typed, `left` its id when the answer
    has been left.
    """

    chosen = Signal(object)
    proposal_wanted = Signal(object)
    answered = Signal(str, str)
    left = Signal(str)
    step_requested = Signal(int)
    comparison_requested = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None, *, read_only: bool = False) -> None:
        super().__init__(parent)
        self._read_only = read_only
        self.cards: list[RemarkCard] = []
        self._made_for: tuple[object, ...] = ()
        self.setProperty("role", "help")
        self.setFixedWidth(px(292) if text_scale() <= 1.3 else px(215))
        self.count_label = label("", "note")
        self.compare_button = button("与上次报送相比…", "link", clicked=self.comparison_requested.emit)
        if read_only:
            self.compare_button.hide()
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(px(8), px(2), px(8), px(8))
        self._column.setSpacing(px(7))
        self._column.addStretch(1)
        self._area: QScrollArea = scroll(self._inside)
        self.before = self._tool("up", "上一条意见（Shift+F8）", lambda: self.step_requested.emit(-1))
        self.after = self._tool("down", "下一条意见（F8）", lambda: self.step_requested.emit(1))
        self._lay_out()

    def show_remarks(self, remarks: Sequence[Remark]) -> None:
        """Show the remarks; cards are made anew only where other remarks have come."""
        made_for = tuple(_head(remark.comment) for remark in remarks)
        if made_for != self._made_for:
            self._made_for = made_for
            self._make_cards(remarks)
        for card, remark in zip(self.cards, remarks, strict=True):
            card.show_remark(remark)
        waiting = open_count(remarks)
        words = (
            f"还有 {waiting} 条未处理，共 {len(remarks)} 条" if waiting else f"{len(remarks)} 条，都已处理"
        )
        self.count_label.setText(words)
        set_role(self.count_label, "care" if waiting else "note")
        for made in (self.before, self.after):
            made.setEnabled(bool(remarks))

    def show_current(self, comment_id: str) -> None:
        """Mark one card and bring it into view."""
        for card in self.cards:
            is_current = card.remark.comment.comment_id == comment_id
            card.set_current(is_current)
            if is_current:
                self._bring_into_view(card)

    def card(self, comment_id: str) -> RemarkCard | None:
        """The card of a remark, None when it is not here."""
        return next((card for card in self.cards if card.remark.comment.comment_id == comment_id), None)

    def _bring_into_view(self, card: RemarkCard) -> None:
        """Scroll to a card once it has its height."""
        self._column.activate()
        self._inside.adjustSize()
        self._area.ensureWidgetVisible(card, 0, px(8))

    def _make_cards(self, remarks: Sequence[Remark]) -> None:
        for card in self.cards:
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [self._card(remark) for remark in remarks]
        for number, card in enumerate(self.cards):
            self._column.insertWidget(number, card)

    def _card(self, remark: Remark) -> RemarkCard:
        comment = remark.comment
        card = RemarkCard(remark, read_only=self._read_only)
        card.chosen.connect(lambda: self.chosen.emit(comment))
        card.proposal_wanted.connect(lambda: self.proposal_wanted.emit(comment))
        card.answered.connect(lambda text: self.answered.emit(comment.comment_id, text))
        card.left.connect(lambda: self.left.emit(comment.comment_id))
        card.grown.connect(lambda: self._bring_into_view(card))
        return card

    def _lay_out(self) -> None:
        """Head with the count, cards that scroll, the way on below."""
        close = self._tool("close", "关闭（Esc）", self.closed.emit)
        close.setAccessibleName("关闭审核意见")
        head = QHBoxLayout()
        head.setContentsMargins(px(13), px(9), px(6), 0)
        head.addWidget(label("审核意见", "section"), 1)
        head.addWidget(close)
        told = QHBoxLayout()
        told.setContentsMargins(px(13), 0, px(9), 0)
        told.addWidget(self.count_label, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(px(10), 0, px(6), px(5))
        foot.addWidget(self.compare_button)
        foot.addStretch(1)
        foot.addWidget(self.before)
        foot.addWidget(self.after)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.setSpacing(px(4))
        outer.addLayout(head)
        outer.addLayout(told)
        outer.addWidget(self._area, 1)
        outer.addLayout(foot)

    def _tool(self, name: str, words: str, clicked: Callable[[], object]) -> QToolButton:
        made = QToolButton()
        made.setIcon(icon(name, COLOURS.muted))
        made.setIconSize(QSize(px(15), px(15)))
        made.setToolTip(words)
        made.setAccessibleName(words)
        made.clicked.connect(lambda _checked=False: clicked())
        return made


def _head(comment: ReviewComment) -> tuple[object, ...]:
    """What a card is made for: everything but the answer, which changes while the card stands."""
    is_settled = comment.state is CommentState.SETTLED
    return comment.comment_id, comment.version, comment.label, comment.text, comment.proposed, is_settled
