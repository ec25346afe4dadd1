"""One remark (审核意见) as a card: place, words, answer, state, and what can be done with it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from models.domain.review import CommentState, ReviewComment
from ui.bureau.remark_editor import WHOLE
from ui.bureau.review_words import comment_look
from ui.theme import Tone
from ui.widgets.buttons import button
from ui.widgets.card import row
from ui.widgets.chip import ChipLook, StatusChip
from ui.widgets.dates import short_date
from ui.widgets.labels import ElidedLabel, paragraph

BUREAUS = ChipLook("财政部门", Tone.ACCENT, "finance")
OPINION = "总体意见"


class RemarkCard(QFrame):
    """A remark (意见卡片); a click or Enter goes to its place. The wishes carry the comment.

    One of the bureau's, at a department's desk, is only read, with the unit's answer where it gave one.
    """

    opened = Signal(object)
    reword_requested = Signal(object)
    take_back_requested = Signal(object)
    settle_requested = Signal(object, bool)

    def __init__(
        self,
        comment: ReviewComment,
        *,
        is_own: bool,
        is_bureaus: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.comment = comment
        self.setProperty("role", "remark")
        is_opinion = comment.is_opinion or (is_bureaus and not comment.place and not comment.is_compulsory)
        is_told = is_bureaus and is_opinion and not comment.answer
        self.setProperty("state", "" if is_told else comment.state.value)
        self.setToolTip(f"对第 {comment.version} 版提出，点一下到所在位置")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        look = BUREAUS if is_told else comment_look(comment)
        whose = f"{BUREAUS.word}意见，" if is_bureaus else ""
        self.setAccessibleName(f"{whose}{comment.label or WHOLE}：{comment.text}，{look.word}")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 10, 8)
        column.setSpacing(4)
        column.addWidget(paragraph(OPINION if is_opinion else comment.label or WHOLE, "strong"))
        made = f"{comment.author} {short_date(comment.made_at)}"
        is_asked = comment.is_compulsory or is_opinion
        made_label = ElidedLabel(made if is_asked else f"{made}　供参考", "muted")
        head = row(made_label, StatusChip(look.word, look.tone, look.icon), spacing=6)
        head.setStretch(0, 1)
        column.addLayout(head)
        column.addWidget(paragraph(comment.text))
        if comment.proposed:
            column.addWidget(paragraph(f"建议改为：{comment.proposed}", "muted"))
        if comment.answer:
            column.addWidget(paragraph(f"{comment.answered_by}答复：{comment.answer}", "good"))
        if is_bureaus:
            column.addWidget(paragraph(f"{comment.level.label}，对第 {comment.version} 版", "muted"))
        else:
            self._offer(comment, column, is_own=is_own)

    def _offer(self, comment: ReviewComment, column: QVBoxLayout, *, is_own: bool) -> None:
        """What can be done with it."""
        self.reword_button = button("修改", "link", clicked=lambda: self.reword_requested.emit(comment))
        self.take_back_button = button("撤回", "link", clicked=lambda: self.take_back_requested.emit(comment))
        self.settle_button = button(
            "已解决", "link", clicked=lambda: self.settle_requested.emit(comment, True)
        )
        self.reopen_button = button(
            "重新提出", "link", clicked=lambda: self.settle_requested.emit(comment, False)
        )
        is_open = comment.state is CommentState.OPEN
        self.reword_button.setVisible(is_own and is_open)
        self.take_back_button.setVisible(is_own and is_open)
        self.settle_button.setVisible(comment.state in (CommentState.OPEN, CommentState.ANSWERED))
        self.reopen_button.setVisible(comment.state in (CommentState.SETTLED, CommentState.ANSWERED))
        actions = (self.reword_button, self.take_back_button, self.settle_button, self.reopen_button)
        column.addLayout(row(*actions, None, spacing=4))

    def mousePressEvent(self, event: Any) -> None:
        """Go to the place."""
        super().mousePressEvent(event)
        self.opened.emit(self.comment)

    def keyPressEvent(self, event: Any) -> None:
        """Enter goes to the place."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.comment)
        else:
            super().keyPressEvent(event)
