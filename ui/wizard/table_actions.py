"""What can be done with a table's rows (表格操作): each an action with words, icon, key, and a job at the session."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

from forms.findings import Place
from forms.schema import TableSpec
from ui.icons import icon
from ui.item_models.form_table_view import FormTableView
from ui.item_models.pasting import paste
from ui.item_models.rows import with_copies, with_moved, with_removed
from ui.item_models.tabular_text import grid_text, parse_grid
from ui.theme import COLOURS
from ui.wizard.session import WizardSession

_KEY_WORDS = {"Return": "回车", "Up": "↑", "Down": "↓"}


class TableActions(QObject):
    """The actions of one table (表格操作)."""

    told = Signal(str)

    def __init__(
        self, session: WizardSession, table: TableSpec, view: FormTableView, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._table = table
        self._view = view
        self._parent = parent
        self.add = self._action(("新增", "新增一行"), "add", "Ctrl+Return", self.add_row)
        self.insert = self._action(("插入", "在本行上面插入一行"), "table", "Insert", self.insert_row)
        self.duplicate = self._action(("复制", "复制所选的行"), "copy", "Ctrl+D", self.duplicate_rows)
        self.delete = self._action(("删除", "删除所选的行"), "delete", "Ctrl+Delete", self.delete_rows)
        self.up = self._action(("上移", "所选的行上移"), "move_up", "Alt+Up", lambda: self.move_rows(-1))
        self.down = self._action(("下移", "所选的行下移"), "move_down", "Alt+Down", lambda: self.move_rows(1))
        self.sort = self._action(("排序", "按指标框架的顺序排列"), "tree", "", self.sort_rows)
        self.paste = self._action(
            ("粘贴 Excel", "粘贴从 Excel 或 WPS 复制的行"), "paste", "", self.paste_table
        )
        self.sort.setVisible(table.is_indicator_table)
        if session.has_fixed_rows(table.key):
            for action in (self.add, self.insert, self.duplicate, self.delete, self.up, self.down, self.sort):
                action.setVisible(False)
                action.setEnabled(False)
        view.row_wanted.connect(self.add_row)
        view.clear_requested.connect(self.clear_cells)
        view.copy_requested.connect(self.copy_cells)
        view.cut_requested.connect(self.cut_cells)
        view.paste_requested.connect(self.paste_table)

    def all(self) -> list[QAction]:
        """The actions in the order people need them."""
        return [
            self.add,
            self.insert,
            self.duplicate,
            self.delete,
            self.up,
            self.down,
            self.sort,
            self.paste,
        ]

    def add_row(self) -> None:
        """A new row at the end, ready to be written into."""
        if self._session.has_fixed_rows(self._table.key):
            return
        row_id = self._session.add_row(self._table.key)
        self._enter(row_id)

    def insert_row(self) -> None:
        """A new row above the current one."""
        index = self._view.currentIndex()
        row_id = self._session.add_row(self._table.key, index.row() if index.isValid() else None)
        self._enter(row_id)

    def duplicate_rows(self) -> None:
        """Copies of the selected rows right below them."""
        rows, new = with_copies(self._session.rows(self._table.key), self._selected())
        self._session.set_rows(self._table.key, rows)
        if new:
            self._enter(new[0], self._view.currentIndex().column())

    def delete_rows(self) -> None:
        """Take the selected rows out; Ctrl+Z brings them back."""
        chosen, column = self._view.selected_rows(), max(self._view.currentIndex().column(), 0)
        if not chosen:
            return
        self._session.set_rows(
            self._table.key, with_removed(self._session.rows(self._table.key), self._selected())
        )
        model = self._view.model()
        if model.rowCount():
            self._view.stand_at(model.index(min(chosen[0], model.rowCount() - 1), column))
        self.told.emit(f"已删除 {len(chosen)} 行，按 Ctrl+Z 可以恢复。")

    def move_rows(self, by: int) -> None:
        """Move the selected rows up or down."""
        rows = with_moved(self._session.rows(self._table.key), self._selected(), by)
        self._session.set_rows(self._table.key, rows)

    def sort_rows(self) -> None:
        """Put the rows in the order of the indicator frame."""
        self._session.sort_rows(self._table.key)

    def clear_cells(self) -> None:
        """Clear the selected cells."""
        places = [self._view.form_model().place(index) for index in self._view.selectedIndexes()]
        self._session.clear_cells(self._table.key, [(place.row_id, place.column) for place in places])

    def copy_cells(self) -> None:
        """Put the selected cells on the clipboard as Excel reads them."""
        indexes = self._view.selectedIndexes()
        if not indexes:
            return
        columns = sorted({index.column() for index in indexes})
        rows = sorted({index.row() for index in indexes})
        chosen = {(index.row(), index.column()) for index in indexes}
        model = self._view.form_model()
        grid = [
            [
                str(model.index(row, column).data() or "") if (row, column) in chosen else ""
                for column in columns
            ]
            for row in rows
        ]
        QApplication.clipboard().setText(grid_text(grid))
        self.told.emit(f"已复制 {len(rows)} 行 {len(columns)} 列。")

    def cut_cells(self) -> None:
        """Copy, then clear."""
        self.copy_cells()
        if not self._session.read_only:
            self.clear_cells()

    def paste_table(self) -> None:
        """Paste a block copied in Excel or WPS from the current cell on."""
        grid = parse_grid(QApplication.clipboard().text())
        if self._session.read_only:
            return
        if not grid:
            self.told.emit("剪贴板里没有内容。请先在 Excel 或 WPS 中选中要粘贴的行，按 Ctrl+C 复制。")
            return
        rows = self._session.rows(self._table.key)
        index = self._view.currentIndex()
        at = (index.row(), index.column()) if index.isValid() else (len(rows), 0)
        pasted = paste(self._table, self._session.context, rows, at, grid)
        self._session.set_rows(self._table.key, pasted.rows)
        if pasted.row_count:
            self._view.setFocus()
            self._view.stand_at(self._view.model().index(pasted.first_row, max(at[1], 0)))
        self.told.emit(pasted.sentence)

    def set_enabled(self) -> None:
        """Offer what can be done now."""
        has_rows = self._view.model().rowCount() > 0
        if self._session.has_fixed_rows(self._table.key):
            has_rows = False
        for action in (self.duplicate, self.delete, self.up, self.down, self.sort):
            action.setEnabled(has_rows)

    def _selected(self) -> set[str]:
        """Ids of the selected rows."""
        model = self._view.form_model()
        return {model.row_id(row) for row in self._view.selected_rows()}

    def _enter(self, row_id: str, column: int = 0) -> None:
        """Go to a row, at the first cell that can be filled in."""
        model = self._view.form_model()
        specs = model.column_specs()
        while column < len(specs) - 1 and self._session.is_locked(
            Place(self._table.key, row_id, specs[column].key)
        ):
            column += 1
        self._view.setFocus()
        self._view.clearSelection()
        for row in range(model.rowCount()):
            if model.row_id(row) == row_id:
                self._view.stand_at(model.index(row, column))
                self._view.scrollTo(model.index(row, column))

    def _action(self, words: tuple[str, str], icon_name: str, keys: str, work: Callable[[], None]) -> QAction:
        """An action with short and full words and its key, heard while the cursor is in the table's panel."""
        made = QAction(icon(icon_name, COLOURS.muted), words[0], self)
        shown = keys
        for english, chinese in _KEY_WORDS.items():
            shown = shown.replace(english, chinese)
        made.setToolTip(f"{words[1]}（{shown}）" if keys else words[1])
        if keys:
            made.setShortcut(QKeySequence(keys))
            made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.triggered.connect(lambda _checked=False: work())
        self._parent.addAction(made)
        return made
