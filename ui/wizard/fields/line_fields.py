"""Fields of one line (单行填报项): text, code, phone, year and weight."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from ui.theme import ALIGN_RIGHT, font, px
from ui.widgets.labels import label
from ui.wizard.fields.base import FieldWidget

MOST_CHARACTERS = 1_000_000
"""A line takes whatever is pasted into it; too long a text is kept and said to be too long."""


class LineField(FieldWidget):
    """A field of one line (单行填报项)."""

    editor: QLineEdit

    def _make_editor(self) -> QWidget:
        editor = QLineEdit()
        editor.setMaxLength(MOST_CHARACTERS)
        editor.setPlaceholderText(self._example())
        editor.textEdited.connect(self.typed)
        return editor

    def text(self) -> str:
        """What stands in the line."""
        return self.editor.text()

    def _show_text(self, text: str) -> None:
        if self.editor.text() != text:
            self.editor.setText(text)
            if not self.editor.hasFocus():
                self.editor.setCursorPosition(0)

    def _set_editable(self, editable: bool) -> None:
        self.editor.setReadOnly(not editable)
        self.editor.setPlaceholderText(self._example() if editable else "")

    def _narrow(self, characters: int, unit: str = "") -> None:
        """Make the line as wide as its content needs, with a unit behind it."""
        advance = QFontMetrics(font()).horizontalAdvance("0")
        self.editor.setMaximumWidth(advance * characters + px(28))
        if unit:
            self._line.addWidget(label(unit, "unit"))
        self._line.addStretch(1)


class TextField(LineField):
    """A name or a short text (文本)."""


class RateField(LineField):
    """A share, written in percent (百分数)."""

    def _make_editor(self) -> QWidget:
        editor = super()._make_editor()
        editor.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
        return editor


class PhoneField(LineField):
    """A telephone number (电话)."""

    def _make_editor(self) -> QWidget:
        editor = super()._make_editor()
        editor.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
        return editor


class CodeField(LineField):
    """A code (代码), counted as it is typed: long codes are hard to count by eye."""

    def _make_editor(self) -> QWidget:
        editor = super()._make_editor()
        editor.setInputMethodHints(Qt.InputMethodHint.ImhLatinOnly)
        self._counter: QLabel = label("", "counter")
        return editor

    def _add_foot(self) -> None:
        self._line.addWidget(self._counter)
        super()._add_foot()

    def _after_kept(self) -> None:
        count = len(str(self._kept or ""))
        self._counter.setText(f"{count} 位" if count else "")


class YearField(LineField):
    """A year (年份)."""

    def _add_foot(self) -> None:
        self._narrow(12, "年")
        super()._add_foot()


class WeightField(LineField):
    """Points (分值), right-aligned."""

    def _add_foot(self) -> None:
        self.editor.setAlignment(ALIGN_RIGHT)
        self._narrow(10, "分")
        super()._add_foot()
