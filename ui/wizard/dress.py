"""The wizard's own style (填报向导样式): a few rules beside the desk's, at the present text size."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

import resources
from ui.theme import style_sheet, text_scale


def dress(widget: QWidget) -> None:
    """Give a widget and all inside it the rules of `wizard.qss`.

    One that wears them at this text size already is left alone: dressing again goes through everything inside it.
    """
    template = resources.path("styles", "wizard.qss").read_text(encoding="utf-8")
    wanted = style_sheet(template, text_scale())
    if widget.styleSheet() != wanted:
        widget.setStyleSheet(wanted)
