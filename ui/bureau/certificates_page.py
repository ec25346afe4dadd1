"""Keys and certificates (证书): who may sign, until when, and taking that back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.domain.check_code import spaced_check_code
from ui.bureau.fitting_table import FittingTable
from ui.bureau.verdict_looks import certificate_look
from ui.theme import Tone
from ui.widgets.buttons import button
from ui.widgets.dates import full_date, near_time
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import ElidedLabel, paragraph
from ui.widgets.notice_bar import NoticeBar
from ui.widgets.page import ListCard
from ui.widgets.record_model import Column
from ui.widgets.search_field import SearchField
from ui.widgets.wrapping import WrappingRow

if TYPE_CHECKING:
    from services.certificate_list import CertificateLine, CertificateSheet

COLUMNS: tuple[Column[CertificateLine], ...] = (
    Column("单位", lambda line: line.unit_name, share=1),
    Column("签署人", lambda line: line.person_name),
    Column("身份", lambda line: line.role.label),
    Column("签名核对码", lambda line: spaced_check_code(line.fingerprint)),
    Column("登记日期", lambda line: full_date(line.registered_on)),
    Column("有效期至", lambda line: full_date(line.valid_until)),
    Column("状态", lambda line: line.state.label, chip=lambda line: certificate_look(line.state)),
)


class CertificatesPage(QWidget):
    """The list of keys (证书); `revoke_requested` carries the line chosen."""

    revoke_requested = Signal(object)
    renew_requested = Signal()
    list_requested = Signal()
    keeping_requested = Signal()
    grant_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[CertificateLine, ...] = ()
        self.renew_button = button("更新证书注销名单", icon_name="refresh", clicked=self.renew_requested.emit)
        self.revoke_button = button("注销…", "danger", "forbidden", clicked=self._on_revoke)
        self.list_label = ElidedLabel("", "muted")
        self.search = SearchField("搜索单位、签署人或核对码", self)
        self.search.setMinimumWidth(160)
        self.search.setMaximumWidth(280)
        tools = self._tools()
        self.notice = NoticeBar()
        self.notice.action_requested.connect(self.grant_requested)
        self.detail = paragraph("", "muted")
        self.table: FittingTable[CertificateLine] = FittingTable(COLUMNS, (4, 2), row_height=34)
        self.table.setAccessibleName("证书列表")
        empty = EmptyState(
            "还没有登记过签名", hint="第一次收到单位的报送文件、核对登记后，会列在这里。", icon_name="key"
        )
        self.card = ListCard(self.table, empty, tools)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.addWidget(self.notice)
        column.addWidget(self.card)
        column.addWidget(self.detail)
        self.table.record_chosen.connect(self._on_chosen)
        self.search.searched.connect(lambda _text: self._show())
        self._on_chosen(None)

    def _tools(self) -> WrappingRow:
        """The line of buttons above the list."""
        self.list_button = button("导出证书名单…", icon_name="export", clicked=self.list_requested.emit)
        self.list_button.setToolTip(
            "把续期的证书和注销名单做成一个文件交给各单位，不用等下一次下发任务参数包"
        )
        self.keeping_button = button("根密钥保管…", icon_name="key", clicked=self.keeping_requested.emit)
        return WrappingRow(
            self.revoke_button,
            self.renew_button,
            self.list_button,
            self.keeping_button,
            self.list_label,
            self.search,
            stretching=(self.list_label, self.search),
        )

    def set_sheet(self, sheet: CertificateSheet, today: date) -> None:
        """Show the keys, newest first."""
        self._lines = sheet.lines
        moment = sheet.revocation_list_at
        self.list_label.set_words(f"注销名单：{near_time(moment, today)}更新" if moment else "")
        self.card.show_content(bool(sheet.lines))
        self._show()

    def set_notices(self, renewals: int, sentences: Sequence[str]) -> None:
        """Say what waits: renewals to be granted with one click, else what comes near its end."""
        told = "".join(sentences)
        if renewals or told:
            action = f"签发 {renewals} 份续期证书" if renewals else ""
            self.notice.show_notice(told, Tone.CARE, action=action, closable=False)
        else:
            self.notice.close_notice()

    def _show(self) -> None:
        wanted = self.search.text().strip()
        bare = wanted.replace(" ", "").upper()
        self.table.set_records(
            [
                line
                for line in self._lines
                if not wanted
                or wanted in line.unit_name
                or wanted in line.person_name
                or line.fingerprint.startswith(bare)
            ]
        )

    def _on_chosen(self, line: CertificateLine | None) -> None:
        self.revoke_button.setEnabled(line is not None and line.can_revoke)
        words = line.state_words if line is not None else ""
        self.detail.setText(words)
        self.detail.setVisible(bool(words))

    def _on_revoke(self) -> None:
        line = self.table.chosen()
        if line is not None and line.can_revoke:
            self.revoke_requested.emit(line)
