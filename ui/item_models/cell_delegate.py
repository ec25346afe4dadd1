"""Delegate of form tables (单元格绘制与编辑): paints cells with their marks, opens the editor of their kind."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from forms.findings import Severity
from forms.schema import FieldKind
from ui.icons import glyph, glyph_font
from ui.item_models.cell_editors import CellEditor, ChoiceCellEditor, Leave, LineCellEditor, TextCellEditor
from ui.item_models.form_table_model import CellLook, FormTableModel
from ui.theme import COLOURS, font, px

Index = QModelIndex | QPersistentModelIndex

MARKS = {
    Severity.BLOCKING: ("problem_solid", COLOURS.bad, COLOURS.bad_ground),
    Severity.EXPLAIN: ("care_solid", COLOURS.care, COLOURS.care_ground),
    Severity.HINT: ("info", COLOURS.muted, COLOURS.card),
}
"""Icon, ink and ground of each severity (校验级别的图标与颜色)."""

LONG_TEXT_FROM = 300
"""Columns that take more characters than this are edited on several lines."""

_WRAP = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere


class CellDelegate(QStyledItemDelegate):
    """Paints and edits the cells of a form's table (单元格代理)."""

    left = Signal(QPersistentModelIndex, Leave)
    editing = Signal(QPersistentModelIndex)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._font = font()
        self._metrics = QFontMetrics(self._font)
        self._pad = px(8)
        self._mark = px(14)
        self._glyphs = glyph_font(self._mark)
        self._before: Any = None

    # Editing ----------------------------------------------------------------------------------

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """The editor of the column's kind; every keystroke is kept at once."""
        model = _model(index)
        spec, row = model.column_specs()[index.column()], model.rows()[index.row()]
        editor: CellEditor
        if spec.kind is FieldKind.CHOICE and spec.choices is not None:
            editor = ChoiceCellEditor(spec.choices(model.context, row), parent)
        elif spec.kind in (FieldKind.TEXT, FieldKind.LONG_TEXT) and spec.max_length > LONG_TEXT_FROM:
            editor = TextCellEditor(parent)
        else:
            editor = LineCellEditor(parent)
        place = QPersistentModelIndex(index)
        self._before = row.get(spec.key)
        editor.typed.connect(lambda text: model.setData(place, text))
        editor.left.connect(lambda leave: self._on_left(editor, place, leave))
        self.editing.emit(place)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show what is kept; while somebody types it is what they typed and stays as it is."""
        if not isinstance(editor, (LineCellEditor, TextCellEditor)):
            return
        model = _model(index)
        if model.reads_as_kept(index, editor.text()):
            return
        editor.show_text(str(index.data(Qt.ItemDataRole.EditRole) or ""))

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        """Nothing is left to do: every keystroke has been kept already."""

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Over the whole cell; several lines get room to write."""
        rect = QRect(option.rect)  # type: ignore[attr-defined]
        if isinstance(editor, TextCellEditor):
            rect.setHeight(max(rect.height(), self._metrics.lineSpacing() * 4))
            viewport = editor.parentWidget()
            if viewport is not None and rect.bottom() > viewport.height():
                rect.moveBottom(max(viewport.height(), rect.height()))
        editor.setGeometry(rect)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """The editors handle their keys and their leaving themselves."""
        return False

    def _on_left(self, editor: CellEditor, place: QPersistentModelIndex, leave: Leave) -> None:
        """Close the editor and say where to go; going back restores what was there before."""
        editor.blockSignals(True)
        if leave is Leave.REVERT and place.isValid():
            _model(place).restore(place, self._before)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
        self.left.emit(place, leave)

    # Painting ---------------------------------------------------------------------------------

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground by state, the text, and the mark of the gravest finding at the right edge."""
        look = _model(index).look(index)
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        painter.save()
        ground = _ground(look, bool(state & QStyle.StateFlag.State_Selected))
        if ground:
            painter.fillRect(rect.adjusted(0, 0, 0, -1), QColor(ground))
        painter.setPen(QColor(COLOURS.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        inner = rect.adjusted(self._pad, px(2), -self._pad, -px(2))
        if look.severity or look.problem:
            self._paint_mark(painter, inner, look)
            inner.setRight(inner.right() - self._mark - px(2))
        self._paint_text(painter, inner, look)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(COLOURS.accent))
            painter.drawRect(rect.adjusted(0, 0, -1, -2))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Height for the text wrapped at the column's width."""
        look = _model(index).look(index)
        return QSize(px(60), self.height_for(look.text, option.rect.width()))  # type: ignore[attr-defined]

    def height_for(self, text: str, width: int) -> int:
        """Row height for a text in a column of that width, at most eight lines."""
        line = self._metrics.lineSpacing()
        room = max(width - 2 * self._pad - px(2), line)
        if "\n" not in text and self._metrics.horizontalAdvance(text[:2000]) <= room:
            return line + px(16)
        bounds = self._metrics.boundingRect(0, 0, room, 10_000, int(_WRAP), text[:2000])
        return min(bounds.height(), line * 8) + px(16)

    def _paint_mark(self, painter: QPainter, inner: QRect, look: CellLook) -> None:
        """The icon of the gravest finding, or of text that cannot be read."""
        name, ink, _ = MARKS[look.severity] if look.severity else MARKS[Severity.BLOCKING]
        painter.setPen(QColor(ink))
        painter.setFont(self._glyphs)
        box = QRect(inner.right() - self._mark + 1, inner.top(), self._mark, inner.height())
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), glyph(name))

    def _paint_text(self, painter: QPainter, inner: QRect, look: CellLook) -> None:
        """The text, faint where it repeats the row above, red where it cannot be read."""
        if not look.text:
            return
        colour = COLOURS.bad if look.problem else COLOURS.faint if look.is_repeated else COLOURS.ink
        if look.is_locked and not look.problem:
            colour = COLOURS.muted
        side = Qt.AlignmentFlag.AlignRight if look.is_right else Qt.AlignmentFlag.AlignLeft
        painter.setPen(QColor(colour))
        painter.setFont(self._font)
        text, flags = look.text[:2000], int(side | Qt.AlignmentFlag.AlignVCenter)
        if inner.height() >= 2 * self._metrics.lineSpacing() or "\n" in text:
            flags |= int(_WRAP)
        elif self._metrics.horizontalAdvance(text) > inner.width():
            text = self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, flags, text)


def _ground(look: CellLook, is_selected: bool) -> str:
    """The ground of a cell: chosen, spoken of by a finding, marked, locked, or plain."""
    if look.is_highlighted:
        return COLOURS.care_ground
    if is_selected:
        return COLOURS.accent_ground
    if look.problem or look.severity in (Severity.BLOCKING, Severity.EXPLAIN):
        return MARKS[look.severity or Severity.BLOCKING][2]
    return COLOURS.quiet_ground if look.is_locked else ""


def _model(index: Index) -> FormTableModel:
    """The model behind a cell."""
    model = index.model()
    assert isinstance(model, FormTableModel)
    return model
