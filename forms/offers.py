"""Offers (可带入的内容): what could be taken into a form from elsewhere, line by line, each to be chosen or left.

An Excel file, last year's filing and a workbook that came back from another office all end in offers: the
person sees what stands now and what would stand, and nothing is changed but what was chosen.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from forms import kinds
from forms.answers import is_blank, next_row_id, value_at, with_value
from forms.context import FormContext
from forms.findings import Place
from forms.schema import FieldKind, FieldSpec, FormSpec, Row, TableSpec
from models.domain.filing import Answers
from models.domain.money import plain_text

LOCKED = "不能在这里改"
_NAMED_BY = (FieldKind.TEXT, FieldKind.LONG_TEXT)
_LONGEST_NAME = 24


class OfferKind(enum.StrEnum):
    """What taking an offer does (带入方式)."""

    VALUE = "value"
    NEW_ROW = "new_row"
    LOST_ROW = "lost_row"


@dataclass(frozen=True, slots=True)
class Offer:
    """One line that can be taken over (一项可带入的内容).

    `value` is the value to keep, for a new row its columns by key. `now` and `offered` are texts for people.
    `is_free` False: it cannot be taken, `note` says why. `is_clash`: both sides were changed, a person must
    choose. `is_chosen` is what is proposed.
    """

    kind: OfferKind
    place: Place
    label: str
    now: str
    offered: str
    value: Any = None
    is_chosen: bool = True
    is_free: bool = True
    is_clash: bool = False
    note: str = ""


def applied(answers: Answers, chosen: Iterable[Offer]) -> dict[str, Any]:
    """The answers with every chosen offer taken; a cell of a row that is not there is passed over."""
    changed = dict(answers)
    for offer in chosen:
        place = offer.place
        if offer.kind is OfferKind.VALUE:
            if not place.row_id or value_at(changed, Place(place.field, place.row_id)) is not None:
                changed = with_value(changed, place, offer.value)
            continue
        rows: list[Row] = list(changed.get(place.field) or ())
        if offer.kind is OfferKind.LOST_ROW:
            changed[place.field] = [row for row in rows if row.get("row_id") != place.row_id]
        else:
            changed[place.field] = [*rows, {"row_id": place.row_id, **offer.value}]
    return changed


def difference_offers(
    form: FormSpec, context: FormContext, now: Answers, wanted: Answers
) -> tuple[Offer, ...]:
    """An offer for everything of `wanted` that differs; what `wanted` does not speak of stays out."""
    found: list[Offer] = []
    for item in form.items():
        if item.key not in wanted or not item.is_visible(context):
            continue
        if isinstance(item, TableSpec):
            found += table_offers(item, context, now.get(item.key) or (), wanted[item.key] or ())
        elif offer := field_offer(item, context, now.get(item.key), wanted[item.key]):
            found.append(offer)
    return tuple(found)


def field_offer(spec: FieldSpec, context: FormContext, now: Any, wanted: Any) -> Offer | None:
    """The offer of a field outside tables; None where both are the same or nothing is offered."""
    return _value_offer(spec, context, Place(spec.key), {}, (now, wanted), spec.label_in(context))


def table_offers(
    table: TableSpec, context: FormContext, now: Sequence[Row], wanted: Sequence[Row]
) -> Iterator[Offer]:
    """Rows met by name: their cells that differ, rows that are new, and rows the other side does not have."""
    pairs, new, lost = matched_rows(table, context, now, wanted)
    for row, other in pairs:
        for spec in table.visible_columns(context):
            place = Place(table.key, str(row["row_id"]), spec.key)
            label = cell_label(table, context, row, spec)
            values = (row.get(spec.key), other.get(spec.key))
            if offer := _value_offer(spec, context, place, row, values, label):
                yield offer
    is_fixed = table.has_fixed_rows(context)
    taken = list(now)
    for other in new:
        offer = new_row_offer(table, context, taken, other)
        taken.append({"row_id": offer.place.row_id})
        yield replace(offer, is_free=False, is_chosen=False, note=table.fixed_note) if is_fixed else offer
    if not is_fixed:
        yield from (lost_row_offer(table, context, row) for row in lost)


def matched_rows(
    table: TableSpec, context: FormContext, now: Sequence[Row], wanted: Sequence[Row]
) -> tuple[list[tuple[Row, Row]], list[Row], list[Row]]:
    """Pairs of rows, in order; rows only wanted; rows only here that have a name.

    Rows meet by name; where the form fixes its rows, by the id they have in every filing.
    """
    is_fixed = table.has_fixed_rows(context)
    left = [row for row in now if is_fixed or _name_key(table, context, row)]
    pairs: list[tuple[Row, Row]] = []
    new: list[Row] = []
    for other in wanted:
        key, row_id = _name_key(table, context, other), other.get("row_id") if is_fixed else None
        twin = next(
            (
                row
                for row in left
                if (row["row_id"] == row_id if row_id else key and _name_key(table, context, row) == key)
            ),
            None,
        )
        if twin is None:
            new.append(other)
        else:
            left.remove(twin)
            pairs.append((twin, other))
    return pairs, new, left


def new_row_offer(table: TableSpec, context: FormContext, rows: Sequence[Row], values: Row) -> Offer:
    """A row to be added, under an id none of the rows has; columns the form fills in itself are left out."""
    begun = dict(table.blank_row(context)) if table.blank_row else {}
    keys = [column.key for column in table.columns if not column.is_computed]
    given = {key: values[key] for key in keys if key in values}
    place = Place(table.key, next_row_id(list(rows)))
    shown = row_words(table, context, given)
    return Offer(
        OfferKind.NEW_ROW,
        place,
        f"{table.label}{row_name(table, context, given)}",
        "（没有这一行）",
        shown,
        {**begun, **given},
    )


def lost_row_offer(table: TableSpec, context: FormContext, row: Row) -> Offer:
    """A row the other side does not have; it is never proposed to take it away."""
    return Offer(
        OfferKind.LOST_ROW,
        Place(table.key, str(row["row_id"])),
        f"{table.label}{row_name(table, context, row)}",
        row_words(table, context, row),
        "（删除这一行）",
        is_chosen=False,
        note="文件里没有这一行，勾选则删除",
    )


def row_words(table: TableSpec, context: FormContext, row: Row) -> str:
    """A row on one line, as it is shown."""
    texts = (kinds.shown(spec, row.get(spec.key), context, row) for spec in table.visible_columns(context))
    return "｜".join(text for text in texts if text)


def row_name(table: TableSpec, context: FormContext, row: Row) -> str:
    """The name of a row in quotation marks, "" when it has none."""
    spec = _naming(table, context)
    text = " ".join(str(row.get(spec.key) or "").split()) if spec else ""
    short = text if len(text) <= _LONGEST_NAME else text[:_LONGEST_NAME] + "…"
    return f"“{short}”" if short else ""


def cell_label(table: TableSpec, context: FormContext, row: Row, spec: FieldSpec) -> str:
    """年度绩效指标“养护里程”的指标值."""
    return f"{table.label}{row_name(table, context, row)}的{spec.label_in(context)}"


def _value_offer(
    spec: FieldSpec, context: FormContext, place: Place, row: Row, values: tuple[Any, Any], label: str
) -> Offer | None:
    """The offer of one value; None where nothing is offered or both are the same."""
    now, wanted = values
    if spec.is_computed or is_blank(wanted) or _is_same(now, wanted) or _is_same_number(spec, now, wanted):
        return None
    now_words, words = (kinds.shown(spec, value, context, row) for value in (now, wanted))
    if now_words == words:
        return None
    is_free = not spec.is_closed(context, row)
    note = "" if is_free else spec.lock_note or LOCKED
    return Offer(OfferKind.VALUE, place, label, now_words, words, wanted, is_free, is_free, note=note)


def _is_same(now: Any, wanted: Any) -> bool:
    """Whether two values are one; blanks and line breaks a narrow cell put in are no difference."""
    if isinstance(now, str) and isinstance(wanted, str):
        return "".join(now.split()) == "".join(wanted.split())
    return bool(now == wanted)


def _is_same_number(spec: FieldSpec, now: Any, wanted: Any) -> bool:
    """Whether two spellings of points are one number: 20.00 and 20."""
    if spec.kind is not FieldKind.WEIGHT:
        return False
    number = kinds.parse_number(str(wanted))
    return number is not None and kinds.parse_number(str(now)) == number


def _naming(table: TableSpec, context: FormContext) -> FieldSpec | None:
    """The column whose text names a row."""
    columns = table.visible_columns(context)
    return next((spec for spec in columns if spec.kind in _NAMED_BY and not spec.is_computed), None)


def _name_key(table: TableSpec, context: FormContext, row: Mapping[str, Any]) -> str:
    """What two rows of one name share, "" for a row without a name."""
    spec = _naming(table, context)
    return "".join(plain_text(str(row.get(spec.key) or "")).split()) if spec else ""
