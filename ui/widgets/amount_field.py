"""Amounts (金额): typed in 元 or 万元, echoed in capitals and in the other unit, kept as 分."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from models.domain.money import AmountError, AmountUnit, capital_amount, format_amount, parse_amount
from ui.widgets.field import Field
from ui.widgets.labels import label


class AmountField(QWidget):
    """An amount with its echo (金额框); wrong text stays and is explained."""

    changed = Signal()

    def __init__(
        self, text: str, unit: AmountUnit = AmountUnit.WAN_YUAN, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._unit = unit
        self.edit = QLineEdit()
        self.edit.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.edit.setPlaceholderText("可以暂时不填")
        self._echo = label("", "muted")
        self._field = Field(f"{text}（{unit.label}）", self.edit)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._field)
        self._field.add_below(self._echo)
        self._echo.hide()
        self.edit.textChanged.connect(self._on_typed)

    def amount_fen(self) -> int | None:
        """The amount in 分, None when nothing was typed; AmountError when it is no amount."""
        text = self.edit.text().strip()
        return parse_amount(text, self._unit) if text else None

    def _on_typed(self) -> None:
        try:
            fen = self.amount_fen()
        except AmountError as error:
            self._echo.hide()
            self._field.set_problem(error.sentence)
        else:
            self._field.set_problem("")
            self._echo.setText("" if fen is None else self._in_other_words(fen))
            self._echo.setVisible(fen is not None)
        self.changed.emit()

    def _in_other_words(self, fen: int) -> str:
        other = AmountUnit.YUAN if self._unit is AmountUnit.WAN_YUAN else AmountUnit.WAN_YUAN
        return f"{capital_amount(fen)}　合 {format_amount(fen, other)} {other.label}"
