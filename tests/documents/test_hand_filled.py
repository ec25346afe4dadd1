"""Hand-filled workbooks from disk: cells as displayed, merges, hidden parts; foreign and hostile files in one sentence."""

from __future__ import annotations

import zipfile
from contextlib import suppress
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from openpyxl import Workbook

from documents.hand_filled_display import displayed
from documents.hand_filled_reader import WorkbookGrids, shipped_head_words
from documents.table_files import limits
from forms import registry
from forms.hand_filled.grid import SheetGrid
from forms.hand_filled.reading import TableFinder
from models.domain.errors import InputError
from services.ports.documents import PageMark, PageMarks
from tests.documents.judges import converted
from tests.documents.rawbook import packed, row, workbook
from tests.forms.cases import KIT_10, KIT_101, context, two_halves
from tests.forms.full_answers import full_answers
from tests.forms.hand_filled.facts import TABLES, expected_funds, expected_rows, shown, shown_funds
from tests.forms.hand_filled.layouts import ORDERS, OTHER_HEADS, Layout, printed
from tests.forms.hand_filled.paper import Paper, workbook_of
from tests.forms.hand_filled.reader import SHARED

pytestmark = pytest.mark.wide

FINDER = TableFinder(shipped_head_words(), SHARED)
READER = WorkbookGrids()


@pytest.fixture
def read(tmp_path):
    """Reads bytes as a file of a name."""

    def reading(content: bytes, name: str = "自评表.xlsx") -> tuple[SheetGrid, ...]:
        path = tmp_path / name
        path.write_bytes(content)
        return READER.read(path)

    return reading


def saved(book: Workbook, folder: Path) -> Path:
    path = folder / "表.xlsx"
    book.save(path)
    return path


@pytest.mark.parametrize("number", range(len(ORDERS)))
def test_a_saved_workbook_reads_like_its_layout(number: int, tmp_path: Path) -> None:
    layouts = [Layout(order=ORDERS[number], heads=heads) for heads in OTHER_HEADS]
    papers = [printed(facts, layout) for facts, layout in zip(TABLES, layouts, strict=True)]
    for index, paper in enumerate(papers):
        paper.name = f"表{index}"
    grids = READER.read(saved(workbook_of(*papers), tmp_path))
    tables = FINDER.read_file("表.xlsx", grids)
    assert [table.sheet for table in tables] == ["表0", "表1", "表2"]
    assert [shown(table) for table in tables] == [expected_rows(facts) for facts in TABLES]
    assert [shown_funds(table) for table in tables] == [expected_funds(facts) for facts in TABLES]
    assert [table.unread for table in tables] == [()] * 3


@pytest.mark.parametrize(
    ("raw", "form", "text"),
    [
        ("0.991", "0.00%", "99.10%"),
        ("0.991", "0%", "99%"),
        ("0.86199999999999999", "0.00%", "86.20%"),
        ("9.1799999999999997", "0.00", "9.18"),
        ("10", "0.00", "10.00"),
        ("3309840", "#,##0.00", "3,309,840.00"),
        ("95", '"≥"0"%"', "≥95%"),
        ("50", '0"个"', "50个"),
        ("50", "0个", "50个"),
        ("-3", "0.0;[Red]-0.0", "-3.0"),
        ("79.27", "General", "79.27"),
        ("1E-3", "General", "0.001"),
        ("510000210000000000000", "0", "5.1000021E+20"),
        ("45000", "yyyy-mm-dd", "2023-03-15"),
        ("0012", "0000", "0012"),
    ],
)
def test_numbers_as_displayed(raw: str, form: str, text: str) -> None:
    assert displayed(raw, 164, form, is_1904=False) == text


def test_built_in_formats() -> None:
    assert [displayed("0.5", code, "", is_1904=False) for code in (0, 1, 2, 9, 10)] == [
        "0.5",
        "1",
        "0.50",
        "50%",
        "50.00%",
    ]


def test_percent_cells_keep_the_decimals_they_print(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["三级指标", "指标值", "完成值", "分值", "得分"])
    sheet.append(["合格率", 0.95, 0.9726, 10, 9.5])
    sheet["B2"].number_format, sheet["C2"].number_format = "0%", "0.00%"
    sheet["E2"].number_format = "0.00"
    (table,) = FINDER.read_file("表.xlsx", READER.read(saved(book, tmp_path)))
    (only,) = table.indicators
    assert (only.planned_text, only.actual_text, only.stated_score.text) == ("95%", "97.26%", "9.50")
    assert (only.planned_value, only.actual_value) == (95, Decimal("97.26"))


def test_what_is_hidden_is_read_and_said(tmp_path: Path) -> None:
    paper = printed(TABLES[0], Layout())
    paper.hidden_rows = {14}
    other = printed(TABLES[1], Layout())
    other.name, other.is_hidden = "旧表", True
    grids = READER.read(saved(workbook_of(paper, other), tmp_path))
    first, second = FINDER.read_file("表.xlsx", grids)
    assert shown(first) == expected_rows(TABLES[0])
    assert [item.message for item in first.unread] == ["第 14 行是隐藏的，内容也一并读取"]
    assert [(item.text, item.message) for item in second.unread] == [
        ("旧表", "是隐藏的工作表，里面的表也一并读取")
    ]


def test_a_formula_with_its_result_is_its_result(read) -> None:
    cells = row(1, *("三级指标", "指标值", "分值", "得分", "完成值")) + (
        '<row r="2"><c t="inlineStr"><is><t>合格率</t></is></c><c><f>1+1</f><v>2</v></c>'
        '<c><f>SUM(A1)</f></c><c t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    )
    (table,) = FINDER.read_file("表.xlsx", read(workbook(("表", cells))))
    (only,) = table.indicators
    assert only.planned_value == 2
    assert only.full_score.value is only.stated_score.value is None
    assert [(item.where, item.text, item.message) for item in table.unread] == [
        ("C2", "", "分值是公式，文件里没有它的计算结果"),
        ("D2", "#DIV/0!", "是出错的公式，得分没有读取"),
    ]


def test_a_formula_nobody_calculated_in_the_head_is_named(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["项目支出绩效目标申报表（2027年度）"])
    book.active.append(["项目名称", "=Sheet2!A1", "主管部门", "示例县教育体育局"])
    book.active.append(["实施单位", "=Sheet2!A2", "第一实验小学"])
    book.active.append(["年度目标", "=Sheet2!A3"])
    book.active.append(["一级指标", "二级指标", "三级指标", "指标值"])
    book.active.append(["产出指标", "数量指标", "开课班级", "≥12个"])
    (table,) = FINDER.read_file("表.xlsx", READER.read(saved(book, tmp_path)))
    assert (table.project_name, table.implementing_unit, table.targets) == ("", "", ("", ""))
    assert table.supervising_department == "示例县教育体育局"
    assert [(item.where, item.message) for item in table.unread] == [
        ("B2", "项目名称是公式，文件里没有它的计算结果"),
        ("B3", "实施单位是公式，文件里没有它的计算结果"),
        ("B4", "年度目标是公式，文件里没有它的计算结果"),
    ]


@pytest.mark.parametrize("text", ["=100%", "=218人", "=2023年12月", "=持续提升"])
def test_a_value_behind_a_sign_of_equality_is_no_formula(text: str, tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["三级指标", "指标值", "完成值", "分值", "得分"])
    book.active.append(["发放准确率", text, text, "=SUM(1,2)", 10])
    (table,) = FINDER.read_file("表.xlsx", READER.read(saved(book, tmp_path)))
    (only,) = table.indicators
    assert (only.planned_text, only.actual_text) == (text, text)
    assert (only.full_score.text, only.full_score.value) == ("（公式）", None)


def test_links_to_other_files_are_not_followed(read) -> None:
    extra = {
        "xl/externalLinks/externalLink1.xml": "<externalLink/>",
        "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="rId1" TargetMode="External" '
        'Target="file:///etc/passwd"/></Relationships>',
    }
    with pytest.raises(InputError, match="表格是空的"):
        read(workbook(("表", row(1, "三级指标", "指标值")), extra=extra))


@pytest.mark.parametrize("suffix", [".xls", ".et", ".XLS", ".wps", ".ods", ".xlsb"])
def test_old_files_say_how_to_save(suffix: str, read) -> None:
    with pytest.raises(InputError) as refusal:
        read(b"anything", f"自评表{suffix}")
    assert refusal.value.what == f"不能直接读取 {suffix.lower()} 文件"
    assert refusal.value.remedy == "请用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”后再检查"


def zip_of(name: str, size: int) -> bytes:
    return packed({name: b"0" * size, "xl/workbook.xml": "<workbook/>", "xl/_rels/workbook.xml.rels": "<a/>"})


def truncated() -> bytes:
    whole = workbook(("表", row(1, "三级指标", "指标值", "得分")))
    return whole[: len(whole) * 2 // 3]


HOSTILE = {
    "empty": (b"", "文件是空的"),
    "text": (b"not a workbook", "文件已损坏，或不是 Excel 工作簿"),
    "truncated": (truncated(), "文件已损坏，或不是 Excel 工作簿"),
    "other archive": (packed({"word/document.xml": "<w/>"}), "文件已损坏，或不是 Excel 工作簿"),
    "bomb": (
        partial(zip_of, "xl/worksheets/sheet1.xml", limits.MAX_PART_BYTES + 1),
        "文件已损坏，或不是 Excel 工作簿",
    ),
    "old file in a new name": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "文件其实是老格式的工作簿"),
    "password": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "文件加了打开密码",
    ),
    "document type": (
        workbook(
            ("表", ""),
            extra={"xl/worksheets/sheet1.xml": '<!DOCTYPE a [<!ENTITY b "c">]><worksheet>&b;</worksheet>'},
        ),
        "文件已损坏，或不是 Excel 工作簿",
    ),
    "row beyond limits": (
        workbook(("表", row(limits.MAX_ROWS + 1, "三级指标"))),
        f"表格超过{limits.MAX_ROWS}行",
    ),
    "column beyond limits": (
        workbook(("表", '<row r="1"><c r="XFD1" t="inlineStr"><is><t>一</t></is></c></row>')),
        f"表格超过{limits.MAX_COLUMNS}列",
    ),
    "blank": (workbook(("表", "")), "表格是空的"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_give_one_sentence(name: str, read) -> None:
    given, sentence = HOSTILE[name]
    content = given if isinstance(given, bytes) else given()
    with pytest.raises(InputError) as refusal:
        read(content)
    assert refusal.value.what == sentence
    assert refusal.value.remedy.startswith("请")


def test_a_missing_file_gives_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="找不到这个文件"):
        READER.read(tmp_path / "没有.xlsx")


def merged(rows: str, *references: str) -> bytes:
    cells = "".join(f'<mergeCell ref="{reference}"/>' for reference in references)
    part = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{rows}</sheetData><mergeCells>{cells}</mergeCells></worksheet>"
    )
    return workbook(("表", ""), extra={"xl/worksheets/sheet1.xml": part})


def test_a_merge_of_the_whole_sheet_costs_nothing(read) -> None:
    (grid,) = read(merged(row(1, "项目支出绩效自评表"), "A1:XFD1048576", "nonsense", "B2:A1"))
    assert grid.text(1, 1) == "项目支出绩效自评表"


def test_merges_over_millions_of_cells_are_refused(read) -> None:
    corner = (
        f'<row r="{limits.MAX_ROWS}"><c r="CV{limits.MAX_ROWS}" t="inlineStr"><is><t>一</t></is></c></row>'
    )
    with pytest.raises(InputError, match="合并的单元格太多"):
        read(merged(row(1, "一") + corner, "A1:CV50000"))


def test_every_byte_changed_gives_tables_or_a_sentence(tmp_path: Path) -> None:
    path = saved(workbook_of(printed(TABLES[0], Layout())), tmp_path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    for place in range(40, len(sheet), len(sheet) // 60):
        damaged = sheet[:place] + b"\x00<&\xff"[place % 4 : place % 4 + 1] + sheet[place + 1 :]
        path.write_bytes(packed({**parts, "xl/worksheets/sheet1.xml": damaged}))
        with suppress(InputError):
            FINDER.read_file("表.xlsx", READER.read(path))


@pytest.mark.judge
def test_a_workbook_saved_by_another_program(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    names = ("甲", "乙", "丙")
    for name, facts in zip(names, TABLES, strict=True):
        workbook_of(printed(facts, Layout(levels="merged"))).save(source / f"{name}.xlsx")
    saved_again = converted([source / f"{name}.xlsx" for name in names], "xlsx", tmp_path)
    old = converted([source / "甲.xlsx"], "xls", tmp_path)
    for name, facts in zip(names, TABLES, strict=True):
        (table,) = FINDER.read_file("表.xlsx", READER.read(saved_again[name]))
        assert shown(table) == expected_rows(facts)
        assert shown_funds(table) == expected_funds(facts)
        assert table.unread == ()
    with pytest.raises(InputError, match="不能直接读取"):
        READER.read(old["甲"])
    with pytest.raises(InputError, match="老格式"):
        READER.read(old["甲"].rename(tmp_path / "改名.xlsx"))


KITS = {"10": KIT_10, "101": KIT_101, "two halves": two_halves()}
READABLE = ("performance_target", "overall_expenditure_target")


@pytest.mark.parametrize("kit_name", KITS)
@pytest.mark.parametrize("form_id", READABLE)
def test_the_official_workbook_reads_back(form_id: str, kit_name: str, read, writer) -> None:
    form = registry.form(form_id)
    given = context(KITS[kit_name], form_id)
    answers = full_answers(form, given)
    sheet = form.build_sheet(form, given, answers)
    content = writer.workbook([sheet], PageMarks(PageMark.DRAFT))
    (table,) = FINDER.read_file("表.xlsx", read(content))
    assert table.form == form_id
    assert table.fiscal_year == given.budget_year
    assert table.unit_of_amount is given.amount_unit
    kept = answers["indicators"]
    assert sorted(found.third_level for found in table.indicators) == sorted(
        item["third_level"] for item in kept
    )
    by_name = {item["third_level"]: item for item in kept}
    for found in table.indicators:
        answer = by_name[found.third_level]
        assert found.first_level == given.frame.first(answer["first_level"]).label
        assert found.second_level == given.frame.second(answer["first_level"], answer["second_level"]).label
        assert found.planned_text, found
    assert table.unread == ()
    if form_id == "performance_target":
        amounts = {fund.source: fund.annual_budget_fen for fund in table.funds}
        assert amounts["total"] == answers["annual_total_fen"]
        assert table.medium_funds[0].annual_budget_fen == answers["medium_total_fen"]
        assert table.targets[0].split() == answers["annual_target"].split()
        assert table.project_name == answers["project_name"]
    else:
        assert [task.total_fen for task in table.tasks] == [
            task["total_fen"] for task in answers["annual_tasks"]
        ]


def test_a_file_without_a_form_says_what_was_expected(tmp_path: Path) -> None:
    paper = Paper("通讯录").table(("姓名", "电话"), ("某某", "1"))
    (table,) = FINDER.read_file("表.xlsx", READER.read(saved(workbook_of(paper), tmp_path)))
    assert (table.form, table.indicators) == ("", ())
    assert [item.message for item in table.unread] == [
        "没有找到绩效表的表头（工作表“通讯录”）：需要同一行有三级指标，以及指标值、完成值、分值、得分中的至少一项"
    ]
