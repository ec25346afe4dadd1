"""The official workbook: types, merges, lines, printing; the cells beside a golden record."""

from __future__ import annotations

import json
import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest

from documents.line_breaking import break_lines
from documents.pdf.font_book import FontBook, Role
from documents.sheet_grid import whole_grid
from documents.spreadsheet.cell_content import MOST_DIGITS
from documents.spreadsheet.cell_setting import POINTS_PER_MM, ROOMY, SMALL, TIGHT
from documents.spreadsheet.row_plan import plan_rows
from documents.writer import OfficialDocumentWriter
from forms.sheet import Cell, CellRole, Orientation, Sheet
from services.ports.documents import PageMark, PageMarks
from tests.documents.conftest import MARKS, SPACED_CODE
from tests.documents.samples import HOSTILE, LONG_TEXT, RARE, SAMPLES, annual_form, hostile_form
from tests.documents.workbooks import cells, opened, record
from tests.wide import core_when

pytestmark = pytest.mark.wide

GOLDEN = Path(__file__).parent / "golden"


@cache
def made(name: str) -> bytes:
    """The workbook of a sample, written once for all tests that look at it."""
    return OfficialDocumentWriter().workbook([SAMPLES[name]()], MARKS)


@pytest.mark.parametrize("name", SAMPLES)
def test_cells_are_as_recorded(name):
    book = opened(made(name))
    golden = json.loads((GOLDEN / f"{name}.json").read_text("utf-8"))
    assert record(book.worksheets[0]) == golden


@pytest.mark.parametrize("name", core_when("annual".__eq__, SAMPLES))
def test_the_same_input_gives_the_same_bytes(name, writer):
    sheets = [SAMPLES[name](), annual_form(3)]
    assert writer.workbook(sheets, MARKS) == writer.workbook(sheets, MARKS)


@pytest.mark.parametrize("name", core_when("hostile".__eq__, SAMPLES))
def test_no_formula_no_link_no_macro(name):
    content = made(name)
    with zipfile.ZipFile(BytesIO(content)) as archive:
        names = archive.namelist()
        parts = {part: archive.read(part).decode("utf-8") for part in names}
    assert not [
        part for part in names if re.search(r"vba|external|drawing|embed|hyperlink|calcChain", part, re.I)
    ]
    for part, text in parts.items():
        assert "<f>" not in text, part
        assert "<f " not in text, part
        assert "<hyperlink" not in text, part
        assert 'TargetMode="External"' not in text, part


def test_hostile_texts_stay_texts():
    sheet = opened(made("hostile")).worksheets[0]
    found = {value: cell for row in sheet.iter_rows() for cell in row if (value := cell.value) in HOSTILE}
    assert set(found) == set(HOSTILE)
    for cell in found.values():
        assert cell.data_type == "s"
        assert cell.quotePrefix


def test_codes_are_texts_and_numbers_are_numbers():
    book = opened(made("annual"))
    found = cells(book.worksheets[0])
    assert ["s", "510000210000000000012"] in found.values()
    assert ["n", "1330.984"] in found.values()
    assert ["n", "1000"] in found.values()
    formats = {
        cell.number_format for row in book.worksheets[0].iter_rows() for cell in row if cell.data_type == "n"
    }
    assert {"#,##0.00####", "0.00", "0.0"} <= formats
    code = next(
        cell
        for row in book.worksheets[0].iter_rows()
        for cell in row
        if cell.value == "510000210000000000012"
    )
    assert code.number_format == "@"


def one_cell(value, role: CellRole, **more) -> Sheet:
    return Sheet("表", "题", "", (Cell(0, 0, value, role, **more),), (60.0,), Orientation.PORTRAIT)


def xml_of(writer, sheet: Sheet) -> str:
    with zipfile.ZipFile(BytesIO(writer.workbook([sheet], PageMarks()))) as archive:
        return archive.read("xl/worksheets/sheet1.xml").decode("utf-8")


@pytest.mark.parametrize(
    "text", ["9.2", "0.1", "2.675", "330.984", "0.000001", "99999999999.9999", "-8.4", "1E+3"]
)
def test_numbers_are_written_exactly(text, writer):
    written = re.search(r"<v>([^<]*)</v>", xml_of(writer, one_cell(Decimal(text), CellRole.AMOUNT)))
    assert written is not None
    assert Decimal(written[1]) == Decimal(text)
    assert "E" not in written[1]


def test_a_number_a_spreadsheet_would_cut_is_written_as_text(writer):
    value = Decimal("99999999999.999999")
    assert len(value.as_tuple().digits) > MOST_DIGITS
    sheet = opened(writer.workbook([one_cell(value, CellRole.AMOUNT)], PageMarks())).worksheets[0]
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].value == "99,999,999,999.999999"
    assert sheet["A2"].alignment.horizontal == "right"


def test_blank_number_cells_are_ready_for_typing(writer):
    sheet = opened(writer.workbook([one_cell(None, CellRole.AMOUNT)], PageMarks())).worksheets[0]
    assert sheet["A2"].number_format == "#,##0.00####"


def test_rare_and_impossible_characters():
    found = cells(opened(made("hostile")).worksheets[0])
    values = [value for _, value in found.values()]
    assert RARE in values
    assert "甲〓乙\u200b丙〓丁" in values
    assert "_x005F_x0041_ <b>&amp;</b>　制表\n换行" in values


def test_a_text_too_long_for_a_cell_says_so(writer):
    sheet = opened(writer.workbook([one_cell("字" * 40_000, CellRole.TEXT)], PageMarks())).worksheets[0]
    assert len(sheet["A2"].value) == 32_767
    assert sheet["A2"].value.endswith("（文字过长，全文见 PDF）")


def test_every_cell_of_the_frame_has_lines():
    """Read from the file itself: openpyxl takes inner lines of merges away when it loads one."""
    with zipfile.ZipFile(BytesIO(made("annual"))) as archive:
        styles = archive.read("xl/styles.xml").decode("utf-8")
        cells_of_sheet = re.findall(
            r'<c r="([A-Z]+)(\d+)" s="(\d+)"', archive.read("xl/worksheets/sheet1.xml").decode("utf-8")
        )
    cell_styles = re.findall(r'<xf [^>]*borderId="(\d+)"', styles.partition("<cellXfs")[2])
    borders = re.findall(r"<border>.*?</border>", styles)
    lined = [index for index, border in enumerate(borders) if border.count('style="thin"') == 4]
    by_place = {(column, int(row)): int(cell_styles[int(style)]) for column, row, style in cells_of_sheet}
    for row in range(4, 51):
        assert [by_place[column, row] in lined for column in "ABCDEFGH"] == [True] * 8, row
    assert by_place["A", 52] not in lined
    assert by_place["A", 1] not in lined


def test_labels_cut_by_a_page_are_repeated_answers_never_divided(writer):
    sheet = opened(writer.workbook([annual_form(40, LONG_TEXT)], MARKS)).worksheets[0]
    texts = [value for _, value in cells(sheet).values()]
    assert texts.count("绩效指标") == 2
    assert texts.count(LONG_TEXT) == 1
    assert len(sheet.row_breaks.brk) >= 1
    for area in sheet.merged_cells.ranges:
        is_label = sheet.cell(area.min_row, area.min_col).value != LONG_TEXT
        for brk in sheet.row_breaks.brk:
            assert not (is_label and area.min_row <= brk.id < area.max_row), (str(area), brk.id)


def test_no_row_is_higher_than_excel_allows():
    for name in SAMPLES:
        sheet = opened(made(name)).worksheets[0]
        assert max(size.height or 0 for size in sheet.row_dimensions.values()) <= 409, name


def test_printing_is_set_up():
    sheet = opened(made("annual")).worksheets[0]
    assert sheet.page_setup.paperSize == 9
    assert sheet.page_setup.orientation == "portrait"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToWidth == 1
    assert sheet.print_title_rows == "$10:$10"
    assert sheet.print_area == "'绩效目标'!$A$1:$H$53"
    assert sheet.oddHeader.right.text == "演示数据　草稿"
    assert SPACED_CODE in sheet.oddFooter.left.text
    assert sheet.oddFooter.center.text == "第 &P 页　共 &N 页"
    assert sheet["A3"].value == "单位：万元"
    assert sheet["A1"].font.bold
    assert sheet["A1"].font.name == "宋体"
    assert sheet["A8"].alignment.textRotation in (0, None)
    assert sheet["A9"].alignment.textRotation == 255


def test_marks_are_optional(writer):
    sheet = opened(writer.workbook([annual_form(3)], PageMarks(PageMark.NONE))).worksheets[0]
    assert sheet.oddHeader.right.text is None
    assert sheet.oddFooter.left.text is None


def test_a_form_a_little_too_high_is_fitted_to_its_page(writer):
    fits = {
        rows: opened(writer.workbook([annual_form(rows)], MARKS)).worksheets[0].page_setup.fitToHeight
        for rows in (3, 20, 40)
    }
    assert fits == {3: 1, 20: 1, 40: 0}


def test_several_sheets_keep_their_own_names(writer):
    book = opened(writer.workbook([annual_form(3), annual_form(3), hostile_form()], MARKS))
    assert book.sheetnames == ["绩效目标", "绩效目标（2）", "恶意－文字－－－－1－"]


def test_foot_line_stands_below_the_frame(writer):
    sheet = opened(made("annual")).worksheets[0]
    texts = {value: place for place, (_, value) in cells(sheet).items()}
    rows = [int(re.sub(r"\D", "", texts[item])) for item in annual_form().foot]
    assert rows == [52, 52, 52, 53, 53, 53]
    filled = replace(annual_form(), foot=("填报人：张敏", "单位（盖章）："))
    found = cells(opened(writer.workbook([filled], MARKS)).worksheets[0])
    assert ["s", "填报人：张敏"] in found.values()


def test_a_workbook_of_nothing_is_our_mistake(writer):
    with pytest.raises(ValueError, match="at least one sheet"):
        writer.workbook([], MARKS)


@pytest.mark.parametrize(
    "setting", core_when(lambda one: one is TIGHT, [ROOMY, TIGHT, SMALL]), ids=["roomy", "tight", "small"]
)
@pytest.mark.parametrize("name", SAMPLES)
def test_rows_hold_their_texts_in_real_faces(name, setting):
    """Widths of the shipped 宋体, the line height of the widest-spaced Chinese faces (1.45 ems)."""
    sheet, fonts = SAMPLES[name](), FontBook()
    plan = plan_rows(sheet, whole_grid(sheet), setting)
    for cell in whole_grid(sheet):
        width = sum(sheet.column_widths[cell.column : cell.column + cell.column_span])
        text = setting.shown(cell, width)
        if not text or setting.shrinks(cell, width):
            continue
        room = (width * POINTS_PER_MM - 4) / setting.size
        lines = len(text) if cell.is_vertical else len(break_lines(text, room, fonts.advance(Role.LABEL)))
        top, behind = plan.span(cell)
        assert lines * setting.size * 1.45 <= sum(plan.heights[top:behind]), cell


def test_a_number_wider_than_its_column_is_set_smaller(writer):
    sheet = replace(one_cell(Decimal("1234567.891234"), CellRole.AMOUNT), column_widths=(14.0,))
    cell = opened(writer.workbook([sheet], PageMarks())).worksheets[0]["A2"]
    assert cell.alignment.shrink_to_fit
    assert not cell.alignment.wrap_text


def test_nothing_is_left_in_the_temp_folder(writer, monkeypatch):
    """Answers go from memory into the file: no copy of them lies about when the machine stops."""
    import tempfile

    def refuse(*_args, **_options):
        raise AssertionError("a temporary file was asked for")

    for name in ("NamedTemporaryFile", "TemporaryFile", "mkstemp", "mkdtemp"):
        monkeypatch.setattr(tempfile, name, refuse)
    monkeypatch.setattr("openpyxl.worksheet._writer.NamedTemporaryFile", refuse)
    content = writer.workbook([annual_form(3)], MARKS)
    writer.pdf([annual_form(3)], MARKS)
    monkeypatch.undo()
    assert opened(content).sheetnames == ["绩效目标"]
