"""各次报送: every version of a filing in one list; any two of them compared cell by cell, written out, decided on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QWidget

from ui.bureau.decision_words import decision_words
from ui.bureau.fitting_table import FittingTable
from ui.bureau.verdict_looks import verdict_look
from ui.theme import Tone, px
from ui.widgets.buttons import MenuButton, button
from ui.widgets.card import row
from ui.widgets.chip import ChipLook
from ui.widgets.dates import full_time
from ui.widgets.dialog import DeskDialog
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import ElidedLabel, label, paragraph
from ui.widgets.page import ListCard
from ui.widgets.placing import resize_within_screen
from ui.widgets.record_model import Column
from ui.widgets.record_table import RecordTable
from ui.widgets.shortcuts import add_shortcut

if TYPE_CHECKING:
    from services.version_differences import FieldDifference
    from services.version_list import VersionLine, VersionList

HINT = "选两次报送，下面列出每一处不同。Ctrl+1 选为左边，Ctrl+2 选为右边，Ctrl+E 另存为 Excel。"
SAME = "两次报送内容相同"
ONE_ONLY = "只收到过一次"
_STANDINGS = {
    "in_force": (Tone.GOOD, "check"),
    "kept": (Tone.PLAIN, "archive"),
    "declined": (Tone.PLAIN, "none"),
    "waiting": (Tone.CARE, "time"),
    "rival": (Tone.CARE, "copy"),
}
_LONGEST = 90


def _standing(line: VersionLine) -> ChipLook:
    tone, icon_name = _STANDINGS[line.standing.value]
    return ChipLook(line.standing.label, tone, icon_name)


def _decided(line: VersionLine) -> str:
    return line.decisions[0].decided_by if line.decisions else ""


def _why(line: VersionLine) -> str:
    return "\n".join(decision_words(item) for item in line.decisions)


def _times(line: VersionLine) -> str:
    return full_time(line.received_at) if line.received_at else "还没有接收"


def _changed(line: VersionLine) -> str:
    return "" if line.changed is None else f"{line.changed} 处" if line.changed else "没有"


def _short(text: str) -> str:
    one = " ".join(text.split())
    return one if len(one) <= _LONGEST else f"{one[:_LONGEST]}…"


VERSION_COLUMNS: tuple[Column[VersionLine], ...] = (
    Column("版本", lambda line: f"第 {line.version} 版"),
    Column("状态", lambda line: line.standing.label, chip=_standing),
    Column("接收时间", _times),
    Column("签署时间", lambda line: full_time(line.sealed_at) if line.sealed_at else ""),
    Column("签署人", lambda line: line.signer or "没有签名"),
    Column(
        "签名核对", lambda line: "", chip=lambda line: verdict_look(line.verdict) if line.verdict else None
    ),
    Column("改动", _changed, is_right=True, tip=lambda _line: "与前一次报送相比，答案不同的地方"),
    Column("决定人", _decided, tip=_why, share=1),
)


class VersionListDialog(DeskDialog):
    """All versions above, the differences of two below (各次报送)."""

    save_requested = Signal(object, object)
    decision_requested = Signal(object)

    def __init__(self, found: VersionList, parent: QWidget | None = None) -> None:
        context = found.received.context
        title = context.title(found.received.form)
        names = dict.fromkeys((context.unit.name, found.subject))
        intro = f"{'　'.join(names)}　{title}（{context.budget_year}年）"
        super().__init__("各次报送", "关闭", parent, intro=intro)
        resize_within_screen(self, px(1040), px(660))
        self.found = found
        self.versions: FittingTable[VersionLine] = FittingTable(
            VERSION_COLUMNS, (3, 6, 5), least=90, row_height=32
        )
        self.versions.setAccessibleName("各次报送")
        self.before, self.after = MenuButton("比较 "), MenuButton("与 ")
        self.count_label = label("", "care")
        self.decide_button = button("对照并决定…", icon_name="review", clicked=self._on_decide)
        self.decide_button.setToolTip("对选中的这一次报送，决定以哪一份为准")
        self.save_button = button("差异另存为 Excel…", icon_name="export", clicked=self._on_save)
        self.reason_label = ElidedLabel("", "muted")
        self.differences: RecordTable[FieldDifference] = RecordTable(_columns("", ""), row_height=32)
        self._lay_out()
        self._connect()
        self.show_list(found)
        self.versions.setFocus()

    def show_list(self, found: VersionList) -> None:
        """Show the versions, also anew after a decision; by default the newest two are compared."""
        self.found = found
        choices = [(line.key, line.words) for line in found.lines]
        keys = [key for key, _ in choices]
        after = self.after.value() if self.after.value() in keys else keys[0]
        rest = [key for key in keys if key != after] or keys
        before = self.before.value() if self.before.value() in keys else rest[0]
        self.before.set_choices(choices, before)
        self.after.set_choices(choices, after)
        self.versions.set_records(found.lines)
        self.versions.selectRow(0)
        self._compare()

    def compare(self, before: VersionLine, after: VersionLine) -> None:
        """Compare two versions, as if both had been chosen."""
        self.before.choose(before.key)
        self.after.choose(after.key)

    def submit(self) -> None:
        """Nothing is to be done but to close."""
        self.accept()

    def _lay_out(self) -> None:
        tools = row(self.reason_label, self.decide_button, spacing=8)
        tools.setStretch(0, 1)
        upper = ListCard(self.versions, EmptyState("没有收到过", icon_name="inbox"), tools)
        tools = row(self.before, self.after, self.count_label, None, self.save_button, spacing=8)
        self.empty = EmptyState(SAME, icon_name="check")
        self.lower_card = ListCard(self.differences, self.empty, tools)
        upper.show_content(True)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(px(10))
        splitter.setProperty("role", "pages")
        splitter.addWidget(upper)
        splitter.addWidget(self.lower_card)
        splitter.setSizes([px(230), px(330)])
        self.body.addWidget(splitter, 1)
        self.body.addWidget(paragraph(HINT, "muted"))
        self.reject_button.hide()

    def _connect(self) -> None:
        self.before.chosen.connect(lambda _key: self._compare())
        self.after.chosen.connect(lambda _key: self._compare())
        self.versions.record_chosen.connect(self._on_line)
        self.versions.record_opened.connect(lambda line: self.after.choose(line.key))
        add_shortcut(self, "Ctrl+1", lambda: self._take(self.before))
        add_shortcut(self, "Ctrl+2", lambda: self._take(self.after))
        add_shortcut(self, "Ctrl+E", self._on_save)

    def _take(self, side: MenuButton) -> None:
        line = self.versions.chosen()
        if line is not None:
            side.choose(line.key)

    def _line(self, side: MenuButton) -> VersionLine | None:
        return next((line for line in self.found.lines if line.key == side.value()), None)

    def _compare(self) -> None:
        before, after = self._line(self.before), self._line(self.after)
        if before is None or after is None:
            return
        shown = self.found.between(before, after)
        self.differences.records.set_columns(_columns(before.words, after.words))
        self.differences.set_records(shown)
        self.count_label.setText(f"不同之处 {len(shown)} 项" if shown else "")
        self.empty.text_label.setText(ONE_ONLY if len(self.found.lines) == 1 else SAME)
        self.lower_card.show_content(bool(shown))
        self.save_button.setEnabled(bool(shown))

    def _on_line(self, line: VersionLine | None) -> None:
        self.reason_label.set_words(_why(line).replace("\n", "　") if line is not None else "")
        may_decide = line is not None and line.path is not None
        self.decide_button.setVisible(may_decide)
        if (bar := self.decide_button.parentWidget()) is not None:
            bar.setVisible(may_decide or bool(self.reason_label.words()))

    def _on_decide(self) -> None:
        line = self.versions.chosen()
        if line is not None and line.path is not None:
            self.decision_requested.emit(line)

    def _on_save(self) -> None:
        before, after = self._line(self.before), self._line(self.after)
        if before is not None and after is not None and self.save_button.isEnabled():
            self.save_requested.emit(before, after)


def _columns(before: str, after: str) -> tuple[Column[FieldDifference], ...]:
    """Place, and what both versions say there."""
    return (
        Column("位置", lambda one: _short(one.place), tip=lambda one: one.place, share=1),
        Column(before or "前一次", lambda one: one.parts[0], tip=lambda one: one.kept, share=1),
        Column(after or "后一次", lambda one: one.parts[1], tip=lambda one: one.came, share=1),
    )
