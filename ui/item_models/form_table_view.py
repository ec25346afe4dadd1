"""View of a form's table (表格视图): moves and edits as clerks know it from Excel.

Enter goes to the next cell and, after the last row, to a new one; Tab likewise, but leaves the table
at its end; Delete clears, F2 edits, Ctrl+C and Ctrl+V speak tab-separated text. What changes rows is
only wished for here (`*_requested`): the panel around asks the session.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView, QWidget

from forms.findings import Place
from forms.schema import FieldKind, FieldSpec
from ui.item_models.cell_delegate import CellDelegate
from ui.item_models.cell_editors import ChoiceCellEditor, Leave
from ui.item_models.column_widths import figure_width, fitting_widths, headings, labels_of
from ui.item_models.form_table_model import FormTableModel
from ui.item_models.row_heads import RowHeads
from ui.theme import ALIGN_LEFT, px

Index = QModelIndex | QPersistentModelIndex
_NO_EDIT = QAbstractItemView.EditTrigger.NoEditTriggers
_EDIT = (
    QAbstractItemView.EditTrigger.AnyKeyPressed
    | QAbstractItemView.EditTrigger.EditKeyPressed
    | QAbstractItemView.EditTrigger.DoubleClicked
)


class FormTableView(QTableView):
    """The grid of one table (表格视图)."""

    row_wanted = Signal()
    clear_requested = Signal()
    copy_requested = Signal()
    cut_requested = Signal()
    paste_requested = Signal()
    place_entered = Signal(Place)
    edit_finished = Signal()
    rows_fitted = Signal()

    def __init__(
        self, model: FormTableModel, parent: QWidget | None = None, *, read_only: bool = False
    ) -> None:
        super().__init__(parent)
        self._form_model = model
        self._read_only = read_only
        self._delegate = CellDelegate(self)
        self._widths_are_own = False
        self._is_fitting = False
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self._open_editor: QWidget | None = None
        self._pressed_at = QPersistentModelIndex()
        self._edited = QPersistentModelIndex()
        self._delegate.editing.connect(self._on_editing)
        self._delegate.left.connect(self._on_left)
        self._set_up()
        self._heights = QTimer(self)
        self._heights.setSingleShot(True)
        self._heights.timeout.connect(self.fit_rows)
        model.rowsInserted.connect(lambda _parent, first, last: self.fit_rows(first, last))
        model.modelReset.connect(self._heights.start)
        model.layoutChanged.connect(self._heights.start)

    def _set_up(self) -> None:
        """Look and ways of editing."""
        self.setEditTriggers(_NO_EDIT if self._read_only else _EDIT)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName(self._form_model.table.label)
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.setDefaultAlignment(ALIGN_LEFT)
        across.setHighlightSections(False)
        has_units = any("\n" in heading for heading in headings(self._form_model))
        across.setFixedHeight(px(50) if has_units else px(32))
        across.sectionResized.connect(self._on_section_resized)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(px(36))
        down.setHighlightSections(True)
        RowHeads(self, self._form_model)

    def form_model(self) -> FormTableModel:
        """The model shown."""
        return self._form_model

    # Moving -----------------------------------------------------------------------------------

    def go_to(self, place: Place, *, edit: bool = False) -> bool:
        """Make a place's cell the current one and show it; False when the table has no such row."""
        index = self._form_model.index_of(place)
        if not index.isValid():
            return False
        self.setFocus()
        self.stand_at(index)
        self.scrollTo(index)
        if edit and not self._read_only:
            self.edit(index)
        return True

    def stand_at(self, index: Index) -> None:
        """Make a cell the current and only chosen one, whatever keys are held down just now."""
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def current_place(self) -> Place | None:
        """The place of the current cell."""
        index = self.currentIndex()
        return self._form_model.place(index) if index.isValid() else None

    def selected_rows(self) -> list[int]:
        """The rows touched by the selection, else the current one."""
        rows = sorted({index.row() for index in self.selectedIndexes()})
        current = self.currentIndex()
        return rows or ([current.row()] if current.isValid() else [])

    def advance(self, index: Index, *, by_tab: bool = False) -> None:
        """To the next cell that can be filled in; after the last one to a new row, or by Tab out of the table."""
        following = self._neighbour(index, 1)
        if following is not None:
            self.stand_at(following)
            return
        if by_tab or self._read_only:
            self.focusNextChild()
        else:
            self.row_wanted.emit()

    def retreat(self, index: Index) -> None:
        """To the cell before, out of the table at its beginning."""
        before = self._neighbour(index, -1)
        if before is not None:
            self.stand_at(before)
        else:
            self.focusPreviousChild()

    def _neighbour(self, index: Index, step: int) -> QModelIndex | None:
        """The next cell in reading order that can be edited (any cell when nothing can)."""
        columns = self._form_model.columnCount()
        position = index.row() * columns + index.column() + step
        while 0 <= position < columns * self._form_model.rowCount():
            found = self._form_model.index(position // columns, position % columns)
            if self._read_only or found.flags() & Qt.ItemFlag.ItemIsEditable:
                return found
            position += step
        return None

    # Keys and mouse ---------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of the grid; characters open the editor as Qt does. Turning steps is not the grid's business."""
        is_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if is_control and event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            event.ignore()
            return
        for sequence, wish in (
            (QKeySequence.StandardKey.Copy, self.copy_requested),
            (QKeySequence.StandardKey.Cut, self.cut_requested),
            (QKeySequence.StandardKey.Paste, self.paste_requested),
        ):
            if event.matches(sequence):
                wish.emit()
                return
        beside = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if beside or not self._plain_key(event):
            super().keyPressEvent(event)

    def _plain_key(self, event: QKeyEvent) -> bool:
        """Keys that move or clear; False for all others."""
        index, key = self.currentIndex(), event.key()
        is_back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not index.isValid():
                self.row_wanted.emit()
            else:
                self.retreat(index) if is_back else self.advance(index)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear_requested.emit()
        elif key in (Qt.Key.Key_F2, Qt.Key.Key_Space) and self._is_choice(index):
            self.edit_with_choices(index)
        elif key == Qt.Key.Key_Space and self._is_tick(index):
            self._form_model.toggle(index)
        else:
            return False
        return True

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab walks from cell to cell and leaves the table at its ends."""
        index = self.currentIndex()
        found = self._neighbour(index, 1 if forward else -1) if index.isValid() and self.hasFocus() else None
        if found is None:
            return super().focusNextPrevChild(forward)
        self.stand_at(found)
        return True

    def edit_with_choices(self, index: Index) -> None:
        """Open a cell's editor with its list of choices shown."""
        self.edit(self._form_model.index(index.row(), index.column()))
        if isinstance(self._open_editor, ChoiceCellEditor):
            self._open_editor.show_choices()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Text an input method hands over at once, without composing, opens the cell's editor too."""
        index = self.currentIndex()
        is_whole = bool(event.commitString()) and not event.preeditString()
        if is_whole and self._is_tick(index):
            self._form_model.tick(index, event.commitString())
            return
        if is_whole and self._open_editor is None and index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(index)
            if self._open_editor is not None:
                QApplication.sendEvent(self._open_editor, event)
                return
        super().inputMethodEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A plain click on a box to tick turns it over; dragging over boxes only chooses them."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        is_plain = event.button() == Qt.MouseButton.LeftButton and not event.modifiers()
        if is_plain and self._pressed_at == QPersistentModelIndex(index) and self._is_tick(index):
            self._form_model.toggle(index)
        self._pressed_at = QPersistentModelIndex()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Note where a click begins."""
        self._pressed_at = QPersistentModelIndex(self.indexAt(event.position().toPoint()))
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Double click edits; where there are choices it opens their list."""
        index = self.indexAt(event.position().toPoint())
        if self._is_choice(index):
            self.edit_with_choices(index)
            return
        if self._is_tick(index):
            self._pressed_at = QPersistentModelIndex(index)
            return
        super().mouseDoubleClickEvent(event)

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        """A cell that is being edited lies under its editor: only the editor is told."""
        editor = self._open_editor
        if editor is not None and first == last and first == self._edited:
            self._delegate.setEditorData(editor, first)
            return
        super().dataChanged(first, last, list(roles))

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which place the person is at."""
        super().currentChanged(current, previous)
        if current.isValid():
            self.place_entered.emit(self._form_model.place(current))

    def _is_choice(self, index: Index) -> bool:
        """Whether a cell can be edited and has choices."""
        return self._is_open(index, FieldKind.CHOICE)

    def _is_tick(self, index: Index) -> bool:
        """Whether a cell is a box that can be ticked."""
        return self._is_open(index, FieldKind.TICK)

    def _is_open(self, index: Index, kind: FieldKind) -> bool:
        """Whether a cell can be edited and is of a kind."""
        if self._read_only or not index.isValid() or not index.flags() & Qt.ItemFlag.ItemIsEditable:
            return False
        return self._form_model.column_specs()[index.column()].kind is kind

    def _on_editing(self, editor: QWidget, place: QPersistentModelIndex) -> None:
        """An editor was opened."""
        self._open_editor, self._edited = editor, place

    def _on_left(self, place: QPersistentModelIndex, leave: Leave) -> None:
        """An editor was left: fit its row, go where its key leads."""
        self._open_editor = None
        self.edit_finished.emit()
        if not place.isValid():
            return
        self.fit_rows(place.row(), place.row())
        if leave is not Leave.STAY:
            self.setFocus()
        if leave is Leave.NEXT:
            self.advance(place)
        elif leave is Leave.NEXT_BY_TAB:
            self.advance(place, by_tab=True)
        elif leave is Leave.PREVIOUS:
            self.retreat(place)
        elif leave in (Leave.UP, Leave.DOWN):
            row = place.row() + (1 if leave is Leave.DOWN else -1)
            if 0 <= row < self._form_model.rowCount():
                self.stand_at(self._form_model.index(row, place.column()))
        elif leave is Leave.PASTE:
            self.paste_requested.emit()

    # Sizes ------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out by the columns' declared shares; the current cell stays in sight."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit_columns()
            self.scrollTo(self.currentIndex())

    def fit_columns(self) -> None:
        """Give each column its share, but never less than its heading needs."""
        if self._widths_are_own:
            return
        self._is_fitting = True
        for number, width in enumerate(fitting_widths(self._form_model, self.viewport().width())):
            self.setColumnWidth(number, width)
        self._is_fitting = False
        self._heights.start()

    def fit_rows(self, first: int = 0, last: int = -1) -> None:
        """Give rows the height their texts need; texts that surely fit on one line are not measured."""
        model, header = self._form_model, self.verticalHeader()
        last = model.rowCount() - 1 if last < 0 else last
        em, least = self._delegate.em_width(), px(36)
        columns = [
            (column, self.columnWidth(column), max((self.columnWidth(column) - px(18)) // em, 1))
            for column, spec in enumerate(model.column_specs())
            if spec.kind is not FieldKind.CHOICE or not self._fits_labels(spec, column)
        ]
        is_cut = False
        for row in range(first, last + 1):
            wanted = least
            for column, width, characters in columns:
                text = model.text(row, column)
                if len(text) > characters or "\n" in text:
                    wanted = max(wanted, self._delegate.height_for(text, width))
                    is_cut = is_cut or figure_width(text, self.fontMetrics()) > width
            if header.sectionSize(row) != wanted:
                header.resizeSection(row, wanted)
        self.rows_fitted.emit()
        if is_cut and fitting_widths(model, self.viewport().width()) != self._widths():
            self.fit_columns()

    def _widths(self) -> list[int]:
        """The columns' widths as they are."""
        return [self.columnWidth(number) for number in range(self._form_model.columnCount())]

    def whole_height(self) -> int:
        """Height that shows every row without scrolling."""
        across = self.horizontalScrollBar()
        bar = across.sizeHint().height() if across.maximum() > 0 else 0
        return self.horizontalHeader().height() + self.verticalHeader().length() + bar + px(4)

    def _fits_labels(self, spec: FieldSpec, column: int) -> bool:
        """Whether every label of a choice column stands on one line."""
        room = (self.columnWidth(column) - px(18)) // self._delegate.em_width()
        return all(len(label) <= room for label in labels_of(self._form_model, spec))

    def sizeHint(self) -> QSize:
        """Room for two rows; the page gives it what is left."""
        return QSize(px(600), px(112))

    def editor(self) -> QWidget | None:
        """The open editor, None when no cell is being edited."""
        return self._open_editor

    def cell_at(self, point: QPoint) -> Place | None:
        """The place of the cell at a point of the viewport."""
        index = self.indexAt(point)
        return self._form_model.place(index) if index.isValid() else None

    def _on_section_resized(self, _section: int, _old: int, _new: int) -> None:
        """A person has set a width: keep it, fit the rows to it."""
        if not self._is_fitting:
            self._widths_are_own = True
            self._heights.start()
