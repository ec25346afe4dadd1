"""From a field's kind to its widget (填报项工厂)."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from forms.context import FormContext
from forms.schema import FieldKind, FieldSpec
from ui.wizard.fields.base import FieldWidget
from ui.wizard.fields.choice_field import ChoiceField
from ui.wizard.fields.date_field import DateField
from ui.wizard.fields.line_fields import CodeField, PhoneField, RateField, TextField, WeightField, YearField
from ui.wizard.fields.long_text_field import LongTextField
from ui.wizard.fields.money_field import MoneyField
from ui.wizard.fields.tick_field import TickField

WIDGETS: dict[FieldKind, type[FieldWidget]] = {
    FieldKind.TEXT: TextField,
    FieldKind.LONG_TEXT: LongTextField,
    FieldKind.MONEY: MoneyField,
    FieldKind.WEIGHT: WeightField,
    FieldKind.PLANNED_VALUE: TextField,
    FieldKind.CHOICE: ChoiceField,
    FieldKind.YEAR: YearField,
    FieldKind.DATE: DateField,
    FieldKind.PHONE: PhoneField,
    FieldKind.CODE: CodeField,
    FieldKind.RATE: RateField,
    FieldKind.TICK: TickField,
    FieldKind.LIGHT: TextField,
}
"""One class per kind; `forms.schema.FieldKind` has no member without one."""


def field_widget(spec: FieldSpec, context: FormContext, parent: QWidget | None = None) -> FieldWidget:
    """The widget of a field; KeyError for a kind nobody has made a widget for."""
    return WIDGETS[spec.kind](spec, context, parent)
