"""The library's code in a row: travels with the answers, is never shown or printed, whatever the layout."""

from __future__ import annotations

import pytest

from forms import registry
from forms.checks.library import LIBRARY_COLUMN
from services.answers_shape import answers_fit
from tests.forms import cases
from tests.forms.cases import CLEANING, KIT_10, KIT_101, OVERALL, ROADS, TARGET, TOWN, two_halves

CODE = "rural_roads.length"
FILLED = {
    "single half": (cases.context(KIT_101), ROADS),
    "two halves": (cases.context(two_halves(KIT_10)), CLEANING),
    "overall": (cases.context(KIT_101, OVERALL), TOWN),
}


@pytest.mark.parametrize("name", FILLED)
def test_the_code_is_on_no_sheet(name: str) -> None:
    given, plain = FILLED[name]
    form = registry.form(given.task.form_id)
    coded = {**plain, "indicators": [{**row, LIBRARY_COLUMN: CODE} for row in plain["indicators"]]}
    before, after = form.build_sheet(form, given, plain), form.build_sheet(form, given, coded)
    assert after == before
    assert CODE not in "".join(str(cell.value) for cell in after.cells)


@pytest.mark.parametrize("form_id", [TARGET, OVERALL])
def test_the_code_is_declared_but_no_column_of_any_screen(form_id: str) -> None:
    form = registry.form(form_id)
    for kit in (KIT_10, KIT_101, two_halves()):
        shown = form.table("indicators").visible_columns(cases.context(kit, form_id))
        assert LIBRARY_COLUMN not in [column.key for column in shown]
    row = {"row_id": "r1", LIBRARY_COLUMN: CODE}
    assert answers_fit(form, {"indicators": [row]})
    assert not answers_fit(form, {"indicators": [{**row, LIBRARY_COLUMN: 5}]})
