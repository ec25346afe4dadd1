"""Icons of every screen (图标): one library, one table of names, drawn from one small font.

The library is Remix Icon (Apache-2.0), shipped as `resources/icons/remixicon.ttf`. It is drawn by a
forty-line engine: the usual wrapper library needs longer to import than a bare window needs to show, and
the window must be there at once. Icons are drawn as glyphs, so they are sharp at every scale.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap

import resources
from ui.theme import COLOURS

GLYPHS = {
    "home": "\uee1f",  # home-5-line
    "project": "\uf2c6",  # window-line
    "send": "\uf0da",  # send-plane-line
    "inbox": "\uec54",  # download-2-line
    "archive": "\uea48",  # archive-line
    "library": "\uead3",  # book-2-line
    "settings": "\uf0e6",  # settings-3-line
    "help": "\uf045",  # question-line
    "calendar": "\ueb27",  # calendar-line
    "tasks": "\ueb29",  # calendar-todo-line
    "review": "\ueeba",  # list-check
    "summary": "\uea96",  # bar-chart-2-line
    "recheck": "\uf039",  # pushpin-line
    "rectify": "\uedef",  # hammer-line
    "publish": "\uf2a2",  # volume-up-line
    "report": "\ued0f",  # file-text-line
    "register": "\uebce",  # contacts-book-line
    "check": "\ueb7b",  # check-line
    "done": "\ueb81",  # checkbox-circle-line
    "done_solid": "\ueb80",  # checkbox-circle-fill
    "empty": "\ueb7d",  # checkbox-blank-circle-line
    "dot": "\ueb7c",  # checkbox-blank-circle-fill
    "edit": "\uefe0",  # pencil-line
    "problem": "\ueca1",  # error-warning-line
    "problem_solid": "\ueca0",  # error-warning-fill
    "care": "\uea21",  # alert-line
    "care_solid": "\uea20",  # alert-fill
    "time": "\uf20f",  # time-line
    "close": "\ueb99",  # close-line
    "refuse": "\ueb97",  # close-circle-line
    "refuse_solid": "\ueb96",  # close-circle-fill
    "down": "\uea4e",  # arrow-down-s-line
    "right": "\uea6e",  # arrow-right-s-line
    "left": "\uea64",  # arrow-left-s-line
    "up": "\uea78",  # arrow-up-s-line
    "back": "\uea60",  # arrow-left-line
    "forward": "\uea6c",  # arrow-right-line
    "move_up": "\uea76",  # arrow-up-line
    "move_down": "\uea4c",  # arrow-down-line
    "ahead": "\uea76",  # arrow-up-line
    "undo": "\uea58",  # arrow-go-back-line
    "redo": "\uea5a",  # arrow-go-forward-line
    "search": "\uf0d1",  # search-line
    "filter": "\ued25",  # filter-3-line
    "add": "\uea13",  # add-line
    "remove": "\uf1af",  # subtract-line
    "delete": "\uec2a",  # delete-bin-line
    "lock": "\ueece",  # lock-line
    "password": "\ueed0",  # lock-password-line
    "key": "\uee6f",  # key-2-line
    "shield": "\uf100",  # shield-check-line
    "sign": "\uf107",  # shield-keyhole-line
    "print": "\uf029",  # printer-line
    "pdf": "\uecfd",  # file-pdf-line
    "excel": "\uecdd",  # file-excel-2-line
    "copy": "\uecd5",  # file-copy-line
    "paste": "\ueb91",  # clipboard-line
    "new_file": "\uecc9",  # file-add-line
    "open_folder": "\ued70",  # folder-open-line
    "folder": "\ued52",  # folder-2-line
    "finance": "\uea94",  # bank-line
    "unit": "\uedd9",  # government-line
    "department": "\ueb0d",  # building-4-line
    "town": "\uebba",  # community-line
    "practice": "\uf009",  # play-circle-line
    "show": "\uecb5",  # eye-line
    "hide": "\uecb7",  # eye-off-line
    "refresh": "\uf064",  # refresh-line
    "restore": "\uee17",  # history-line
    "take_in": "\uec54",  # download-2-line
    "export": "\uf24a",  # upload-2-line
    "info": "\uee59",  # information-line
    "draft": "\uec5c",  # draft-line
    "save": "\uf0b1",  # save-3-line
    "person": "\uf264",  # user-line
    "people": "\uf1ee",  # team-line
    "open_outside": "\uecaf",  # external-link-line
    "carrier": "\uf252",  # usb-line
    "disk": "\uedf9",  # hard-drive-2-line
    "backup": "\uec16",  # database-2-line
    "text_size": "\ued8d",  # font-size
    "drop": "\uec5e",  # drag-drop-line
    "more": "\uef77",  # more-2-line
    "menu": "\uef3e",  # menu-line
    "forbidden": "\ued95",  # forbid-line
    "none": "\uee57",  # indeterminate-circle-line
    "award": "\uea8a",  # award-line
    "attachment": "\uea86",  # attachment-line
    "link": "\ueeb2",  # link
    "comment": "\uef44",  # message-2-line
    "zoom_in": "\uf2db",  # zoom-in-line
    "table": "\uf1de",  # table-line
    "flag": "\ued3b",  # flag-line
    "keyboard": "\uee75",  # keyboard-line
    "bell": "\uef94",  # notification-3-line
    "mail": "\uef02",  # mail-unread-line
    "stack": "\uf181",  # stack-line
    "package": "\uee4d",  # inbox-archive-line
    "unpack": "\uee51",  # inbox-unarchive-line
    "money": "\uef61",  # money-cny-circle-line
    "list": "\ueebe",  # list-unordered
    "tree": "\uef90",  # node-tree
    "kit": "\uf217",  # todo-line
    "receipt": "\uf1e8",  # task-line
    "returned": "\uea58",  # arrow-go-back-line
}
"""Name of an icon in this program → its glyph (the library's own name beside it)."""


class _GlyphEngine(QIconEngine):
    """Draws one glyph into any rectangle."""

    def __init__(self, glyph: str, colour: str) -> None:
        super().__init__()
        self._glyph = glyph
        self._colour = colour

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw at the rectangle's height; disabled icons are grey, white ones stay so like the words on their ground."""
        is_grey = mode == QIcon.Mode.Disabled and self._colour != COLOURS.card
        colour = COLOURS.edge if is_grey else self._colour
        painter.save()
        painter.setPen(QColor(colour))
        size = min(rect.width(), rect.height())
        painter.setFont(glyph_font(size))
        # Chinese characters stand a little below the middle of their line; icons follow them.
        painter.drawText(
            rect.translated(0, round(size * 0.06)), int(Qt.AlignmentFlag.AlignCenter), self._glyph
        )
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """The glyph on a transparent ground."""
        return _drawn_by(self, size, mode, state)


@cache
def _family() -> str:
    """The icon font's family, loaded once when the first icon is drawn."""
    number = QFontDatabase.addApplicationFont(str(resources.path("icons", "remixicon.ttf")))
    families = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    return families[0] if families else ""


def glyph_font(pixels: int) -> QFont:
    """The icon font at a height, for delegates that paint glyphs beside words."""
    made = QFont(_family())
    made.setPixelSize(max(pixels, 1))
    return made


def glyph(name: str) -> str:
    """The character of an icon; KeyError when the table has no such name."""
    return GLYPHS[name]


@cache
def icon(name: str, colour: str | None = None) -> QIcon:
    """An icon by name, in ink or a colour of the theme; KeyError when the table has no such name."""
    return QIcon(_GlyphEngine(GLYPHS[name], colour or COLOURS.ink))


def pixmap(name: str, pixels: int, colour: str, ratio: float = 1.0) -> QPixmap:
    """An icon as a picture of `pixels` logical height, for labels."""
    return icon(name, colour).pixmap(QSize(pixels, pixels), ratio)


class _MarkEngine(QIconEngine):
    """Draws the program's mark at whatever size the window system asks for; nothing is drawn before it asks."""

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """绩 in white on the accent, rounded."""
        side = min(rect.width(), rect.height())
        ground = QRect(rect.x(), rect.y(), side, side)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(COLOURS.accent))
        painter.drawRoundedRect(ground, side * 0.2, side * 0.2)
        font = QFont(painter.font())
        font.setPixelSize(max(round(side * 0.62), 1))
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(COLOURS.card))
        painter.drawText(ground, int(Qt.AlignmentFlag.AlignCenter), "绩")
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """The mark on a transparent ground."""
        return _drawn_by(self, size, mode, state)


def _drawn_by(engine: QIconEngine, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
    """What an engine paints, on a transparent ground."""
    made = QPixmap(size)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    engine.paint(painter, QRect(QPoint(0, 0), size), mode, state)
    painter.end()
    return made


@cache
def window_icon() -> QIcon:
    """The program's mark, 绩 in white on the accent (程序标志): for windows, and at any size by `mark`."""
    return QIcon(_MarkEngine())


def mark(pixels: int) -> QPixmap:
    """The program's mark as a picture."""
    return window_icon().pixmap(QSize(pixels, pixels), 1.0)
