"""根密钥保管: where the root's copies lie, the page for the safe, and what to do when a key is lost or near its end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme import px, set_role
from ui.widgets.buttons import button
from ui.widgets.card import Card, row
from ui.widgets.check_code import CheckCodeLabel
from ui.widgets.dates import full_date, full_time
from ui.widgets.dialog import DeskDialog
from ui.widgets.labels import label, paragraph
from ui.widgets.placing import resize_within_screen

if TYPE_CHECKING:
    from services.root_copies import RootCopy

_COPIES = (
    "根密钥丢了，已签发的签名就不能再续期和注销。请备份到两个不同的 U 盘或光盘，分两处锁好，"
    "备份后打印保管页，与介质一起归档。备份仍用根密码加密，根密码请另外保管。"
)
_BUREAU = "签发密码忘记，密钥文件丢失，或签发用的 UKey 丢失、损坏时，用根密码补办；快到期时续期。已发出的文件照常有效。"
_NEXT = "根证书快到期时更换：新的根证书由原来的签认，各单位装入新的任务参数包即可，不用重新核对。"
_ANEW = (
    "根密钥丢失（没有备份），或根密钥、根密码可能被他人知道时，只能重建：重建后下发新的任务参数包，"
    "各单位凭新的盖章核对单逐组核对后装入。单位的签名不用重新登记。"
)


class RootKeepingDialog(DeskDialog):
    """What can be done with the bureau's own keys (根密钥保管); each wish is somebody else's to fulfil."""

    copies_requested = Signal()
    page_requested = Signal()
    restore_requested = Signal()
    succeed_requested = Signal()
    replace_requested = Signal()
    bureau_requested = Signal()
    renew_requested = Signal()

    def __init__(
        self,
        fingerprint: str,
        copies: Sequence[RootCopy],
        parent: QWidget | None = None,
        *,
        ends: datetime | None = None,
    ) -> None:
        super().__init__("根密钥保管", "关闭", parent)
        resize_within_screen(self, px(680), px(660))
        self.reject_button.hide()
        set_role(self.accept_button, "plain")
        self.copies_label = paragraph("")
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        first = _code_card(fingerprint)
        self.copies_button = self._wish(
            "备份到两个介质…", self.copies_requested, "primary" if fingerprint else ""
        )
        self.page_button = self._wish("打印保管页…", self.page_requested)
        self.restore_button = self._wish(
            "从备份恢复…", self.restore_requested, "" if fingerprint else "primary"
        )
        self.copies_button.setEnabled(bool(fingerprint))
        self.page_button.setEnabled(bool(fingerprint))
        first.body.addWidget(self.copies_label)
        first.body.addWidget(paragraph(_COPIES, "muted"))
        first.body.addLayout(row(self.copies_button, self.page_button, self.restore_button, None))
        column.addWidget(first)
        self._add_other_cards(column, f"现在的根证书有效期至{full_date(ends)}。" if ends else "")
        column.addStretch(1)
        self.body.addWidget(inside, 1)
        self.set_copies(copies)

    def _add_other_cards(self, column: QVBoxLayout, ends: str) -> None:
        """What to do when the bureau's key or the root comes near its end, is lost or was exposed."""
        self.renew_button = self._wish("本局签名续期", self.renew_requested)
        self.bureau_button = self._wish("补办本局签名…", self.bureau_requested)
        self.succeed_button = self._wish("更换根证书…", self.succeed_requested)
        self.replace_button = self._wish("重建根证书…", self.replace_requested, "danger")
        for title, told, items in (
            ("本局签名", _BUREAU, (self.renew_button, self.bureau_button)),
            ("根证书到期", f"{ends}{_NEXT}", (self.succeed_button,)),
            ("根密钥丢失或泄露", _ANEW, (self.replace_button,)),
        ):
            card = Card(title)
            card.body.addWidget(paragraph(told, "muted"))
            card.body.addLayout(row(*items, None))
            column.addWidget(card)

    def set_copies(self, copies: Sequence[RootCopy]) -> None:
        """Tell where copies lie."""
        lines = [
            f"第 {number} 份：{full_time(datetime.fromisoformat(copy.at))} 由{copy.by}备份，已读回核验\n{copy.place}"
            for number, copy in enumerate(copies, 1)
        ]
        self.copies_label.setText("\n".join(lines) if lines else "还没有备份。")

    def submit(self) -> None:
        """Close."""
        self.accept()

    def _wish(self, text: str, signal: SignalInstance, role: str = "") -> QWidget:
        return button(text, role, clicked=signal.emit) if role else button(text, clicked=signal.emit)


def _code_card(fingerprint: str) -> Card:
    """The card of the root, its 核对码 on top, or that it is not here."""
    card = Card("根密钥与备份")
    if fingerprint:
        code = CheckCodeLabel(fingerprint, points=12)
        card.body.addLayout(row(label("根证书核对码", "muted"), code, None))
    else:
        card.body.addWidget(paragraph("本机没有根密钥，请先从备份恢复。", "problem"))
    return card
