"""What every field has (填报项部件): label, editor, help, example, problem, finding marks, lock.

A field shows and tells; it keeps nothing. `typed` carries the text of every keystroke, `picked` a
value chosen from a list; whoever keeps the answers says what came of it by `show_kept` and
`show_problem`, and the text in the editor stays as it was typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from forms import kinds
from forms.context import FormContext
from forms.findings import Finding, Severity
from forms.schema import FieldSpec
from ui.item_models.cell_delegate import MARKS
from ui.theme import COLOURS, px
from ui.widgets.labels import label, paragraph
from ui.widgets.picture import Picture
from ui.wizard.keys import wish_of

_PASSING = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
"""A menu or another window takes the cursor for a while: the field has not been left."""


LONG_LABEL = 12
"""Longer labels of the official forms wrap; shorter ones never need to."""


def set_state(widget: QWidget, name: str, value: bool) -> None:
    """Set a yes-or-no property that the style sheet looks at; nothing happens when it stands already."""
    if bool(widget.property(name)) == value:
        return
    widget.setProperty(name, value)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)


class FieldWidget(QFrame):
    """One field of a page (填报项部件)."""

    typed = Signal(str)
    entered = Signal()
    left = Signal()

    def __init__(self, spec: FieldSpec, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.spec = spec
        self.context = context
        self.setProperty("role", "field")
        self._kept: Any = None
        self._gravest: Severity | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(px(6), px(4), px(6), px(4))
        self._column.setSpacing(px(3))
        self._add_head()
        self._line = QHBoxLayout()
        self._line.setSpacing(px(6))
        self._column.addLayout(self._line)
        self.editor = self._make_editor()
        self._line.addWidget(self.editor, 1)
        self.editor.setAccessibleName(spec.label_in(context))
        self.setFocusProxy(self.editor)
        self._caption.setBuddy(self.editor)
        self._add_foot()
        self._watch(self.editor)

    # What a kind fills in ---------------------------------------------------------------------

    def _make_editor(self) -> QWidget:
        """The control of this kind."""
        raise NotImplementedError

    def text(self) -> str:
        """What stands in the editor."""
        raise NotImplementedError

    def _show_text(self, text: str) -> None:
        """Put a text into the editor without telling anybody."""
        raise NotImplementedError

    def _set_editable(self, editable: bool) -> None:
        """Let the editor take input or not."""
        raise NotImplementedError

    def _after_kept(self) -> None:
        """Show what follows from the kept value (echo, counter)."""

    # What others call -------------------------------------------------------------------------

    def show_kept(self, kept: Any) -> None:
        """Show a kept value; while the person is typing it, only what follows from it."""
        self._kept = kept
        if not self.is_being_typed():
            self._show_text(self._text_for(kept))
        elif self._reads_otherwise(kept):
            self._show_text(kinds.typed(self.spec, kept, self.context))
        self._after_kept()

    def show_problem(self, sentence: str) -> None:
        """Say under the field why its text cannot be read; "" when it can."""
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))
        self._show_edge()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Mark the field with the gravest finding; the sentences stand in the tool tip."""
        gravest = min((f.severity for f in findings), key=lambda s: s.rank, default=None)
        self._mark.setVisible(gravest is not None)
        sentences = "\n".join(f"{f.severity.label}：{f.sentence}" for f in findings)
        self._mark.setToolTip(sentences)
        self._mark_word.setVisible(gravest is not None)
        self.setAccessibleDescription(sentences)
        if gravest is not None:
            name, ink, _ = MARKS[gravest]
            self._mark.show_icon(name, ink)
            self._mark_word.setText(gravest.label)
            self._mark_word.setProperty("role", "problem" if gravest is Severity.BLOCKING else "care")
            self._mark_word.setToolTip(sentences)
            self._mark_word.style().polish(self._mark_word)
        self._gravest = gravest
        self._show_edge()

    def show_remark(self, words: str) -> None:
        """Mark the field quietly with a reviewer's remark; "" when none is open."""
        self._remark.setVisible(bool(words))
        self._remark.setToolTip(f"审核意见：{words}" if words else "")

    def has_remark(self) -> bool:
        """Whether an open remark is marked here."""
        return not self._remark.isHidden()

    def set_locked(self, locked: bool, note: str = "") -> None:
        """Grey and not to be changed, with the reason."""
        self._set_editable(not locked)
        self._required.setVisible(self.spec.is_required and not locked)
        self._lock.setText(note)
        self._lock_line.setVisible(bool(note))
        self._help.setVisible(bool(self._help.text()) and not locked)

    def set_spoken_of(self, spoken: bool) -> None:
        """Tint the field while a chosen finding speaks of it."""
        set_state(self, "spoken", spoken)

    def focus_editor(self) -> None:
        """Put the cursor into the field, its text marked as after Tab."""
        self.editor.setFocus(Qt.FocusReason.TabFocusReason)

    def problem_text(self) -> str:
        """The sentence shown under the field."""
        return self._problem.text()

    def mark_text(self) -> str:
        """The word of the finding mark, "" when there is none."""
        return self._mark_word.text() if not self._mark_word.isHidden() else ""

    def is_being_typed(self) -> bool:
        """Whether the cursor stands in the field, so that its text is the person's."""
        return self.editor.hasFocus()

    # Inside -----------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice when the editor gets and loses the cursor; leave the wizard's keys, undo first, to the wizard."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and wish_of(event):
            event.ignore()
            return True
        if isinstance(event, QFocusEvent) and event.reason() in _PASSING:
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.FocusIn:
            self._show_text(kinds.typed(self.spec, self._kept, self.context))
            self.entered.emit()
        elif event.type() == QEvent.Type.FocusOut:
            self.left.emit()
            self._show_text(self._text_for(self._kept))
        return super().eventFilter(watched, event)

    def _watch(self, editor: QWidget) -> None:
        """Hear of the editor's focus."""
        editor.installEventFilter(self)

    def _show_edge(self) -> None:
        """Red where something must be changed, amber where it must be explained."""
        is_bad = bool(self._problem.text()) or self._gravest is Severity.BLOCKING
        set_state(self.editor, "problem", is_bad)
        set_state(self.editor, "care", not is_bad and self._gravest is Severity.EXPLAIN)

    def _text_for(self, kept: Any) -> str:
        """The text shown while nobody types."""
        return kinds.typed(self.spec, kept, self.context)

    def _reads_otherwise(self, kept: Any) -> bool:
        """Whether the editor's text means something else than what is kept (after undo)."""
        return bool(kinds.read(self.spec, self.text(), self.context).value != kept)

    def _add_head(self) -> None:
        """Label as on the official form, 必填, and the mark of findings."""
        name = self.spec.label_in(self.context)
        self._caption = label(name, "field")
        is_long = len(name) > LONG_LABEL
        self._caption.setWordWrap(is_long)
        self._mark = Picture(15)
        self._mark.hide()
        self._mark_word = label("", "problem")
        self._mark_word.hide()
        self._head = head = QHBoxLayout()
        head.setSpacing(px(5))
        head.addWidget(self._caption, 1 if is_long else 0)
        self._required = label("必填", "required")
        if not self.spec.is_required:
            self._required.hide()
        head.addWidget(self._required)
        head.addStretch(0 if is_long else 1)
        self._remark = Picture(15, "comment", COLOURS.accent)
        self._remark.hide()
        head.addWidget(self._remark)
        head.addWidget(self._mark)
        head.addWidget(self._mark_word)
        self._column.addLayout(head)

    def _add_foot(self) -> None:
        """Problem, one line of help, and the lock's reason."""
        self._problem = paragraph("", "problem")
        self._problem.hide()
        self._help = paragraph(self.spec.help_in(self.context), "note")
        if not self._help.text():
            self._help.hide()
        self._lock = paragraph("", "note")
        self._lock_line = QWidget()
        line = QHBoxLayout(self._lock_line)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(4))
        picture = Picture(13, "lock", COLOURS.muted)
        line.addWidget(picture)
        line.addWidget(self._lock, 1)
        self._lock_line.hide()
        for item in (self._problem, self._help, self._lock_line):
            self._column.addWidget(item)
        self._column.addStretch(1)

    def _example(self) -> str:
        """The example as an editor's placeholder."""
        return f"例：{self.spec.example}" if self.spec.example else ""
