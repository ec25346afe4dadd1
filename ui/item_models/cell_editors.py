"""Editors of table cells (单元格编辑框): a line, several lines, or a line with a list of choices.

They decide themselves where a key leads (Enter to the next cell, arrows to the rows above and below,
Esc back to what was there), because clerks expect what Excel does.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Sequence

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent, QShowEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QCompleter, QLineEdit, QPlainTextEdit, QWidget

from forms.schema import Choice
from ui.item_models.spellings import closest_choice
from ui.item_models.tabular_text import is_table


class Leave(enum.Enum):
    """Where to go when a cell is done (离开单元格)."""

    STAY = enum.auto()
    NEXT = enum.auto()
    PREVIOUS = enum.auto()
    NEXT_BY_TAB = enum.auto()
    UP = enum.auto()
    DOWN = enum.auto()
    REVERT = enum.auto()
    PASTE = enum.auto()


_KEYS = {
    int(Qt.Key.Key_Return): Leave.NEXT,
    int(Qt.Key.Key_Enter): Leave.NEXT,
    int(Qt.Key.Key_Tab): Leave.NEXT_BY_TAB,
    int(Qt.Key.Key_Backtab): Leave.PREVIOUS,
    int(Qt.Key.Key_Up): Leave.UP,
    int(Qt.Key.Key_Down): Leave.DOWN,
    int(Qt.Key.Key_Escape): Leave.REVERT,
}
_FIRST_SPECIAL_KEY = int(Qt.Key.Key_Escape)
"""Keys below it are characters: the commonest by far, so they are let through before anything else is asked."""
_BESIDE = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
).value
_UNDO = (
    (int(Qt.Key.Key_Z), Qt.KeyboardModifier.ControlModifier),
    (int(Qt.Key.Key_Y), Qt.KeyboardModifier.ControlModifier),
)


_MEANT_WITH_CONTROL = frozenset(map(int, (Qt.Key.Key_Z, Qt.Key.Key_Y, Qt.Key.Key_V)))
"""The characters' keys that mean something to a cell together with Ctrl; all others are the editor's own business."""


def _is_character(event: QKeyEvent) -> bool:
    """Whether a key is the editor's own business; what is held down beside it is asked only where that matters."""
    key = event.key()
    if key >= _FIRST_SPECIAL_KEY:
        return False
    return key not in _MEANT_WITH_CONTROL or not event.modifiers().value & _BESIDE


def _is_undo(event: QKeyEvent) -> bool:
    """Whether a key belongs to the form's undo, not to the editor's own."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
    return (event.key(), modifiers) in _UNDO


def _leave_of(event: QKeyEvent) -> Leave | None:
    """Where a key leads out of a cell, None when it stays inside."""
    if event.matches(QKeySequence.StandardKey.Paste):
        return Leave.PASTE if is_table(QApplication.clipboard().text()) else None
    if event.modifiers() & (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier):
        return None
    leave = _KEYS.get(event.key())
    if leave is Leave.NEXT and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
        return Leave.PREVIOUS
    return leave


class LineCellEditor(QLineEdit):
    """One line of text (单行编辑框); `on_typed` is told of every keystroke, without a detour."""

    left = Signal(Leave)

    def __init__(self, parent: QWidget, on_typed: Callable[[str], object]) -> None:
        super().__init__(parent)
        self._on_typed = on_typed
        self.setProperty("role", "cell")
        self.setFrame(False)
        self.setMaxLength(1_000_000)
        self.textEdited.connect(on_typed)

    def show_text(self, text: str) -> None:
        """Show what is kept, unless it is what stands here already."""
        if self.text() != text:
            self.setText(text)

    def showEvent(self, event: QShowEvent) -> None:
        """The style paints every pixel, so nothing below has to be painted with each keystroke.

        Said only now: dressing a widget takes the mark away, and a widget is dressed when first shown.
        """
        super().showEvent(event)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """A released key concerns nobody further up."""
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave by the keys that lead out; everything else is text."""
        if _is_character(event):
            super().keyPressEvent(event)
            return
        if _is_undo(event):
            event.ignore()
            return
        leave = _leave_of(event)
        if leave is None:
            super().keyPressEvent(event)
            return
        event.accept()
        self.left.emit(leave)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Done when another widget takes over, not when a menu or another window does."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.left.emit(Leave.STAY)


class ChoiceCellEditor(LineCellEditor):
    """A line with a list of choices below (选项编辑框): typed, or picked with the arrows or the mouse."""

    def __init__(self, options: Sequence[Choice], parent: QWidget, on_typed: Callable[[str], object]) -> None:
        super().__init__(parent, on_typed)
        self._options = tuple(options)
        labels = list(dict.fromkeys(option.label for option in options))
        self._completer = QCompleter(QStringListModel(labels, self), self)
        self._completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setMaxVisibleItems(12)
        self._completer.activated.connect(self._on_activated)
        self.setCompleter(self._completer)

    def show_choices(self) -> None:
        """Open the whole list."""
        self._completer.setCompletionPrefix("")
        self._completer.complete()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down opens the list; leaving takes the choice the typed text leads to."""
        if _is_character(event):
            super().keyPressEvent(event)
            return
        popup = self._completer.popup()
        picked = popup.isVisible() and popup.currentIndex().isValid()
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_F4) and not popup.isVisible():
            event.accept()
            self.show_choices()
            return
        if popup.isVisible() and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Escape):
            event.ignore()
            return
        leave = _leave_of(event)
        if leave in (Leave.NEXT, Leave.NEXT_BY_TAB, Leave.PREVIOUS):
            if picked:
                self._take(str(popup.currentIndex().data()))
            else:
                self._take_closest()
            popup.hide()
        super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the whole list."""
        self.show_choices()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the choice the typed text leads to."""
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._take_closest()
        super().focusOutEvent(event)

    def _take_closest(self) -> None:
        found = closest_choice(self._options, self.text())
        if found is not None and found.label != self.text():
            self._take(found.label)

    def _take(self, label: str) -> None:
        self.setText(label)
        self._on_typed(label)

    def _on_activated(self, label: str) -> None:
        self._take(label)
        self.left.emit(Leave.STAY)


class TextCellEditor(QPlainTextEdit):
    """Several lines (多行编辑框): Alt+Enter breaks the line, as in Excel."""

    left = Signal(Leave)

    def __init__(self, parent: QWidget, on_typed: Callable[[str], object]) -> None:
        super().__init__(parent)
        self._on_typed = on_typed
        self.setProperty("role", "cell")
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._is_showing = False
        self.textChanged.connect(self._on_changed)

    def showEvent(self, event: QShowEvent) -> None:
        """What is written on fills its own ground, so no cell below has to be painted with each keystroke.

        Said only now: dressing a widget takes the mark away, and a widget is dressed when first shown.
        """
        super().showEvent(event)
        self.viewport().setAutoFillBackground(True)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """A released key concerns nobody further up."""
        event.accept()

    def text(self) -> str:
        """What stands in the editor."""
        return self.toPlainText()

    def show_text(self, text: str) -> None:
        """Show what is kept, unless it is what stands here already."""
        if self.toPlainText() == text:
            return
        self._is_showing = True
        self.setPlainText(text)
        self.moveCursor(QTextCursor.MoveOperation.End)
        self._is_showing = False

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab leads to the next cell, not along the window's focus chain."""
        self.left.emit(Leave.NEXT_BY_TAB if forward else Leave.PREVIOUS)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter leads on, Alt+Enter breaks the line, Esc goes back to what was there."""
        if _is_character(event):
            super().keyPressEvent(event)
            return
        if _is_undo(event):
            event.ignore()
            return
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.insertPlainText("\n")
            return
        leave = _leave_of(event)
        if leave in (None, Leave.UP, Leave.DOWN):
            super().keyPressEvent(event)
            return
        event.accept()
        self.left.emit(leave)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Done when another widget takes over."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.left.emit(Leave.STAY)

    def _on_changed(self) -> None:
        if not self._is_showing:
            self._on_typed(self.toPlainText())


CellEditor = LineCellEditor | TextCellEditor
