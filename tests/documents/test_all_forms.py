"""Every declared form through workbook and PDF: empty, full and with hostile texts, under every built-in kit."""

from __future__ import annotations

from functools import cache

import pytest

from documents.sheet_grid import LABEL_ROLES, cell_text, is_number, whole_grid
from forms import registry
from forms.sheet import Sheet
from services.ports.documents import PageMarks
from tests.documents.conftest import MARKS, SPACED_CODE
from tests.documents.judges import fonts_of, packed, text_of
from tests.documents.samples import HOSTILE
from tests.documents.workbooks import cells, opened
from tests.forms.cases import KIT_10, KIT_101, context, two_halves
from tests.forms.full_answers import full_answers
from tests.wide import core_when

pytestmark = pytest.mark.wide

KITS = {"10": KIT_10, "101": KIT_101, "two halves": two_halves()}


def _hostile(kept):
    """The same answers with every free text replaced by one a spreadsheet would calculate."""
    texts = iter(HOSTILE * 200)
    if isinstance(kept, dict):
        return {key: _hostile(value) for key, value in kept.items()}
    if isinstance(kept, list):
        return [_hostile(value) for value in kept]
    return next(texts) if isinstance(kept, str) and len(kept) > 4 and not kept[0].isascii() else kept


@cache
def _sheet(form_id: str, kit_name: str, filled: str) -> Sheet:
    """Made when a test asks for it: collecting tests draws nothing."""
    form = registry.form(form_id)
    given = context(KITS[kit_name], form_id)
    full = {} if filled == "empty" else full_answers(form, given)
    return form.build_sheet(form, given, _hostile(full) if filled == "hostile" else full)


FORM_IDS = [form.form_id for form in registry.all_forms()]
FILLED = [("10", "empty"), ("10", "full"), ("101", "full"), ("two halves", "full"), ("two halves", "hostile")]
"""Every layout filled in; blank and hostile where the layout makes the least difference."""
CORE = {("two halves", "hostile")}
every_sheet = pytest.mark.parametrize(("kit_name", "filled"), core_when(CORE.__contains__, FILLED))
every_form = pytest.mark.parametrize("form_id", FORM_IDS)


@every_sheet
@every_form
def test_the_workbook_holds_every_value_with_its_type(form_id, kit_name, filled, writer):
    sheet = _sheet(form_id, kit_name, filled)
    found = list(cells(opened(writer.workbook([sheet], MARKS)).worksheets[0]).values())
    texts = {packed(value) for kind, value in found if kind == "s"}
    for cell in whole_grid(sheet):
        text = cell_text(cell)
        if not text:
            continue
        if is_number(cell):
            assert any(kind == "n" and float(value) == float(cell.value) for kind, value in found), cell
        else:
            assert packed(text) in texts, cell
    assert not [value for kind, value in found if kind not in "ns"]


@pytest.mark.judge
@every_sheet
@every_form
def test_the_pdf_holds_every_label_and_embeds_its_fonts(form_id, kit_name, filled, writer, tmp_path):
    sheet = _sheet(form_id, kit_name, filled)
    path = tmp_path / "form.pdf"
    path.write_bytes(writer.pdf([sheet], MARKS))
    text = packed(text_of(path, "-raw"))
    for cell in whole_grid(sheet):
        assert cell.role not in LABEL_ROLES or packed(cell_text(cell)) in text, cell
    for outside in (sheet.title, sheet.subtitle, *sheet.foot, SPACED_CODE):
        assert packed(outside) in text, outside
    assert all(font["embedded"] == font["subset"] == "yes" for font in fonts_of(path))
    assert writer.missing_characters == ()


@pytest.mark.wide
@every_form
def test_a_form_nobody_filled_in_fits_one_page(form_id):
    """The blank official form is one sheet of paper."""
    from documents.pdf.font_book import FontBook
    from documents.pdf.form_pages import form_pages

    for kit_name in KITS:
        assert len(form_pages(_sheet(form_id, kit_name, "empty"), FontBook())) == 1


def test_the_forms_of_a_package_go_into_one_file(writer):
    sheets = [_sheet(form_id, kit_name, "full") for form_id in FORM_IDS for kit_name in KITS][:3]
    assert len(opened(writer.workbook(sheets, PageMarks())).worksheets) == 3
