"""Shipped fonts (字体): what the screen needs at start, and what only the form preview needs, when it needs it."""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QFontDatabase

import resources

_SCREEN = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
_FORMS = ("NotoSerifSC-Regular.ttf", "NotoSerifSC-Bold.ttf", "GongwenKai-Regular.ttf")


@cache
def load_screen_fonts() -> tuple[str, ...]:
    """Load the fonts of the window (黑体类); the families there are now."""
    return _load(_SCREEN)


@cache
def load_form_fonts() -> tuple[str, ...]:
    """Load the fonts the official forms are drawn with (宋体、仿宋、楷体类), 23 MB: on the first preview only."""
    return _load(_FORMS)


def _load(names: tuple[str, ...]) -> tuple[str, ...]:
    numbers = [QFontDatabase.addApplicationFont(str(resources.path("fonts", name))) for name in names]
    families = [QFontDatabase.applicationFontFamilies(number) for number in numbers if number >= 0]
    return tuple(dict.fromkeys(name for group in families for name in group))
