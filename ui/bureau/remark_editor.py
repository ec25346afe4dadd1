"""Writing a remark (写意见): the place it is about, what is to be changed, what it should read, compulsory or not."""

from __future__ import annotations

from typing import Any, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from services.review.remarks import RemarkDraft
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.card import row
from ui.widgets.labels import label, paragraph

WHOLE = "全表"


class BegunRemark(NamedTuple):
    """A remark that is being written (写了一半的意见); `comment_id` of an earlier one that is worded anew, "" for none."""

    draft: RemarkDraft
    comment_id: str = ""


class RemarkEditor(QFrame):
    """A small form beside the filer's (写意见); `submitted` carries a RemarkDraft, `reworded` (id, text)."""

    submitted = Signal(object)
    reworded = Signal(str, str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._draft = RemarkDraft("", WHOLE, "")
        self._comment_id = ""
        self.place_label = paragraph("", "strong")
        self.seen_label = paragraph("", "muted")
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName("意见")
        self.text.setPlaceholderText("写明要改什么、为什么（Ctrl+Enter 保存）")
        self.text.setFixedHeight(px(78))
        self.proposed = QLineEdit()
        self.proposed.setPlaceholderText("建议改为（可以不填）")
        self.proposed.setAccessibleName("建议改为")
        self.compulsory = QCheckBox("必须修改或答复(&B)")
        self.problem = paragraph("", "problem")
        self.whole_button = button("改为对全表", "link", clicked=self._on_whole)
        self.save_button = button("保存意见", "primary", clicked=self.submit)
        self.cancel_button = button("取消", clicked=self.close_editor)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(6)
        column.addWidget(label("写意见", "caption"))
        column.addWidget(self.place_label)
        column.addWidget(self.seen_label)
        column.addWidget(self.whole_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.text)
        column.addWidget(self.proposed)
        column.addWidget(self.compulsory)
        column.addWidget(self.problem)
        column.addLayout(row(None, self.cancel_button, self.save_button, spacing=6))
        self.problem.hide()
        self.hide()

    def begin(self, place: str, label_: str, seen: str) -> None:
        """Write at a place; text that was begun stays and moves with it."""
        if self._comment_id:
            self.text.clear()
            self.proposed.clear()
        self._comment_id = ""
        self._draft = RemarkDraft(place, label_ or WHOLE, "", seen)
        self.compulsory.setChecked(True)
        self._show(is_new=True)

    def begin_rewording(self, comment_id: str, label_: str, text: str) -> None:
        """Word an earlier remark differently; its place and proposal stay."""
        self._comment_id = comment_id
        self._draft = RemarkDraft("", label_ or WHOLE, text)
        self.text.setPlainText(text)
        self._show(is_new=False)

    def close_editor(self) -> None:
        """Let what was begun go."""
        self.text.clear()
        self.proposed.clear()
        self.hide()
        self.closed.emit()

    def show_problem(self, sentence: str) -> None:
        """Say why it was not kept; the text stays."""
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    def begun(self) -> BegunRemark | None:
        """The remark as far as it is written; None where nothing is."""
        draft = self._written()
        is_begun = bool(draft.text.strip() or draft.proposed.strip())
        return BegunRemark(draft, self._comment_id) if is_begun and not self.isHidden() else None

    def go_on(self, begun: BegunRemark) -> None:
        """Go on with a remark that was begun before; the keyboard stays where it is."""
        self._comment_id, self._draft = begun.comment_id, begun.draft
        self.text.setPlainText(begun.draft.text)
        self.proposed.setText(begun.draft.proposed)
        self.compulsory.setChecked(begun.draft.is_compulsory)
        self._show(is_new=not begun.comment_id, takes_keyboard=False)

    def submit(self) -> None:
        """Hand the remark on."""
        self.show_problem("")
        draft = self._written()
        if self._comment_id:
            self.reworded.emit(self._comment_id, draft.text)
        else:
            self.submitted.emit(draft)

    def _written(self) -> RemarkDraft:
        """What stands in the fields, about the place it was begun at."""
        begun, said = self._draft, self.text.toPlainText()
        return RemarkDraft(
            begun.place, begun.label, said, begun.seen, self.proposed.text(), self.compulsory.isChecked()
        )

    def keyPressEvent(self, event: Any) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_editor()
        else:
            super().keyPressEvent(event)

    def _show(self, *, is_new: bool, takes_keyboard: bool = True) -> None:
        self.show_problem("")
        self.place_label.setText(self._draft.label)
        self.seen_label.setText(f"现填：{self._draft.seen}" if self._draft.seen else "")
        self.seen_label.setVisible(bool(self._draft.seen))
        self.whole_button.setVisible(is_new and bool(self._draft.place))
        self.proposed.setVisible(is_new and bool(self._draft.place))
        self.compulsory.setVisible(is_new)
        self.show()
        if takes_keyboard:
            self.text.setFocus()

    def _on_whole(self) -> None:
        self.proposed.clear()
        self.begin("", WHOLE, "")
