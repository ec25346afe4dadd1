"""Choosing what units are told (选择通知内容): returned forms or approvals, one message a unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.theme import px
from ui.widgets.card import Card, row
from ui.widgets.dialog import DeskDialog
from ui.widgets.labels import label
from ui.widgets.placing import resize_within_screen
from ui.widgets.record_model import Column
from ui.widgets.tick_table import TickTable


@dataclass(frozen=True, slots=True)
class MessageLine:
    """One filing a unit is to be told of (通知行); `record` is what the service gave.

    `is_apart` tells that it goes into a file of its kind beside the unit's other one.
    """

    unit_name: str
    subject: str
    title: str
    said: str
    record: Any
    is_apart: bool = False


COLUMNS: tuple[Column[MessageLine], ...] = (
    Column("单位", lambda line: line.unit_name),
    Column("项目", lambda line: line.subject, share=1),
    Column("表", lambda line: line.title),
    Column("内容", lambda line: line.said, share=1),
)


class MessageChoiceDialog(DeskDialog):
    """Lists what waits to be told, all ticked (选择通知内容); `submitted` carries the records chosen."""

    submitted = Signal(object)

    def __init__(
        self, title: str, intro: str, lines: Sequence[MessageLine], parent: QWidget | None = None
    ) -> None:
        super().__init__(title, "选择文件夹…", parent, intro=intro)
        resize_within_screen(self, px(860), px(520))
        self.table: TickTable[MessageLine] = TickTable(COLUMNS, lambda _line: True)
        self.table.setAccessibleName(title)
        self.count_label = label("", "muted")
        card = Card(margin=1)
        card.body.addWidget(self.table)
        self.body.addWidget(card, 1)
        self.body.addLayout(row(self.count_label, None))
        self.table.ticks.ticked.connect(self._on_ticked)
        self.table.ticks.set_records(lines)

    def submit(self) -> None:
        """Hand on what is ticked."""
        self.submitted.emit(tuple(line.record for line in self.table.ticks.chosen()))

    def _on_ticked(self, count: int) -> None:
        files = {(line.unit_name, line.is_apart) for line in self.table.ticks.chosen()}
        is_one_each = len({unit for unit, _ in files}) == len(files)
        how = "每个单位一个" if is_one_each else "每个单位的审核结果和批复各一个"
        self.count_label.setText(f"已选 {count} 份，生成 {len(files)} 个通知文件，{how}")
        self.accept_button.setEnabled(count > 0)
