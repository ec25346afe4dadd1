"""Out to the platform (导出一体化导入模板): a task, its filings, and what is missing with the way there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from services.platform.outgoing_cells import Gap
from services.platform.sending import OutgoingChoice, OutgoingFiling
from ui.theme import Tone, px
from ui.widgets.buttons import MenuButton
from ui.widgets.card import Card, row
from ui.widgets.chip import ChipLook
from ui.widgets.dialog import DeskDialog
from ui.widgets.labels import label, paragraph
from ui.widgets.placing import resize_within_screen
from ui.widgets.record_model import Column
from ui.widgets.record_table import RecordTable
from ui.widgets.tick_table import TickTable

_FILLS = "缺项补齐以后才能导出。双击缺项打开那份表。"
_RETURNS = "缺项由单位补齐、重新报送以后才能导出。"
_READY = ChipLook("可以导出", Tone.GOOD, "check")


def _look(filing: OutgoingFiling) -> ChipLook:
    return ChipLook(f"缺 {len(filing.gaps)} 项", Tone.BAD, "refuse") if filing.gaps else _READY


@dataclass(frozen=True, slots=True)
class GapLine:
    """A gap and the filing it stands in (缺项)."""

    filing: OutgoingFiling
    gap: Gap


FILING_COLUMNS: tuple[Column[OutgoingFiling], ...] = (
    Column("项目", lambda one: one.project_name, share=1),
    Column("项目代码", lambda one: one.project_code or "（还没有代码）"),
    Column("单位", lambda one: one.unit_name),
    Column("状态", lambda one: one.status.label),
    Column("能否导出", lambda one: _look(one).word, chip=_look),
)
GAP_COLUMNS: tuple[Column[GapLine], ...] = (
    Column("项目", lambda line: line.filing.project_name, share=2),
    Column("哪里", lambda line: line.gap.subject, share=2),
    Column("栏目", lambda line: line.gap.head, share=1),
    Column("缺什么", lambda line: line.gap.message, share=4),
)


class SendDialog(DeskDialog):
    """Chooses what goes out (导出选择).

    `choice_made` asks for the filings of another task or workbook, `submitted` carries choice and filings
    ticked, `filing_requested` leads to the form of a gap.
    """

    choice_made = Signal(object)
    submitted = Signal(object, object)
    filing_requested = Signal(str, str)

    def __init__(
        self, choices: Sequence[OutgoingChoice], parent: QWidget | None = None, *, may_fill: bool = True
    ) -> None:
        super().__init__(
            "导出一体化导入模板",
            "导出…",
            parent,
            intro=_FILLS if may_fill else _RETURNS,
        )
        resize_within_screen(self, px(1040), px(640))
        self._choices = tuple(choices)
        self.choice = MenuButton("任务和模板　")
        self.all_box = QCheckBox("全部选中")
        self.count_label = label("", "muted")
        self.table: TickTable[OutgoingFiling] = TickTable(FILING_COLUMNS, lambda one: not one.gaps)
        self.table.setAccessibleName("填报件")
        self.table.setMinimumHeight(px(150))
        self.model = self.table.ticks
        self.gaps: RecordTable[GapLine] = RecordTable(GAP_COLUMNS, row_height=30)
        self.gaps.setAccessibleName("缺项")
        self.gaps.setMinimumHeight(px(130))
        self.gap_label = label("", "section")
        self.note = paragraph("", "muted")
        self.body.addLayout(row(self.choice, None, self.count_label, self.all_box))
        for widget, stretch in ((self.table, 3), (self.gaps, 2)):
            card = Card(margin=1)
            card.body.addWidget(widget)
            if widget is self.gaps:
                self.body.addWidget(self.gap_label)
                self.gap_card = card
            self.body.addWidget(card, stretch)
        self.body.addWidget(self.note)
        self.choice.set_choices([(n, one.words) for n, one in enumerate(self._choices)], 0)
        self.choice.chosen.connect(self._on_choice)
        self.model.ticked.connect(self._on_ticked)
        self.all_box.clicked.connect(self.model.tick_all)
        if may_fill:
            self.gaps.record_opened.connect(self._on_gap)
        self.set_filings(())

    def chosen_choice(self) -> OutgoingChoice | None:
        """The task and workbook in force."""
        number = self.choice.value()
        return self._choices[number] if isinstance(number, int) and self._choices else None

    def set_filings(self, filings: Sequence[OutgoingFiling]) -> None:
        """Show the filings of the task, gaps below."""
        self.model.set_records(filings)
        lines = [GapLine(one, gap) for one in filings for gap in one.gaps]
        self.gaps.set_records(lines)
        self.gap_label.setText(f"缺项 {len(lines)} 处")
        self.gap_label.setVisible(bool(lines))
        self.gap_card.setVisible(bool(lines))
        choice = self.chosen_choice()
        each = "每个项目一个文件" if choice and choice.mapping.is_per_project else "全部写入一个文件"
        self.note.setText(
            f"{each}，金额单位为元。" + (choice.mapping.note + "。" if choice and choice.mapping.note else "")
        )

    def submit(self) -> None:
        """Ask to write the ticked filings."""
        choice = self.chosen_choice()
        if choice is not None:
            self.submitted.emit(choice, self.model.chosen())

    def _on_choice(self, _number: object) -> None:
        self.choice_made.emit(self.chosen_choice())

    def _on_gap(self, line: GapLine) -> None:
        self.filing_requested.emit(line.filing.task_id, line.filing.project_id)

    def _on_ticked(self, count: int) -> None:
        free = self.model.free_count()
        there = self.model.rowCount()
        self.count_label.setText(f"已选 {count} 份，共 {there} 份" if there else "这个任务还没有填报件")
        self.all_box.setEnabled(free > 0)
        self.all_box.setChecked(free > 0 and count == free)
        self.accept_button.setEnabled(count > 0)
