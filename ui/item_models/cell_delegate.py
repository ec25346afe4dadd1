"""Delegate of form tables (单元格绘制与编辑): paints cells with their marks, opens the editor of their kind."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPolygon
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from forms import kinds
from forms.findings import Severity
from forms.schema import FieldKind
from ui.icons import glyph, glyph_font
from ui.item_models.cell_editors import CellEditor, ChoiceCellEditor, Leave, LineCellEditor, TextCellEditor
from ui.item_models.form_table_model import CellLook, FormTableModel
from ui.item_models.light_looks import LIGHT_LOOKS
from ui.theme import ALIGN_LEFT, ALIGN_RIGHT, COLOURS, font, px

Index = QModelIndex | QPersistentModelIndex

MARKS = {
    Severity.BLOCKING: ("problem_solid", COLOURS.bad, COLOURS.bad_ground),
    Severity.EXPLAIN: ("care_solid", COLOURS.care, COLOURS.care_ground),
    Severity.HINT: ("info", COLOURS.muted, COLOURS.card),
}
"""Icon, ink and ground of each severity (校验级别的图标与颜色)."""

LONG_TEXT_FROM = 300
"""Columns that take more characters than this are edited on several lines."""

_AT_WORDS, _ANYWHERE = int(Qt.TextFlag.TextWordWrap), int(Qt.TextFlag.TextWrapAnywhere)
_UNBROKEN = re.compile(r"[!-~]{9}")
"""A code or number this long may be cut anywhere; all else never begins a line with a comma or a full stop."""
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_LEFT, _RIGHT = int(ALIGN_LEFT), int(ALIGN_RIGHT)
_SELECTED, _FOCUSED = QStyle.StateFlag.State_Selected, QStyle.StateFlag.State_HasFocus


@cache
def _colour(name: str) -> QColor:
    """A colour of the theme, made once: cells are painted thousands of times."""
    return QColor(name)


class CellDelegate(QStyledItemDelegate):
    """Paints and edits the cells of a form's table (单元格代理)."""

    left = Signal(QPersistentModelIndex, Leave)
    editing = Signal(QWidget, QPersistentModelIndex)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._font = font()
        self._metrics = QFontMetrics(self._font)
        self._em = max(self._metrics.horizontalAdvance("填"), 1)
        self._pad, self._thin = px(8), px(2)
        self._mark = px(14)
        self._corner = px(9)
        self._glyphs = glyph_font(self._mark)
        self._before: Any = None

    # Editing ----------------------------------------------------------------------------------

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget | None:  # type: ignore[override]
        """The editor of the column's kind; every keystroke is kept at once. A box to tick has none."""
        model = _model(index)
        spec, row = model.column_specs()[index.column()], model.rows()[index.row()]
        if spec.kind is FieldKind.TICK and not kinds.problem_of(spec, row.get(spec.key))[0]:
            return None
        place, at = QPersistentModelIndex(index), model.place(index)

        def on_typed(text: str) -> None:
            model.type_into(at, text)

        editor: CellEditor
        options = spec.choices(model.context, row) if spec.choices is not None else ()
        if spec.kind is FieldKind.CHOICE and (options or not spec.is_open_choice):
            editor = ChoiceCellEditor(options, parent, on_typed)
        elif spec.kind in (FieldKind.TEXT, FieldKind.LONG_TEXT) and spec.max_length > LONG_TEXT_FROM:
            editor = TextCellEditor(parent, on_typed)
        else:
            editor = LineCellEditor(parent, on_typed)
        self._before = row.get(spec.key)
        editor.left.connect(lambda leave: self._on_left(editor, place, leave))
        self.editing.emit(editor, place)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show what is kept; while somebody types it is what they typed and stays as it is.

        The editors handle their keys and their leaving themselves, so the delegate's filter, which Qt
        has put before them, is taken away.
        """
        if not isinstance(editor, (LineCellEditor, TextCellEditor)):
            return
        editor.removeEventFilter(self)
        if not _model(index).reads_as_kept(index, editor.text()):
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

    def _on_left(self, editor: CellEditor, place: QPersistentModelIndex, leave: Leave) -> None:
        """Close the editor and say where to go; going back restores what was there before."""
        editor.blockSignals(True)
        if place.isValid():
            if leave is Leave.REVERT:
                _model(place).restore(place, self._before)
            _model(place).announce(place)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
        self.left.emit(place, leave)

    # Painting ---------------------------------------------------------------------------------

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground by state, the text, and the mark of the gravest finding at the right edge.

        The painter's pen and font are set wherever they matter, so nothing is saved and restored.
        """
        look = _model(index).look(index)
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        ground = _ground(look, bool(state & _SELECTED))
        if ground:
            painter.fillRect(rect.adjusted(0, 0, 0, -1), _colour(ground))
        painter.setPen(_colour(COLOURS.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        inner = rect.adjusted(self._pad, self._thin, -self._pad, -self._thin)
        if look.severity or look.problem:
            self._paint_mark(painter, inner, look)
            inner.setRight(inner.right() - self._mark - self._thin)
        self._paint_text(painter, inner, look)
        if look.has_remark:
            self._paint_corner(painter, rect)
        if state & _FOCUSED:
            painter.setPen(_colour(COLOURS.accent))
            painter.drawRect(rect.adjusted(0, 0, -1, -2))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Height for the text wrapped at the column's width."""
        look = _model(index).look(index)
        return QSize(px(60), self.height_for(look.text, option.rect.width()))  # type: ignore[attr-defined]

    def em_width(self) -> int:
        """Width of one Chinese character."""
        return self._em

    def height_for(self, text: str, width: int) -> int:
        """Row height for a text in a column of that width, at most eight lines."""
        line = self._metrics.lineSpacing()
        room = max(width - 2 * self._pad - px(2), line)
        if "\n" not in text and self._metrics.horizontalAdvance(text[:2000]) <= room:
            return line + px(16)
        bounds = self._metrics.boundingRect(0, 0, room, 10_000, _wrapping(text[:2000]), text[:2000])
        return min(bounds.height(), line * 8) + px(16)

    def _paint_mark(self, painter: QPainter, inner: QRect, look: CellLook) -> None:
        """The icon of the gravest finding, or of text that cannot be read."""
        name, ink, _ = MARKS[look.severity] if look.severity else MARKS[Severity.BLOCKING]
        painter.setPen(_colour(ink))
        painter.setFont(self._glyphs)
        box = QRect(inner.right() - self._mark + 1, inner.top(), self._mark, inner.height())
        painter.drawText(box, _CENTRE, glyph(name))

    def _paint_corner(self, painter: QPainter, rect: QRect) -> None:
        """A small corner, as office programs mark a cell with a comment: a reviewer's remark is open here."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_colour(COLOURS.accent))
        right, top = rect.right() + 1, rect.top()
        points = (QPoint(right - self._corner, top), QPoint(right, top), QPoint(right, top + self._corner))
        painter.drawPolygon(QPolygon(points))
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _paint_light(self, painter: QPainter, inner: QRect, look: CellLook) -> None:
        """A light: its icon, and its word beside it."""
        name, ink, _ = LIGHT_LOOKS[look.light]
        painter.setPen(_colour(ink))
        painter.setFont(self._glyphs)
        painter.drawText(QRect(inner.left(), inner.top(), self._mark, inner.height()), _CENTRE, glyph(name))
        painter.setFont(self._font)
        painter.drawText(inner.adjusted(self._mark + 2 * self._thin, 0, 0, 0), _LEFT, look.text)

    def _paint_text(self, painter: QPainter, inner: QRect, look: CellLook) -> None:
        """The text, faint where it repeats the row above, red where it cannot be read."""
        if look.light in LIGHT_LOOKS:
            self._paint_light(painter, inner, look)
            return
        if not look.text:
            return
        colour = COLOURS.bad if look.problem else COLOURS.faint if look.is_repeated else COLOURS.ink
        if look.is_locked and not look.problem:
            colour = COLOURS.muted
        painter.setPen(_colour(colour))
        painter.setFont(self._font)
        text, flags = look.text[:2000], _RIGHT if look.is_right else _CENTRE if look.is_tick else _LEFT
        if inner.height() >= 2 * self._metrics.lineSpacing() or "\n" in text:
            flags |= _wrapping(text)
        elif self._metrics.horizontalAdvance(text) > inner.width():
            text = self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, flags, text)


def _wrapping(text: str) -> int:
    """How a text is broken into lines."""
    return _ANYWHERE if _UNBROKEN.search(text) else _AT_WORDS


def _ground(look: CellLook, is_selected: bool) -> str:
    """The ground of a cell: chosen, spoken of by a finding, marked, locked, or plain."""
    if look.is_highlighted:
        return COLOURS.care_ground
    if is_selected:
        return COLOURS.accent_ground
    if look.problem or look.severity in (Severity.BLOCKING, Severity.EXPLAIN):
        return MARKS[look.severity or Severity.BLOCKING][2]
    if look.light in LIGHT_LOOKS:
        return LIGHT_LOOKS[look.light][2]
    return COLOURS.quiet_ground if look.is_locked else ""


def _model(index: Index) -> FormTableModel:
    """The model behind a cell."""
    model = index.model()
    assert isinstance(model, FormTableModel)
    return model
