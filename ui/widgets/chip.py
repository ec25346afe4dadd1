"""Status chips (状态标签): word, icon and colour together, as a widget and as paint for table cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QStaticText
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.icons import glyph, glyph_font
from ui.theme import COLOURS, Tone, font, px

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

CHIP_POINTS = 9.5


class ChipLook(NamedTuple):
    """What a chip shows (状态): `tone` is one of ui.theme.Tone's words, `icon` a name of ui.icons or "".

    `is_solid` turns ink and ground round, for the one state that must not be overlooked.
    """

    word: str
    tone: str = Tone.PLAIN
    icon: str = ""
    is_solid: bool = False


class _Laid(NamedTuple):
    """A chip laid out once (排好的标签): how wide it is, its sign and word ready to be drawn, its colours."""

    width: int
    sign: QStaticText | None
    sign_width: int
    word: QStaticText
    ink: QColor
    ground: QColor | None


class ChipPainter:
    """Paints chips at the present text size; made once and used for every cell.

    A table shows a few states in hundreds of cells, so each is laid out once and only drawn after that.
    """

    def __init__(self) -> None:
        self.font: QFont = font(CHIP_POINTS)
        self.metrics = QFontMetrics(self.font)
        self.height = self.metrics.height() + px(4)
        self._sign_room = px(13)
        self._sign_font = glyph_font(self._sign_room)
        self._sign_metrics = QFontMetrics(self._sign_font)
        self._pad = px(8)
        self._gap = px(4)
        self._known: dict[ChipLook, _Laid] = {}

    def size(self, look: ChipLook) -> QSize:
        """The room a chip needs."""
        return QSize(self._laid(look).width, self.height)

    def paint(self, painter: QPainter, rect: QRect, look: ChipLook, *, centred: bool = True) -> None:
        """Draw into `rect`, centred or at its left edge; words that do not fit end in …."""
        laid = self._laid(look)
        width = min(laid.width, rect.width())
        left = rect.left() + ((rect.width() - width) // 2 if centred else 0)
        top = rect.top() + (rect.height() - self.height) // 2
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if laid.ground is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(laid.ground)
            painter.drawRoundedRect(QRectF(left, top, width, self.height), self.height / 2, self.height / 2)
        painter.setPen(laid.ink)
        at = left + self._pad
        if laid.sign is not None:
            painter.setFont(self._sign_font)
            above = (self.height - self._sign_metrics.height()) // 2
            painter.drawStaticText(at + (self._sign_room - laid.sign_width) // 2, top + above, laid.sign)
            at += self._sign_room + self._gap
        painter.setFont(self.font)
        if width == laid.width:
            painter.drawStaticText(at, top + (self.height - self.metrics.height()) // 2, laid.word)
        else:
            room = QRect(at, top, left + width - self._pad - at, self.height)
            word = self.metrics.elidedText(look.word, Qt.TextElideMode.ElideRight, room.width() + 1)
            painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), word)
        painter.restore()

    def _laid(self, look: ChipLook) -> _Laid:
        """The chip laid out, now or before."""
        laid = self._known.get(look)
        if laid is None:
            self._known[look] = laid = self._lay_out(look)
        return laid

    def _lay_out(self, look: ChipLook) -> _Laid:
        tone = Tone(look.tone)
        ink, ground = (COLOURS.card, tone.ink) if look.is_solid else (tone.ink, tone.ground)
        sign = glyph(look.icon) if look.icon else ""
        sign_room = self._sign_room + self._gap if sign else 0
        return _Laid(
            self.metrics.horizontalAdvance(look.word) + sign_room + 2 * self._pad,
            _plain(sign) if sign else None,
            self._sign_metrics.horizontalAdvance(sign) if sign else 0,
            _plain(look.word),
            QColor(ink),
            QColor(ground) if ground else None,
        )


def _plain(text: str) -> QStaticText:
    """A text laid out when it is first drawn; never read as markup."""
    made = QStaticText(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    return made


class StatusChip(QWidget):
    """One chip as a widget (状态标签)."""

    def __init__(
        self, word: str = "", tone: str = Tone.PLAIN, icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = ChipLook(word, tone, icon)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(word)

    def look(self) -> ChipLook:
        """What is shown."""
        return self._look

    def set_look(self, look: ChipLook) -> None:
        """Show another state."""
        self._look = look
        self.setAccessibleName(look.word)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Exactly the chip."""
        return ChipPainter().size(self._look)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the chip."""
        painter = QPainter(self)
        ChipPainter().paint(painter, self.rect(), self._look)
        painter.end()
