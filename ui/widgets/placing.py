"""Sizes of windows (窗口大小): what one would like, never more than the screen has."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_FRAME = 40
"""Room for the window's own title bar and edges."""


def resize_within_screen(widget: QWidget, width: int, height: int) -> None:
    """Resize to the wished size, or to what the screen leaves."""
    room = widget.screen().availableGeometry()
    widget.resize(min(width, room.width() - _FRAME // 2), min(height, room.height() - _FRAME))
