"""Unsigned filings and their stamped papers (未签名的表): which came as workbooks, when the paper came."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from services.paper_lines import PaperLine
from ui.bureau.fitting_table import FittingTable
from ui.theme import Tone, px
from ui.widgets.chip import ChipLook
from ui.widgets.dates import full_date
from ui.widgets.day_field import DayField
from ui.widgets.dialog import DeskDialog
from ui.widgets.placing import resize_within_screen
from ui.widgets.record_model import Column


def _paper_look(line: PaperLine) -> ChipLook:
    day = line.paper.paper_came_on
    if day is None:
        return ChipLook("等纸质件", Tone.CARE, "time")
    return ChipLook(f"{full_date(day)}收到", Tone.GOOD, "check")


COLUMNS: tuple[Column[PaperLine], ...] = (
    Column("纸质件", lambda line: _paper_look(line).word, chip=_paper_look),
    Column("单位", lambda line: line.unit_name, share=1),
    Column("表", lambda line: f"{line.budget_year}年{line.title}"),
    Column("项目", lambda line: line.project_name or "—", share=1),
    Column("版本", lambda line: f"第 {line.paper.version} 版"),
    Column("接收", lambda line: f"{line.paper.taken_by} {full_date(line.paper.taken_at)}"),
    Column("文件", lambda line: line.paper.file_name, share=1),
)
INTRO = "从 Excel 接收的表没有签名，以盖章纸质件为准。收到纸质件后，与这里的内容核对一致再登记。"


class UnsignedDialog(DeskDialog):
    """The list (未签名的表); `submitted` carries the line chosen and the day its paper came. It stays for the next."""

    submitted = Signal(object, object)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__("未签名的表", "登记纸质件", parent, intro=INTRO)
        resize_within_screen(self, px(1080), px(560))
        self.reject_button.setText("关闭")
        self.table: FittingTable[PaperLine] = FittingTable(COLUMNS, (6, 5, 4), row_height=34)
        self.table.setAccessibleName("未签名的表")
        self.day = DayField("收到日期", required=True)
        self.day.set_day(today)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.day)
        self.table.record_chosen.connect(lambda _line: self._judge())
        self._judge()

    def set_lines(self, lines: Sequence[PaperLine]) -> None:
        """Show the list."""
        self.table.set_records(lines)
        self._judge()

    def submit(self) -> None:
        """Hand line and day over."""
        line = self.table.chosen()
        if line is not None and self.day.check():
            self.submitted.emit(line, self.day.day())

    def set_busy(self, busy: bool) -> None:
        """Afterwards only what may be pressed."""
        super().set_busy(busy)
        if not busy:
            self._judge()

    def _judge(self) -> None:
        self.accept_button.setEnabled(self.table.chosen() is not None)
