"""The list of unsigned filings: unit, form and project by name, those whose paper is awaited first."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from services.job import JobContext
from services.paper_intake import look, paper_came, preview, take
from services.paper_lines import paper_lines
from tests.services.county import County
from tests.services.test_excel_import import book_at
from tests.services.test_paper_intake import ROADS


def test_lines_name_what_came_and_what_is_awaited(county: County, tmp_path: Path):
    file = look(county.bureau, book_at(tmp_path / "目标.xlsx", ROADS), JobContext())
    place = file.tables[0].place
    first = take(county.bureau, "李文", file, preview(county.bureau, file, 0, place), None)
    later = look(county.bureau, book_at(tmp_path / "改后.xlsx", ROADS[:-1]), JobContext())
    take(county.bureau, "李文", later, preview(county.bureau, later, 0, place), None)
    paper_came(county.bureau, "李文", first.filing_id, 1, date(2026, 8, 30))
    awaited, come = paper_lines(county.bureau)
    assert (awaited.paper.version, awaited.awaits_paper) == (2, True)
    assert (come.paper.version, come.awaits_paper) == (1, False)
    assert (come.unit_name, come.project_name) == ("示例县柳林镇人民政府", "农村公路养护")
    assert (come.title, come.budget_year) == ("绩效目标", 2027)
