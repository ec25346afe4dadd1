"""Status chips (状态标签): word, icon and colour together, as a widget and as paint for table cells."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.icons import glyph, glyph_font
from ui.theme import COLOURS, Tone, font, px

CHIP_POINTS = 9.5


@dataclass(frozen=True, slots=True)
class ChipLook:
    """What a chip shows (状态): `tone` is one of ui.theme.Tone's words, `icon` a name of ui.icons or "".

    `is_solid` turns ink and ground round, for the one state that must not be overlooked.
    """

    word: str
    tone: str = Tone.PLAIN
    icon: str = ""
    is_solid: bool = False


class ChipPainter:
    """Paints chips at the present text size; made once and used for every cell."""

    def __init__(self) -> None:
        self.font: QFont = font(CHIP_POINTS)
        self.metrics = QFontMetrics(self.font)
        self.height = self.metrics.height() + px(4)
        self._glyph_size = px(13)
        self._glyph_font = glyph_font(self._glyph_size)
        self._pad = px(8)
        self._gap = px(4)

    def size(self, look: ChipLook) -> QSize:
        """The room a chip needs."""
        icon_width = self._glyph_size + self._gap if look.icon else 0
        return QSize(self.metrics.horizontalAdvance(look.word) + icon_width + 2 * self._pad, self.height)

    def paint(self, painter: QPainter, rect: QRect, look: ChipLook, *, centred: bool = True) -> None:
        """Draw into `rect`, centred or at its left edge; words that do not fit end in …."""
        tone = Tone(look.tone)
        wanted = self.size(look)
        width = min(wanted.width(), rect.width())
        left = rect.left() + ((rect.width() - width) // 2 if centred else 0)
        chip = QRect(left, rect.top() + (rect.height() - self.height) // 2, width, self.height)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink, ground = (COLOURS.card, tone.ink) if look.is_solid else (tone.ink, tone.ground)
        if ground:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(ground))
            painter.drawRoundedRect(QRectF(chip), self.height / 2, self.height / 2)
        painter.setPen(QColor(ink))
        inner = chip.adjusted(self._pad, 0, -self._pad, 0)
        if look.icon:
            box = QRect(inner.left(), chip.top(), self._glyph_size, chip.height())
            painter.setFont(self._glyph_font)
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), glyph(look.icon))
            inner.setLeft(box.right() + 1 + self._gap)
        painter.setFont(self.font)
        word = self.metrics.elidedText(look.word, Qt.TextElideMode.ElideRight, inner.width() + 1)
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), word)
        painter.restore()


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
