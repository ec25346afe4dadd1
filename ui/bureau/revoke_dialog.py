"""Taking a key back (注销签名): what it means is said before it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from ui.theme import px
from ui.widgets.card import Card
from ui.widgets.check_code import CheckCodeLabel
from ui.widgets.dialog import DeskDialog
from ui.widgets.labels import label, paragraph
from ui.widgets.placing import resize_within_screen

if TYPE_CHECKING:
    from services.certificate_list import CertificateLine


class RevokeDialog(DeskDialog):
    """Asks whether a key is to be revoked (注销签名); `submitted` carries the line."""

    submitted = Signal(object)

    def __init__(self, line: CertificateLine, parent: QWidget | None = None) -> None:
        super().__init__("注销签名", "注销", parent)
        resize_within_screen(self, px(560), px(380))
        self._line = line
        card = Card()
        card.body.addWidget(label(f"{line.unit_name}　{line.person_name}", "section"))
        card.body.addWidget(CheckCodeLabel(line.fingerprint, points=12))
        self.body.addWidget(card)
        told = (
            "注销后，用这个签名新报来的文件一律判为“签名无效”，不能恢复；已经接收的文件不受影响。"
            "该单位要继续报送，须更换签名并重新登记。"
        )
        self.body.addWidget(paragraph(told))
        self.confirm = QCheckBox("已与该单位核实，确定注销(&Y)")
        self.confirm.toggled.connect(self.accept_button.setEnabled)
        self.body.addWidget(self.confirm)
        self.body.addStretch(1)
        self.accept_button.setEnabled(False)

    def submit(self) -> None:
        """Ask to revoke; whoever does so closes the dialog."""
        self.submitted.emit(self._line)
