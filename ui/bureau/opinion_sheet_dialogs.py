"""股室审核意见表 on the screen: which office's is written, and what one that came back would change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QTabWidget, QWidget

from ui.theme import Tone, px
from ui.widgets.card import row
from ui.widgets.chip import StatusChip
from ui.widgets.dialog import DeskDialog
from ui.widgets.field import Field
from ui.widgets.labels import paragraph
from ui.widgets.placing import resize_within_screen
from ui.widgets.record_model import Column
from ui.widgets.record_table import RecordTable
from ui.widgets.tick_table import TickTable

if TYPE_CHECKING:
    from services.review.opinion_sheet_back import OpinionPreview, OpinionRow

_OUT = "把归口这个股室、等它审核的表列成一个 Excel 文件，交给没有装本程序的股室填写；填好以后用“收回审核意见表…”登记。"
_BACK = "登记为该股室的审核意见，注明据意见表登记、审核人和日期；登记后仍可逐份撤回。勾选的才登记。"

READY_COLUMNS: tuple[Column[OpinionRow], ...] = (
    Column("行号", lambda item: str(item.number)),
    Column("单位　项目　表", lambda item: item.name, share=1, tip=lambda item: item.name),
    Column("将登记", lambda item: item.words, share=1, tip=lambda item: item.words),
)
LEFT_COLUMNS: tuple[Column[OpinionRow], ...] = (
    Column("行号", lambda item: str(item.number)),
    Column("单位　项目　表", lambda item: item.name, share=2, tip=lambda item: item.name),
    Column("不登记的原因", lambda item: item.problem, share=3, tip=lambda item: item.problem),
)


class OfficeChoiceDialog(DeskDialog):
    """Asks for which office (生成股室审核意见表); `submitted` carries its name."""

    submitted = Signal(str)

    def __init__(
        self, offices: Sequence[tuple[str, int]], current: str, parent: QWidget | None = None
    ) -> None:
        super().__init__("生成股室审核意见表", "选择文件夹…", parent, intro=_OUT)
        resize_within_screen(self, px(480), px(300))
        self.office = QComboBox()
        for office, count in offices:
            self.office.addItem(f"{office}　{count} 份", office)
        self.office.setCurrentIndex(max(self.office.findData(current), 0))
        self.body.addWidget(Field("股室", self.office))
        self.body.addStretch(1)

    def submit(self) -> None:
        """Hand it on; whoever asked closes the dialog."""
        self.submitted.emit(str(self.office.currentData()))


class OpinionPreviewDialog(DeskDialog):
    """Shows what a sheet would change (收回审核意见表); `submitted` carries the rows ticked."""

    submitted = Signal(object)

    def __init__(self, preview: OpinionPreview, parent: QWidget | None = None) -> None:
        super().__init__(f"收回审核意见表　{preview.office}", "登记", parent, intro=preview.file_name)
        resize_within_screen(self, px(980), px(560))
        ready, left = preview.ready, preview.left_out
        tone, icon_name = (Tone.GOOD, "check") if ready else (Tone.CARE, "care")
        chips = [StatusChip(f"{len(ready)} 份可以登记", tone, icon_name)]
        if left:
            chips.append(StatusChip(f"{len(left)} 行不登记", Tone.BAD, "refuse"))
        if preview.blank:
            chips.append(StatusChip(f"{preview.blank} 行没有填写", Tone.PLAIN, "none"))
        self.body.addLayout(row(*chips, None))
        self.ready: TickTable[OpinionRow] = TickTable(READY_COLUMNS, lambda _item: True)
        self.ready.ticks.set_records(ready)
        self.ready.setAccessibleName("可以登记的意见")
        self.left: RecordTable[OpinionRow] = RecordTable(LEFT_COLUMNS, row_height=34)
        self.left.set_records(left)
        self.left.setAccessibleName("不登记的意见")
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.addTab(self.ready, f"可以登记 {len(ready)}")
        if left:
            self.tabs.addTab(self.left, f"不登记 {len(left)}")
        else:
            self.left.hide()
        if left and not ready:
            self.tabs.setCurrentWidget(self.left)
        self.body.addWidget(self.tabs, 1)
        self.body.addWidget(paragraph(_BACK, "muted"))
        self.ready.ticks.ticked.connect(lambda _count: self._judge())
        self._judge()

    def submit(self) -> None:
        """Hand the rows on; whoever asked closes the dialog."""
        self.submitted.emit(self.ready.ticks.chosen())

    def set_busy(self, busy: bool) -> None:
        """Afterwards only what may be pressed."""
        super().set_busy(busy)
        if not busy:
            self._judge()

    def _judge(self) -> None:
        count = len(self.ready.ticks.chosen())
        self.accept_button.setText(f"登记（{count}）" if count else "登记")
        self.accept_button.setEnabled(count > 0)
