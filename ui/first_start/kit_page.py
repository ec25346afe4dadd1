"""The kit file (任务参数包): chosen or dropped, its 核对码 compared with the paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from ui.first_start.step_page import StepPage
from ui.widgets.buttons import button
from ui.widgets.card import Card, row
from ui.widgets.check_code import CheckCodeLabel
from ui.widgets.dates import full_date
from ui.widgets.file_drop import FileDrop
from ui.widgets.labels import ElidedLabel, label, paragraph

if TYPE_CHECKING:
    from services.kits import KitOffer

PRACTICE = "这是演示用的任务参数包：填的内容都标着“演示数据”，不能正式报送。正式使用请选财政部门下发的文件。"
COMPARE = "请与财政部门纸质通知上的核对码逐组核对。不一致的不要装入，请与财政部门联系。"


class KitPage(StepPage):
    """Takes the kit file and asks for the comparison (装入任务参数包)."""

    file_chosen = Signal(object)
    without_kit_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            "装入任务参数包", "财政部门下发的文件，里面有本年的任务、单位名录和项目名录。", parent=parent
        )
        self._offer: KitOffer | None = None
        self.drop = FileDrop("把任务参数包拖到这里，或", "选择文件…", "任务参数包 (*.asice)")
        self.drop.file_chosen.connect(self.file_chosen)
        self.card = Card()
        self.name_label = label("", "section")
        self.facts_label = label("", "muted")
        self.file_label = ElidedLabel("", "muted")
        self.code = CheckCodeLabel(points=19)
        self.compare_label = paragraph(COMPARE, "care")
        self.confirm = QCheckBox("我已逐组核对，完全一致")
        for item in (
            self.name_label,
            self.facts_label,
            self.file_label,
            self.code,
            self.compare_label,
            self.confirm,
        ):
            self.card.body.addWidget(item)
        self.card.hide()
        self.without_button = button("没有任务参数包…", "link", clicked=self.without_kit_requested.emit)
        self.body.addWidget(self.drop)
        self.body.addWidget(self.card)
        self.body.addLayout(row(self.without_button, None))
        self.body.addStretch(1)
        self.confirm.toggled.connect(lambda _checked: self.changed.emit())

    def set_offer(self, offer: KitOffer | None) -> None:
        """Show a kit that was read; another file asks for another comparison."""
        self._offer = offer
        self.confirm.setChecked(False)
        self.card.setVisible(offer is not None)
        if offer is not None:
            kit = offer.kit
            self.name_label.setText(f"{kit.name}　第 {kit.version} 版")
            issued = f"{kit.issuer_name}　{full_date(kit.issued_on)}下发　{len(kit.units)} 个单位"
            self.facts_label.setText(f"{issued}　{len(kit.tasks)} 项任务")
            self.file_label.set_words(offer.path.name)
            self.code.set_code(offer.check_code)
            self.confirm.setVisible(self._must_compare())
            self.compare_label.setText(PRACTICE if kit.is_practice else COMPARE)
            self.compare_label.setVisible(kit.is_practice or self._must_compare())
        self.changed.emit()

    def offer(self) -> KitOffer | None:
        """The kit shown."""
        return self._offer

    def is_complete(self) -> bool:
        """Whether a kit is there and was compared."""
        return self._offer is not None and (self.confirm.isChecked() or not self._must_compare())

    def first_control(self) -> QWidget | None:
        """The button that opens the file dialog; once a kit is there its comparison, or what goes on."""
        if self._offer is None:
            return self.drop.button
        return self.confirm if self._must_compare() and not self.confirm.isChecked() else None

    def _must_compare(self) -> bool:
        """The practice county has no paper to compare with."""
        return self._offer is not None and self._offer.needs_comparison and not self._offer.kit.is_practice
