"""Card of one remark (审核意见卡片): where, what is said, what stood, what is proposed, and the answer."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from models.domain.review import CommentState, ReviewComment
from services.remark_answers import Remark
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.chip import StatusChip
from ui.widgets.labels import label, paragraph
from ui.wizard.fields.base import set_state
from ui.wizard.fields.long_text_field import GrowingTextEdit
from ui.wizard.remarks.words import author_words, earlier_answer, place_words, state_look

_LONGEST = 160
"""What stood is shown this far; the form itself has the whole."""


class RemarkCard(QFrame):
    """One remark (审核意见卡片).

    `chosen` asks to be shown its place, `answered` tells each change of the answer's text, `grown` that it got higher.
    """

    chosen = Signal()
    answered = Signal(str)
    left = Signal()
    proposal_wanted = Signal()
    grown = Signal()

    def __init__(self, remark: Remark, parent: QWidget | None = None, *, read_only: bool = False) -> None:
        super().__init__(parent)
        self.remark = remark
        comment = remark.comment
        self.setProperty("role", "remark")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.chip = StatusChip("", "plain")
        self.go = button("去查看" if read_only else "去修改", "link", clicked=self.chosen.emit)
        self._earlier = paragraph("", "rule-text")
        self._problem = paragraph("", "problem")
        self._problem.hide()
        self.take = button("采用建议", "link", "check", self.proposal_wanted.emit)
        self.reply = button("答复…", "link", "comment", self.open_answer)
        self.editor = GrowingTextEdit(least_lines=2)
        self._is_closed = read_only or comment.state is CommentState.SETTLED
        self._lay_out(comment)
        self._prepare_editor(comment)
        self.show_remark(remark)

    def show_remark(self, remark: Remark) -> None:
        """Show how the remark stands now; an answer that is being typed is left alone."""
        self.remark = remark
        comment, look = remark.comment, state_look(remark)
        self.chip.set_look(look)
        earlier = earlier_answer(comment)
        self._earlier.setText(f"上次答复：{earlier}\n审核人没有采纳，请修改或者重新答复。")
        self._earlier.setVisible(bool(earlier))
        if not self.editor.hasFocus():
            self.editor.show_text("" if earlier else comment.answer)
        has_answer = bool(self.editor.toPlainText())
        self.editor.setVisible(has_answer or (not self._is_closed and not self.editor.isHidden()))
        self.reply.setVisible(not self._is_closed and self.editor.isHidden())
        self.setAccessibleName(f"审核意见，{place_words(comment)}，{look.word}：{comment.text}")

    def show_problem(self, sentence: str) -> None:
        """Say what could not be done, "" for nothing."""
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))

    def problem(self) -> str:
        """What is shown to be wrong."""
        return self._problem.text()

    def set_current(self, current: bool) -> None:
        """Mark the card whose place is shown."""
        set_state(self, "current", current)

    def open_answer(self) -> None:
        """Open the answer and put the cursor into it."""
        if not self._is_closed:
            self.editor.show()
            self.reply.hide()
            self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            self.grown.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click anywhere on the card shows its place."""
        super().mouseReleaseEvent(event)
        self.chosen.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leaving the answer hands it on at once."""
        if watched is self.editor and event.type() == QEvent.Type.FocusOut:
            self.left.emit()
        return super().eventFilter(watched, event)

    def _prepare_editor(self, comment: ReviewComment) -> None:
        self.editor.setPlaceholderText("写明怎样修改的，或者不改的理由，随下次报送一并交给审核人")
        self.editor.setAccessibleName(f"对“{place_words(comment)}”意见的答复")
        self.editor.setReadOnly(self._is_closed)
        self.editor.edited.connect(self.answered)
        self.editor.installEventFilter(self)
        self.editor.hide()

    def _lay_out(self, comment: ReviewComment) -> None:
        head = QHBoxLayout()
        head.setSpacing(px(4))
        head.addWidget(self.chip)
        head.addStretch(1)
        head.addWidget(self.go)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(9), px(6), px(8), px(6))
        column.setSpacing(px(3))
        column.addLayout(head)
        column.addWidget(paragraph(place_words(comment), "strong"))
        column.addWidget(paragraph(comment.text, "finding"))
        if comment.seen:
            column.addWidget(paragraph(f"审核时写的是：{_short(comment.seen)}", "rule-text"))
        if comment.proposed:
            column.addWidget(paragraph(f"建议改为：{comment.proposed}", "finding"))
        column.addWidget(label(author_words(comment), "rule-text"))
        column.addWidget(self._earlier)
        column.addWidget(self.editor)
        column.addWidget(self._problem)
        line = QHBoxLayout()
        line.setSpacing(px(10))
        # Only ever hidden here: shown before it stands in the panel, a button would be a window of its own.
        if not comment.proposed or not comment.place or self._is_closed:
            self.take.hide()
        if not comment.place:
            self.go.hide()
        for made in (self.take, self.reply):
            line.addWidget(made)
        line.addStretch(1)
        column.addLayout(line)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[:_LONGEST] + "…"
