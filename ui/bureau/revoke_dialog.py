"""Taking a key back (注销签名): why, from when on it no longer counts; what it means is said before it is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from models.domain.revocation import RevocationReason
from ui.theme import px
from ui.widgets.buttons import MenuButton
from ui.widgets.card import Card, row
from ui.widgets.check_code import CheckCodeLabel
from ui.widgets.day_field import DayField
from ui.widgets.dialog import DeskDialog
from ui.widgets.field import Field
from ui.widgets.labels import label, paragraph
from ui.widgets.placing import resize_within_screen

if TYPE_CHECKING:
    from services.certificate_list import CertificateLine

SINCE_WORDS = "这一天以前签的仍然有效，从这一天起签的一律不接收。"
ALL_WORDS = "签过的都不再有效（密钥可能早已被别人使用时选）"


@dataclass(frozen=True, slots=True)
class RevokeWish:
    """What was chosen (注销要求): `since` None means nothing of the key counts any more."""

    line: CertificateLine
    reason: RevocationReason
    since: date | None
    note: str


class RevokeDialog(DeskDialog):
    """Asks whether a key is to be revoked (注销签名); `submitted` carries the wish."""

    submitted = Signal(object)

    def __init__(self, line: CertificateLine, today: date, parent: QWidget | None = None) -> None:
        super().__init__("注销签名", "注销", parent)
        resize_within_screen(self, px(600), px(640))
        self._line, self._today = line, today
        card = Card()
        card.body.addWidget(label(f"{line.unit_name}　{line.person_name}　{line.role.label}", "section"))
        card.body.addWidget(CheckCodeLabel(line.fingerprint, points=12))
        self.reason = MenuButton()
        listed = sorted(RevocationReason, key=lambda one: one is RevocationReason.UNSPECIFIED)
        self.reason.set_choices([(None, "请选择"), *((one, one.label) for one in listed)], None)
        self.dated = QRadioButton("从某一天起不可信(&D)")
        self.everything = QRadioButton(ALL_WORDS)
        self.since = DayField("自何时起不可信", SINCE_WORDS, required=True)
        self.since.set_day(today)
        self.note = QLineEdit()
        self.note.setMaxLength(100)
        self.confirm = QCheckBox("已与该单位核实，确定注销(&Y)")
        inside = QWidget()
        self._lay_out(card, inside)
        self.dated.setChecked(True)
        self._connect()
        self._judge()

    def submit(self) -> None:
        """Ask to revoke; whoever does so closes the dialog."""
        reason = self.reason.value()
        if not isinstance(reason, RevocationReason) or (self.dated.isChecked() and not self.since.check()):
            return
        since = self.since.day() if self.dated.isChecked() else None
        if since is not None and since > self._today:
            self.since.set_problem("日期还没有到，请选今天或以前的日期")
            return
        self.submitted.emit(RevokeWish(self._line, reason, since, self.note.text().strip()))

    def _lay_out(self, card: Card, inside: QWidget) -> None:
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(card)
        column.addWidget(label("注销原因", "caption"))
        column.addLayout(row(self.reason, None))
        column.addWidget(self.dated)
        column.addWidget(self.since)
        column.addWidget(self.everything)
        column.addWidget(Field("说明（可不填）", self.note))
        told = (
            "注销不能撤回；已经接收的文件不受影响。该单位要继续报送，须更换签名并重新登记。"
            "注销后请下发新的任务参数包，或导出证书名单交给各单位。"
        )
        column.addWidget(paragraph(told, "muted"))
        column.addWidget(self.confirm)
        column.addStretch(1)
        self.body.addWidget(inside, 1)

    def _connect(self) -> None:
        self.reason.chosen.connect(lambda _reason: self._judge())
        self.dated.toggled.connect(self.since.setVisible)
        self.confirm.toggled.connect(lambda _checked: self._judge())

    def _judge(self) -> None:
        chosen = isinstance(self.reason.value(), RevocationReason)
        self.accept_button.setEnabled(chosen and self.confirm.isChecked())
