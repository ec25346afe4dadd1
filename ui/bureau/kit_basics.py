"""The heads of a kit (任务参数包基本信息): name, trust mode, and when an ex-ante evaluation is needed."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from models.domain.kit import ExAnteRule, ParameterKit, TrustMode
from models.domain.money import AmountError, AmountUnit, format_amount
from models.domain.review_rule import ReviewRule
from services.kit_issue import KitDraft
from services.review.rules import review_rule
from ui.theme import px
from ui.widgets.amount_field import AmountField
from ui.widgets.buttons import MenuButton
from ui.widgets.card import Card, row
from ui.widgets.field import Field
from ui.widgets.labels import label

TRUST_WORDS = {
    TrustMode.SIMPLE: "简易：单位直接报送，第一次收到时由本局核对签名核对码后登记。",
    TrustMode.CERTIFICATE: "证书：单位先交签名登记申请，本局登记、签发证书后才能报送。",
}


TWO_SIGNERS = "报送文件要由填报人和单位负责人两个人签名"


class KitBasics(Card):
    """Name, trust mode, ex-ante rule (基本信息); `changed` when a person has changed one of them."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("基本信息", parent)
        self._is_filling = False
        self.name = QLineEdit()
        self.modes = {mode: QRadioButton(words) for mode, words in TRUST_WORDS.items()}
        self.two_signers = QCheckBox(TWO_SIGNERS)
        self.ex_ante = QCheckBox("项目预算")
        self.inclusive = MenuButton()
        self.inclusive.set_choices([(True, "达到或超过"), (False, "超过")], True)
        self.amount = AmountField("金额界限")
        self._lay_out()
        self.name.textEdited.connect(self._tell)
        for button in self.modes.values():
            button.clicked.connect(self._tell)
        self.two_signers.clicked.connect(self._tell)
        self.ex_ante.toggled.connect(self._on_ex_ante)
        self.inclusive.chosen.connect(self._tell)
        self.amount.changed.connect(self._tell)

    def show_draft(self, draft: KitDraft) -> None:
        """Show a draft."""
        self._is_filling = True
        self.name.setText(draft.name)
        for mode, button in self.modes.items():
            button.setChecked(mode is draft.trust_mode)
        review = draft.template.review
        self.two_signers.setChecked(review is not None and review.needs_two_signers)
        rule = draft.template.ex_ante
        self.ex_ante.setChecked(rule is not None)
        self.inclusive.set_choices(
            [(True, "达到或超过"), (False, "超过")], rule.inclusive if rule is not None else True
        )
        unit = AmountUnit.WAN_YUAN
        self.amount.edit.setText(format_amount(rule.amount_fen, unit, grouped=True) if rule else "")
        self._show_rule(rule is not None)
        self._is_filling = False

    def applied_to(self, draft: KitDraft) -> KitDraft:
        """The draft with what stands here. AmountError when the amount cannot be read."""
        mode = next(mode for mode, button in self.modes.items() if button.isChecked())
        template = replace(
            draft.template, ex_ante=self._rule(draft.template), review=self._review(draft.template)
        )
        return replace(draft, template=template, name=self.name.text().strip(), trust_mode=mode)

    def problem(self) -> str:
        """Why the kit cannot be issued as it stands here, "" when it can."""
        if not self.name.text().strip():
            return "任务参数包名称没有填"
        try:
            if self.ex_ante.isChecked() and self.amount.amount_fen() is None:
                return "事前绩效评估的金额界限没有填"
        except AmountError as error:
            return error.what
        return ""

    def _rule(self, template: ParameterKit) -> ExAnteRule | None:
        fen = self.amount.amount_fen()
        if not self.ex_ante.isChecked() or fen is None:
            return None
        known = template.ex_ante or ExAnteRule(fen, inclusive=True)
        return replace(known, amount_fen=fen, inclusive=bool(self.inclusive.value()))

    def _review(self, template: ParameterKit) -> ReviewRule | None:
        """The review with or without a second signer; a kit that names no levels goes on naming none."""
        needed = self.two_signers.isChecked()
        if template.review is None and not needed:
            return None
        return replace(review_rule(template), needs_two_signers=needed)

    def _lay_out(self) -> None:
        self.body.addWidget(Field("任务参数包名称", self.name, required=True))
        self.body.addWidget(label("单位签名怎样登记", "caption"))
        modes = QVBoxLayout()
        modes.setSpacing(4)
        for button in self.modes.values():
            modes.addWidget(button)
        modes.addWidget(self.two_signers)
        self.body.addLayout(modes)
        self.body.addWidget(label("事前绩效评估的范围", "caption"))
        self.amount.setFixedWidth(px(260))
        self.none_label = label("现在不设金额界限", "muted")
        self.body.addLayout(row(self.ex_ante, self.inclusive, self.none_label, None, spacing=10))
        self.body.addWidget(self.amount)

    def _show_rule(self, there_is_one: bool) -> None:
        self.ex_ante.setText("项目预算" if there_is_one else "按项目预算设界限")
        self.inclusive.setVisible(there_is_one)
        self.amount.setVisible(there_is_one)
        self.none_label.setText(
            "下面金额的，要先做事前绩效评估" if there_is_one else "现在不按金额要求事前绩效评估"
        )

    def _on_ex_ante(self, checked: bool) -> None:
        self._show_rule(checked)
        self._tell()

    def _tell(self, _value: object = None) -> None:
        if not self._is_filling:
            self.changed.emit()
