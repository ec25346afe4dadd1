"""What poppler reads in the PDFs: fonts embedded, every label, pages, heads repeated."""

from __future__ import annotations

from pathlib import Path

import pytest

from documents.sheet_grid import LABEL_ROLES, cell_text, whole_grid
from services.ports.documents import PageMark, PageMarks
from tests.documents.conftest import MARKS, SPACED_CODE
from tests.documents.covers import submission_cover
from tests.documents.judges import fonts_of, packed, page_count, text_of
from tests.documents.samples import LONG_TEXT, RARE, SAMPLES, annual_form, pages_long_form, two_half_form

pytestmark = pytest.mark.judge


@pytest.fixture
def drawn(tmp_path, writer):
    """Draws sheets into a file."""

    def draw(*sheets, marks: PageMarks = MARKS) -> Path:
        path = tmp_path / "form.pdf"
        path.write_bytes(writer.pdf(sheets, marks))
        return path

    return draw


@pytest.mark.parametrize("name", SAMPLES)
def test_fonts_are_embedded_subsets_that_copy(name, drawn):
    fonts = fonts_of(drawn(SAMPLES[name]()))
    assert len(fonts) >= 2
    for font in fonts:
        assert (font["embedded"], font["subset"], font["unicode"]) == ("yes", "yes", "yes"), font


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("order", [(), ("-raw",), ("-layout",)])
def test_every_label_is_in_the_text(name, order, drawn):
    sheet = SAMPLES[name]()
    text = packed(text_of(drawn(sheet), *order))
    for label in {cell_text(cell) for cell in whole_grid(sheet) if cell.role in LABEL_ROLES}:
        assert packed(label) in text, label
    for outside in (sheet.title, sheet.subtitle, sheet.corner, *sheet.foot, "演示数据", "草稿"):
        assert packed(outside) in text, outside


@pytest.mark.parametrize("name", sorted(set(SAMPLES) - {"pages_long"}))
def test_every_filled_value_is_in_the_text_in_drawing_order(name, drawn):
    sheet = SAMPLES[name]()
    text = packed(text_of(drawn(sheet), "-raw"))
    for cell in sheet.cells:
        if cell.role not in LABEL_ROLES and cell.value != LONG_TEXT and "\x01" not in str(cell.value):
            assert packed(cell_text(cell)) in text, cell


def test_a_text_over_pages_loses_nothing(drawn):
    pages = text_of(drawn(pages_long_form(), marks=PageMarks()), "-raw").split("\f")
    text = packed("".join(pages))
    for number in range(1, 4):
        text = text.replace(f"第{number}页共3页", "")
    text = text.replace("总体目标", "").replace("短文", "")
    assert packed(LONG_TEXT * 2) in text


def test_rare_characters_copy_right(drawn):
    assert RARE in packed(text_of(drawn(SAMPLES["hostile"]()), "-raw"))


def test_pages_are_numbered_and_carry_the_code(drawn):
    path = drawn(annual_form())
    assert page_count(path) == 2
    pages = text_of(path, "-layout").split("\f")[:2]
    for number, page in enumerate(pages, 1):
        assert SPACED_CODE in page
        assert f"第{number}页共2页" in packed(page)
        assert "演示数据" in page
        for head in ("一级指标", "二级指标", "三级指标", "计量单位", "绩效指标"):
            assert head in page, (number, head)
    assert "项目支出绩效目标申报表" not in pages[1]
    assert "单位（盖章）" in pages[1]
    assert "单位（盖章）" not in pages[0]


def test_marks_are_optional(drawn):
    text = text_of(drawn(annual_form(3), marks=PageMarks(PageMark.NONE)))
    assert "核对码" not in text
    assert "草稿" not in text
    assert "演示" not in text
    assert "第1页共1页" in packed(text)


def test_the_national_form_stays_on_one_page(drawn):
    assert page_count(drawn(two_half_form())) == 1


def test_smaller_type_saves_a_page(drawn):
    """23 indicator rows do not fit a page in 五号; a little smaller they do."""
    assert page_count(drawn(annual_form(23))) == 1


def test_sheets_of_both_directions_in_one_file(drawn):
    path = drawn(annual_form(3), SAMPLES["hostile"]())
    assert page_count(path) == 2
    assert "第2页共2页" in packed(text_of(path))


@pytest.mark.parametrize(("lines", "pages"), [(0, 1), (3, 1), (60, 4)])
def test_covers(lines, pages, tmp_path, writer):
    path = tmp_path / "cover.pdf"
    cover = submission_cover(lines)
    path.write_bytes(writer.cover(cover, MARKS))
    assert page_count(path) == pages
    text = text_of(path, "-layout")
    for expected in (cover.title, *cover.notes, *cover.foot, *(fact.value for fact in cover.facts)):
        assert packed(expected) in packed(text)
    for row in (cover.enclosures_head, *cover.enclosures):
        assert all(packed(word) in packed(text) for word in row)
    assert all(font["embedded"] == font["subset"] == "yes" for font in fonts_of(path))
    above = packed(text_of(path, "-raw").partition("报送单位")[0])
    assert packed(f"核对码{SPACED_CODE}签名密钥核对码QRST UVWX YZ23 4567") in above
    if lines == 60:
        for page in text.split("\f")[1:3]:
            assert "预算年度" in page


def test_a_cover_without_code_or_contents(tmp_path, writer):
    path = tmp_path / "cover.pdf"
    path.write_bytes(writer.cover(submission_cover(0), PageMarks()))
    text = text_of(path, "-raw")
    assert "ABCD" not in text
    assert packed("签名密钥核对码 QRST UVWX YZ23 4567") in packed(text)
