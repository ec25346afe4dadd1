"""Putting back what once stood (恢复以前的内容): a recorded change as an offer to undo it, whenever that was.

Works across sessions, since the history is kept with the filing. Rows that were deleted come back whole under
their old id; what the form computes or locks by now cannot be put back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from forms import kinds
from forms.answers import value_at
from forms.context import FormContext
from forms.findings import Place, place_of
from forms.offers import Offer, OfferKind, cell_label, row_name, row_words
from forms.schema import FieldSpec, FormSpec, Row, TableSpec
from models.domain.filing import AnswerChange, Answers


def place_words(form: FormSpec, context: FormContext, answers: Answers, change: AnswerChange) -> str:
    """What a change was about, in words; the path where the form has no such place any more."""
    place = place_of(change.path)
    item = _item(form, place.field)
    if isinstance(item, FieldSpec):
        return item.label_in(context)
    if item is None:
        return "本表已没有这一项"
    row = _row_of(change, answers, place)
    if not place.row_id:
        return f"{item.label}的行次"
    name = f"{item.label}{row_name(item, context, row) or '（没有名称的行）'}"
    spec = _column(item, place.column)
    return cell_label(item, context, row, spec) if spec else name


def value_words(form: FormSpec, context: FormContext, change: AnswerChange, value: Any) -> str:
    """A value before or after a change, as it is shown; a row on one line."""
    place = place_of(change.path)
    item = _item(form, place.field)
    if isinstance(value, list):
        return f"共 {len(value)} 行"
    if isinstance(item, TableSpec) and isinstance(value, Mapping):
        return row_words(item, context, value) or "（空行）"
    spec = _column(item, place.column) if isinstance(item, TableSpec) else item
    if value is None:
        return "（没有这一行）" if isinstance(item, TableSpec) and not place.column else "（空）"
    return (kinds.shown(spec, value, context) if spec else str(value)) or "（空）"


def restoring_offer(
    form: FormSpec, context: FormContext, answers: Answers, change: AnswerChange
) -> Offer | None:
    """What puts back the value before a change; None when it stands already or cannot be put back."""
    place = place_of(change.path)
    item = _item(form, place.field)
    words = value_words(form, context, change, change.before)
    if item is None or isinstance(change.before, list):
        return None
    label = place_words(form, context, answers, change)
    offer = Offer(OfferKind.VALUE, place, label, "", words, change.before)
    if isinstance(item, TableSpec) and not place.column:
        return _row_offer(item, context, answers, replace(offer, kind=OfferKind.NEW_ROW))
    spec = _column(item, place.column) if isinstance(item, TableSpec) else item
    row: Any = value_at(answers, Place(place.field, place.row_id)) if place.row_id else {}
    if spec is None or not isinstance(row, Mapping) or spec.is_closed(context, row):
        return None
    return offer if value_at(answers, place) != change.before else None


def _row_offer(table: TableSpec, context: FormContext, answers: Answers, offer: Offer) -> Offer | None:
    """A deleted row back, or a row that was added away again."""
    is_here = value_at(answers, offer.place) is not None
    if table.has_fixed_rows(context) or (offer.value is None) is not is_here:
        return None
    if is_here:
        return replace(offer, kind=OfferKind.LOST_ROW)
    values = {key: value for key, value in offer.value.items() if key != "row_id"}
    return replace(offer, value=values)


def _row_of(change: AnswerChange, answers: Answers, place: Place) -> Row:
    """The row a change speaks of, as it stands or as it stood."""
    for row in (change.before, change.after, value_at(answers, Place(place.field, place.row_id))):
        if isinstance(row, Mapping):
            return row
    return {}


def _item(form: FormSpec, key: str) -> FieldSpec | TableSpec | None:
    return next((item for item in form.items() if item.key == key), None)


def _column(table: TableSpec, key: str) -> FieldSpec | None:
    return next((column for column in table.columns if column.key == key), None)
