"""The pages one below the other (预览画布): zoomed, clicked, only what is visible drawn."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from forms.findings import Place, place_of
from ui.preview.layout import PageLayout
from ui.preview.painting import paint_page
from ui.theme import COLOURS, px


class SheetCanvas(QWidget):
    """Draws pages and tells which answer was clicked (预览画布)."""

    place_chosen = Signal(Place)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages: Sequence[PageLayout] = ()
        self._mark = ""
        self._zoom = 0.1
        self._gap = px(16)
        self._hovered = ""
        self.setMouseTracking(True)
        self.setAccessibleName("预览表样")

    def show_pages(self, pages: Sequence[PageLayout], mark: str) -> None:
        """Show pages with a mark in their upper margin."""
        self._pages = pages
        self._mark = mark
        self._fit()

    def set_zoom(self, zoom: float) -> None:
        """Pixels a tenth of a point."""
        self._zoom = zoom
        self._fit()

    def page_count(self) -> int:
        """How many pages."""
        return len(self._pages)

    def page_width(self) -> float:
        """Width of the widest page, in tenths of a point."""
        return max((page.width for page in self._pages), default=1.0)

    def page_top(self, number: int) -> int:
        """Where a page begins, in pixels."""
        return round(sum(page.height * self._zoom + self._gap for page in self._pages[:number]) + self._gap)

    def page_at(self, y: int) -> int:
        """The page that lies at a height, in pixels."""
        number = 0
        while number + 1 < len(self._pages) and self.page_top(number + 1) <= y:
            number += 1
        return number

    def sizeHint(self) -> QSize:
        """All pages with air around."""
        width = round(self.page_width() * self._zoom) + 2 * self._gap
        return QSize(width, self.page_top(len(self._pages)))

    def place_at(self, point: QPointF) -> str:
        """The path of the answer at a point, "" where there is none."""
        for number, page in enumerate(self._pages):
            left, top = self._origin(number)
            inner = QPointF((point.x() - left) / self._zoom, (point.y() - top) / self._zoom)
            cell = page.cell_at(inner)
            if cell is not None:
                return cell.place
        return ""

    def centre_of(self, path: str) -> QPointF | None:
        """The middle of the cell of an answer, None when it is not on the sheet."""
        for number, page in enumerate(self._pages):
            left, top = self._origin(number)
            for placed in page.cells:
                if placed.cell.place == path:
                    middle = placed.rect.center() * self._zoom
                    return QPointF(left + middle.x(), top + middle.y())
        return None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pages that are to be seen."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), QColor(COLOURS.edge))
        for number, page in enumerate(self._pages):
            left, top = self._origin(number)
            if top > event.rect().bottom() or top + page.height * self._zoom < event.rect().top():
                continue
            painter.save()
            painter.translate(left, top)
            painter.scale(self._zoom, self._zoom)
            number_text = f"第 {number + 1} 页　共 {len(self._pages)} 页"
            paint_page(painter, page, self._mark, number_text, self._hovered)
            painter.restore()
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tint the cell a click would lead to."""
        place = self.place_at(event.position())
        if place != self._hovered:
            self._hovered = place
            self.setCursor(Qt.CursorShape.PointingHandCursor if place else Qt.CursorShape.ArrowCursor)
            self.setToolTip("点一下，回到填写的地方" if place else "")
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click goes to the answer."""
        place = self.place_at(event.position())
        if place and event.button() == Qt.MouseButton.LeftButton:
            self.place_chosen.emit(place_of(place))

    def _origin(self, number: int) -> tuple[float, float]:
        """Upper left corner of a page, in pixels."""
        left = (self.width() - self._pages[number].width * self._zoom) / 2
        return max(left, float(self._gap)), float(self.page_top(number))

    def _fit(self) -> None:
        """Take the size of the pages."""
        self.setMinimumSize(self.sizeHint())
        self.updateGeometry()
        self.update()
