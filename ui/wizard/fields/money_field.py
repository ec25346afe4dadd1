"""Field of an amount (金额填报项): typed in the form's unit, echoed in capitals and in the other unit."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLabel, QWidget

from forms import kinds
from models.domain.money import AmountUnit, capital_amount, format_amount
from ui.theme import ALIGN_RIGHT
from ui.widgets.labels import label, paragraph
from ui.wizard.fields.line_fields import LineField


class MoneyField(LineField):
    """An amount (金额); 128.40 万元 echoes 壹佰贰拾捌万肆仟元整 and 1,284,000.00 元."""

    def _make_editor(self) -> QWidget:
        editor = super()._make_editor()
        self._echo: QLabel = paragraph("", "echo")
        return editor

    def _add_foot(self) -> None:
        self.editor.setAlignment(ALIGN_RIGHT)
        self._line.addWidget(label(self.context.amount_unit.label, "unit"))
        self._column.addWidget(self._echo)
        self._echo.hide()
        super()._add_foot()

    def _text_for(self, kept: Any) -> str:
        return kinds.shown(self.spec, kept, self.context)

    def _after_kept(self) -> None:
        self._echo.setVisible(kinds.is_amount(self._kept))
        if kinds.is_amount(self._kept):
            unit = self.context.amount_unit
            other = AmountUnit.YUAN if unit is AmountUnit.WAN_YUAN else AmountUnit.WAN_YUAN
            in_other = f"{format_amount(self._kept, other)} {other.label}"
            self._echo.setText(f"{capital_amount(self._kept)}　{in_other}")

    def echo(self) -> str:
        """The echo under the field, "" while there is no amount."""
        return self._echo.text() if not self._echo.isHidden() else ""
