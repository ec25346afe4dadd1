"""First meeting with a unit's key (首次收到该单位的签名): the 核对码 is compared with paper, then one click."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from ui.theme import px
from ui.widgets.card import Card, row
from ui.widgets.check_code import CheckCodeLabel
from ui.widgets.dates import full_time
from ui.widgets.dialog import DeskDialog
from ui.widgets.labels import label, paragraph
from ui.widgets.placing import resize_within_screen

if TYPE_CHECKING:
    from models.domain.project import Unit
    from services.package_lines import PackageLine

COMPARE = "请与盖章封面上的签名核对码逐组核对"
UNKNOWN_UNIT = "单位名录里没有这个单位代码。请先在“参数与证书”的单位名录里加入该单位，再来登记。"
OTHER_KEYS = "该单位已登记过 {count} 个签名。确认是换了填报人或更换了签名，再登记这一个。"


REVOKE = "同时注销"


@dataclass(frozen=True, slots=True)
class OtherKey:
    """A key of the unit in force (原有签名); `is_named` when the request says that it is replaced (补办)."""

    fingerprint: str
    words: str
    is_named: bool


class RegisterKeyDialog(DeskDialog):
    """Shows the key that waits (登记签名); `submitted` carries the line.

    `unit` is the bureau's own register's, None when the code is not in it; `others` are keys of the unit that are
    in force already, to be revoked in the same step where the new one replaces them.
    """

    submitted = Signal(object)

    def __init__(
        self,
        line: PackageLine,
        unit: Unit | None,
        others: Sequence[OtherKey] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("首次收到该单位的签名", "登记并接收", parent, intro=f"{COMPARE}，一致后登记。")
        resize_within_screen(self, px(620), px(680))
        self.replaced = [(QCheckBox(f"{REVOKE}：{other.words}"), other) for other in others]
        self._line, self._unit = line, unit
        signer = line.signer
        facts = Card()
        name = f"{unit.name}（{unit.code}）" if unit else f"代码 {line.unit_code}"
        facts.body.addLayout(row(label("单位名录中的单位", "muted"), label(name, "section"), None))
        if signer is not None:
            facts.body.addLayout(row(label("签署人", "muted"), label(signer.name, "strong"), None))
            when = full_time(signer.signing_time) if signer.signing_time else "没有写明"
            facts.body.addLayout(row(label("签署时间", "muted"), label(when), None))
            facts.body.addWidget(label("签名核对码", "muted"))
            facts.body.addWidget(CheckCodeLabel(signer.fingerprint))
            self._show_second(facts)
        self.body.addWidget(facts)
        self.confirm = QCheckBox("核对码已逐组核对，与盖章封面完全一致(&Y)")
        if unit is None:
            self.show_problem(UNKNOWN_UNIT)
            self.confirm.setEnabled(False)
        elif others:
            self.body.addWidget(paragraph(OTHER_KEYS.format(count=len(others)), "care"))
            for box, other in self.replaced:
                box.setChecked(other.is_named)
                self.body.addWidget(box)
        self.body.addWidget(self.confirm)
        note = (
            "登记后，用这个签名报送的其他待核实文件也一起接收。核对码不一致的，不要登记，请与该单位当面核实。"
        )
        self.body.addWidget(paragraph(note, "muted"))
        self.body.addStretch(1)
        self.confirm.toggled.connect(lambda _checked: self._judge())
        self._judge()

    def revoked(self) -> tuple[str, ...]:
        """核对码 of the keys to be revoked in the same step."""
        return tuple(other.fingerprint for box, other in self.replaced if box.isChecked())

    def _show_second(self, facts: Card) -> None:
        """The second signer's key where it waits as well: both are compared and registered together."""
        waiting = self._line.waiting
        second = (waiting.signer.get("countersigner") or {}) if waiting is not None else {}
        if not second:
            return
        name = label(str(second.get("name", "")), "strong")
        facts.body.addLayout(row(label("单位负责人", "muted"), name, None))
        facts.body.addWidget(label("负责人签名核对码", "muted"))
        facts.body.addWidget(CheckCodeLabel(str(second.get("fingerprint", ""))))

    def submit(self) -> None:
        """Ask to register; whoever does so closes the dialog."""
        self.submitted.emit(self._line)

    def _judge(self) -> None:
        self.accept_button.setEnabled(self._unit is not None and self.confirm.isChecked())
