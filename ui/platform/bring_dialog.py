"""A platform's file before it is taken over (一体化带入预览): both values of every line, ticks for what to take."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from services.platform.records import LineState, PlatformPreview, PreviewLine
from ui.theme import Tone, px
from ui.widgets.buttons import MenuButton
from ui.widgets.card import Card, row
from ui.widgets.chip import ChipLook, StatusChip
from ui.widgets.dialog import DeskDialog
from ui.widgets.labels import label, paragraph
from ui.widgets.placing import resize_within_screen
from ui.widgets.record_model import Column
from ui.widgets.tick_table import TickTable

_LOOKS = {
    LineState.NEW: ChipLook("新增", Tone.GOOD, "add"),
    LineState.CHANGED: ChipLook("有变化", Tone.CARE, "edit"),
    LineState.SAME: ChipLook("相同", Tone.PLAIN, "check"),
    LineState.UNREADABLE: ChipLook("不能带入", Tone.BAD, "refuse"),
}


def _look(line: PreviewLine) -> ChipLook:
    return _LOOKS[line.state]


def _tip(line: PreviewLine) -> str:
    """Everything of a line, for who cannot read it in the table."""
    parts = (line.where, line.unit_name, f"本机：{line.before}" if line.before else "", line.after, line.note)
    return "\n".join(filter(None, parts))


COLUMNS: tuple[Column[PreviewLine], ...] = (
    Column("项目", lambda line: line.subject, share=3, tip=_tip),
    Column("内容", lambda line: line.kind.label),
    Column("结果", lambda line: line.state.label, chip=_look),
    Column("本机现在", lambda line: line.before, share=3, tip=_tip),
    Column("导出表", lambda line: line.after, share=3, tip=_tip),
    Column("说明", lambda line: line.note, share=4, tip=_tip),
)


class BringDialog(DeskDialog):
    """Shows what a file would bring (带入预览).

    `submitted` carries the lines ticked and the document number; `year_chosen` asks to read the file again for
    another budget year, where it names none itself.
    """

    submitted = Signal(object, str)
    year_chosen = Signal(int)

    def __init__(self, preview: PlatformPreview, years: Sequence[int], parent: QWidget | None = None) -> None:
        super().__init__("从一体化导出表带入", "带入", parent, intro=preview.file_name)
        resize_within_screen(self, px(1120), px(620))
        self._years = tuple(years)
        self.table: TickTable[PreviewLine] = TickTable(COLUMNS, lambda line: line.change is not None)
        self.table.setAccessibleName("要带入的内容")
        self.table.setMinimumHeight(px(220))
        self.model = self.table.ticks
        self.all_box = QCheckBox("全部选中")
        self.count_label = label("", "muted")
        self.year = MenuButton("预算年度 ")
        self.number = QLineEdit()
        self.number.setPlaceholderText("批复文号，例如 示财预〔2027〕3号")
        self.number.setMinimumWidth(px(240))
        self.number_label = label("批复文号", "muted")
        self.remarks = paragraph("", "muted")
        self.chips = [StatusChip("", Tone.PLAIN, "dot") for _ in _LOOKS]
        self.body.addLayout(row(*self.chips, None, self.number_label, self.number, self.year))
        self.body.addLayout(row(self.all_box, None, self.count_label))
        card = Card(margin=1)
        card.body.addWidget(self.table)
        self.body.addWidget(card, 1)
        self.body.addWidget(self.remarks)
        self.model.ticked.connect(self._on_ticked)
        self.all_box.clicked.connect(self.model.tick_all)
        self.year.chosen.connect(self._on_year)
        self.set_preview(preview)

    def set_preview(self, preview: PlatformPreview) -> None:
        """Show a file, read anew perhaps."""
        self._preview = preview
        for chip, (state, look) in zip(self.chips, _LOOKS.items(), strict=True):
            count = preview.count(state)
            chip.set_look(ChipLook(f"{look.word} {count}", look.tone, look.icon))
            chip.setVisible(bool(count))
        needs = preview.needs_document_number
        self.number.setVisible(needs)
        self.number_label.setVisible(needs)
        if preview.document_number:
            self.number.setText(preview.document_number)
        years = sorted({*self._years, preview.asked_year}, reverse=True)
        self.year.set_choices([(year, f"{year} 年") for year in years], preview.asked_year)
        self.year.setVisible(not preview.names_year)
        kinds = "、".join(kind.label for kind in preview.kinds)
        told = [f"读到的是{kinds}。", *(f"{remark}。" for remark in preview.remarks)]
        told.append("带入后可以在“一体化—带入记录”里整批撤回。")
        self.remarks.setText("".join(told))
        self.model.set_records(preview.lines)

    def preview(self) -> PlatformPreview:
        """The file shown."""
        return self._preview

    def submit(self) -> None:
        """Ask to take the ticked lines over."""
        self.submitted.emit(self.model.chosen(), self.number.text().strip())

    def _on_year(self, year: object) -> None:
        if isinstance(year, int):
            self.year_chosen.emit(year)

    def _on_ticked(self, count: int) -> None:
        free = self.model.free_count()
        self.count_label.setText(f"已选 {count} 行，共 {self.model.rowCount()} 行")
        self.all_box.setEnabled(free > 0)
        self.all_box.setChecked(free > 0 and count == free)
        self.accept_button.setEnabled(count > 0)
