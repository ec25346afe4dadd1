"""生成报送文件, first page: which forms; what is not ready says why and can be opened from here."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from ui.filer.records import SealLine
from ui.theme import Tone, px
from ui.widgets.buttons import button
from ui.widgets.card import row
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import label
from ui.widgets.notice_bar import NoticeBar
from ui.widgets.page import ListCard
from ui.widgets.record_model import Column
from ui.widgets.tick_table import TickTable


def _remarks(line: SealLine) -> str:
    """已说明 2 处，佐证材料 3 个."""
    explained = f"已说明 {line.explained} 处" if line.explained else ""
    evidence = f"佐证材料 {len(line.evidence)} 个" if line.evidence else ""
    return "，".join(part for part in (explained, evidence) if part)


NOTHING = "没有可以报送的表"
NOTHING_HINT = "先在工作台里填好表，再来生成报送文件。"

COLUMNS: tuple[Column[SealLine], ...] = (
    Column("项目（单位）", lambda line: line.subject, share=1),
    Column("表名", lambda line: line.form_title),
    Column("预算年度", lambda line: f"{line.budget_year}年"),
    Column("校验", lambda line: line.look.word, chip=lambda line: line.look),
    Column("说明", lambda line: line.obstacle or _remarks(line)),
)


class SealChoosePage(QWidget):
    """Which forms go into the package (选择要报送的表)."""

    changed = Signal()
    filing_requested = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_stopped = False
        self._exempted = 0
        self.notice = NoticeBar()
        self.table: TickTable[SealLine] = TickTable(COLUMNS, lambda line: not line.obstacle)
        self.table.setAccessibleName("可报送的表")
        self.all_box = QCheckBox("全部选中")
        self.count_label = label("", "muted")
        self.open_button = button("打开这份表去改", "link", clicked=self._on_open)
        self.empty = EmptyState(NOTHING, hint=NOTHING_HINT, icon_name="draft")
        self.exempt_label = label("", "muted")
        self.exempt_label.hide()
        self.card = ListCard(
            self.table, self.empty, row(self.all_box, self.count_label, None, self.open_button)
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.notice)
        column.addWidget(self.card, 1)
        column.addWidget(self.exempt_label)
        self.table.setMinimumHeight(px(160))
        self.table.ticks.ticked.connect(self._on_ticked)
        self.all_box.clicked.connect(self.table.ticks.tick_all)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._tell_open())
        self._tell_open()

    def set_lines(self, lines: Sequence[SealLine], wanted: Collection[str] = ()) -> None:
        """Show what there is; `wanted` ticks only these filings, nothing wanted ticks all that are ready.

        One that was wanted and is not ready is the current line, so that the way to it is offered at once.
        """
        self.table.ticks.set_records(sorted(lines, key=lambda line: bool(line.obstacle)))
        if wanted:
            self.table.ticks.tick_where(lambda line: line.filing_id in wanted)
        self.card.show_content(bool(lines))
        shown = [self.table.ticks.record(row) for row in range(self.table.ticks.rowCount())]
        stopped = next(
            (row for row, line in enumerate(shown) if line.filing_id in wanted and line.obstacle), 0
        )
        if lines and (stopped or not self.table.currentIndex().isValid()):
            self.table.selectRow(stopped)

    def set_exempted(self, count: int) -> None:
        """How many forms the unit need not file: the list goes along, or alone where no form is ticked."""
        self._exempted = count
        self.exempt_label.setText(f"另有无需填报说明 {count} 项，随这份文件报送；没有选表的，只报说明。")
        self.exempt_label.setVisible(count > 0)
        if count:
            self.empty.hint_label.setText(
                f"可以只报送无需填报说明（{count} 项），财政部门收到后记为“无需报”。"
            )
        self.changed.emit()

    def set_obstacle(self, sentence: str) -> None:
        """Why this desk cannot seal at all, "" when it can."""
        self._is_stopped = bool(sentence)
        if sentence:
            self.notice.show_notice(sentence, Tone.CARE, closable=False)
        else:
            self.notice.hide()
        self.changed.emit()

    def chosen(self) -> tuple[SealLine, ...]:
        """The forms ticked."""
        return self.table.ticks.chosen()

    def is_complete(self) -> bool:
        """Whether there is something to go on with."""
        return bool(self.chosen() or self._exempted) and not self._is_stopped

    def _on_ticked(self, count: int) -> None:
        free, total = self.table.ticks.free_count(), self.table.ticks.rowCount()
        waiting = f"，{total - free} 份还不能报送" if total > free else ""
        self.count_label.setText(f"已选 {count} 份，共 {total} 份{waiting}")
        self.all_box.setEnabled(free > 0)
        self.all_box.setChecked(free > 0 and count == free)
        self.changed.emit()

    def _line(self) -> SealLine | None:
        index = self.table.currentIndex()
        return self.table.ticks.record(index.row()) if index.isValid() else None

    def _tell_open(self) -> None:
        line = self._line()
        self.open_button.setVisible(line is not None and bool(line.obstacle))

    def _on_open(self) -> None:
        line = self._line()
        if line is not None:
            self.filing_requested.emit(line.task_id, line.project_id)
