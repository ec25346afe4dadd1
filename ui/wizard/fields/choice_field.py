"""Field of a choice (选项填报项): a list to pick from; an open one also takes other text."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget

from forms import kinds
from forms.schema import Choice
from ui.wizard.fields.base import FieldWidget
from ui.wizard.fields.line_fields import MOST_CHARACTERS


class QuietComboBox(QComboBox):
    """A combo box that a turn of the wheel does not change unless the cursor stands in it (下拉框)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.is_locked = False

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the page, not the choice."""
        if self.hasFocus() and not self.is_locked:
            super().wheelEvent(event)
        else:
            event.ignore()


class ChoiceField(FieldWidget):
    """A choice (选项)."""

    editor: QuietComboBox

    def _make_editor(self) -> QWidget:
        self._options: tuple[Choice, ...] = self.spec.choices(self.context, {}) if self.spec.choices else ()
        box = QuietComboBox()
        box.setPlaceholderText("请选择")
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(6)
        for option in self._options:
            box.addItem(option.label, option.value)
        box.setCurrentIndex(-1)
        if self.spec.is_open_choice:
            self._open(box)
        box.activated.connect(self._on_activated)
        return box

    def _open(self, box: QuietComboBox) -> None:
        """Let other text be typed beside the choices."""
        box.setEditable(True)
        line = box.lineEdit()
        assert line is not None, "an editable box has a line"
        box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        line.setPlaceholderText(self._example() or "请选择或填写")
        line.setMaxLength(MOST_CHARACTERS)
        completer = QCompleter([option.label for option in self._options], box)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        box.setCompleter(completer)
        line.textEdited.connect(self.typed)
        completer.activated.connect(self.typed)

    def text(self) -> str:
        """The label chosen or the text typed."""
        return self.editor.currentText()

    def _show_text(self, text: str) -> None:
        box = self.editor
        box.blockSignals(True)
        position = box.findText(text) if text else -1
        while box.count() > len(self._options):
            box.removeItem(box.count() - 1)
        if box.isEditable():
            box.setCurrentIndex(position)
            if box.currentText() != text:
                box.setEditText(text)
        elif text and position < 0:
            box.addItem(text)
            box.setCurrentIndex(box.count() - 1)
        else:
            box.setCurrentIndex(position)
        box.blockSignals(False)

    def _set_editable(self, editable: bool) -> None:
        self.editor.setEnabled(editable)
        self.editor.is_locked = not editable

    def _watch(self, editor: QWidget) -> None:
        super()._watch(editor)
        line = self.editor.lineEdit()
        if line is not None:
            line.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The list being open is not leaving the field."""
        if event.type() == QEvent.Type.FocusOut and self.editor.view().isVisible():
            return False
        return super().eventFilter(watched, event)

    def is_being_typed(self) -> bool:
        """Whether the person is typing other text."""
        return self.editor.isEditable() and self.editor.hasFocus()

    def _reads_otherwise(self, kept: Any) -> bool:
        return bool(kinds.read(self.spec, self.text(), self.context).value != kept)

    def _on_activated(self, position: int) -> None:
        self.typed.emit(self.editor.itemText(position))
