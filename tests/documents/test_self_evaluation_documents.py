"""Self-evaluations on paper: cells beside the golden record, the official frame, reasons and report in the PDF."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from documents.sheet_grid import cell_text
from tests.documents.conftest import MARKS
from tests.documents.judges import packed, text_of
from tests.documents.self_evaluation_samples import SELF_EVALUATION_SAMPLES, project, reasons, report
from tests.documents.workbooks import opened, record
from tests.wide import core_when

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("name", core_when("self_evaluation".__eq__, SELF_EVALUATION_SAMPLES))
def test_cells_are_as_recorded(name, writer):
    book = opened(writer.workbook([SELF_EVALUATION_SAMPLES[name]()], MARKS))
    golden = json.loads((GOLDEN / f"{name}.json").read_text("utf-8"))
    assert record(book.worksheets[0]) == golden


def test_the_frame_holds_what_the_national_form_has():
    sheet = project()
    labels = [cell_text(cell).replace("\n", "") for cell in sheet.cells]
    for label in (
        "年初预算数",
        "全年预算数",
        "全年执行数",
        "分值",
        "执行率",
        "得分",
        "预期目标",
        "实际完成情况",
        "产出指标（40分）",
    ):
        assert label in labels
    assert "批复" not in "".join(labels)
    assert sheet.corner == "指标和指标值按示财预〔2025〕1号（2025年2月18日）批复"


@pytest.mark.judge
@pytest.mark.slow
def test_the_pdf_of_reasons_and_report_says_it_all(writer, tmp_path):
    path = tmp_path / "reasons.pdf"
    path.write_bytes(writer.pdf([reasons(), report()], MARKS))
    text = packed(text_of(path))
    for words in ("10×11.20÷12=9.33", "再完成0.80公里（达到12", "自评得分99.17分", "由项目站所自评"):
        assert words in text
