"""The filings behind a figure (数字的来源): a list one comes to by a click on any number, each form a click away."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from services.figures.measures import NOTHING, Kind, shown
from services.figures.records import DueLine, FigureLine
from ui.bureau.fitting_table import FittingTable
from ui.bureau.link_column import LinkColumn
from ui.widgets.buttons import button
from ui.widgets.card import row
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import ElidedLabel
from ui.widgets.page import ListCard
from ui.widgets.record_model import Column
from ui.widgets.search_field import SearchField

Line = FigureLine | DueLine
_NO_TITLES: Mapping[str, str] = {}


def _money(of: Callable[[FigureLine], int | None]) -> Callable[[Line], str]:
    def words(line: Line) -> str:
        value = of(line) if isinstance(line, FigureLine) else None
        return "" if value is None else shown(value, Kind.MONEY)

    return words


def _amount(line: Line) -> str:
    return "" if line.amount_fen is None else shown(line.amount_fen, Kind.MONEY)


def _score(line: Line) -> str:
    return shown(line.score, Kind.SCORE) if isinstance(line, FigureLine) and line.score is not None else ""


def _state(line: Line) -> str:
    return line.status.label if isinstance(line, FigureLine) else line.state.label


class TellingTable(FittingTable[Line]):
    """A list without the columns that have nothing to say (明细列表)."""

    def set_records(self, records: Sequence[Line]) -> None:
        """Show other lines, and the columns they have words for."""
        columns = self.records.columns
        told = (any(column.words(line) for line in records) for column in columns)
        self._blank = {number for number, is_told in enumerate(told) if not is_told}
        super().set_records(records)

    def _measure(self) -> None:
        super()._measure()
        for number in self._blank:
            self._fixed[number] = 0

    def _fit(self) -> None:
        super()._fit()
        for number in getattr(self, "_blank", ()):
            self.setColumnHidden(number, True)


class BehindView(QWidget):
    """Filings and forms due behind one figure (来源明细); `open_requested` carries a filing's id."""

    open_requested = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[Line, ...] = ()
        self._titles = _NO_TITLES
        self.back_button = button("返回汇总", icon_name="back", clicked=self.closed.emit)
        self.title = ElidedLabel("", "strong")
        self.search = SearchField("搜索单位、项目", self)
        self.table = TellingTable(self._columns(), (2, 3, 7, 6, 9, 5), row_height=32)
        self.table.setAccessibleName("汇总数字的来源明细")
        self.links = LinkColumn(self.table, len(self.table.records.columns) - 1)
        self.empty = EmptyState("这个数字后面没有表", icon_name="summary")
        tools = row(self.back_button, self.title, self.search, spacing=10)
        tools.setStretch(1, 1)
        self.search.setMinimumWidth(200)
        self.card = ListCard(self.table, self.empty, tools)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.card)
        self.search.searched.connect(lambda _text: self._show())
        self.search.left_downwards.connect(self.table.setFocus)
        self.table.record_opened.connect(self._on_opened)
        self.links.pressed.connect(self._on_opened)
        back = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        back.activated.connect(self.closed)

    def set_lines(self, title: str, lines: Sequence[Line], titles: Mapping[str, str]) -> None:
        """Show what stands behind a figure; `titles` are the forms' names."""
        self._lines, self._titles = tuple(lines), titles
        self.title.set_words(title)
        self._show()

    def shown(self) -> tuple[Line, ...]:
        """The lines the search lets through."""
        wanted = self.search.text().strip()
        return tuple(
            line
            for line in self._lines
            if not wanted
            or wanted in line.belonging.unit_name
            or wanted in line.name
            or line.belonging.unit_code.startswith(wanted)
            or (line.project_code and line.project_code.startswith(wanted))
        )

    def _columns(self) -> tuple[Column[Line], ...]:
        return (
            Column("单位", lambda line: line.belonging.unit_name, share=2),
            Column("项目（单位）", lambda line: line.name, share=3),
            Column("任务", lambda line: line.task_name or NOTHING),
            Column("表", lambda line: self._titles.get(line.form_id, "")),
            Column("金额（万元）", _amount, is_right=True),
            Column("审定（万元）", _money(lambda line: line.approved_fen), is_right=True),
            Column("审减（万元）", _money(lambda line: line.cut_fen), is_right=True),
            Column("执行（万元）", _money(lambda line: line.spending_fen), is_right=True),
            Column("得分", _score, is_right=True),
            Column("等级", lambda line: line.grade if isinstance(line, FigureLine) else ""),
            Column("状态", _state, tip=lambda line: getattr(line, "remark", "") or _state(line)),
            Column("", lambda line: "打开" if line.filing_id else ""),
        )

    def _show(self) -> None:
        found = self.shown()
        self.table.set_records(found)
        self.card.show_content(bool(found))
        if found and self.table.chosen() is None:
            self.table.selectRow(0)

    def _on_opened(self, line: Line) -> None:
        if line.filing_id:
            self.open_requested.emit(line.filing_id)
