"""Handed-out workbooks: every form round trip, what is locked, and LibreOffice as the judge."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from documents.hand_filled_reader import WorkbookGrids
from documents.hand_out.book import HandOutWorkbooks
from forms import registry
from forms.hand_back import merge_offers, read_hand_back
from forms.hand_out import IDENTITY_SHEET, HandOutBook, HandOutIdentity, hand_out_book, steps_to_fill
from forms.schema import TableSpec
from tests.documents.judges import converted
from tests.forms.cases import KIT_101, TARGET, context
from tests.forms.full_answers import full_answers
from tests.wide import core_when

pytestmark = pytest.mark.wide

FORMS = [head.form_id for head in registry.heads()]
IN_CORE = core_when({TARGET, "monitoring", "target_review"}.__contains__, FORMS)


def handed_out(form_id: str, answers=None) -> tuple[HandOutBook, object, object]:
    try:
        where = context(KIT_101, form_id)
    except StopIteration:
        pytest.skip("the kit has no task for this form")
    form = registry.form(form_id)
    full = full_answers(form, where) if answers is None else answers
    steps = tuple(step.key for step in steps_to_fill(form, where))
    told = HandOutIdentity("F1", 3, "D1", form_id, form.version, steps)
    return hand_out_book(form, where, full, told, "陈勇", "9月10日"), where, full


@pytest.mark.parametrize("form_id", IN_CORE)
def test_every_form_comes_back_as_it_went(form_id: str, tmp_path: Path) -> None:
    book, where, full = handed_out(form_id)
    path = tmp_path / "表.xlsx"
    path.write_bytes(HandOutWorkbooks().write(book))
    back = read_hand_back(WorkbookGrids().read(path))
    assert (back.identity, back.person) == (book.identity, "陈勇")
    form = registry.form(form_id)
    assert set(back.tables) == {
        t.key for t in form.items() if isinstance(t, TableSpec) and t.is_visible(where)
    }
    assert merge_offers(form, where, full, full, back) == ()
    assert [o for o in merge_offers(form, where, None, full, back) if o.is_free] == []


@pytest.mark.parametrize("form_id", IN_CORE)
def test_closed_cells_are_locked_and_open_ones_are_not(form_id: str) -> None:
    book, _where, _full = handed_out(form_id)
    open_cells = sum(item.is_open for section in book.sections for item in section.fields)
    open_cells += sum(cell.is_open for table in book.tables for row in table.rows for cell in row.cells)
    assert open_cells > 0
    written = load_workbook(io.BytesIO(HandOutWorkbooks().write(book)))
    unlocked = [
        cell
        for sheet in written.worksheets
        for line in sheet.iter_rows()
        for cell in line
        if not cell.protection.locked
    ]
    assert len(unlocked) == open_cells + 1  # and the name of whoever fills it in
    assert written[IDENTITY_SHEET].sheet_state == "hidden"
    assert not written.defined_names


def test_the_same_input_gives_the_same_bytes() -> None:
    book, _where, _full = handed_out(TARGET)
    assert HandOutWorkbooks().write(book) == HandOutWorkbooks().write(book)


def test_texts_that_look_like_formulas_stay_texts(tmp_path: Path) -> None:
    nasty = {
        "annual_target": "=cmd|' /C calc'!A0",
        "project_name": "+1",
        "reviewer_name": "@x",
        "indicators": [],
    }
    book, _where, _full = handed_out(TARGET, nasty)
    path = tmp_path / "表.xlsx"
    path.write_bytes(HandOutWorkbooks().write(book))
    cells = [c for s in load_workbook(path).worksheets for line in s.iter_rows() for c in line]
    assert {c.data_type for c in cells} <= {"s", "n"}
    assert read_hand_back(WorkbookGrids().read(path)).fields["annual_target"] == nasty["annual_target"]


@pytest.mark.judge
@pytest.mark.slow
def test_libreoffice_opens_it_keeps_the_lock_and_gives_it_back(tmp_path: Path) -> None:
    book, where, full = handed_out(TARGET)
    path = tmp_path / "表.xlsx"
    path.write_bytes(HandOutWorkbooks().write(book))
    folder = tmp_path / "libreoffice"
    folder.mkdir()
    saved = converted([path], "xlsx:Calc MS Excel 2007 XML", folder)[path.stem]
    written = load_workbook(saved)
    assert [sheet.protection.sheet for sheet in written.worksheets] == [True] * len(written.worksheets)
    first = written.worksheets[0]
    rows = {first.cell(row, 1).value: row for row in range(1, first.max_row + 1)}
    assert not first.cell(rows["field:annual_target"], 3).protection.locked
    assert first.cell(rows["field:project_name"], 2).protection.locked
    assert first.cell(rows["field:annual_fiscal_fen"], 3).data_type == "n"
    assert first.column_dimensions["A"].hidden
    kinds = [v.type for sheet in written.worksheets for v in sheet.data_validations.dataValidation]
    assert {"list", "decimal"} <= set(kinds)
    back = read_hand_back(WorkbookGrids().read(saved))
    assert back.identity == book.identity
    assert merge_offers(registry.form(TARGET), where, full, full, back) == ()
