"""单位负责人签名: what is signed, by whom it was signed first, its 核对码; then the second password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.domain.check_code import spaced_check_code
from ui.theme import px
from ui.widgets.card import Card, row
from ui.widgets.check_code import CheckCodeLabel
from ui.widgets.dates import full_time
from ui.widgets.dialog import DeskDialog
from ui.widgets.field import Field
from ui.widgets.labels import label, paragraph
from ui.widgets.password_field import PasswordField, WaitCountdown
from ui.widgets.placing import resize_within_screen

if TYPE_CHECKING:
    from services.countersigning import HalfSigned
    from services.ports.exchange import CertificateInfo

NO_KEY = "本机还没有设置单位负责人的签名，请先在“设置”里设置。"
_MOST = 12
_FILE = "请核对内容，无误后输入负责人自己的签名密码。"
_TOKEN = "请核对内容，无误后插好负责人的 UKey“{label}”，输入它的 PIN 码。"


class CountersignDialog(DeskDialog):
    """Shows a half-signed file (负责人签名); `submitted` carries the password.

    `token_label` names the UKey the second key lies on, "" for a key file; then it is the UKey's PIN that is typed.
    """

    submitted = Signal(str)

    def __init__(
        self,
        half: HalfSigned,
        head: CertificateInfo | None,
        token_label: str = "",
        parent: QWidget | None = None,
    ) -> None:
        intro = _TOKEN.format(label=token_label) if token_label else _FILE
        super().__init__("单位负责人签名", "签名", parent, intro=intro)
        resize_within_screen(self, px(640), px(600))
        self._head = head
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(_content_card(half))
        column.addWidget(_signers_card(half, head))
        column.addStretch(1)
        self.body.addWidget(inside, 1)
        self.password = PasswordField()
        self.wait = WaitCountdown()
        self.body.addWidget(Field("UKey 的 PIN 码" if token_label else "负责人签名密码", self.password))
        self.body.addWidget(self.wait)
        if head is None:
            self.show_problem(NO_KEY)
        self.password.textChanged.connect(self._judge)
        self.wait.elapsed.connect(self._judge)
        self._judge()

    def show_wrong_password(self, sentence: str, wait_seconds: int) -> None:
        """The password did not open the key."""
        self.set_busy(False)
        self.wait.start(sentence, wait_seconds)
        self._judge()

    def submit(self) -> None:
        """Ask for the signature; whoever makes it closes the dialog."""
        self.submitted.emit(self.password.text())

    def _judge(self) -> None:
        ready = self._head is not None and bool(self.password.text()) and self.wait.seconds_left == 0
        self.accept_button.setEnabled(ready)


def _content_card(half: HalfSigned) -> Card:
    """What is signed."""
    card = Card("签名的内容")
    card.body.addWidget(paragraph(half.path.name, "muted"))
    for text in half.contents[:_MOST]:
        card.body.addWidget(paragraph(f"· {text}"))
    if len(half.contents) > _MOST:
        card.body.addWidget(paragraph(f"等共 {len(half.contents)} 份表", "muted"))
    card.body.addWidget(label("内容核对码（应与封面、每页页脚上的一致）", "muted"))
    card.body.addWidget(CheckCodeLabel(half.check_code, points=12))
    return card


def _signers_card(half: HalfSigned, head: CertificateInfo | None) -> Card:
    """Who signed first, who signs now."""
    card, first = Card("签名人"), half.first
    when = full_time(first.signing_time) if first.signing_time else ""
    code = spaced_check_code(first.fingerprint)
    card.body.addLayout(
        row(label("填报人", "muted"), label(first.name, "strong"), label(f"{code}　{when}", "muted"), None)
    )
    if head is not None:
        mine = label(spaced_check_code(head.fingerprint), "muted")
        name = label(head.subject.person_name, "strong")
        card.body.addLayout(row(label("单位负责人", "muted"), name, mine, None))
    return card
