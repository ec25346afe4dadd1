"""Workbooks in the layouts of many places: recognised, read whole, nothing guessed silently, sound ones left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from documents.hand_filled_reader import WorkbookGrids, shipped_head_words
from forms.hand_filled.audit import audit
from forms.hand_filled.audit_basis import AuditBases
from forms.hand_filled.reading import TableFinder
from resources.builtin_kits import builtin_kits
from tests.documents.varied.case import Expected, Layout, shown_funds, shown_rows
from tests.documents.varied.self_evaluations import SELF_EVALUATIONS
from tests.documents.varied.targets import TARGETS
from tests.forms.hand_filled.paper import workbook_of
from tests.forms.hand_filled.reader import SHARED

pytestmark = pytest.mark.wide

FINDER = TableFinder(shipped_head_words(), SHARED)
BASES = AuditBases(builtin_kits(2026))
LAYOUTS: dict[str, Layout] = {**SELF_EVALUATIONS, **TARGETS}


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_layout_is_read_and_judged(name: str, tmp_path: Path) -> None:
    layout, path = LAYOUTS[name], tmp_path / "表.xlsx"
    book = workbook_of(layout.draw())
    if layout.finish is not None:
        layout.finish(book)
    book.save(path)
    tables = FINDER.read_file(path.name, WorkbookGrids().read(path))
    assert len(tables) == len(layout.expected)
    for table, wanted in zip(tables, layout.expected, strict=True):
        told = {found.code for found in audit(table, BASES).findings if found.severity.value != "hint"}
        found = Expected(
            form=table.form,
            project=table.project_name,
            unit=table.implementing_unit,
            year=table.fiscal_year,
            funds=shown_funds(table),
            rows=shown_rows(table),
            total=table.stated_total.text,
            grade=table.stated_grade,
            codes=frozenset(told - {"C55"}),
            unread=tuple(item.text for item in table.unread),
        )
        assert found == wanted
