"""采用建议: what a reviewer would write, read as the field's own kind and taken over like any other offer."""

from __future__ import annotations

from forms import kinds
from forms.answers import value_at
from forms.findings import Place, place_of
from forms.offers import LOCKED, Offer, OfferKind
from models.domain.errors import InputError
from models.domain.review import ReviewComment
from ui.item_models.spellings import spelled
from ui.wizard.session import WizardSession


def _obstacle(session: WizardSession, place: Place) -> str:
    """Why no single value can be put at a place, "" when one can."""
    form = session.form
    if place.field not in {item.key for item in form.items()}:
        return "这条意见所在的位置已经不在表里"
    if place.field not in {table.key for table in form.tables()}:
        return ""
    table = session.table(place.field)
    if not place.row_id or not place.column:
        return "这条意见说的不是某一格"
    is_there = value_at(session.answers, Place(place.field, place.row_id)) is not None
    return (
        ""
        if is_there and place.column in {one.key for one in table.columns}
        else "这条意见所在的位置已经不在表里"
    )


def proposed_offer(session: WizardSession, comment: ReviewComment) -> Offer:
    """The proposal as an offer; InputError says why it cannot be taken over and what to do instead."""
    place, by_hand = place_of(comment.place), "请按意见自行修改"
    if obstacle := _obstacle(session, place):
        raise InputError(obstacle, by_hand, "采用建议")
    spec, row = session.spec(place), session.row(place)
    if session.is_locked(place):
        raise InputError(spec.lock_note or f"这一处{LOCKED}", by_hand, "采用建议")
    meant = spelled(spec, comment.proposed, session.context, row)
    reading = kinds.read(spec, meant, session.context, row)
    problem = reading.problem or kinds.problem_of(spec, reading.value)[0]
    if problem or reading.value is None:
        raise InputError(
            f"建议“{comment.proposed}”不能直接填入：{problem or '内容是空的'}", by_hand, "采用建议"
        )
    now = kinds.shown(spec, session.value(place), session.context, row)
    shown = kinds.shown(spec, reading.value, session.context, row)
    return Offer(OfferKind.VALUE, place, comment.label, now, shown, reading.value)
