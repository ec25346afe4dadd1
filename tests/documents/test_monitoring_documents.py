"""Monitoring forms on paper: cells beside the golden record, heads of two rows merged and repeated, ticks, the PDF's text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.documents.conftest import MARKS
from tests.documents.judges import packed, text_of
from tests.documents.monitoring_samples import MONITORING_SAMPLES, monitoring
from tests.documents.workbooks import opened, record
from tests.wide import core_when

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("name", core_when("monitoring".__eq__, MONITORING_SAMPLES))
def test_cells_are_as_recorded(name, writer):
    book = opened(writer.workbook([MONITORING_SAMPLES[name]()], MARKS))
    golden = json.loads((GOLDEN / f"{name}.json").read_text("utf-8"))
    assert record(book.worksheets[0]) == golden


def test_the_grouped_head_is_merged_and_repeated_on_landscape_paper(writer):
    sheet = opened(writer.workbook([monitoring()], MARKS)).worksheets[0]
    group = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "偏差原因分析")
    merged = next(str(area) for area in sheet.merged_cells.ranges if group.coordinate in area)
    assert merged == f"H{group.row}:M{group.row}"
    assert sheet.print_title_rows == f"${group.row}:${group.row + 1}"
    assert sheet.page_setup.orientation == "landscape"


@pytest.mark.judge
@pytest.mark.slow
def test_the_pdf_says_everything_once(writer, tmp_path):
    path = tmp_path / "monitoring.pdf"
    path.write_bytes(writer.pdf([monitoring()], MARKS))
    text = packed(text_of(path))
    for word in ("1—7月执行数", "偏差原因分析", "完全不可能", "已商主管部门", "58.33%", "≥12公里"):
        assert packed(word) in text
    assert "红灯" not in text
    assert "绿灯" not in text
