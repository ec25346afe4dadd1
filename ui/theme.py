"""Colours, type and style of every screen (界面样式): the one place that names them.

Fusion, a palette and one style sheet (`resources/styles/desk.qss`). The sheet holds no value of its own:
`@ink` is a colour of COLOURS, `@pt(10.5)` a text size and `@px(8)` a length, both scaled by the text size
the person chose (100–175 %). Widgets say what they are by the dynamic property `role`.
"""

from __future__ import annotations

import enum
import re
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QWidget

import resources


class Colours(NamedTuple):
    """The palette (配色): near-white ground, one deep accent, status colours each with a ground of their own."""

    ground: str = "#f6f7f5"
    card: str = "#ffffff"
    ink: str = "#1d2730"
    muted: str = "#66727d"
    faint: str = "#87919a"
    line: str = "#e3e7ea"
    edge: str = "#cfd6db"
    quiet_ground: str = "#f4f6f7"
    accent: str = "#17697a"
    accent_deep: str = "#115463"
    accent_ground: str = "#e6f1f3"
    accent_edge: str = "#cbe2e7"
    good: str = "#23693f"
    good_ground: str = "#e7f3eb"
    good_edge: str = "#c9e3d2"
    care: str = "#8a5600"
    care_ground: str = "#fbf1dd"
    care_edge: str = "#f0dcae"
    bad: str = "#a1231c"
    bad_ground: str = "#fbe9e7"
    bad_edge: str = "#f0c8c4"
    ahead: str = "#1f5b9e"
    ahead_ground: str = "#e5eef8"


COLOURS = Colours()


class Tone(enum.StrEnum):
    """What a status means (状态色调); never the only sign: a word and an icon stand beside it."""

    FAINT = "faint"
    QUIET = "quiet"
    PLAIN = "plain"
    ACCENT = "accent"
    GOOD = "good"
    CARE = "care"
    BAD = "bad"

    @property
    def ink(self) -> str:
        """Colour of word and icon."""
        return _TONES[self][0]

    @property
    def ground(self) -> str:
        """Colour behind them, "" for none."""
        return _TONES[self][1]


_TONES = {
    Tone.FAINT: (COLOURS.faint, ""),
    Tone.QUIET: (COLOURS.muted, ""),
    Tone.PLAIN: (COLOURS.muted, COLOURS.quiet_ground),
    Tone.ACCENT: (COLOURS.accent, COLOURS.accent_ground),
    Tone.GOOD: (COLOURS.good, COLOURS.good_ground),
    Tone.CARE: (COLOURS.care, COLOURS.care_ground),
    Tone.BAD: (COLOURS.bad, COLOURS.bad_ground),
}

STYLE = "fusion"
"""Qt's own style that the sheet builds on, the same on every system."""

BASE_POINTS = 10.5
TEXT_SCALES = (1.0, 1.1, 1.25, 1.5, 1.75)
"""The text sizes offered in the settings, as factors."""

FAMILIES = (
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "PingFang SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "HarmonyOS Sans SC",
    "Noto Sans SC",
)
"""The system's Chinese font, else the shipped one (last)."""

_SCALE_PROPERTY = "text_scale"
_PLACEHOLDER = re.compile(r"@(?:(px|pt)\(([\d.]+)\)|([a-z_]+))")


def text_scale() -> float:
    """The text size in force as a factor, 1.0 before `apply_theme`."""
    app = QApplication.instance()
    value = app.property(_SCALE_PROPERTY) if app is not None else None
    return float(value) if value else 1.0


def px(length: float) -> int:
    """A length in logical pixels that grows with the text."""
    return round(length * text_scale())


def point_size(points: float) -> float:
    """A text size in points that grows with the setting."""
    return points * text_scale()


def font(points: float = BASE_POINTS, *, bold: bool = False) -> QFont:
    """The desk's font at a size, for what is painted by code."""
    made = QFont(QApplication.font())
    made.setPointSizeF(point_size(points))
    made.setBold(bold)
    return made


def set_role(widget: QWidget, role: str) -> None:
    """Give a widget its role in the style sheet, also after it has been shown."""
    if widget.property("role") == role:
        return
    widget.setProperty("role", role)
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return  # it is dressed before it is first shown
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)


def style_sheet(template: str, scale: float) -> str:
    """The sheet with its placeholders filled; KeyError names a colour that does not exist."""
    colours = COLOURS._asdict()
    colours["icons"] = resources.path("icons").as_posix()

    def value(match: re.Match[str]) -> str:
        kind, number, name = match.groups()
        if kind == "px":
            return f"{round(float(number) * scale)}px"
        if kind == "pt":
            return f"{float(number) * scale:.2f}pt"
        return str(colours[name])

    return _PLACEHOLDER.sub(value, template)


def apply_theme(app: QApplication, scale: float = 1.0) -> None:
    """Dress the whole program; called again when the person changes the text size."""
    app.setProperty(_SCALE_PROPERTY, scale)
    app.setPalette(_palette())
    base = QFont()
    base.setFamilies(list(FAMILIES))
    base.setPointSizeF(BASE_POINTS * scale)
    app.setFont(base)
    template = resources.path("styles", "desk.qss").read_text(encoding="utf-8")
    app.setStyleSheet(style_sheet(template, scale))


def _palette() -> QPalette:
    """One light palette, the same on every system."""
    group, role = QPalette.ColorGroup, QPalette.ColorRole
    palette = QPalette()
    for place, colour in (
        (role.Window, COLOURS.ground),
        (role.Base, COLOURS.card),
        (role.AlternateBase, COLOURS.ground),
        (role.Button, COLOURS.card),
        (role.ToolTipBase, COLOURS.ink),
        (role.ToolTipText, COLOURS.card),
        (role.WindowText, COLOURS.ink),
        (role.Text, COLOURS.ink),
        (role.ButtonText, COLOURS.ink),
        (role.BrightText, COLOURS.bad),
        (role.PlaceholderText, COLOURS.faint),
        (role.Highlight, COLOURS.accent),
        (role.HighlightedText, COLOURS.card),
        (role.Accent, COLOURS.accent),
        (role.Link, COLOURS.accent),
        (role.LinkVisited, COLOURS.accent),
        (role.Mid, COLOURS.edge),
        (role.Midlight, COLOURS.line),
        (role.Light, COLOURS.card),
        (role.Dark, COLOURS.faint),
        (role.Shadow, COLOURS.edge),
    ):
        palette.setColor(place, QColor(colour))
    for place in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(group.Disabled, place, QColor(COLOURS.faint))
    palette.setColor(group.Disabled, role.Base, QColor(COLOURS.quiet_ground))
    palette.setColor(group.Disabled, role.Highlight, QColor(COLOURS.edge))
    palette.setColor(group.Inactive, role.Highlight, QColor(COLOURS.accent_ground))
    palette.setColor(group.Inactive, role.HighlightedText, QColor(COLOURS.ink))
    return palette


ALIGN_CENTRE = Qt.AlignmentFlag.AlignCenter
ALIGN_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
ALIGN_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
