"""Forms read by their own labels with cells lost, moved and overwritten: a reading or a finding, never an error."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from documents.hand_filled_reader import WorkbookGrids, shipped_head_words
from forms import registry
from forms.hand_filled.audit import audit
from forms.hand_filled.audit_basis import AuditBases
from forms.hand_filled.audit_json import audit_object
from forms.hand_filled.grid import GridCell, SheetGrid
from forms.hand_filled.official_layout import WHOLE_FORMS
from forms.hand_filled.reading import TableFinder
from forms.hand_filled.to_answers import answers_of
from services.ports.documents import PageMark, PageMarks
from tests.documents.official_cases import CASES, signed
from tests.forms.cases import KIT_101
from tests.forms.hand_filled.reader import SHARED
from tests.wide import core_when

pytestmark = pytest.mark.wide

FINDER = TableFinder(shipped_head_words(), SHARED)
BASES = AuditBases((KIT_101,))
NAMES = [name for name, case in CASES.items() if case()[0] in WHOLE_FORMS]
STRANGE = (
    "",
    "—",
    "9" * 40,
    "#REF!",
    "项目名称",
    "合计",
    "１２．５％",
    "0/0",
    "\n\n",
    "2026年13月40日",
    "NaN",
    "√",
)


def damaged(grid: SheetGrid, chance: random.Random) -> SheetGrid:
    """The sheet with some cells lost, some strange, some in another place."""
    cells = dict(grid.cells)
    for place in list(cells):
        lot = chance.random()
        if lot < 0.08:
            del cells[place]
        elif lot < 0.2:
            cells[place] = GridCell(chance.choice(STRANGE))
        elif lot < 0.25:
            cells[chance.randint(1, 40), chance.randint(1, 12)] = cells.pop(place)
    merges = tuple(merge for merge in grid.merges if chance.random() > 0.1)
    return replace(grid, cells=cells, merges=merges)


@pytest.mark.parametrize("name", core_when(NAMES[0].__eq__, NAMES))
def test_damaged_forms_are_read_or_told(name: str, writer, tmp_path) -> None:
    form_id, given, answers = signed(CASES[name]())
    form = registry.form(form_id)
    path = tmp_path / "表.xlsx"
    path.write_bytes(writer.workbook([form.build_sheet(form, given, answers)], PageMarks(PageMark.DRAFT)))
    (grid,) = WorkbookGrids().read(path)
    chance = random.Random(name)
    for _ in range(6):
        for table in FINDER.read_file("表.xlsx", [damaged(grid, chance)]):
            if not table.form:
                continue
            assert audit_object(audit(table, BASES))["form"] == table.form
            if table.form == form_id:
                answers_of(form, given, table)
