"""The matrix as an item model (填报总表): a line per project, a column per stage of the working year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from models.domain.money import AmountUnit, format_amount
from ui.filer.matrix_columns import MatrixColumn, MatrixLine, columns_of, lines_of
from ui.filer.matrix_words import StatusGroup, cell_look, row_fits
from ui.theme import ALIGN_LEFT, ALIGN_RIGHT
from ui.widgets.chip_delegate import CHIP_ROLE

if TYPE_CHECKING:
    from services.matrix import Matrix, MatrixCell, MatrixRow
    from ui.widgets.chip import ChipLook

NAME, AMOUNT, FIRST_TASK = 0, 1, 2
Index = QModelIndex | QPersistentModelIndex
_TEXT, _SIDE = int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.TextAlignmentRole)
_TOLD = frozenset({_TEXT, _SIDE, int(CHIP_ROLE), int(Qt.ItemDataRole.ToolTipRole)})
"""What is told of a cell; a painted cell is asked for ten roles."""


class MatrixModel(QAbstractTableModel):
    """Rows that fit the search and the status filter (填报总表数据)."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._matrix: Matrix | None = None
        self._columns: tuple[MatrixColumn, ...] = ()
        self._shown: list[MatrixLine] = []
        self._looks: dict[tuple[int, int], ChipLook] = {}
        self._text = ""
        self._group = StatusGroup.ALL

    def set_matrix(self, matrix: Matrix) -> None:
        """Show another state of things."""
        self._matrix = matrix
        self._columns = columns_of(matrix)
        self._fill()

    def set_filter(self, text: str, group: StatusGroup) -> None:
        """Show only rows that hold the text and have a cell of the group."""
        if (text, group) != (self._text, self._group):
            self._text, self._group = text, group
            self._fill()

    def matrix_rows(self) -> list[MatrixRow]:
        """The projects (and the unit as a whole) of all lines that are shown."""
        return [line.row for line in self._shown]

    def row(self, number: int) -> MatrixRow:
        """A row that is shown."""
        return self._shown[number].row

    def cell(self, index: Index) -> MatrixCell | None:
        """The cell of a task column, None in the first two."""
        if not index.isValid() or index.column() < FIRST_TASK:
            return None
        return self._shown[index.row()].cells[index.column() - FIRST_TASK]

    def words_of(self, column: int) -> set[str]:
        """The words of the states in a task column, each once."""
        return {line.cells[column - FIRST_TASK].word for line in self._shown}

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Rows shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Name, amount and a column per stage."""
        if parent.isValid() or self._matrix is None:
            return 0
        return FIRST_TASK + len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words, chips, alignment and reasons."""
        if role not in _TOLD or not index.isValid():
            return None
        row, column = self._shown[index.row()], index.column()
        if role == _TEXT:
            return self._words(row, column)
        if role == CHIP_ROLE:
            return self._look(index.row(), column) if column >= FIRST_TASK else None
        if role == _SIDE:
            return ALIGN_RIGHT if column == AMOUNT else ALIGN_LEFT
        return self._tip(row, column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Names of the columns; a task's year stands in a second line."""
        if orientation != Qt.Orientation.Horizontal or self._matrix is None:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            if section >= FIRST_TASK:
                return Qt.AlignmentFlag.AlignCenter
            return ALIGN_RIGHT if section == AMOUNT else ALIGN_LEFT
        if role == Qt.ItemDataRole.ToolTipRole and section >= FIRST_TASK:
            return "　".join(self._columns[section - FIRST_TASK].head)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if section == NAME:
            return "项目"
        if section == AMOUNT:
            return f"{self._matrix.budget_year}年预算\n（万元）"
        name, year = self._columns[section - FIRST_TASK].head
        return f"{name.partition('（')[0]}\n{year}"

    def _fill(self) -> None:
        lines = lines_of(self._matrix, self._columns) if self._matrix is not None else []
        self.beginResetModel()
        self._shown = [line for line in lines if row_fits(line.row, self._text, self._group)]
        self._looks = {}
        self.endResetModel()

    def _words(self, line: MatrixLine, column: int) -> str:
        if column == NAME:
            return line.name
        if column == AMOUNT:
            fen = line.row.budget_fen if line.name == line.row.name else None
            return "" if fen is None else format_amount(fen, AmountUnit.WAN_YUAN)
        return line.cells[column - FIRST_TASK].word

    def _look(self, number: int, column: int) -> ChipLook:
        place = (number, column)
        if place not in self._looks:
            self._looks[place] = cell_look(self._shown[number].cells[column - FIRST_TASK])
        return self._looks[place]

    def _tip(self, line: MatrixLine, column: int) -> str | None:
        if column == NAME:
            row = line.row
            return f"{row.name}\n项目代码 {row.project_code}" if row.project_code else row.name
        if column >= FIRST_TASK:
            return line.cells[column - FIRST_TASK].reason or None
        return None
