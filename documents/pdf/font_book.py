"""Which face sets which character (字体选用): roles, fallback per character, and what no font has.

A character its role's face lacks is looked for in the other shipped faces; what none has is drawn as 〓
and kept in `missing`, never dropped. Tick boxes are lines, so that they look the same in every face.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from pathlib import Path

from reportlab.pdfbase.ttfonts import TTFError

from documents.line_breaking import Advance
from documents.pdf.fonts import EmbeddedFont, load_font, shipped_font
from documents.printable_text import is_control, is_shapeless

BOXES = "☐☑☒"
"""Tick boxes (方框), drawn as lines."""


class Role(enum.Enum):
    """What a text is set for (字体用途)."""

    TITLE = "小标宋"
    LABEL = "宋体"
    FILLED = "仿宋"
    STRONG = "黑体"
    NOTE = "楷体"


_SONG = "NotoSerifSC-Regular.ttf"
_FILES = {
    Role.TITLE: "NotoSerifSC-Bold.ttf",
    Role.LABEL: _SONG,
    Role.FILLED: _SONG,
    Role.STRONG: "NotoSansSC-Bold.ttf",
    Role.NOTE: "GongwenKai-Regular.ttf",
}
_FALLBACKS = (_SONG, "NotoSansSC-Regular.ttf", "GongwenKai-Regular.ttf")


class RunKind(enum.Enum):
    """How a run is drawn (字段画法)."""

    GLYPHS = enum.auto()
    BOX = enum.auto()
    STAND_IN = enum.auto()


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one line that are drawn alike (同字体字段); `width` in ems."""

    kind: RunKind
    text: str
    font: EmbeddedFont
    width: float


_Found = tuple[RunKind, EmbeddedFont, float]


class _Widths(dict[str, float]):
    """Widths of characters in a role's face, looked up once each (字宽)."""

    def __init__(self, book: FontBook, role: Role) -> None:
        super().__init__()
        self._book = book
        self._role = role

    def __missing__(self, char: str) -> float:
        self[char] = 0.0 if is_shapeless(char) else self._book.found(self._role, char)[2]
        return self[char]


class FontBook:
    """Faces by role (字体册); `fangsong` is the user's own 仿宋 file, if there is one."""

    def __init__(self, fangsong: Path | None = None) -> None:
        self.fangsong = _usable(fangsong) if fangsong else None
        self.missing: set[str] = set()
        self._known: dict[Role, dict[str, _Found]] = {role: {} for role in Role}
        self._widths = {role: _Widths(self, role) for role in Role}

    def font(self, role: Role) -> EmbeddedFont:
        """The face of a role."""
        if role is Role.FILLED and self.fangsong is not None:
            return self.fangsong
        return shipped_font(_FILES[role])

    def advance(self, role: Role) -> Advance:
        """Widths of characters in ems, for line breaking."""
        return self._widths[role].__getitem__

    def runs(self, text: str, role: Role) -> tuple[Run, ...]:
        """One line of text as runs; what no font has is noted in `missing`."""
        runs: list[Run] = []
        for char in text:
            if is_shapeless(char):
                continue
            kind, font, width = self.found(role, char)
            if kind is RunKind.STAND_IN:
                self.missing.add(char)
            if kind is RunKind.GLYPHS and runs and runs[-1].kind is kind and runs[-1].font is font:
                runs[-1] = Run(kind, runs[-1].text + char, font, runs[-1].width + width)
            else:
                runs.append(Run(kind, char, font, width))
        return tuple(runs)

    def found(self, role: Role, char: str) -> _Found:
        """How a character is drawn, from which face, and how wide in ems."""
        known = self._known[role]
        if char not in known:
            known[char] = self._look_up(role, char)
        return known[char]

    def _look_up(self, role: Role, char: str) -> _Found:
        font = self.font(role)
        if char in BOXES:
            return RunKind.BOX, font, 1.0
        if font.has(char) and not is_control(char):
            return RunKind.GLYPHS, font, font.em_width(char)
        for file_name in () if is_control(char) else _FALLBACKS:
            other = shipped_font(file_name)
            if other.has(char):
                return RunKind.GLYPHS, other, other.em_width(char)
        return RunKind.STAND_IN, shipped_font(_SONG), 1.0


def _usable(path: Path) -> EmbeddedFont | None:
    """The font of a file, None when it cannot or must not be embedded."""
    try:
        font = load_font(path)
    except (OSError, TTFError):
        return None
    return font if font.is_embeddable else None
