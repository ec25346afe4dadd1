"""The queue as a list (待审列表): two lines a filing, a box to tick, the state as a chip."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QMouseEvent, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QWidget

from forms import registry
from ui.bureau.review_words import doubt_words, figure_words, short_state_look, state_look, whose_words
from ui.theme import COLOURS, Tone, font, px
from ui.widgets.chip import ChipPainter

if TYPE_CHECKING:
    from services.review.queue import QueueLine

Index = QModelIndex | QPersistentModelIndex


class QueueModel(QAbstractListModel):
    """Lines of the queue with ticks (待审列表数据); ticks stay with their filings when the list is read anew."""

    ticked = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[QueueLine, ...] = ()
        self._ticks: set[str] = set()

    def set_lines(self, lines: Sequence[QueueLine]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self._lines = tuple(lines)
        self._ticks &= {line.filing.filing_id for line in lines}
        self.endResetModel()
        self.ticked.emit(len(self._ticks))

    def line(self, row: int) -> QueueLine:
        """The line of a row."""
        return self._lines[row]

    def row_of(self, filing_id: str) -> int:
        """Where a filing stands, -1 when it is not shown."""
        return next((n for n, line in enumerate(self._lines) if line.filing.filing_id == filing_id), -1)

    def chosen(self) -> tuple[QueueLine, ...]:
        """The lines ticked, in order."""
        return tuple(line for line in self._lines if line.filing.filing_id in self._ticks)

    def tick_all(self, wanted: bool) -> None:
        """Tick every line shown, or none."""
        self._ticks = {line.filing.filing_id for line in self._lines} if wanted else set()
        if self._lines:
            self.dataChanged.emit(self.index(0), self.index(len(self._lines) - 1))
        self.ticked.emit(len(self._ticks))

    def untick(self, filing_ids: Collection[str]) -> None:
        """Take the ticks of these away, whatever is shown."""
        if self._ticks & set(filing_ids):
            self._ticks -= set(filing_ids)
            if self._lines:
                self.dataChanged.emit(self.index(0), self.index(len(self._lines) - 1))
            self.ticked.emit(len(self._ticks))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Lines."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a line for searching and reading aloud, and its box."""
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole:
            is_ticked = line.filing.filing_id in self._ticks
            return Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{line.subject}　{line.unit.name}　{state_look(line).word}"
        if role == Qt.ItemDataRole.ToolTipRole:
            head = registry.head(line.filing.form_id)
            return f"{line.subject}\n{line.unit.name}\n{line.filing.budget_year}年 {head.title} 第 {line.filing.version} 版\n{state_look(line).word}"
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick or untick."""
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        filing_id = self._lines[index.row()].filing.filing_id
        self._ticks = (
            self._ticks | {filing_id}
            if Qt.CheckState(value) == Qt.CheckState.Checked
            else self._ticks - {filing_id}
        )
        self.dataChanged.emit(index, index, [Qt.ItemDataRole.CheckStateRole])
        self.ticked.emit(len(self._ticks))
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Everything can be chosen and ticked."""
        flag = Qt.ItemFlag
        if not index.isValid():
            return flag.NoItemFlags
        return flag.ItemIsSelectable | flag.ItemIsEnabled | flag.ItemIsUserCheckable


class QueueDelegate(QStyledItemDelegate):
    """Paints a line (待审行): subject and figure above, unit and doubts in the middle, form and state below."""

    def sizeHint(self, option: Any, index: Index) -> QSize:
        """Three lines of text with air."""
        return QSize(px(180), QFontMetrics(font(10.5)).lineSpacing() + 2 * self._small() + px(20))

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        """Ground, box, words, chip."""
        model = index.model()
        assert isinstance(model, QueueModel)
        line, rect = model.line(index.row()), QRect(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(rect, QColor(COLOURS.accent_ground if chosen else COLOURS.card))
        if chosen:
            painter.fillRect(rect.left(), rect.top(), px(3), rect.height(), QColor(COLOURS.accent))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(COLOURS.line))
        self._paint_box(painter, option, index)
        room = rect.adjusted(px(34), px(8), -px(10), -px(8))
        first = QFontMetrics(font(10.5)).lineSpacing()
        self._paint_pair(painter, room, line.subject, figure_words(line), 10.5, COLOURS.ink)
        room.setTop(room.top() + first + px(2))
        self._paint_pair(painter, room, whose_words(line), doubt_words(line), 9.5, COLOURS.muted)
        room.setTop(room.top() + self._small() + px(1))
        look, chips = short_state_look(line), ChipPainter()
        width = min(chips.size(look).width(), room.width() // 2 + px(40))
        chip = QRect(room.right() - width + 1, room.top() - px(1), width, self._small() + px(3))
        chips.paint(painter, chip, look)
        room.setRight(chip.left() - px(6))
        form = registry.head(line.filing.form_id).short_title
        self._paint_pair(painter, room, f"{line.filing.budget_year}年{form}", "", 9.5, COLOURS.muted)
        painter.restore()

    def editorEvent(self, event: QEvent, model: Any, option: Any, index: Index) -> bool:
        """A click on the box ticks it; anywhere else it chooses the line."""
        if event.type() != QEvent.Type.MouseButtonRelease or not isinstance(event, QMouseEvent):
            return False
        box = self._box(option.rect).adjusted(-px(6), -px(6), px(6), px(6))
        return box.contains(event.position().toPoint()) and _flip(model, index)

    def _paint_pair(
        self, painter: QPainter, room: QRect, left: str, right: str, points: float, ink: str
    ) -> None:
        """Words at the left that give way, words at the right that stay whole."""
        used = font(points, bold=points > 10)
        metrics, small = QFontMetrics(used), font(9.5)
        width = QFontMetrics(small).horizontalAdvance(right) + px(4) if right else 0
        line = QRect(room.left(), room.top(), room.width(), metrics.lineSpacing())
        painter.setFont(small)
        painter.setPen(QColor(Tone.CARE.ink if points < 10 else COLOURS.ink))
        painter.drawText(line, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), right)
        painter.setFont(used)
        painter.setPen(QColor(ink))
        line.setRight(line.right() - width)
        words = metrics.elidedText(left, Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), words)

    def _paint_box(self, painter: QPainter, option: Any, index: Index) -> None:
        """The box as the style draws it in every list."""
        from PySide6.QtWidgets import QStyleOptionViewItem

        box: Any = QStyleOptionViewItem(option)
        box.rect = self._box(option.rect)
        is_ticked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        box.state = QStyle.StateFlag.State_Enabled | (
            QStyle.StateFlag.State_On if is_ticked else QStyle.StateFlag.State_Off
        )
        view = option.widget
        if view is not None:
            indicator = QStyle.PrimitiveElement.PE_IndicatorItemViewItemCheck
            view.style().drawPrimitive(indicator, box, painter, view)

    def _box(self, rect: QRect) -> QRect:
        """Where the box of a line stands."""
        return QRect(rect.left() + px(11), rect.top() + px(9), px(16), px(16))

    def _small(self) -> int:
        return QFontMetrics(font(9.5)).lineSpacing()


class QueueList(QListView):
    """The list (待审列表); `line_chosen` carries the line one is at, Space ticks it."""

    line_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("待审列表")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.lines = QueueModel(self)
        self.setModel(self.lines)
        self.setItemDelegate(QueueDelegate(self))

    def set_lines(self, lines: Sequence[QueueLine]) -> None:
        """Show other lines; the filing one was at stays chosen where it is still there, without being told again."""
        current = self.current()
        self.blockSignals(True)
        self.lines.set_lines(lines)
        row = self.lines.row_of(current.filing.filing_id) if current else -1
        if row >= 0:
            self.setCurrentIndex(self.lines.index(row))
        self.blockSignals(False)

    def current(self) -> QueueLine | None:
        """The line one is at."""
        index = self.currentIndex()
        return self.lines.line(index.row()) if index.isValid() else None

    def choose(self, filing_id: str) -> bool:
        """Go to a filing; False when it is not shown."""
        row = self.lines.row_of(filing_id)
        if row >= 0:
            self.setCurrentIndex(self.lines.index(row))
            self.scrollTo(self.currentIndex())
        return row >= 0

    def step(self, by: int) -> None:
        """Go to the line before or after."""
        row = self.currentIndex().row() + by
        if 0 <= row < self.lines.rowCount():
            self.setCurrentIndex(self.lines.index(row))

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which line one is at."""
        super().currentChanged(current, previous)
        if current.isValid():
            self.line_chosen.emit(self.lines.line(current.row()))

    def keyPressEvent(self, event: Any) -> None:
        """Space ticks the line."""
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            _flip(self.lines, self.currentIndex())
        else:
            super().keyPressEvent(event)


def _flip(model: QueueModel, index: Index) -> bool:
    is_ticked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    wanted = Qt.CheckState.Unchecked if is_ticked else Qt.CheckState.Checked
    return model.setData(index, wanted, Qt.ItemDataRole.CheckStateRole)
