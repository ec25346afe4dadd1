"""Register tables read in: values as a person sees them, lost digits seen, foreign files refused."""

from __future__ import annotations

import os
import zipfile
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from documents.table_files import limits
from documents.table_files.displayed import displayed_number, scientific
from documents.tables import RegisterTableReader
from models.domain.errors import InputError
from services.ports.documents import ReadTable
from tests.documents.judges import converted
from tests.documents.rawbook import packed, row, workbook


@pytest.fixture
def read(tmp_path):
    """Reads bytes as a file of a name."""

    def reading(content: bytes, name: str = "名录.xlsx") -> ReadTable:
        path = tmp_path / name
        path.write_bytes(content)
        return RegisterTableReader().read(path)

    return reading


HEAD = row(1, "单位代码", "单位名称", "预算数")


def values(table: ReadTable) -> list[tuple[str, ...]]:
    return list(table.rows)


@pytest.mark.parametrize(
    ("raw", "code", "shown"),
    [
        ("820001", "", "820001"),
        ("1", "000000", "000001"),
        ("0.30000000000000004", "", "0.3"),
        ("1330.9840000000001", "#,##0.00", "1330.984"),
        ("13800001234", "", "13800001234"),
        ("123456789012345", "", "123456789012345"),
        ("5.1000021000000001E+20", "", "5.1000021E+20"),
        ("510000210000000000000", "0", "5.1000021E+20"),
        ("1234567890123456", "@", "1.23456789012346E+15"),
        ("0.95", "0%", "95%"),
        ("0.9567", "0.0%", "95.67%"),
        ("46091", "yyyy-mm-dd", "2026-03-10"),
        ("46091", 'yyyy"年"m"月"d"日"', "2026年3月10日"),
        ("46091", "[$-804]yyyy/m/d;@", "2026-03-10"),
        ("46091.5", "yyyy/m/d h:mm", "2026-03-10 12:00"),
        ("46091", 'yyyy"年"', "2026年"),
        ("46091", "yyyy-mm", "2026-03"),
        ("59", "yyyy-mm-dd", "1900-02-28"),
        ("-5", "yyyy-mm-dd", "-5"),
        ("99999999", "yyyy-mm-dd", "99999999"),
        ("1234.5", "#,##0.00_);[Red](#,##0.00)", "1234.5"),
        ("12", '0"元"', "12"),
        ("-7", "000", "-7"),
        ("1e-400", "", "1E-400"),
        ("1e-999999999", "", "0"),
        ("NaN", "", "NaN"),
        ("甲", "", "甲"),
        ("0", "", "0"),
        ("1E+3", "General", "1000"),
    ],
)
def test_numbers_as_a_person_sees_them(raw, code, shown):
    assert displayed_number(raw, 0, code) == shown


def test_built_in_formats():
    assert displayed_number("46091", 14, "") == "2026-03-10"
    assert displayed_number("0.5", 9, "") == "50%"
    assert displayed_number("44629", 14, "", is_1904=True) == "2026-03-10"


@given(st.decimals(Decimal("1e15"), Decimal("1e25"), places=0))
def test_lost_digits_are_always_seen(number):
    shown = displayed_number(str(number), 0, "0")
    assert "E+" in shown
    assert scientific(Decimal(shown)) == shown


def test_texts_of_every_kind(read):
    content = workbook(
        (
            "名录",
            HEAD
            + row(2, '<c t="s"><v>0</v></c>', '<c t="s"><v>1</v></c>', '<c s="1"><v>7</v></c>')
            + row(
                3, '<c t="str"><f>A1</f><v>公式</v></c>', '<c t="b"><v>1</v></c>', '<c t="e"><v>#N/A</v></c>'
            ),
        ),
        texts=(
            "<t> 001 </t>",
            "<r><t>柳林</t></r><r><t>镇</t></r><rPh><t>liulin</t></rPh><r><t>_x000D_&#10;政府</t></r>",
        ),
        formats=("000",),
    )
    table = read(content)
    assert table.sheet_name == "名录"
    assert values(table) == [
        ("单位代码", "单位名称", "预算数"),
        ("001", "柳林镇\n政府", "007"),
        ("公式", "TRUE", "#N/A"),
    ]


def test_gaps_titles_and_the_row_a_person_sees(read):
    rows = (
        row(2, "示例县预算单位名录")
        + '<row r="3"><c r="D3" t="inlineStr"><is><t>单位：万元</t></is></c></row>'
        + row(5, "代码", "名称")
        + '<row r="8"><c r="B8" t="inlineStr"><is><t>甲</t></is></c></row>'
        + '<row r="9"><c r="Z9"/><c r="AA9"><v> </v></c></row>'
    )
    table = read(workbook(("表", rows)))
    assert table.first_row == 5
    assert table.rows == (("代码", "名称", "", ""), ("",) * 4, ("",) * 4, ("", "甲", "", ""))


def test_the_first_visible_sheet_with_content(read):
    content = workbook(
        ("隐藏", row(1, "a", "b")),
        ("空", ""),
        ("名录", row(1, "c", "d")),
        states=("hidden", "visible", "visible"),
    )
    assert read(content).sheet_name == "名录"


def test_a_workbook_of_openpyxl(read):
    book = Workbook()
    book.active.append(["单位代码", "预算数", "占比"])
    book.active.append(["000820001", 1330.984, 0.25])
    book.active.append([820001, 10**20, None])
    book.active["C2"].number_format = "0%"
    buffer = BytesIO()
    book.save(buffer)
    assert values(read(buffer.getvalue())) == [
        ("单位代码", "预算数", "占比"),
        ("000820001", "1330.984", "25%"),
        ("820001", "1E+20", ""),
    ]


def test_our_own_workbook_is_read_back(read, writer):
    from services.ports.documents import PageMarks
    from tests.documents.samples import hostile_form

    rows = read(writer.workbook([hostile_form()], PageMarks())).rows
    assert ("填报内容", "=1+1", "=1+1") in rows
    assert ("项目代码", "820001", "510000210000000000012") in rows
    assert rows[-1] == ("控制符", "甲〓乙\u200b丙〓丁", "_x0041_ <b>&amp;</b>　制表\n换行")


def test_a_formula_without_result_is_named(read):
    content = workbook(("表", HEAD + row(2, "1", "<c><f>SUM(A1:A2)</f></c>")))
    with pytest.raises(InputError, match="第2行第2列是公式"):
        read(content)


@pytest.mark.judge
def test_workbooks_of_libreoffice(tmp_path, read):
    """Saved again by another program: its styles, shared texts and relations."""
    made = Workbook()
    for values_of_row in (
        ["代码", "名称", "预算数"],
        [1001, "柳林镇", 1330.984],
        [510000210000000000012, "河口镇"],
    ):
        made.active.append(values_of_row)
    made.active["A2"].number_format = "000000"
    source = tmp_path / "mine" / "office.xlsx"
    source.parent.mkdir()
    made.save(source)
    book = converted([source], "xlsx:Calc MS Excel 2007 XML", tmp_path)["office"]
    assert read(book.read_bytes()).rows == (
        ("代码", "名称", "预算数"),
        ("001001", "柳林镇", "1330.984"),
        ("5.1000021E+20", "河口镇", ""),
    )


DAMAGED = {
    "no archive": b"PK nothing",
    "html": b"<html><table></table></html>",
    "other archive": packed({"word/document.xml": "<w/>"}),
    "broken xml": workbook(("表", "<row><c>")),
    "document type": workbook(
        ("表", ""),
        extra={"xl/worksheets/sheet1.xml": '<!DOCTYPE x [<!ENTITY a "b">]><worksheet>&a;</worksheet>'},
    ),
    "entity in utf-16": workbook(
        ("表", ""),
        extra={
            "xl/worksheets/sheet1.xml": '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x []><x/>'.encode(
                "utf-16"
            )
        },
    ),
    "shared text missing": workbook(("表", row(1, '<c t="s"><v>9</v></c>'))),
    "endless text": workbook(("表", row(1, f'<c t="inlineStr"><is><t>{"字" * 70_000}</t></is></c>'))),
    "huge row number": workbook(("表", f'<row r="{"9" * 5000}"><c><v>1</v></c></row>')),
    "bzip2": packed({"xl/workbook.xml": "<workbook/>"}, zipfile.ZIP_BZIP2),
    "truncated": workbook(("表", HEAD))[:-40],
    "damaged data": workbook(("表", HEAD * 50)).replace(b"\x00\x00\x00", b"\x00\x01\x00", 40),
}


@pytest.mark.parametrize("case", DAMAGED)
def test_damaged_workbooks(case, read):
    with pytest.raises(InputError) as caught:
        read(DAMAGED[case])
    assert "名录.xlsx" in caught.value.sentence
    assert "Traceback" not in caught.value.sentence
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (f'<row r="{limits.MAX_ROWS + 1}"><c><v>1</v></c></row>', "行"),
        ('<row r="1"><c r="XFD1"><v>1</v></c></row>', "列"),
        (row(1, f'<c t="inlineStr"><is><t>{"字" * 33_000}</t></is></c>'), "文字太长"),
        ("", "空的"),
        ('<row r="1"><c/><c><v></v></c></row>', "空的"),
    ],
)
def test_limits(rows, said, read):
    with pytest.raises(InputError, match=said):
        read(workbook(("表", rows)))


def test_too_many_cells_and_texts(read, monkeypatch):
    monkeypatch.setattr(limits, "MAX_CELLS", 10)
    with pytest.raises(InputError, match="内容太多"):
        read(workbook(("表", row(1, *"一二三四五六七八九十百"))))
    monkeypatch.setattr(limits, "MAX_TEXT", 5)
    with pytest.raises(InputError, match="内容太多"):
        read(workbook(("表", ""), texts=("<t>一二三</t>", "<t>四五六</t>")))


def test_a_bomb_is_not_unpacked(read, monkeypatch):
    monkeypatch.setattr("documents.table_files.spreadsheet_file.MAX_PART_BYTES", 1000)
    with pytest.raises(InputError, match="损坏"):
        read(workbook(("表", HEAD * 200)))


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("名录.xls", OLE, r"\.xls 文件.*另存为"),
        ("名录.et", b"x", r"\.et 文件.*\.xlsx"),
        ("名录.ET", b"x", r"\.et 文件"),
        ("名录.wps", b"x", "另存为"),
        ("名录.pdf", b"%PDF", "不认识"),
        ("名录", b"a,b", "不认识"),
        ("名录.xlsx", OLE, "老格式"),
        ("名录.csv", OLE, "老格式"),
        ("名录.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "打开密码"),
        ("名录.xlsx", b"", "空的"),
        ("名录.csv", b"", "空的"),
        ("名录.csv", b"\n \n,,\n", "空的"),
        ("名录.csv", b"a,b\0\x01\x02", "编码"),
        ("名录.csv", b"\xff\xfe\x00", "编码"),
        ("名录.csv", b"\x81\x20\xff,\xff", "编码"),
        ("名录.csv", b'"' + b"a" * 200_000, "不像表格"),
    ],
)
def test_files_that_cannot_be_read(name, content, said, read):
    with pytest.raises(InputError, match=said) as caught:
        read(content, name)
    assert caught.value.sentence.startswith(f"{name}：")


def test_missing_locked_and_huge_files(tmp_path, monkeypatch):
    reader = RegisterTableReader()
    with pytest.raises(InputError, match="找不到"):
        reader.read(tmp_path / "没有.csv")
    folder = tmp_path / "文件夹.csv"
    folder.mkdir()
    with pytest.raises(InputError, match="打不开"):
        reader.read(folder)
    big = tmp_path / "大.csv"
    big.write_bytes(b"a,b\n")
    os.truncate(big, limits.MAX_FILE_BYTES + 1)
    with pytest.raises(InputError, match="文件太大"):
        reader.read(big)


TEXT = "单位代码,单位名称\n001,柳林镇\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_text_files(encoding, separator, read):
    text = TEXT.replace(",", separator)
    mark = "\ufeff" if encoding == "utf-16-le" else ""
    table = read((mark + text).encode(encoding), "名录.csv")
    assert table.rows == (("单位代码", "单位名称"), ("001", "柳林镇"))
    assert table.first_row == 1


def test_quotes_forced_texts_and_rare_characters(read):
    text = '代码,名称,"备注,一"\r\n="820001",𠮷镇,"换\n行 ""引"""\r\n\r\n5.1E+20,,\r\n'
    table = read(text.encode("gb18030"), "名录.csv")
    assert table.rows == (
        ("代码", "名称", "备注,一"),
        ("820001", "𠮷镇", '换\n行 "引"'),
        ("", "", ""),
        ("5.1E+20", "", ""),
    )


@given(st.binary(max_size=300))
def test_no_bytes_bring_the_reader_down(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "任意.csv"
    path.write_bytes(content)
    try:
        table = RegisterTableReader().read(path)
    except InputError:
        return
    assert table.rows


@given(st.data())
def test_no_damaged_workbook_brings_the_reader_down(tmp_path_factory, data):
    content = bytearray(workbook(("表", HEAD + row(2, "1", '<c t="s"><v>0</v></c>')), texts=("<t>甲</t>",)))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.getbasetemp() / "任意.xlsx"
    path.write_bytes(content)
    try:
        table = RegisterTableReader().read(path)
    except InputError:
        return
    assert table.rows
