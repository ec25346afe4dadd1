"""Delegate of the findings list (检查结果绘制): icon, bold subject, sentence, and the links at the right."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from forms.findings import Finding
from ui.icons import glyph, glyph_font
from ui.item_models.cell_delegate import MARKS
from ui.theme import COLOURS, font, px
from ui.wizard.findings.list_model import FindingListModel
from ui.wizard.findings.words import may_explain, rest_of

Index = QModelIndex | QPersistentModelIndex

GO, EXPLAIN, WHY = "go", "explain", "why"
_EXPLAINED = "（已说明）"
"""Behind a finding that has been explained; its room is kept from the beginning."""


class FindingDelegate(QStyledItemDelegate):
    """Paints one finding a line (检查结果绘制); a line that does not fit wraps, at most three times."""

    def __init__(self, view: QAbstractItemView, *, read_only: bool) -> None:
        super().__init__(view)
        self._words = {GO: "去查看" if read_only else "去填写", EXPLAIN: "说明…", WHY: "为什么"}
        self._font, self._bold = font(10), font(10, bold=True)
        self._metrics, self._bold_metrics = QFontMetrics(self._font), QFontMetrics(self._bold)
        self._glyph = px(15)
        self._glyphs = glyph_font(self._glyph)
        self._line = self._metrics.lineSpacing()
        self._link_widths = {
            link: self._metrics.horizontalAdvance(words) + px(12) for link, words in self._words.items()
        }
        self._taken = px(12) + self._glyph + px(7) + sum(self._link_widths.values()) + px(14)
        self._least_width, self._gap, self._air = px(120), px(6), px(13)
        self._heights: dict[tuple[str, str, int], int] = {}
        self.open_row = -1

    def height_of(self, finding: Finding, width: int) -> int:
        """The height of a line whose sentence wraps at a width."""
        key = (finding.subject, finding.message, width)
        if key not in self._heights:
            room = max(width - self._taken, self._least_width)
            wanted = self._bold_metrics.horizontalAdvance(finding.subject) + self._gap
            told = _EXPLAINED if may_explain(finding) else ""
            wanted += self._metrics.horizontalAdvance(rest_of(finding) + told)
            lines = min(3, 1 + int(wanted * 1.02) // room)
            self._heights[key] = lines * self._line + self._air
        return self._heights[key]

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """A card lies over its whole line."""
        editor.setGeometry(option.rect)  # type: ignore[attr-defined]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, icon, sentence, links."""
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        if index.row() == self.open_row:
            return
        model = _model(index)
        finding = model.finding(index)
        settled = model.is_settled(index)
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(COLOURS.accent_ground))
        name, ink, _ = MARKS[finding.severity]
        if settled:
            name, ink = "check", COLOURS.good
        painter.setFont(self._glyphs)
        painter.setPen(QColor(ink))
        box = QRect(
            rect.left() + px(12), rect.top() + px(4), self._glyph, self._metrics.lineSpacing() + px(4)
        )
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), glyph(name))
        self._paint_sentence(painter, self._text_rect(rect), finding, settled)
        painter.setFont(self._font)
        painter.setPen(QColor(COLOURS.accent))
        for link, place in self._links(rect, finding).items():
            painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), self._words[link])
        painter.restore()

    def link_at(self, rect: QRect, point: QPoint, finding: Finding) -> str:
        """The link at a point of a line, "" when there is none."""
        return next((link for link, box in self._links(rect, finding).items() if box.contains(point)), "")

    def link_rect(self, rect: QRect, link: str, finding: Finding) -> QRect:
        """Where a link of a line stands."""
        return self._links(rect, finding)[link]

    def _links(self, rect: QRect, finding: Finding) -> dict[str, QRect]:
        """The links of a line: go, explain where that settles it, why; each always at the same place."""
        boxes: dict[str, QRect] = {}
        right = rect.right() - px(8)
        for link in (WHY, EXPLAIN, GO):
            if link != EXPLAIN or may_explain(finding):
                width = self._link_widths[link]
                boxes[link] = QRect(right - width + 1, rect.top() + px(4), width, self._line + px(4))
            right -= self._link_widths[link]
        return boxes

    def _text_rect(self, rect: QRect) -> QRect:
        """Where the sentence stands: between icon and links."""
        left = rect.left() + px(12) + self._glyph + px(7)
        return QRect(left, rect.top() + px(6), max(rect.width() - self._taken, px(60)), rect.height() - px(8))

    def _paint_sentence(self, painter: QPainter, rect: QRect, finding: Finding, settled: bool) -> None:
        """Subject bold, the rest plain, wrapped; what has been explained is grey."""
        painter.setPen(QColor(COLOURS.muted if settled else COLOURS.ink))
        painter.setFont(self._bold)
        subject = self._bold_metrics.elidedText(
            finding.subject, Qt.TextElideMode.ElideMiddle, rect.width() - px(40)
        )
        painter.drawText(QPointF(rect.left(), rect.top() + self._metrics.ascent()), subject)
        text = rest_of(finding) + (_EXPLAINED if settled else "")
        left = self._bold_metrics.horizontalAdvance(subject) + px(6)
        layout, rest = self._laid_out(text, rect, left)
        if rest >= 0:
            room = rect.width() - (left if rest == 0 else 0)
            cut = self._metrics.elidedText(text[rest:], Qt.TextElideMode.ElideRight, room - px(2))
            layout, _ = self._laid_out(text[:rest] + cut, rect, left)
        painter.setClipRect(rect.adjusted(0, -px(4), 0, px(4)))
        layout.draw(painter, QPointF(rect.topLeft()))
        painter.setClipping(False)

    def _laid_out(self, text: str, rect: QRect, left: int) -> tuple[QTextLayout, int]:
        """The text in the lines a row has room for, and where its last line begins if not all of it fits, else -1."""
        layout = QTextLayout(text, self._font)
        options = QTextOption()
        options.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(options)
        start = end = 0
        layout.beginLayout()
        for number in range(max(1, rect.height() // self._metrics.lineSpacing())):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(rect.width() - (left if number == 0 else 0))
            line.setPosition(QPointF(left if number == 0 else 0, number * self._metrics.lineSpacing()))
            start, end = line.textStart(), line.textStart() + line.textLength()
        layout.endLayout()
        return layout, start if end < len(text) else -1


def _model(index: Index) -> FindingListModel:
    """The model behind a line."""
    model = index.model()
    assert isinstance(model, FindingListModel)
    return model
