"""From last year (从上年带入): what of the form of the year before can serve again, each line to be chosen.

Years, dates and amounts belong to their own year: they are shown, but only taken when chosen. So do amounts
inside rows: a row comes without them. What the form fills in or locks by itself is never offered.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from forms import kinds
from forms.answers import is_blank
from forms.context import FormContext
from forms.findings import Place
from forms.offers import (
    Offer,
    OfferKind,
    cell_label,
    field_offer,
    matched_rows,
    new_row_offer,
)
from forms.schema import FieldKind, FieldSpec, FormSpec, Row, TableSpec
from models.domain.filing import Answers

_OF_ITS_YEAR = (FieldKind.MONEY, FieldKind.YEAR, FieldKind.DATE, FieldKind.RATE)
_OWN = "年份和金额各年不同，需要时再勾选"
_NAMES_YEAR = "文字里写着 {year} 年，带入后请改成本年的内容"


def last_year_offers(form: FormSpec, context: FormContext, now: Answers) -> tuple[Offer, ...]:
    """What last year's answers of the same form offer; nothing when there are none."""
    before = context.previous_answers
    if not before:
        return ()
    found: list[Offer] = []
    for item in form.items():
        if not item.is_visible(context):
            continue
        if isinstance(item, TableSpec):
            if not item.has_fixed_rows(context):
                found += _rows(item, context, now.get(item.key) or (), before.get(item.key) or ())
        else:
            offer = field_offer(item, context, now.get(item.key), before.get(item.key))
            found += [_told(offer, item, context)] if offer and offer.is_free else []
    return tuple(found)


def _rows(
    table: TableSpec, context: FormContext, now: Sequence[Row], before: Sequence[Row]
) -> Iterator[Offer]:
    """Rows this year's table does not have yet, each followed by the amounts it had."""
    _pairs, new, _here = matched_rows(table, context, now, before)
    own = [spec for spec in table.visible_columns(context) if spec.kind in _OF_ITS_YEAR]
    own_keys = {spec.key for spec in own}
    taken = list(now)
    for row in new:
        bare = {key: value for key, value in row.items() if key not in own_keys}
        offer = new_row_offer(table, context, taken, bare)
        taken.append({"row_id": offer.place.row_id})
        yield _told(offer, None, context)
        for spec in own:
            if not is_blank(row.get(spec.key)) and not spec.is_computed:
                yield _amount(table, context, spec, row, offer.place.row_id)


def _amount(table: TableSpec, context: FormContext, spec: FieldSpec, row: Row, row_id: str) -> Offer:
    """An amount of a row that is offered above; it goes into that row when both are chosen."""
    value = row[spec.key]
    return Offer(
        OfferKind.VALUE,
        Place(table.key, row_id, spec.key),
        cell_label(table, context, row, spec),
        "",
        kinds.shown(spec, value, context, row),
        value,
        is_chosen=False,
        note=_OWN,
    )


def _told(offer: Offer, spec: FieldSpec | None, context: FormContext) -> Offer:
    """The offer with what is to be minded; what belongs to its year is not proposed."""
    if spec is not None and spec.kind in _OF_ITS_YEAR:
        return replace(offer, is_chosen=False, note=_OWN)
    year = str(context.budget_year - 1)
    return replace(offer, note=_NAMES_YEAR.format(year=year)) if year in offer.offered else offer
