"""A kit before it is taken in (装入任务参数包): who issued it, its 核对码, what it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from services.kits import RootChange
from ui.theme import px
from ui.widgets.card import Card
from ui.widgets.check_code import CheckCodeLabel
from ui.widgets.dates import full_date
from ui.widgets.dialog import DeskDialog
from ui.widgets.labels import label, paragraph
from ui.widgets.placing import resize_within_screen

if TYPE_CHECKING:
    from services.kits import KitOffer

COMPARE = "请与财政部门纸质通知上的核对码逐组核对"


_ROOT_WORDS = {
    RootChange.NONE: "",
    RootChange.ANNOUNCED: "财政部门更换了根证书，新的根证书由原来的根证书签认，不用重新核对。",
    RootChange.UNKNOWN: (
        "这个任务参数包的根证书与本机原来的不同，原来的根证书没有签认过它。"
        "请先向财政部门核实确已重建根证书，再与新的盖章核对单逐组核对；不一致的不要装入。"
    ),
}


class KitOfferDialog(DeskDialog):
    """Shows a kit that was looked at (装入任务参数包); `submitted` carries the offer."""

    submitted = Signal(object)

    def __init__(self, offer: KitOffer, parent: QWidget | None = None) -> None:
        super().__init__("装入任务参数包", "装入", parent)
        resize_within_screen(self, px(620), px(480))
        self._offer = offer
        kit = offer.kit
        facts = Card()
        facts.body.addWidget(label(f"{kit.name}　第 {kit.version} 版", "section"))
        issued = f"{kit.issuer_name}　{full_date(kit.issued_on)}下发　{kit.working_year}年"
        facts.body.addWidget(label(issued, "muted"))
        facts.body.addWidget(CheckCodeLabel(offer.check_code))
        if told := _ROOT_WORDS[offer.root_change]:
            facts.body.addWidget(paragraph(told, "care"))
        self.confirm = QCheckBox(f"{COMPARE}，完全一致")
        self.confirm.setVisible(offer.needs_comparison)
        facts.body.addWidget(self.confirm)
        self.body.addWidget(facts)
        if offer.differences:
            changes = Card("装入后的变化")
            for sentence in offer.differences:
                changes.body.addWidget(paragraph(f"· {sentence}"))
            self.body.addWidget(changes)
        self.body.addWidget(paragraph("填到一半的表会按新的参数包重新校验，已填内容不变。", "muted"))
        self.body.addStretch(1)
        self.confirm.toggled.connect(lambda _checked: self._judge())
        self._judge()

    def submit(self) -> None:
        """Ask to take it in; whoever does so closes the dialog."""
        self.submitted.emit(self._offer)

    def _judge(self) -> None:
        self.accept_button.setEnabled(not self._offer.needs_comparison or self.confirm.isChecked())
