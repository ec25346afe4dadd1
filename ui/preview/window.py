"""Window of the preview (预览窗口): fit to width, zoom, pages; a click leads back to the field."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QToolButton, QVBoxLayout, QWidget

from forms.context import FormContext
from forms.findings import Place
from forms.schema import FormSpec
from models.domain.filing import Answers
from ui.icons import icon
from ui.preview.canvas import SheetCanvas
from ui.preview.layout import lay_out
from ui.theme import COLOURS, px
from ui.widgets.buttons import button
from ui.widgets.labels import label

_STEP = 1.15
_LEAST, _MOST = 0.035, 0.5
"""Zoom in pixels a tenth of a point: a page as a stamp, and a few cells filling the window."""


class PreviewWindow(QWidget):
    """The form as it will be printed (预览窗口)."""

    place_chosen = Signal(Place)
    export_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle("预览表样")
        self.resize(px(860), px(700))
        self._zoom = 0.0
        self._shown: tuple[FormSpec, FormContext, Answers, bool] | None = None
        self.canvas = SheetCanvas()
        self.canvas.place_chosen.connect(self.place_chosen)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidget(self.canvas)
        self._area.verticalScrollBar().valueChanged.connect(lambda _: self._show_page())
        self.page_label = label("", "muted")
        self._fitting = QTimer(self)
        self._fitting.setSingleShot(True)
        self._fitting.timeout.connect(self._apply_zoom)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar())
        column.addWidget(self._area, 1)

    def show_form(self, form: FormSpec, context: FormContext, answers: Answers, *, is_draft: bool) -> None:
        """Show answers as the official form; what stands already is not laid out again."""
        last, self._shown = self._shown, (form, context, answers, is_draft)
        if last is not None and last[2] is answers and (last[0], last[3]) == (form, is_draft):
            return
        marks = ["演示数据"] if context.kit.is_practice else []
        marks += ["草稿"] if is_draft else []
        pages = [page for sheet in form.sheets(context, answers) for page in lay_out(sheet)]
        self.canvas.show_pages(pages, "　".join(marks))
        self._apply_zoom()

    def fit_to_width(self) -> None:
        """As wide as the window."""
        self._zoom = 0.0
        self._apply_zoom()

    def zoom_by(self, factor: float) -> None:
        """Larger or smaller."""
        self._zoom = min(max(self.zoom() * factor, _LEAST), _MOST)
        self._apply_zoom()

    def zoom(self) -> float:
        """The zoom in force, in pixels a tenth of a point."""
        if self._zoom:
            return self._zoom
        room = self._area.viewport().width() - px(34)
        return min(max(room / self.canvas.page_width(), _LEAST), _MOST)

    def turn(self, by: int) -> None:
        """To the page before or after."""
        bar = self._area.verticalScrollBar()
        number = self.canvas.page_at(bar.value() + px(24)) + by
        if 0 <= number < self.canvas.page_count():
            bar.setValue(self.canvas.page_top(number) - px(8))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep filling the width."""
        super().resizeEvent(event)
        if not self._zoom:
            self._fitting.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes, + and - zoom, 0 fits, PgUp and PgDn turn pages."""
        works: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_Escape: self.close,
            Qt.Key.Key_Plus: lambda: self.zoom_by(_STEP),
            Qt.Key.Key_Equal: lambda: self.zoom_by(_STEP),
            Qt.Key.Key_Minus: lambda: self.zoom_by(1 / _STEP),
            Qt.Key.Key_0: self.fit_to_width,
            Qt.Key.Key_PageDown: lambda: self.turn(1),
            Qt.Key.Key_PageUp: lambda: self.turn(-1),
        }
        work = works.get(Qt.Key(event.key()))
        if work is None:
            super().keyPressEvent(event)
        else:
            work()

    def _bar(self) -> QFrame:
        """Zoom at the left, pages in the middle, the way back at the right."""
        bar = QFrame()
        bar.setProperty("role", "bar")
        line = QHBoxLayout(bar)
        line.setContentsMargins(px(10), px(6), px(10), px(6))
        line.setSpacing(px(6))
        line.addWidget(button("适合宽度", "plain", clicked=self.fit_to_width))
        line.addWidget(self._tool("add", "放大（+）", lambda: self.zoom_by(_STEP)))
        line.addWidget(self._tool("remove", "缩小（-）", lambda: self.zoom_by(1 / _STEP)))
        line.addSpacing(px(12))
        line.addWidget(self._tool("up", "上一页（PgUp）", lambda: self.turn(-1)))
        line.addWidget(self._tool("down", "下一页（PgDn）", lambda: self.turn(1)))
        line.addWidget(self.page_label)
        line.addStretch(1)
        line.addWidget(label("点一下表中的内容，可以回到填写的地方", "muted"))
        line.addWidget(button("导出 PDF 和 Excel…", "plain", "export", self.export_requested.emit))
        line.addWidget(button("关闭", "plain", clicked=self.close))
        return bar

    def _tool(self, name: str, words: str, work: object) -> QToolButton:
        made = QToolButton()
        made.setIcon(icon(name, COLOURS.muted))
        made.setIconSize(QSize(px(17), px(17)))
        made.setToolTip(words)
        made.setAccessibleName(words)
        made.clicked.connect(work)
        return made

    def _apply_zoom(self) -> None:
        self.canvas.set_zoom(self.zoom())
        self._show_page()

    def _show_page(self) -> None:
        number = self.canvas.page_at(self._area.verticalScrollBar().value() + px(60)) + 1
        self.page_label.setText(f"第 {number} 页，共 {self.canvas.page_count()} 页")
