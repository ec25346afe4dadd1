"""What LibreOffice makes of the workbooks: texts stay texts, numbers are right, pages as set up."""

from __future__ import annotations

import csv

import pytest

from documents.sheet_grid import LABEL_ROLES, cell_text
from documents.writer import OfficialDocumentWriter
from tests.documents.conftest import MARKS, SPACED_CODE
from tests.documents.judges import converted, packed, page_count, text_of
from tests.documents.samples import HOSTILE, LONG_TEXT, RARE, SAMPLES, annual_form

pytestmark = [pytest.mark.judge, pytest.mark.slow]

CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1"
"""Every sheet as UTF-8 with the texts as shown."""


SHEETS = {**{name: make() for name, make in SAMPLES.items()}, "short": annual_form(3)}


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """Where LibreOffice keeps its profile and puts what it converts."""
    return tmp_path_factory.mktemp("office")


@pytest.fixture(scope="module")
def workbooks(office):
    writer = OfficialDocumentWriter()
    for name, sheet in SHEETS.items():
        (office / f"{name}.xlsx").write_bytes(writer.workbook([sheet], MARKS))
    return {name: office / f"{name}.xlsx" for name in SHEETS}


@pytest.fixture(scope="module")
def printed(office, workbooks):
    """Every workbook as LibreOffice prints it."""
    return converted(list(workbooks.values()), "pdf", office)


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def test_texts_and_numbers_are_what_was_written(office, workbooks):
    path = converted([workbooks["hostile"]], CSV, office)["hostile"]
    texts = [value for row in rows_of(path) for value in row if value]
    for hostile in HOSTILE:
        assert texts.count(hostile) == 2, hostile
    assert "820001" in texts
    assert "510000210000000000012" in texts
    assert RARE in texts
    assert "9.2" in texts
    assert "0.10" in texts
    assert "_x0041_ <b>&amp;</b>　制表\n换行" in texts


def test_amounts_are_numbers_to_libreoffice(office, workbooks):
    """Saved again as a flat document, the value and its type stand in the file."""
    flat = converted([workbooks["short"]], "fods", office)["short"].read_text("utf-8")
    for amount in ("1330.984", "1000", "330.984001", "13.5"):
        assert f'office:value-type="float" office:value="{amount}"' in flat, amount
    assert "table:formula=" not in flat
    assert "<text:p>1,330.984</text:p>" in flat


@pytest.mark.parametrize("name", SHEETS)
def test_everything_is_on_paper(name, printed):
    text = packed(text_of(printed[name], "-raw"))
    for cell in SHEETS[name].cells:
        is_upright = cell.role in LABEL_ROLES and cell.is_vertical
        if cell.value in (None, RARE) or is_upright or "\x01" in str(cell.value):
            continue
        if LONG_TEXT not in str(cell.value):
            assert packed(cell_text(cell)) in text, cell
    assert SPACED_CODE in text_of(printed[name], "-layout")


def test_pages_and_repeated_heads(printed):
    assert page_count(printed["annual"]) == 2
    pages = text_of(printed["annual"], "-layout").split("\f")
    for head in ("一级指标", "二级指标", "三级指标", "计量单位"):
        assert head in pages[0], head
        assert head in pages[1], head
    assert "第2页共2页" in packed(pages[1])
    assert "演示数据" in pages[1]
    assert "单位（盖章）" in packed(pages[1])
    assert page_count(printed["two_halves"]) == 1


def test_a_long_answer_is_printed_whole(printed):
    sentence = "受益群众满意度≥95%"
    assert packed(text_of(printed["long_text"], "-raw")).count(sentence) >= LONG_TEXT.count(sentence)
