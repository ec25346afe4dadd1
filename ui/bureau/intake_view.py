"""Intake (接收): drop a folder, watch it come in, see what needs a hand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from forms import registry
from ui.bureau.filter_chips import FilterChips
from ui.bureau.fitting_table import FittingTable
from ui.bureau.intake_detail import IntakeDetail
from ui.bureau.link_column import LinkColumn
from ui.bureau.verdict_looks import verdict_look
from ui.theme import Tone
from ui.widgets.buttons import button
from ui.widgets.card import Card, row
from ui.widgets.dates import by_the_desk, full_date, short_date
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import label
from ui.widgets.notice_bar import NoticeBar
from ui.widgets.page import ListCard, Page
from ui.widgets.progress_panel import ProgressPanel
from ui.widgets.record_model import Column
from ui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from services.package_lines import PackageLine
    from ui.bureau.records import RunTotals

ALL, ATTENTION, REFUSED = range(3)
FILTERS = ("全部", "需要处理", "未接收（待核实）")
HINT = "把文件夹或报送文件拖到这里，或"


def signed(line: PackageLine) -> str:
    """张敏 · 9月2日, with the year where it is not the year of receiving; the time stands in the details."""
    signer = line.signer
    if signer is None:
        return "—"
    if signer.signing_time is None:
        return signer.name
    moment = by_the_desk(signer.signing_time)
    is_this_year = moment.year == by_the_desk(line.at).year
    return f"{signer.name} · {short_date(moment) if is_this_year else full_date(moment)}"


def contents(line: PackageLine) -> str:
    """What is inside, forms by their short titles; the file's name where nothing could be read of it."""
    text = line.contents
    for head in registry.heads():
        text = text.replace(head.title, head.short_title)
    return text or line.file_name


def action(line: PackageLine) -> str:
    """What a click at the end of the line does."""
    if line.can_open:
        return "打开"
    if line.can_register:
        return "登记签名…"
    if line.can_decide:
        return "对照两份…"
    return "" if line.is_received else "查看原因"


def unit_words(line: PackageLine) -> str:
    """The unit by the bureau's register; what only the file says of itself is marked so."""
    if not line.unit_name:
        return "（未知单位）"
    return f"自称{line.unit_name}" if line.is_unit_claimed else line.unit_name


COLUMNS: tuple[Column[PackageLine], ...] = (
    Column("结论", lambda line: line.word.label, chip=lambda line: verdict_look(line.word)),
    Column("单位", unit_words),
    Column("内容", contents, share=1, tip=lambda line: line.contents),
    Column("版本", lambda line: f"第 {line.version} 版" if line.version else "—"),
    Column("签署", signed),
    Column("说明", lambda line: line.remark, share=1),
    Column("", action),
)


class IntakeView(Page):
    """Packages received and waiting (接收); files wished to be taken in come out of `paths_chosen` as a list."""

    paths_chosen = Signal(object)
    folder_requested = Signal()
    files_requested = Signal()
    books_requested = Signal()
    unsigned_requested = Signal()
    cancel_requested = Signal()
    open_requested = Signal(object)
    register_requested = Signal(object)
    receipt_requested = Signal(object)
    all_receipts_requested = Signal()
    dismiss_requested = Signal(object)
    decision_requested = Signal(object)
    preparation_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("接收", HINT, parent)
        self.setAcceptDrops(True)
        self._lines: tuple[PackageLine, ...] = ()
        self._is_ready = True
        self.folder_button = button("选择文件夹…", clicked=self.folder_requested.emit)
        self.files_button = button("选择文件…", clicked=self.files_requested.emit)
        self.books_button = button("接收 Excel 表…", clicked=self.books_requested.emit)
        self.unsigned_button = button("", "link", clicked=self.unsigned_requested.emit)
        self.receipts_button = button("全部开具回执", clicked=self.all_receipts_requested.emit)
        self.notice = NoticeBar()
        self.panel = ProgressPanel("正在接收", "取消（已接收的保留，可继续）", "份")
        self.counts = (label("", "good"), label("", "care"), label("", "problem"))
        self.progress_card = Card()
        self.filters = FilterChips(FILTERS)
        self.search = SearchField("搜索单位、内容或签署人", self)
        self.table: FittingTable[PackageLine] = FittingTable(COLUMNS, (3, 4), least=130)
        self.table.setAccessibleName("报送文件列表")
        self.table.horizontalHeader().setResizeContentsPrecision(60)
        self.links = LinkColumn(self.table, len(COLUMNS) - 1)
        self.detail = IntakeDetail()
        self.empty = EmptyState("还没有收到报送文件", "选择文件夹…", icon_name="inbox")
        self._lay_out()
        self._connect()
        self.set_ready(True)
        self.set_lines((), 0)

    # What is shown ----------------------------------------------------------------------------

    def set_lines(self, lines: Sequence[PackageLine], awaiting_receipts: int) -> None:
        """Show the packages, newest first, and how many wait for their receipts."""
        self._lines = tuple(lines)
        refused = sum(line.is_refused for line in lines)
        attention = sum(line.needs_attention for line in lines)
        self.filters.set_counts((len(lines), attention, refused))
        self.receipts_button.setText(
            f"全部开具回执（{awaiting_receipts}）" if awaiting_receipts else "全部开具回执"
        )
        self.receipts_button.setEnabled(awaiting_receipts > 0)
        self._show()

    def set_ready(self, ready: bool) -> None:
        """Whether the bureau can receive: it has issued a kit for the year."""
        self._is_ready = ready
        for item in (self.folder_button, self.files_button, self.books_button):
            item.setEnabled(ready)
        if ready:
            self.empty.set_text(
                "还没有收到报送文件", "把装有报送文件的文件夹或 U 盘拖到这里，程序逐份核对签名并接收。"
            )
        else:
            self.empty.set_text(
                "还没有下发任务参数包，不能接收", "先导入单位名录和项目名录，再下发任务参数包给各单位。"
            )
        if self.empty.button is not None:
            self.empty.button.setText("选择文件夹…" if ready else "去准备…")

    def set_unsigned(self, awaited: int, total: int) -> None:
        """How many forms came as workbooks, and how many stamped papers are still awaited."""
        self.unsigned_button.setText(f"等纸质件（{awaited}）" if awaited else f"未签名的表（{total}）")
        self.unsigned_button.setToolTip("从 Excel 接收、没有签名的表，收到盖章纸质件后在这里登记")
        self.unsigned_button.setVisible(total > 0)

    def begin_run(self, place: str) -> None:
        """Packages begin to come in."""
        self.notice.close_notice()
        self.panel.begin(f"正在接收　{place}")
        for part in self.counts:
            part.setText("")
        self.progress_card.show()
        self.folder_button.setEnabled(False)
        self.files_button.setEnabled(False)

    def show_progress(self, done: int, total: int, text: str, totals: RunTotals) -> None:
        """Tell how far it is."""
        self.panel.set_progress(done, total, text)
        good, care, bad = self.counts
        good.setText(f"有效 {totals.valid:,}")
        care.setText(f"有提示 {totals.with_notes:,}" if totals.with_notes else "")
        bad.setText(f"未接收 {totals.refused:,}（待核实，未写入任何数据）" if totals.refused else "")

    def end_run(self, sentence: str, tone: str) -> None:
        """The run has ended, one way or the other."""
        self.progress_card.hide()
        self.folder_button.setEnabled(self._is_ready)
        self.files_button.setEnabled(self._is_ready)
        self.notice.show_notice(sentence, tone)

    def show_told(self, sentence: str, tone: str = Tone.GOOD) -> None:
        """Tell what was done."""
        self.notice.show_notice(sentence, tone)

    def choose_path(self, path: str) -> bool:
        """Choose the line of a file; False when it is not shown."""
        for number in range(self.table.records.rowCount()):
            if self.table.records.record(number).path == path:
                self.table.selectRow(number)
                return True
        return False

    # Dropping ---------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome local files while nothing is being taken in."""
        if self.folder_button.isEnabled() and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self.hint_label.setText("松开鼠标，开始接收")

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """The files went elsewhere."""
        self.hint_label.setText(HINT)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take all of them in one run."""
        self.hint_label.setText(HINT)
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.paths_chosen.emit(paths)

    # Inside -----------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.head.insertWidget(2, self.folder_button)
        self.head.insertWidget(3, self.files_button)
        self.head.insertWidget(4, self.books_button)
        self.head.addWidget(self.unsigned_button)
        self.unsigned_button.hide()
        self.head.addWidget(self.receipts_button)
        self.progress_card.body.addWidget(self.panel)
        self.progress_card.body.addLayout(row(*self.counts, None, spacing=18))
        self.progress_card.hide()
        self.search.setMinimumWidth(150)
        self.search.setMaximumWidth(280)
        tools = row(self.filters, None, self.search)
        tools.setStretch(1, 1)
        tools.setStretch(2, 2)
        self.card = ListCard(self.table, self.empty, tools)
        self.body.addWidget(self.notice)
        self.body.addWidget(self.progress_card)
        self.body.addWidget(self.card, 1)
        self.body.addWidget(self.detail)

    def _connect(self) -> None:
        self.panel.cancel_requested.connect(self.cancel_requested)
        self.filters.chosen.connect(lambda _number: self._show())
        self.search.searched.connect(lambda _text: self._show())
        self.search.left_downwards.connect(self.table.setFocus)
        self.table.record_chosen.connect(self.detail.show_line)
        self.table.record_opened.connect(self._on_pressed)
        self.links.pressed.connect(self._on_pressed)
        self.empty.wanted.connect(self._on_wanted)
        self.detail.open_requested.connect(self.open_requested)
        self.detail.register_requested.connect(self.register_requested)
        self.detail.receipt_requested.connect(self.receipt_requested)
        self.detail.dismiss_requested.connect(self.dismiss_requested)
        self.detail.decision_requested.connect(self.decision_requested)
        self.detail.closed.connect(self._on_folded)

    def _show(self) -> None:
        """Fill the table with what the filters let through; the line one was at stays chosen."""
        chosen = self.table.chosen()
        wanted = self.search.text().strip()
        shown = [line for line in self._lines if self._passes(line) and _holds(line, wanted)]
        self.table.set_records(shown)
        self.card.show_content(bool(self._lines))
        if chosen is None or not self.choose_path(chosen.path):
            self.table.clearSelection()
            self.table.setCurrentIndex(self.table.rootIndex())
            self.detail.show_line(None)
        else:
            self.detail.show_line(self.table.chosen())

    def _passes(self, line: PackageLine) -> bool:
        current = self.filters.current()
        if current == REFUSED:
            return line.is_refused
        return line.needs_attention if current == ATTENTION else True

    def _on_pressed(self, line: PackageLine) -> None:
        if line.can_open:
            self.open_requested.emit(line)
        elif line.can_register:
            self.register_requested.emit(line)
        elif line.can_decide:
            self.decision_requested.emit(line)

    def _on_wanted(self) -> None:
        (self.folder_requested if self._is_ready else self.preparation_requested).emit()

    def _on_folded(self) -> None:
        self.table.clearSelection()
        self.table.setCurrentIndex(self.table.rootIndex())
        self.detail.show_line(None)


def _holds(line: PackageLine, text: str) -> bool:
    """Whether a line has the text searched for."""
    signer = line.signer.name if line.signer else ""
    places = (line.unit_name, line.unit_code, line.contents, signer, line.file_name, line.remark)
    return not text or any(text in place for place in places)
