"""与上次报送相比: every place that reads otherwise than in the version sent last."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from services.since_sent import SinceSent
from services.version_differences import FieldDifference
from ui.theme import px
from ui.widgets.dates import full_time
from ui.widgets.dialog import DeskDialog
from ui.widgets.empty_state import EmptyState
from ui.widgets.page import ListCard
from ui.widgets.placing import resize_within_screen
from ui.widgets.record_model import Column
from ui.widgets.record_table import RecordTable

_LONGEST = 80


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[:_LONGEST] + "…"


class SinceSentDialog(DeskDialog):
    """What has been changed since the form was sent (与上次报送相比)."""

    def __init__(self, subject: str, found: SinceSent, parent: QWidget | None = None) -> None:
        intro = f"{subject}　第 {found.version} 版，{full_time(found.sent_at)}生成；共 {len(found.differences)} 处不同。"
        super().__init__("与上次报送相比", "关闭", parent, intro=intro)
        resize_within_screen(self, px(960), px(560))
        self.table: RecordTable[FieldDifference] = RecordTable(
            (
                Column("填报项", lambda one: _short(one.place), tip=lambda one: one.place, share=1),
                Column("上次报送的", lambda one: one.parts[0], tip=lambda one: one.kept, share=1),
                Column("现在填的", lambda one: one.parts[1], tip=lambda one: one.came, share=1),
            ),
            row_height=34,
        )
        self.table.setAccessibleName("与上次报送不同的填报项")
        self.table.set_records(found.differences)
        empty = EmptyState("没有不同", hint="现在填的与上次报送的完全一样。", icon_name="check")
        card = ListCard(self.table, empty)
        card.show_content(bool(found.differences))
        self.body.addWidget(card, 1)
        self.reject_button.hide()

    def submit(self) -> None:
        """Nothing is to be done but to close."""
        self.accept()
