"""Finding text in a form (查找): labels, help and everything filled in, in page order."""

from __future__ import annotations

from collections.abc import Iterator

from forms import kinds
from forms.findings import Place
from forms.schema import TableSpec
from models.domain.money import plain_text
from ui.wizard.session import WizardSession


def places_with(session: WizardSession, wanted: str) -> list[Place]:
    """Every field or cell whose label or content holds the text; full-width and half-width count alike."""
    needle = plain_text(wanted).lower()
    if not needle:
        return []
    return [place for place, text in _texts(session) if needle in plain_text(text).lower()]


def _texts(session: WizardSession) -> Iterator[tuple[Place, str]]:
    """Every place with what can be read there."""
    context = session.context
    for item in session.form.items():
        if not item.is_visible(context):
            continue
        if isinstance(item, TableSpec):
            yield Place(item.key), item.label
            for row in session.rows(item.key):
                for column in item.visible_columns(context):
                    place = Place(item.key, str(row.get("row_id")), column.key)
                    yield place, kinds.shown(column, row.get(column.key), context, row)
        else:
            shown = kinds.shown(item, session.answers.get(item.key), context)
            yield Place(item.key), f"{item.label}\n{shown}"
