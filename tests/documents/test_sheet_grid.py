"""The grid made whole, and names of worksheets."""

from __future__ import annotations

from dataclasses import replace

import pytest

from documents.sheet_grid import whole_grid
from documents.spreadsheet.sheet_names import sheet_names
from forms.sheet import Cell, CellRole, Orientation, Sheet
from tests.documents.samples import SAMPLES

SHEET = Sheet(
    "表",
    "题",
    "",
    (Cell(0, 0, "甲", CellRole.LABEL, 2, 1), Cell(1, 1, "乙")),
    (20.0, 20.0),
    Orientation.PORTRAIT,
)


def test_every_place_is_covered_once():
    grid = whole_grid(SHEET)
    assert [(cell.row, cell.column, cell.value) for cell in grid] == [
        (0, 0, "甲"),
        (0, 1, None),
        (1, 1, "乙"),
    ]


@pytest.mark.parametrize("name", SAMPLES)
def test_samples_cover_their_grid(name):
    sheet = SAMPLES[name]()
    places = sum(cell.row_span * cell.column_span for cell in whole_grid(sheet))
    assert places == sheet.row_count * len(sheet.column_widths)


@pytest.mark.parametrize(
    ("cell", "complaint"),
    [(Cell(1, 0, "丙"), "overlap"), (Cell(0, 1, "丙", column_span=2), "leaves the grid")],
)
def test_a_damaging_grid_is_refused(cell, complaint):
    with pytest.raises(ValueError, match=complaint):
        whole_grid(replace(SHEET, cells=(*SHEET.cells, cell)))


def test_names_excel_accepts():
    wishes = ["绩效目标", "绩效目标", "a/b:c", "'引号'", "", "History", "字" * 40, "字" * 40, "😀" * 20]
    names = sheet_names(wishes)
    assert names[:5] == ["绩效目标", "绩效目标（2）", "a－b－c", "引号", "表"]
    assert names[5] == "History（2）"
    assert len({name.lower() for name in names}) == len(names)
    assert all(len(name.encode("utf-16-le")) // 2 <= 31 for name in names)
