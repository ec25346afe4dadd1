"""Keys of the wizard (快捷键): what each means, wherever in the form the cursor stands.

They are taken as keys, not as shortcuts: the desk's frame has shortcuts of its own (F1), and two
shortcuts of one key would silence each other.
"""

from __future__ import annotations

import enum

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent


class Wish(enum.Enum):
    """What a key asks of the wizard (快捷键含义)."""

    SAVE = enum.auto()
    UNDO = enum.auto()
    REDO = enum.auto()
    FIND = enum.auto()
    FIND_NEXT = enum.auto()
    HELP = enum.auto()
    PREVIEW = enum.auto()
    EVIDENCE = enum.auto()
    TAKE_OVER = enum.auto()
    NEXT_FINDING = enum.auto()
    PREVIOUS_FINDING = enum.auto()
    NEXT_STEP = enum.auto()
    PREVIOUS_STEP = enum.auto()
    LIBRARY = enum.auto()
    NEXT_ADVICE = enum.auto()
    PREVIOUS_ADVICE = enum.auto()
    SCORE = enum.auto()
    TOTAL_SCORE = enum.auto()
    REMARKS = enum.auto()


_CONTROL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_NONE = Qt.KeyboardModifier.NoModifier

_WISHES = {
    (Qt.Key.Key_S, _CONTROL): Wish.SAVE,
    (Qt.Key.Key_Z, _CONTROL): Wish.UNDO,
    (Qt.Key.Key_Y, _CONTROL): Wish.REDO,
    (Qt.Key.Key_Z, _CONTROL | _SHIFT): Wish.REDO,
    (Qt.Key.Key_F, _CONTROL): Wish.FIND,
    (Qt.Key.Key_F3, _NONE): Wish.FIND_NEXT,
    (Qt.Key.Key_F1, _NONE): Wish.HELP,
    (Qt.Key.Key_P, _CONTROL): Wish.PREVIEW,
    (Qt.Key.Key_E, _CONTROL): Wish.EVIDENCE,
    (Qt.Key.Key_I, _CONTROL): Wish.TAKE_OVER,
    (Qt.Key.Key_F8, _NONE): Wish.NEXT_FINDING,
    (Qt.Key.Key_F8, _SHIFT): Wish.PREVIOUS_FINDING,
    (Qt.Key.Key_PageDown, _CONTROL): Wish.NEXT_STEP,
    (Qt.Key.Key_PageUp, _CONTROL): Wish.PREVIOUS_STEP,
    (Qt.Key.Key_L, _CONTROL): Wish.LIBRARY,
    (Qt.Key.Key_F6, _NONE): Wish.NEXT_ADVICE,
    (Qt.Key.Key_F6, _SHIFT): Wish.PREVIOUS_ADVICE,
    (Qt.Key.Key_F9, _NONE): Wish.SCORE,
    (Qt.Key.Key_F9, _SHIFT): Wish.TOTAL_SCORE,
    (Qt.Key.Key_R, _CONTROL): Wish.REMARKS,
}


def wish_of(event: QKeyEvent) -> Wish | None:
    """What a key asks for, None when it is not the wizard's."""
    return _WISHES.get((Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier))
