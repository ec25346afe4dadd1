"""Spreadsheet injection: whatever this program exports, a text that looks like a formula stays a text.

Every module that makes a workbook is walked with hostile text in every place a text can stand. A new one has to
be entered here before it passes.
"""

from __future__ import annotations

import ast
import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import cycle
from typing import Any

import pytest
from openpyxl import load_workbook

from documents.hand_out.book import HandOutWorkbooks
from documents.writer import OfficialDocumentWriter
from forms import registry
from forms.context import FormContext
from forms.fill_in_list import FillInList
from forms.hand_out import (
    HandOutField,
    HandOutIdentity,
    HandOutRow,
    HandOutTable,
    hand_out_book,
    steps_to_fill,
)
from forms.schema import FieldKind, FormSpec, TableSpec
from services.ports.documents import DataHead, DataSheet, PageMark, PageMarks
from services.ports.figure_books import FigureFormat, FigureHead, FigureSheet
from tests.documents.samples import HOSTILE
from tests.forms.cases import KIT_101, TARGET, context
from tests.forms.full_answers import full_answers
from tests.source import product_modules
from tests.wide import core_when

EXPORTERS = {
    "documents.spreadsheet.workbook": "test_the_official_workbook_of_every_form",
    "documents.spreadsheet.data_workbook": "test_a_data_workbook",
    "documents.spreadsheet.figure_workbook": "test_a_workbook_of_figures",
    "documents.hand_out.book": "test_a_form_handed_out",
    "documents.hand_out.list_book": "test_a_list_to_be_filled_in",
}
"""Modules that make workbooks, and the test that walks each."""
NASTY = (
    *HOSTILE,
    "\t=1+1",
    "\r=1+1",
    "\n@SUM(1)",
    "＝1+1",
    "=100%",
    "=11个",
    " =1",
    "'=1",
    'DDE("cmd";"/c calc")',
)
_MAKING = re.compile(r"\bWorkbook\(|csv\.(?:writer|DictWriter)|xlsxwriter|to_csv|write_only=True")
_CELL = re.compile(r"<c [^>]*?/?>(?:<f[ >/])?")
FORMS = [head.form_id for head in registry.heads()]


def test_no_other_module_makes_workbooks_or_csv_files() -> None:
    making = {module.name for module in product_modules() if _MAKING.search(module.text)}
    assert making == set(EXPORTERS)
    assert set(EXPORTERS.values()) <= set(globals())


CELL_WRITERS = {
    "documents.spreadsheet.cell_content",  # texts, always typed as such; numbers
    "documents.spreadsheet.figure_workbook",  # numbers, and cells emptied under a merged head
    "documents.spreadsheet.data_workbook",  # numbers
    "documents.hand_out.looks",  # numbers
}
_SHEETS = {"sheet", "worksheet", "target", "hidden"}


def _writes_a_cell(node: ast.AST) -> bool:
    """Whether a piece of a program puts something into a worksheet's cell by itself."""
    if isinstance(node, ast.Assign):
        targets = [part for t in node.targets for part in (t.elts if isinstance(t, ast.Tuple) else [t])]
        return any(
            (isinstance(t, ast.Attribute) and t.attr == "value")
            or (isinstance(t, ast.Subscript) and isinstance(t.value, ast.Name) and t.value.id in _SHEETS)
            for t in targets
        )
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return False
    if node.func.attr == "cell":
        return len(node.args) > 2 or any(word.arg == "value" for word in node.keywords)
    of = node.func.value
    return node.func.attr == "append" and isinstance(of, ast.Name) and of.id in _SHEETS


def test_texts_reach_cells_through_one_place() -> None:
    """A writer that filled cells by itself would let openpyxl guess, and = would be a formula."""
    known = [module for module in product_modules() if "openpyxl" in module.text]
    writing = {module.name for module in known if any(map(_writes_a_cell, module.nodes))}
    assert writing == CELL_WRITERS
    cell = "sheet['A1'] = x", "c.value = x", "c.value, c.data_type = x, 'n'", "sheet.append([x])"
    for line in (*cell, "sheet.cell(1, 2, x)", "sheet.cell(row=1, column=2, value=x)"):
        assert any(map(_writes_a_cell, ast.walk(ast.parse(line)))), line


def nasty_answers(form: FormSpec, where: FormContext) -> dict[str, Any]:
    """Full answers with every text made hostile, its place in them kept."""
    texts = cycle(NASTY)
    kinds = {FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.PLANNED_VALUE, FieldKind.PHONE, FieldKind.CODE}

    def changed(items: Any, values: Mapping[str, Any]) -> dict[str, Any]:
        loose = {item.key for item in items if not isinstance(item, TableSpec) and item.kind in kinds}
        return {key: next(texts) if key in loose else value for key, value in values.items()}

    answers = changed(form.items(), full_answers(form, where))
    for item in form.items():
        if isinstance(item, TableSpec) and isinstance(answers.get(item.key), list):
            answers[item.key] = [changed(item.columns, row) for row in answers[item.key]]
    return answers


def nasty_context(form_id: str) -> FormContext:
    """A background whose unit and project are called hostile names."""
    try:
        where = context(KIT_101, form_id)
    except StopIteration:
        pytest.skip("the kit has no task for this form")
    project = where.project and replace(where.project, name=NASTY[0], project_code="-1+1", category="@x")
    return replace(where, unit=replace(where.unit, name="=1+1", contact_name="+1"), project=project)


def harmless(content: bytes) -> int:
    """How many texts of a workbook begin like a formula; every cell of it is a text or a plain number."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = [archive.read(n).decode() for n in archive.namelist() if n.startswith("xl/worksheets/sheet")]
    for xml in sheets:
        assert not re.search(r"<(?:\w+:)?f[\s/>]", xml)
        assert not re.search(r"<(?:hyperlink|oleObject|drawing|legacyDrawing|controls)\b", xml)
    book = load_workbook(io.BytesIO(content))
    assert not book.defined_names
    found = 0
    for sheet in book.worksheets:
        for line in sheet.iter_rows():
            for cell in line:
                if cell.value is None:
                    continue
                assert cell.data_type in ("s", "n"), (sheet.title, cell.coordinate, cell.value)
                if isinstance(cell.value, str) and cell.value.lstrip().startswith(("=", "+", "-", "@")):
                    assert cell.quotePrefix, (sheet.title, cell.coordinate, cell.value)
                    found += 1
    return found


@pytest.mark.parametrize("form_id", core_when(TARGET.__eq__, FORMS))
def test_the_official_workbook_of_every_form(form_id: str) -> None:
    where, form = nasty_context(form_id), registry.form(form_id)
    sheets = form.sheets(where, nasty_answers(form, where))
    assert harmless(OfficialDocumentWriter().workbook(sheets, PageMarks(PageMark.DRAFT, "=1+1"))) > 0


@pytest.mark.parametrize("form_id", core_when(TARGET.__eq__, FORMS))
def test_a_form_handed_out(form_id: str) -> None:
    where, form = nasty_context(form_id), registry.form(form_id)
    steps = tuple(step.key for step in steps_to_fill(form, where))
    told = HandOutIdentity("=F1", 3, "@D1", form_id, form.version, steps)
    book = hand_out_book(form, where, nasty_answers(form, where), told, "=cmd|'x'!A1", "+1")
    assert harmless(HandOutWorkbooks().write(book)) > 0


def test_a_list_to_be_filled_in() -> None:
    cells = tuple(
        HandOutField(f"k{n}", text, FieldKind.TEXT, text, n % 2 == 0, text, NASTY)
        for n, text in enumerate(NASTY)
    )
    table = HandOutTable("=t", "=1+1", "", cells, (HandOutRow("=F1", cells), HandOutRow("@F2", cells)))
    book = FillInList("=1+1", "+1", NASTY, table, {"=a": "=b"})
    assert harmless(HandOutWorkbooks().write_list(book)) > len(NASTY)


def test_a_data_workbook() -> None:
    heads = tuple(DataHead(text, is_marked=n % 2 == 0, is_code=n % 3 == 0) for n, text in enumerate(NASTY))
    rows = (NASTY, tuple(reversed(NASTY)), tuple(Decimal(-n) for n in range(len(NASTY))))
    sheets = [DataSheet("=1+1", heads, rows, names=NASTY), DataSheet("@x", heads, rows)]
    assert harmless(OfficialDocumentWriter().data_workbook(sheets)) > len(NASTY)


def test_a_workbook_of_figures() -> None:
    heads = tuple(FigureHead(text, FigureFormat.TEXT, "+1") for text in NASTY)
    sheet = FigureSheet("=1+1", "=1+1", "@note", heads, (NASTY, tuple(reversed(NASTY))))
    assert harmless(OfficialDocumentWriter().figure_workbook([sheet], PageMarks(PageMark.DRAFT, "=1"))) > 0
