"""Data workbooks: required heads in red with their star, numbers real, codes and formulas kept as text."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from documents.tables import RegisterTableReader
from documents.writer import OfficialDocumentWriter
from services.ports.documents import DataHead, DataSheet
from tests.documents.judges import converted

HOSTILE = '=HYPERLINK("http://x","y")'
HEADS = (
    DataHead("项目编码", is_marked=True, is_code=True),
    DataHead("项目名称"),
    DataHead("预算数（元）", is_marked=True),
    DataHead("备注"),
)
ROWS = (
    ("51092327T000010263357", "农村公路养护", Decimal("1284000.50"), HOSTILE),
    ("99000027T000000009001", "@SUM(A1)", Decimal("99999999999999999.99"), None),
    ("001", "+1+2", Decimal("0.30"), "-5"),
)
SHEET = DataSheet("绩效目标导入", HEADS, ROWS)
NAMED = DataSheet("PM_PERF_GOAL_INFO", HEADS, ROWS, ("pro_code", "pro_name", "reply_amt", "remark"))


def book(*sheets: DataSheet):
    return load_workbook(io.BytesIO(OfficialDocumentWriter().data_workbook(sheets)))


def test_required_heads_bear_a_red_star_and_stay_in_sight():
    sheet = book(SHEET)["绩效目标导入"]
    assert [cell.value for cell in sheet[1]] == ["*项目编码", "项目名称", "*预算数（元）", "备注"]
    assert sheet["A1"].font.color.rgb == "FFC00000"
    assert sheet["B1"].font.color is None or sheet["B1"].font.color.rgb != "FFC00000"
    assert sheet.freeze_panes == "A2"


def test_printed_it_keeps_its_columns_on_one_page_and_its_heads_on_every_page():
    sheet = book(NAMED)["PM_PERF_GOAL_INFO"]
    assert sheet.print_title_rows == "$1:$2"
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_numbers_are_numbers_codes_are_text_and_nothing_runs():
    sheet = book(SHEET)["绩效目标导入"]
    assert (sheet["A2"].data_type, sheet["A2"].number_format) == ("s", "@")
    assert (sheet["C2"].data_type, sheet["C2"].value) == ("n", 1284000.5)
    assert (sheet["C3"].data_type, sheet["C3"].value) == ("s", "99999999999999999.99")
    assert (sheet["D2"].data_type, sheet["D2"].value) == ("s", HOSTILE)
    assert sheet["D2"].quotePrefix
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert sheet["A4"].value == "001"


def test_field_names_stand_below_the_heads():
    sheet = book(SHEET, NAMED)["PM_PERF_GOAL_INFO"]
    assert [cell.value for cell in sheet[2]] == ["pro_code", "pro_name", "reply_amt", "remark"]
    assert sheet["A3"].value == "51092327T000010263357"
    assert sheet.freeze_panes == "A3"


def test_the_same_sheets_give_the_same_bytes():
    writer = OfficialDocumentWriter()
    assert writer.data_workbook([SHEET]) == writer.data_workbook([SHEET])
    with pytest.raises(ValueError, match="at least one"):
        writer.data_workbook([])


def test_every_sheet_is_read_back(tmp_path: Path):
    path = tmp_path / "出.xlsx"
    path.write_bytes(OfficialDocumentWriter().data_workbook([SHEET, NAMED]))
    first, second = RegisterTableReader().sheets(path)
    assert first.rows[1] == ("51092327T000010263357", "农村公路养护", "1284000.5", HOSTILE)
    assert (first.sheet_name, second.sheet_name) == ("绩效目标导入", "PM_PERF_GOAL_INFO")
    assert RegisterTableReader().read(path) == first


@pytest.mark.judge
@pytest.mark.slow
def test_libreoffice_opens_it_and_runs_nothing(tmp_path: Path):
    path = tmp_path / "data.xlsx"
    path.write_bytes(OfficialDocumentWriter().data_workbook([SHEET]))
    text = converted([path], "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false", tmp_path)[
        "data"
    ]
    lines = text.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "*项目编码,项目名称,*预算数（元）,备注"
    assert lines[1] == '51092327T000010263357,农村公路养护,1284000.5,"=HYPERLINK(""http://x"",""y"")"'
    assert lines[3] == "001,+1+2,0.3,-5"
