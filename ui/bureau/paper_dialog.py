"""Taking in a workbook of a unit without the program (接收 Excel 表): tables, where they belong, what checking gives."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QTabWidget, QWidget

from forms.findings import Finding, Severity
from forms.hand_filled.stated import Unread
from models.domain.kit import ParameterKit
from services.paper_intake import PaperFile, PaperPreview, PaperTable
from ui.bureau.paper_place_fields import PaperPlaceFields
from ui.theme import Tone, px
from ui.widgets.card import row
from ui.widgets.chip import ChipLook, StatusChip
from ui.widgets.day_field import DayField
from ui.widgets.dialog import DeskDialog
from ui.widgets.field import Field
from ui.widgets.placing import resize_within_screen
from ui.widgets.record_model import Column
from ui.widgets.record_table import RecordTable

_LOOKS = {
    Severity.BLOCKING: ChipLook(Severity.BLOCKING.label, Tone.BAD, "problem"),
    Severity.EXPLAIN: ChipLook(Severity.EXPLAIN.label, Tone.CARE, "care"),
    Severity.HINT: ChipLook(Severity.HINT.label, Tone.PLAIN, "info"),
}
FINDING_COLUMNS: tuple[Column[Finding], ...] = (
    Column("级别", lambda one: one.severity.label, chip=lambda one: _LOOKS[one.severity]),
    Column("位置", lambda one: one.subject, share=1),
    Column("问题", lambda one: one.message, share=2),
)
UNREAD_COLUMNS: tuple[Column[Unread], ...] = (
    Column("单元格", lambda one: one.where or "—"),
    Column("表上写的", lambda one: one.text, share=1),
    Column("为什么没有读出", lambda one: one.message, share=2),
)
INTRO = "{name}。从 Excel 接收的表没有签名，以盖章纸质件为准。请逐张核对归属，看过校验结果再接收。"
_READING = ChipLook("正在读取…", Tone.PLAIN, "time")
_TAKEN = ChipLook("已接收", Tone.GOOD, "check")
_UNSURE = ChipLook("还不能接收", Tone.CARE, "care")


class PaperDialog(DeskDialog):
    """One workbook (接收 Excel 表); `preview_wished` carries number and place, `submitted` preview and day or None.

    Tables are taken in one by one; the dialog stays for the others and is closed by whoever opened it.
    """

    preview_wished = Signal(int, object)
    submitted = Signal(object, object)

    def __init__(self, file: PaperFile, kit: ParameterKit, parent: QWidget | None = None) -> None:
        super().__init__("接收 Excel 表", "接收这张表", parent, intro=INTRO.format(name=file.path.name))
        resize_within_screen(self, px(960), px(700))
        self.reject_button.setText("关闭")
        self._file = file
        self._shown: PaperPreview | None = None
        self._taken: set[int] = set()
        self.tables = QComboBox()
        for number, table in enumerate(file.tables, 1):
            self.tables.addItem(_table_words(number, table))
        self.fields = PaperPlaceFields(kit)
        self.state_chip, self.found_chip, self.unread_chip = StatusChip(), StatusChip(), StatusChip()
        self.findings: RecordTable[Finding] = RecordTable(FINDING_COLUMNS, row_height=32)
        self.unread: RecordTable[Unread] = RecordTable(UNREAD_COLUMNS, row_height=32)
        self.tabs = QTabWidget()
        self.day = DayField("盖章纸质件收到日期", "还没有收到的留空，收到后在“接收”页登记。")
        self._lay_out()
        self.tables.currentIndexChanged.connect(lambda _row: self._on_table())
        self.fields.touched.connect(self._on_touched)
        self.fields.changed.connect(self._ask)

    def begin(self) -> None:
        """Show the first table."""
        self._on_table()

    @property
    def table(self) -> PaperTable:
        """The table looked at."""
        return self._file.tables[self.tables.currentIndex()]

    def show_preview(self, number: int, shown: PaperPreview) -> None:
        """Show what a table gives at its place; an answer to a question asked before is passed over."""
        if number != self.table.number or shown.place != self.fields.place():
            return
        self._shown = shown
        findings, unread = shown.report.findings, shown.unread
        self.state_chip.set_look(_read_look(shown))
        blocking = sum(one.severity is Severity.BLOCKING for one in findings)
        tone = Tone.BAD if blocking else Tone.CARE if findings else Tone.GOOD
        words = f"校验结果 {len(findings)} 条，其中必改 {blocking} 条" if findings else "校验没有发现问题"
        self.found_chip.set_look(ChipLook(words, tone, "care" if findings else "check"))
        self.unread_chip.set_look(ChipLook(f"{len(unread)} 处没有读出", Tone.CARE, "care"))
        self._fill(shown)
        self.unread_chip.setVisible(bool(unread))
        self.found_chip.show()
        self._judge()

    def show_refused(self, number: int, sentence: str) -> None:
        """A table cannot be taken in at its place."""
        if number == self.table.number:
            self._shown = None
            self.state_chip.set_look(_UNSURE)
            self.show_problem(sentence)
            self._judge()

    def show_taken(self) -> bool:
        """The table was taken in; go on to the next one, False when there is none."""
        now = self.tables.currentIndex()
        self._taken.add(now)
        self.tables.setItemText(now, f"{_table_words(now + 1, self.table)}（已接收）")
        left = [number for number in range(self.tables.count()) if number not in self._taken]
        if left:
            self.tables.setCurrentIndex(left[0])
        return bool(left)

    def submit(self) -> None:
        """Hand over what was previewed; a day that cannot be read is explained beside its field."""
        if self._shown is None or (self.day.edit.text().strip() and not self.day.check()):
            return
        self.submitted.emit(self._shown, self.day.day())

    def set_busy(self, busy: bool) -> None:
        """Afterwards only what may be pressed."""
        super().set_busy(busy)
        if not busy:
            self._judge()

    def _lay_out(self) -> None:
        above = row()
        above.addWidget(Field("文件里的表", self.tables), 3, Qt.AlignmentFlag.AlignTop)
        above.addWidget(self.day, 2, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(above)
        self.body.addWidget(self.fields)
        self.body.addLayout(row(self.state_chip, self.found_chip, self.unread_chip, None))
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.addTab(self.findings, "校验结果")
        self.tabs.addTab(self.unread, "没有读出的")
        self.body.addWidget(self.tabs, 1)

    def _on_table(self) -> None:
        self.fields.set_table(self.table)
        self._ask()

    def _on_touched(self) -> None:
        """What was previewed is no longer what stands here."""
        self._shown = None
        self.state_chip.set_look(_READING)
        self._judge()

    def _ask(self) -> None:
        """Ask for a preview of the place as it stands."""
        self._shown = None
        self.show_problem("")
        for chip in (self.found_chip, self.unread_chip):
            chip.hide()
        self._fill(None)
        is_taken = self.tables.currentIndex() in self._taken
        self.state_chip.set_look(_TAKEN if is_taken else _READING)
        self._judge()
        if not is_taken:
            self.preview_wished.emit(self.table.number, self.fields.place())

    def _fill(self, shown: PaperPreview | None) -> None:
        lists: tuple[tuple[RecordTable[Any], str, Any], ...] = (
            (self.findings, "校验结果", shown.report.findings if shown else ()),
            (self.unread, "没有读出的", shown.unread if shown else ()),
        )
        for number, (table, name, records) in enumerate(lists):
            table.set_records(records)
            self.tabs.setTabText(number, f"{name} {len(records)}")

    def _judge(self) -> None:
        self.accept_button.setEnabled(self._shown is not None)


def _read_look(shown: PaperPreview) -> ChipLook:
    """What it becomes; that it takes the place of a signed one nobody may overlook."""
    version = f"读出来了，接收为第 {shown.version} 版"
    if shown.before is None or not shown.replaces_signed:
        return ChipLook(version, Tone.GOOD, "check")
    return ChipLook(f"{version}，替换有电子签名的第 {shown.before.version} 版", Tone.CARE, "care")


def _table_words(number: int, table: PaperTable) -> str:
    """第 1 张　项目支出绩效目标申报表　农村公路养护."""
    about = table.stated.project_name or table.stated.implementing_unit
    return "　".join(part for part in (f"第 {number} 张", table.title, about) if part)
