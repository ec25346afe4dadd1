"""Workbooks of figures: numbers are numbers, texts never run, charts stand in the file and LibreOffice draws them."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from documents.writer import OfficialDocumentWriter
from services.ports.documents import PageMark, PageMarks
from services.ports.figure_books import (
    ChartKind,
    FigureCell,
    FigureChart,
    FigureFormat,
    FigureHead,
    FigureSheet,
)
from tests.documents.judges import converted, packed, text_of
from tests.documents.samples import HOSTILE

HEADS = (
    FigureHead("单位"),
    FigureHead("收到（份）", FigureFormat.COUNT, "绩效目标"),
    FigureHead("金额（万元）", FigureFormat.MONEY, "绩效目标"),
    FigureHead("审减率", FigureFormat.RATE),
)
ROWS = (
    *((text, 1, Decimal("0.000001"), Decimal("0.3808")) for text in HOSTILE),
    ("示例县柳林镇人民政府", 12, Decimal("24053.22"), None),
    ("合计", 12 + len(HOSTILE), FigureCell(Decimal("38.08"), FigureFormat.SCORE), Decimal("0.380837")),
)
CHARTS = (
    FigureChart("金额比较", ChartKind.BARS, 0, (2,), "万元"),
    FigureChart("份数", ChartKind.STACKED, 0, (1, 2), "份"),
    FigureChart("一行", ChartKind.COLUMNS, 0, (1,), rows=(0, 1)),
)
SHEET = FigureSheet(
    "按单位", "2027年汇总表", "编制单位：示例县财政局", HEADS, ROWS, has_total=True, charts=CHARTS
)


@pytest.fixture(scope="module")
def content() -> bytes:
    return OfficialDocumentWriter().figure_workbook([SHEET], PageMarks(PageMark.PRACTICE))


def test_numbers_are_numbers_and_texts_stay_texts(content: bytes) -> None:
    sheet = load_workbook(io.BytesIO(content))["按单位"]
    assert [cell.value for cell in sheet[3]][:3] == ["单位", "绩效目标", None]
    first, last = 5, 4 + len(ROWS)
    names = [sheet.cell(row, 1) for row in range(first, last)]
    assert {cell.data_type for cell in names} == {"s"}
    assert [cell.value for cell in names[:-1]] == list(HOSTILE)
    town = [sheet.cell(last - 1, column) for column in range(1, 5)]
    assert [cell.value for cell in town] == ["示例县柳林镇人民政府", 12, 24053.22, None]
    assert [cell.number_format for cell in town[1:]] == ["#,##0", "#,##0.00", "0.00%"]
    assert sheet.cell(last, 3).number_format == "0.00"
    assert b"<f>" not in ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")


def test_charts_read_the_tables_own_cells(content: bytes) -> None:
    with ZipFile(io.BytesIO(content)) as archive:
        charts = [archive.read(name).decode() for name in sorted(archive.namelist()) if "/charts/" in name]
    assert len(charts) == len(CHARTS)
    last = 4 + len(ROWS) - 1  # the total is left out
    assert f"'按单位'!$C$5:$C${last}" in charts[0]
    assert f"'按单位'!$A$5:$A${last}" in charts[0]
    assert 'val="stacked"' in charts[1]
    assert charts[1].count("<ser>") == 2
    assert "'按单位'!$B$5</f>" in charts[2].replace("$B$5:$B$5", "$B$5")


def test_the_same_figures_give_the_same_bytes(content: bytes) -> None:
    assert OfficialDocumentWriter().figure_workbook([SHEET], PageMarks(PageMark.PRACTICE)) == content
    with pytest.raises(ValueError, match="at least one sheet"):
        OfficialDocumentWriter().figure_workbook([], PageMarks())


@pytest.mark.judge
@pytest.mark.slow
def test_libreoffice_opens_it_and_draws_the_charts(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "figures.xlsx"
    path.write_bytes(content)
    flat = converted([path], "fods", tmp_path)["figures"].read_text("utf-8")
    assert "table:formula=" not in flat
    assert 'office:value="24053.22"' in flat
    assert flat.count("<draw:object") == len(CHARTS)
    printed = packed(text_of(converted([path], "pdf", tmp_path)["figures"]))
    for chart in CHARTS:
        assert chart.title in printed
    assert "24,053.22" in printed
