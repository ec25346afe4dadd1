"""What is known of one package (报送文件详情): every reason in full, the next step, who signed, where it lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from models.domain.file_size import size_words
from models.domain.message import MessageType
from ui.bureau.decision_words import decision_words
from ui.bureau.verdict_looks import verdict_look
from ui.theme import px, set_role
from ui.widgets.buttons import button
from ui.widgets.card import Card, row
from ui.widgets.check_code import CheckCodeLabel
from ui.widgets.chip import StatusChip
from ui.widgets.dates import full_time
from ui.widgets.labels import ElidedLabel, label, paragraph

if TYPE_CHECKING:
    from services.package_lines import PackageLine


UNKNOWN_KIT = "unknown_kit_version"
"""Reason code of a kit this desk does not know, as after a backup was restored."""


class IntakeDetail(Card):
    """The package chosen (报送文件详情); hidden while none is."""

    open_requested = Signal(object)
    register_requested = Signal(object)
    receipt_requested = Signal(object)
    dismiss_requested = Signal(object)
    decision_requested = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent, margin=14)
        self._line: PackageLine | None = None
        self.chip = StatusChip()
        self.head_label = ElidedLabel("", "strong")
        self.reasons = paragraph()
        self.claims_label = paragraph("", "muted")
        self.next_step = paragraph("", "muted")
        self.signer_label = paragraph("", "muted")
        self.code = CheckCodeLabel(points=11)
        self.file_label = paragraph("", "muted")
        self.open_button = self._action("打开", "primary", self.open_requested)
        self.register_button = self._action("登记签名…", "primary", self.register_requested)
        self.decide_button = self._action("对照两份…", "primary", self.decision_requested)
        self.receipt_button = self._action("开具回执…", "plain", self.receipt_requested)
        self.dismiss_button = self._action("不再显示", "plain", self.dismiss_requested)
        self.dismiss_button.setToolTip("从“未接收（待核实）”里去掉这一行，文件仍留在原处")
        self.close_button = button("收起", "quiet", "down", clicked=self.closed.emit)
        self._lay_out()
        self.hide()

    def show_line(self, line: PackageLine | None) -> None:
        """Show a package, or nothing."""
        self._line = line
        self.setVisible(line is not None)
        if line is None:
            return
        self.chip.set_look(verdict_look(line.word))
        self.head_label.set_words(_head(line))
        self.claims_label.setText(f"文件自称：{line.claimed}（未经核实）" if line.claimed else "")
        self.claims_label.setVisible(bool(line.claimed))
        told = [decision_words(item) for item in line.decisions]
        told += [reason.message for reason in line.reasons]
        told = told or [f"{line.remark}。"]
        self.reasons.setText("\n".join(f"· {sentence}" if len(told) > 1 else sentence for sentence in told))
        self.next_step.setText(f"下一步：{_next_step(line)}")
        self._show_signer(line)
        where = f"随主管部门的汇总报送文件报来：{line.file_name}" if line.is_carried else line.path
        self.file_label.setText(f"{where}\n{size_words(line.size)}　{full_time(line.at)}")
        self.open_button.setVisible(line.can_open)
        self.register_button.setVisible(line.can_register)
        self.decide_button.setVisible(line.can_decide)
        set_role(self.decide_button, "primary" if line.waiting is not None else "plain")
        self.receipt_button.setVisible(line.awaits_receipt)
        self.dismiss_button.setVisible(line.waiting is not None)

    def line(self) -> PackageLine | None:
        """The package shown."""
        return self._line

    def _show_signer(self, line: PackageLine) -> None:
        signer = line.signer
        self.code.setVisible(signer is not None)
        self._code_caption.setVisible(signer is not None)
        if signer is None:
            self.signer_label.setText("没有读到签名")
            return
        when = f"　{full_time(signer.signing_time)}" if signer.signing_time else ""
        self.signer_label.setText(f"签署：{signer.name}（{signer.unit}）{when}")
        self.code.set_code(signer.fingerprint)

    def _action(self, text: str, role: str, signal: object) -> QWidget:
        return button(text, role, clicked=lambda: signal.emit(self._line))  # type: ignore[attr-defined]

    def _lay_out(self) -> None:
        head = row(self.chip, self.head_label, self.close_button)
        head.setStretch(1, 1)
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(6)
        left.addWidget(self.claims_label)
        left.addWidget(self.reasons)
        left.addWidget(self.next_step)
        left.addStretch(1)
        buttons = row(
            self.open_button,
            self.register_button,
            self.decide_button,
            self.receipt_button,
            self.dismiss_button,
            None,
            spacing=8,
        )
        left.addLayout(buttons)
        right.addWidget(self.signer_label)
        self._code_caption: QLabel = label("签名核对码", "muted")
        code = QHBoxLayout()
        code.setSpacing(8)
        code.addWidget(self._code_caption, 0, Qt.AlignmentFlag.AlignVCenter)
        code.addWidget(self.code, 1)
        right.addLayout(code)
        right.addWidget(self.file_label)
        right.addStretch(1)
        holder = QFrame()
        holder.setLayout(right)
        right.setContentsMargins(0, 0, 0, 0)
        holder.setFixedWidth(px(430))
        self.body.addLayout(head)
        columns = row(left, holder, spacing=20)
        columns.setStretch(0, 1)
        self.body.addLayout(columns)


def _head(line: PackageLine) -> str:
    """Unit, contents and version; of a file that was not taken in only what is known here, and its name."""
    if line.waiting is not None:
        parts: tuple[str, ...] = ("" if line.is_unit_claimed else line.unit_name, line.file_name)
    else:
        version = f"第 {line.version} 版" if line.version else ""
        parts = (line.unit_name or "（未知单位）", line.contents, version)
    return "　".join(part for part in parts if part)


def _next_step(line: PackageLine) -> str:
    """What the bureau's clerk does next."""
    if line.can_register:
        return "请与盖章封面上的签名核对码逐组核对，一致后登记"
    if line.can_decide and line.waiting is not None:
        return "请与报送单位核实，对照两份后选择以哪一份为准"
    if line.can_decide:
        return "不用再处理；情况有变的，可以重新对照、改变决定"
    if line.awaits_receipt:
        return "可以开具接收回执，交回报送单位"
    if line.is_received and line.message_type == MessageType.REGISTRATION_REQUEST:
        return "证书随下一次下发的任务参数包带给单位；单位等着用的，现在就下发一次"
    if line.is_received:
        return "不用再处理"
    if any(reason.code == UNKNOWN_KIT for reason in line.reasons):
        return "本局下发过这份参数包的，先在“参数与证书”的“任务参数包”里取回，再重新接收"
    return line.word.next_step
