"""Item model of a form's table (表格数据模型): one row of answers a line, the kit's columns across.

It keeps nothing: rows come from the session that keeps the answers, and what is typed goes back to it
at once, so autosave always has the last keystroke. Only touched cells are announced: a keystroke in a
form of three hundred rows repaints one cell.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from forms import kinds
from forms.context import FormContext
from forms.findings import Finding, Place, Severity
from forms.schema import FieldKind, FieldSpec, Row, TableSpec
from ui.icons import icon
from ui.item_models.rows import LEVELS, TableKeeper, changed_cells, kept_problem, row_index
from ui.item_models.spellings import spelled
from ui.theme import ALIGN_CENTRE, ALIGN_LEFT, ALIGN_RIGHT, COLOURS

Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole
_CENTRED = frozenset({FieldKind.TICK})
_RIGHT = frozenset({FieldKind.MONEY, FieldKind.WEIGHT, FieldKind.PLANNED_VALUE, FieldKind.RATE})
NO_PARENT = QModelIndex()


@dataclass(frozen=True, slots=True)
class CellLook:
    """How a cell looks (单元格外观): what the delegate needs, in one call."""

    text: str
    is_right: bool
    is_repeated: bool
    is_locked: bool
    is_highlighted: bool
    severity: Severity | None
    problem: str
    is_tick: bool = False
    light: str = ""
    has_remark: bool = False


def _alignment(spec: FieldSpec) -> Qt.AlignmentFlag:
    """Amounts right, ticks in the middle, texts left."""
    if spec.kind in _CENTRED:
        return ALIGN_CENTRE
    return ALIGN_RIGHT if spec.kind in _RIGHT else ALIGN_LEFT


class FormTableModel(QAbstractTableModel):
    """The rows of one table of a form (表格数据模型)."""

    def __init__(self, table: TableSpec, keeper: TableKeeper, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.table = table
        self._keeper = keeper
        self._columns = table.visible_columns(keeper.context)
        self._keys = [column.key for column in self._columns]
        self._rows: Sequence[Row] = keeper.rows(table.key)
        self._typing: Place | None = None
        self._marks: dict[tuple[str, str], list[Finding]] = {}
        self._highlights: frozenset[tuple[str, str]] = frozenset()
        self._attached: dict[str, int] = {}
        self._row_names: Callable[[int], str] | None = None
        self._remarks: dict[tuple[str, str], str] = {}

    # Places -----------------------------------------------------------------------------------

    def column_specs(self) -> Sequence[FieldSpec]:
        """The columns shown."""
        return self._columns

    @property
    def context(self) -> FormContext:
        """What the form is filled in for."""
        return self._keeper.context

    def rows(self) -> Sequence[Row]:
        """The rows shown."""
        return self._rows

    def place(self, index: Index) -> Place:
        """The place in the answers a cell stands for."""
        return Place(self.table.key, self.row_id(index.row()), self._keys[index.column()])

    def text(self, row: int, column: int) -> str:
        """What a cell shows."""
        return self._shown(self._columns[column], self._rows[row])

    def row_id(self, row: int) -> str:
        """The id of a row."""
        return str(self._rows[row].get("row_id"))

    def index_of(self, place: Place) -> QModelIndex:
        """The cell of a place; the row's first cell when the place names no column that is shown."""
        row = row_index(self._rows, place.row_id)
        if row < 0 or not self._keys:
            return QModelIndex()
        column = self._keys.index(place.column) if place.column in self._keys else 0
        return self.index(row, column)

    # Qt's reading -----------------------------------------------------------------------------

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """How many rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        """How many columns."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        """Shown text, typed text, alignment or the sentences of a cell's findings."""
        if not index.isValid():
            return None
        spec, row = self._columns[index.column()], self._rows[index.row()]
        if role == _ROLE.DisplayRole:
            return self._shown(spec, row)
        if role == _ROLE.EditRole:
            return kinds.typed(spec, row.get(spec.key), self._keeper.context, row)
        if role == _ROLE.TextAlignmentRole:
            return _alignment(spec)
        if role in (_ROLE.ToolTipRole, _ROLE.AccessibleDescriptionRole):
            return self._sentences(index) or None
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        """Column labels as on the official form, row numbers, and each column's line of help."""
        if orientation == Qt.Orientation.Vertical:
            return self._row_head(section, role)
        if not 0 <= section < len(self._columns):
            return None
        spec = self._columns[section]
        if role == _ROLE.DisplayRole:
            unit = f"\n（{self._keeper.context.amount_unit.label}）" if spec.kind is FieldKind.MONEY else ""
            return spec.label_in(self._keeper.context) + unit
        if role == _ROLE.TextAlignmentRole:
            return _alignment(spec)
        if role == _ROLE.ToolTipRole:
            return "；".join(
                part for part in (spec.help, f"例：{spec.example}" if spec.example else "") if part
            )
        return None

    def set_attached(self, counts: Mapping[str, int]) -> None:
        """Mark the rows that have files attached, by the path of the row."""
        if counts != self._attached:
            self._attached = dict(counts)
            if self.rows():
                self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(self.rows()) - 1)

    def set_row_names(self, names: Callable[[int], str] | None) -> None:
        """Say what rows are called beside their numbers; None for numbers alone."""
        self._row_names = names
        if self.rows():
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(self.rows()) - 1)

    def _row_head(self, section: int, role: int) -> Any:
        """A row's number, with a clip beside it where files are attached."""
        if role == _ROLE.DisplayRole:
            return section + 1 if self._row_names is None else f"{section + 1}　{self._row_names(section)}"
        if role in (_ROLE.DecorationRole, _ROLE.ToolTipRole) and self._attached:
            count = self._attached.get(Place(self.table.key, self.row_id(section)).path, 0)
            if count and role == _ROLE.DecorationRole:
                return icon("attachment", COLOURS.accent)
            return f"佐证材料 {count} 个" if count else None
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Cells can be chosen, and edited unless locked."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        if not self._keeper.is_locked(self.place(index)):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(self, index: Index, value: Any, role: int = _ROLE.EditRole) -> bool:
        """Keep what was typed; the session tells the model what came of it."""
        if not index.isValid() or role != _ROLE.EditRole:
            return False
        self._keeper.set_typed(self.place(index), str(value or ""))
        return True

    def toggle(self, index: Index) -> None:
        """Tick a box, or take the tick away; text that is no tick becomes one."""
        spec, row = self._columns[index.column()], self._rows[index.row()]
        self._keeper.set_typed(self.place(index), "" if row.get(spec.key) == kinds.TICKED else "√")

    def tick(self, index: Index, text: str) -> None:
        """Tick a box by a sign typed or pasted over it (√, 是); anything else is left alone."""
        spec = self._columns[index.column()]
        if kinds.read(spec, text, self.context).value == kinds.TICKED:
            self._keeper.set_typed(self.place(index), text)

    def type_into(self, place: Place, text: str) -> None:
        """Keep a keystroke of an open editor; the cell itself lies under it and is announced when it is left."""
        self._typing = place
        self._keeper.set_typed(place, text)
        self._typing = None

    def announce(self, index: Index) -> None:
        """Announce a cell whose editor has been left."""
        cell = self.index(index.row(), index.column())
        self.dataChanged.emit(cell, cell)

    def reads_as_kept(self, index: Index, typed: str) -> bool:
        """Whether a typed text comes to what is kept, so that an editor need not be written over."""
        spec, row = self._columns[index.column()], self._rows[index.row()]
        meant = spelled(spec, typed, self.context, row)
        return bool(kinds.read(spec, meant, self.context, row).value == row.get(spec.key))

    def restore(self, index: Index, value: Any) -> None:
        """Put back what a cell held before its editor was opened."""
        self._keeper.set_value(self.place(index), value)

    def look(self, index: Index) -> CellLook:
        """Everything the delegate paints of a cell."""
        spec, row = self._columns[index.column()], self._rows[index.row()]
        place = Place(self.table.key, str(row.get("row_id")), spec.key)
        findings = self._marks.get((place.row_id, spec.key), ())
        return CellLook(
            text=self._shown(spec, row),
            is_right=spec.kind in _RIGHT or self._is_figure(spec, row),
            is_repeated=self._is_repeated(index.row(), spec.key),
            is_locked=spec.is_closed(self._keeper.context, row),
            is_highlighted=(place.row_id, spec.key) in self._highlights,
            severity=min((f.severity for f in findings), key=lambda s: s.rank, default=None),
            problem=kept_problem(spec, row.get(spec.key), self._keeper.context, row),
            is_tick=spec.kind is FieldKind.TICK,
            light=str(row.get(spec.key) or "") if spec.kind is FieldKind.LIGHT else "",
            has_remark=(place.row_id, spec.key) in self._remarks,
        )

    # What the session tells -------------------------------------------------------------------

    def refresh_cell(self, place: Place) -> None:
        """Show one cell that was written into; whatever else its row settled is announced with it."""
        before, after = self._rows, self._keeper.written_rows(self.table.key)
        if place == self._typing and place.column not in LEVELS:
            self._rows = after
            return
        row = row_index(after, place.row_id)
        if place.column in LEVELS or row < 0 or len(before) != len(after) or place.column not in self._keys:
            self.refresh()
            return
        self._rows = after
        cell = self.createIndex(row, self._keys.index(place.column))
        self.dataChanged.emit(cell, cell)

    def refresh(self) -> None:
        """Show the rows as the session keeps them now, announcing as little as possible."""
        before, after = self._rows, self._keeper.written_rows(self.table.key)
        if before is after:
            return
        touched: list[tuple[int, str]] = []
        if changed_cells(before, after, self._keys, lambda row, key: touched.append((row, key))):
            self._rows = after
            self._announce(touched)
            return
        self._refresh_rows(before, after)

    def set_findings(self, findings: Iterable[Finding]) -> None:
        """Mark the cells that findings of this table stand at."""
        marks: dict[tuple[str, str], list[Finding]] = {}
        for finding in findings:
            if finding.place.field == self.table.key and finding.place.row_id:
                key = (finding.place.row_id, finding.place.column or (self._keys[0] if self._keys else ""))
                marks.setdefault(key, []).append(finding)
        touched = [key for key in {*marks, *self._marks} if marks.get(key) != self._marks.get(key)]
        self._marks = marks
        self._announce_keys(touched)

    def set_highlights(self, places: Collection[Place]) -> None:
        """Tint the cells that a chosen finding speaks of."""
        wanted = frozenset((p.row_id, p.column) for p in places if p.field == self.table.key)
        touched = wanted ^ self._highlights
        self._highlights = wanted
        self._announce_keys(touched)

    def set_remarks(self, marks: Mapping[Place, str]) -> None:
        """Mark the cells that reviewers have remarked on, a whole row at its first cell; the words stand in the tip."""
        first = self._keys[0] if self._keys else ""
        mine = {
            (place.row_id, place.column or first): words
            for place, words in marks.items()
            if place.field == self.table.key and place.row_id
        }
        touched = [key for key in {*mine, *self._remarks} if mine.get(key) != self._remarks.get(key)]
        self._remarks = mine
        self._announce_keys(touched)

    def finding_count(self) -> int:
        """How many findings stand at cells."""
        return sum(len(found) for found in self._marks.values())

    # Inside -----------------------------------------------------------------------------------

    def _shown(self, spec: FieldSpec, row: Row) -> str:
        """The text of a cell."""
        kept = row.get(spec.key)
        return "" if kept is None else kinds.shown(spec, kept, self._keeper.context, row)

    def _is_figure(self, spec: FieldSpec, row: Row) -> bool:
        """Whether a cell of an open choice holds a figure: this row has nothing to choose from."""
        return (
            spec.is_open_choice and spec.choices is not None and not spec.choices(self._keeper.context, row)
        )

    def _is_repeated(self, row: int, key: str) -> bool:
        """Whether a level says the same as the row above, so that it is drawn faint."""
        if key not in LEVELS or row == 0:
            return False
        keys = LEVELS[: LEVELS.index(key) + 1]
        above, here = self._rows[row - 1], self._rows[row]
        return bool(here.get(key)) and all(above.get(one) == here.get(one) for one in keys)

    def _sentences(self, index: Index) -> str:
        """What is wrong at a cell, one sentence a line."""
        place = self.place(index)
        spec, row = self._columns[index.column()], self._rows[index.row()]
        problem = kept_problem(spec, row.get(spec.key), self._keeper.context, row)
        found = self._marks.get((place.row_id, place.column), ())
        if spec.kind is FieldKind.LIGHT:
            return str(row.get(f"{spec.key}_note") or "")
        lines = [f"{f.severity.label}：{f.sentence}" for f in found]
        if remark := self._remarks.get((place.row_id, place.column)):
            lines.append(f"审核意见：{remark}")
        return "\n".join([problem, *lines] if problem else lines)

    def _announce(self, touched: Sequence[tuple[int, str]]) -> None:
        """Tell the views which cells have changed; a level also changes how the row below looks."""
        for row, key in touched:
            column = self._keys.index(key)
            cell = self.index(row, column)
            self.dataChanged.emit(cell, cell)
            if key in LEVELS and row + 1 < len(self._rows):
                self.dataChanged.emit(self.index(row + 1, 0), self.index(row + 1, column))

    def _announce_keys(self, touched: Collection[tuple[str, str]]) -> None:
        """Tell the views to draw cells anew, in one go when there are many."""
        if len(touched) > 40:
            last = self.index(len(self._rows) - 1, len(self._keys) - 1)
            self.dataChanged.emit(self.index(0, 0), last, [_ROLE.DecorationRole])
            return
        rows = {str(row.get("row_id")): number for number, row in enumerate(self._rows)} if touched else {}
        for row_id, key in touched:
            if row_id in rows and key in self._keys:
                cell = self.index(rows[row_id], self._keys.index(key))
                self.dataChanged.emit(cell, cell, [_ROLE.DecorationRole])

    def _refresh_rows(self, before: Sequence[Row], after: Sequence[Row]) -> None:
        """Announce rows that came or went in one piece; anything else is announced as a new table."""
        old, new = ([str(row.get("row_id")) for row in rows] for rows in (before, after))
        start = 0
        while start < min(len(old), len(new)) and old[start] == new[start]:
            start += 1
        tail = 0
        while tail < min(len(old), len(new)) - start and old[-1 - tail] == new[-1 - tail]:
            tail += 1
        gone, come = len(old) - start - tail, len(new) - start - tail
        if gone and come:
            self._reorder(old, new, after)
            return
        if come:
            self.beginInsertRows(NO_PARENT, start, start + come - 1)
        else:
            self.beginRemoveRows(NO_PARENT, start, start + gone - 1)
        self._rows = after
        self.endInsertRows() if come else self.endRemoveRows()
        if self._rows and self._keys:
            last = self.index(len(self._rows) - 1, len(self._keys) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def _reorder(self, old: list[str], new: list[str], after: Sequence[Row]) -> None:
        """Announce moved rows so that the current cell goes along, or a new table when rows came and went."""
        if sorted(old) != sorted(new):
            self.beginResetModel()
            self._rows = after
            self.endResetModel()
            return
        self.layoutAboutToBeChanged.emit()
        positions = {row_id: number for number, row_id in enumerate(new)}
        kept = self.persistentIndexList()
        moved = [self.index(positions[old[one.row()]], one.column()) for one in kept]
        self._rows = after
        self.changePersistentIndexList(kept, moved)
        self.layoutChanged.emit()
