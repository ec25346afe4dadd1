"""Field of a long text (长文本填报项): grows with its text and counts it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QWidget

from forms.kinds import written_length
from ui.theme import px
from ui.widgets.labels import label
from ui.wizard.fields.base import FieldWidget, set_state

LEAST_LINES = 4
MOST_LINES = 14
_TOLD_LINES = 2
"""What the program writes itself needs no room to grow."""


class GrowingTextEdit(QPlainTextEdit):
    """A text edit as high as its text, between four and fourteen lines (自动增高文本框)."""

    edited = Signal(str)

    def __init__(self, parent: QWidget | None = None, least_lines: int = LEAST_LINES) -> None:
        super().__init__(parent)
        self._least_lines = least_lines
        self._is_showing = False
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.textChanged.connect(self._on_text_changed)
        self._fit()

    def show_text(self, text: str) -> None:
        """Show a text without telling anybody."""
        if self.toPlainText() == text:
            return
        self._is_showing = True
        self.setPlainText(text)
        self._is_showing = False

    def sizeHint(self) -> QSize:
        """The height the text needs."""
        return QSize(super().sizeHint().width(), self._wanted_height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter leaves the text for the next field; Enter breaks the line."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.focusNextChild()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width wraps the text anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _on_text_changed(self) -> None:
        self._fit()
        if not self._is_showing:
            self.edited.emit(self.toPlainText())

    def _wanted_height(self) -> int:
        """Lines of text, between the least and the most, with the frame."""
        lines = min(max(int(self.document().size().height()), self._least_lines), MOST_LINES)
        return lines * self.fontMetrics().lineSpacing() + 2 * int(self.document().documentMargin()) + px(16)

    def _fit(self) -> None:
        wanted = self._wanted_height()
        if self.height() != wanted or self.minimumHeight() != wanted:
            self.setFixedHeight(wanted)


class LongTextField(FieldWidget):
    """A long text (长文本)."""

    editor: GrowingTextEdit

    def _make_editor(self) -> QWidget:
        editor = GrowingTextEdit(least_lines=_TOLD_LINES if self.spec.is_computed else LEAST_LINES)
        editor.setPlaceholderText(self._example())
        editor.edited.connect(self.typed)
        self._counter: QLabel = label("", "counter")
        return editor

    def _add_foot(self) -> None:
        super()._add_foot()
        self._head.insertWidget(self._head.count() - 2, self._counter)

    def text(self) -> str:
        """What stands in the text edit."""
        return self.editor.toPlainText()

    def _show_text(self, text: str) -> None:
        self.editor.show_text(text)

    def _set_editable(self, editable: bool) -> None:
        self.editor.setReadOnly(not editable)
        self.editor.setPlaceholderText(self._example() if editable else "")

    def _after_kept(self) -> None:
        if self.spec.is_computed:
            return
        text = str(self._kept or "")
        self._counter.setText(self._meter(text))
        set_state(self._counter, "short", 0 < written_length(text) < self.spec.min_length)

    def _meter(self, text: str) -> str:
        """How much is written, how much is still wanted, and how much there may be."""
        most = f"{len(text)} / {self.spec.max_length} 字"
        missing = self.spec.min_length - written_length(text)
        if missing <= 0 or not self.spec.min_length:
            return most
        return f"{most}，还差 {missing} 字" if text else f"{most}，至少 {self.spec.min_length} 字"

    def counter(self) -> str:
        """What the counter says."""
        return self._counter.text()
