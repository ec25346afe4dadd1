"""The ex-ante report on paper: cells beside the golden record, the scoring table's head repeated, the PDF's text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.documents.conftest import MARKS
from tests.documents.ex_ante_samples import EX_ANTE_SAMPLES, report
from tests.documents.judges import packed, text_of
from tests.documents.workbooks import opened, record
from tests.wide import core_when

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("name", core_when("ex_ante_evaluation".__eq__, EX_ANTE_SAMPLES))
def test_cells_are_as_recorded(name, writer):
    book = opened(writer.workbook([EX_ANTE_SAMPLES[name]()], MARKS))
    golden = json.loads((GOLDEN / f"{name}.json").read_text("utf-8"))
    assert record(book.worksheets[0]) == golden


def test_the_head_of_the_scoring_table_is_repeated_on_upright_paper(writer):
    sheet = opened(writer.workbook([report()], MARKS)).worksheets[0]
    head = next(cell.row for row in sheet.iter_rows() for cell in row if cell.value == "评估维度")
    assert sheet.print_title_rows == f"${head}:${head}"
    assert sheet.page_setup.orientation == "portrait"


@pytest.mark.judge
@pytest.mark.slow
def test_the_pdf_reads_like_a_report(writer, tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(writer.pdf([report()], MARKS))
    text = packed(text_of(path, "-raw"))
    for word in (
        "一、评估对象",
        "（一）立项必要性：",
        "总分90.00",
        "审减率6.54%",
        "按评分应得的结论",
        "签名",
        "附：评分表",
    ):
        assert packed(word) in text, word
    assert writer.missing_characters == ()
