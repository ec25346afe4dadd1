"""退回修改函 drawn: what the standard asks of a letter, long lists, and texts nobody should write."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from documents.pdf.font_book import FontBook
from documents.return_letter import PAPER, letter_pages
from documents.writer import OfficialDocumentWriter
from services.ports.documents import PageMark, PageMarks
from services.ports.letters import Letter, LetterList
from tests.documents.judges import packed, run, text_of

pytestmark = pytest.mark.wide

HEAD = ("序号", "退回的项目和表", "位置", "审核意见", "修改要求")
WIDTHS = (11, 37, 32, 45, 31)
ROWS = (
    ("1", "农村公路养护\n项目支出绩效目标申报表（第1版）", "总体意见", "请重新测算。", "请修改后重新报送"),
    ("", "", "绩效指标第 2 行“年度指标值”", "没有依据。", "建议改为：≥50 公里"),
    (
        "2",
        "河道治理\n项目支出绩效目标申报表（第1版）",
        "全表",
        "请补充满意度指标。",
        "请修改，或答复说明理由",
    ),
)


def letter(rows: tuple[tuple[str, ...], ...] = ROWS) -> Letter:
    return Letter(
        sender="示例县财政局",
        number="示财绩函〔2026〕12号",
        title="关于退回修改项目支出绩效目标申报表的函",
        salutation="柳林镇人民政府：",
        paragraphs=("你单位报送的2027年度项目支出绩效目标申报表收悉，现予退回。", "特此函告。"),
        enclosed=LetterList("退回修改清单", HEAD, rows, WIDTHS),
        dated="2026年9月1日",
        note="联系人：李文；联系电话：0551-1234567",
    )


def texts(tmp_path: Path, content: bytes) -> list[str]:
    """Text of each page without blanks, as a reader copies it."""
    path = tmp_path / "letter.pdf"
    path.write_bytes(content)
    return [packed(page) for page in text_of(path, "-raw").split("\f")[:-1]]


@pytest.mark.judge
def test_a_letter_says_everything_in_its_place(writer: OfficialDocumentWriter, tmp_path: Path):
    content = writer.letters([letter()], PageMarks(PageMark.PRACTICE))
    first, listed = texts(tmp_path, content)
    order = ["示财绩函〔2026〕12号", "关于退回修改", "柳林镇人民政府：", "现予退回。", "特此函告。"]
    order += ["附件：退回修改清单", "2026年9月1日", "（联系人：李文；联系电话：0551-1234567）"]
    found = [first.index(text) for text in order]
    assert found == sorted(found)
    assert first.count("示例县财政局") == 2
    assert "演示数据" in first
    assert "—1—" not in first
    assert "—2—" in listed
    assert listed.index("附件") < listed.index("退回修改清单") < listed.index("序号")
    for row in ROWS:
        for text in row:
            assert "".join(text.split()) in listed


@pytest.mark.judge
def test_a_letter_without_number_or_contact_leaves_their_places_blank(
    writer: OfficialDocumentWriter, tmp_path: Path
):
    bare = replace(letter(), number="", note="")
    first, _ = texts(tmp_path, writer.letters([bare], PageMarks()))
    assert "号" not in first
    assert "（" not in first
    where = first.index("关于退回修改")
    assert where == len("示例县财政局")


@pytest.mark.judge
def test_several_letters_in_one_file_count_their_own_pages(writer: OfficialDocumentWriter, tmp_path: Path):
    other = replace(letter(), salutation="城关镇人民政府：")
    pages = texts(tmp_path, writer.letters([letter(), other], PageMarks()))
    assert len(pages) == 4
    assert "城关镇" in pages[2]
    assert "—2—" in pages[1]
    assert "—2—" in pages[3]


@pytest.mark.judge
def test_a_long_list_goes_on_over_pages(writer: OfficialDocumentWriter, tmp_path: Path):
    many = tuple(
        (*(("1", "农村公路养护") if n == 0 else ("", "")), f"第 {n} 行", f"意见{n}。", "请修改")
        for n in range(90)
    )
    _, *listed = texts(tmp_path, writer.letters([letter(many)], PageMarks()))
    assert len(listed) > 2
    assert all("序号" in page and "农村公路养护" in page for page in listed)
    whole = "".join(listed)
    assert all(f"意见{n}。" in whole for n in range(90))
    assert [re.findall("—(\\d+)—", page) for page in listed] == [[str(n)] for n in range(2, len(listed) + 2)]


@pytest.mark.judge
def test_the_signature_never_stands_alone(writer: OfficialDocumentWriter, tmp_path: Path):
    for count in range(11, 16):
        longer = replace(letter(), paragraphs=(*("第一，请逐条修改。",) * count, "特此函告。"))
        for page in texts(tmp_path, writer.letters([longer], PageMarks())):
            assert ("2026年9月1日" in page) == ("特此函告。" in page)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "很" * 900,
        "行\r\n" * 40,
        "=cmd|'/c calc'!A0 {期限} \x00\x1b\ud800 \u202e 😀 <b>",
        "A" * 400,
    ],
    ids=("empty", "long", "lines", "hostile", "word"),
)
def test_any_text_is_drawn(writer: OfficialDocumentWriter, text: str):
    strange = Letter(
        text or "局",
        text[:60],
        text,
        text,
        (text,),
        LetterList(text, HEAD, (("1", *[text] * 4),), WIDTHS),
        text,
    )
    pages = letter_pages(strange, FontBook())
    assert 2 <= len(pages) <= 40
    content = writer.letters([strange], PageMarks())
    assert re.search(rb"/(JavaScript|JS|Launch|URI|OpenAction)\b", content) is None
    assert content.count(b"/Type /Page\n") == len(pages)


def test_the_same_letter_gives_the_same_bytes(writer: OfficialDocumentWriter):
    marked = PageMarks(PageMark.PRACTICE)
    assert writer.letters([letter()], marked) == OfficialDocumentWriter().letters([letter()], marked)
    assert writer.letters([letter()], marked) != writer.letters([letter()], PageMarks())


def test_the_page_is_the_standards():
    millimetre = 72 / 25.4
    assert (round(PAPER.text_width / millimetre), round(PAPER.text_height / millimetre)) == (156, 225)


def test_no_letter_is_no_file(writer: OfficialDocumentWriter):
    with pytest.raises(ValueError, match="at least one letter"):
        writer.letters([], PageMarks())


@pytest.mark.judge
def test_nothing_is_drawn_beyond_the_paper(writer: OfficialDocumentWriter, tmp_path: Path):
    """Every word poppler sees lies between the margins."""
    path = tmp_path / "letter.pdf"
    path.write_bytes(writer.letters([replace(letter(), sender="示" * 60, number="函" * 50)], PageMarks()))
    told = run("pdftotext", "-bbox", str(path), "-")
    boxes = re.findall(r'xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)"', told)
    assert len(boxes) > 10
    for left, right in boxes:
        assert float(left) >= PAPER.left - 2
        assert float(right) <= PAPER.width - PAPER.right + 2
