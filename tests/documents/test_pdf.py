"""The PDF's bytes: the same for the same input, nothing foreign inside, characters accounted for."""

from __future__ import annotations

import base64
import hashlib
import re
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

import resources
from documents.pdf.fangsong import installed_fangsong, system_font_folders
from documents.pdf.to_unicode import to_unicode_cmap
from documents.writer import OfficialDocumentWriter
from forms.sheet import Cell, CellRole, Orientation, Sheet
from services.ports.documents import PageMark, PageMarks
from tests.documents.conftest import MARKS
from tests.documents.covers import submission_cover
from tests.documents.samples import SAMPLES, annual_form, hostile_form
from tests.wide import core_when

ROOT = Path(__file__).parents[2]


def text_sheet(text: str) -> Sheet:
    return Sheet("表", "题", "", (Cell(0, 0, text, CellRole.TEXT),), (80.0,), Orientation.PORTRAIT)


@pytest.mark.parametrize("name", core_when("annual".__eq__, SAMPLES))
def test_the_same_sheet_gives_the_same_bytes(name):
    first = OfficialDocumentWriter().pdf([SAMPLES[name]()], MARKS)
    again = OfficialDocumentWriter()
    again.pdf([text_sheet("别的内容，先占用字体")], PageMarks())
    assert again.pdf([SAMPLES[name]()], MARKS) == first


@pytest.mark.wide
def test_another_process_gives_the_same_bytes(writer):
    """No hash order, clock or random number gets into the file."""
    program = (
        "import hashlib\n"
        "from documents.writer import OfficialDocumentWriter\n"
        "from tests.documents.conftest import MARKS\n"
        "from tests.documents.covers import submission_cover\n"
        "from tests.documents.samples import annual_form\n"
        "w = OfficialDocumentWriter()\n"
        "print(hashlib.sha256(w.pdf([annual_form()], MARKS) + w.cover(submission_cover(), MARKS)).hexdigest())\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={"PYTHONHASHSEED": "7", "PATH": "", "TZ": "Asia/Shanghai", "SYSTEMROOT": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    both = writer.pdf([annual_form()], MARKS) + writer.cover(submission_cover(), MARKS)
    assert answer.stdout.strip() == hashlib.sha256(both).hexdigest()


def test_other_input_gives_other_bytes(writer):
    marked = writer.pdf([annual_form(3)], MARKS)
    assert marked != writer.pdf([annual_form(3)], PageMarks(PageMark.PRACTICE, MARKS.check_code))
    assert marked != writer.pdf([annual_form(4)], MARKS)


def test_nothing_but_text_and_lines_inside(writer):
    content = writer.pdf([annual_form(), hostile_form()], MARKS)
    barred = rb"/(JavaScript|JS|Launch|EmbeddedFile|URI|OpenAction|AA|AcroForm)\b|Helvetica"
    assert re.search(barred, content) is None
    assert content.count(b"%%EOF") == 1
    assert b"20000101000000" in content
    assert re.search(rb"/ID\s*\[<[0-9a-f]{32}><[0-9a-f]{32}>\]", content)


def test_what_no_font_has_is_drawn_and_reported(writer):
    writer.pdf([text_sheet("镇村👍办事\u200b处")], PageMarks())
    assert writer.missing_characters == ("👍",)
    assert "👍" in writer.report()[-1]
    assert "〓" in writer.report()[-1]
    writer.pdf([text_sheet("柳林镇𠮷㼆☐☑☒〓")], PageMarks())
    assert writer.missing_characters == ()
    assert all("〓" not in sentence for sentence in writer.report())


def test_control_characters_are_reported_too(writer):
    writer.pdf([hostile_form()], MARKS)
    assert writer.missing_characters == ("\x01", "\ud800")
    assert "不可见字符" in writer.report()[-1]


def test_a_pdf_of_nothing_is_our_mistake(writer):
    with pytest.raises(ValueError, match="at least one sheet"):
        writer.pdf([], MARKS)


def test_to_unicode_writes_surrogates_in_blocks():
    cmap = to_unicode_cmap("AAAAAA+X", [0, ord("县"), 0x20BB7, *range(0x4E00, 0x4E00 + 200)])
    assert "<01> <53BF>" in cmap
    assert "<02> <D842DFB7>" in cmap
    assert "<00>" not in cmap.partition("endcodespacerange")[2]
    assert [int(n) for n in re.findall(r"(\d+) beginbfchar", cmap)] == [100, 100, 2]


def test_filled_text_takes_the_users_own_fangsong(tmp_path):
    """The shipped 楷体 plays the user's 仿宋: filled text changes its face, labels do not."""
    own = tmp_path / "simfang.ttf"
    own.write_bytes(resources.path("fonts", "GongwenKai-Regular.ttf").read_bytes())
    assert installed_fangsong((tmp_path / "none", tmp_path)) == own
    writer = OfficialDocumentWriter(own)
    content = writer.pdf([annual_form(3)], MARKS)
    assert b"GongwenKai" in content
    assert writer.uses_fangsong
    assert writer.report() == ()
    assert b"GongwenKai" not in OfficialDocumentWriter().pdf([annual_form(3)], MARKS)


def test_a_fangsong_that_cannot_be_embedded_is_left_alone(tmp_path):
    broken = tmp_path / "simfang.ttf"
    broken.write_bytes(b"no font at all")
    restricted = tmp_path / "restricted.ttf"
    font = bytearray(resources.path("fonts", "GongwenKai-Regular.ttf").read_bytes())
    place = font.index(b"OS/2")
    table = int.from_bytes(font[place + 8 : place + 12], "big")
    font[table + 8 : table + 10] = b"\x00\x02"
    restricted.write_bytes(font)
    shipped = OfficialDocumentWriter().pdf([annual_form(3)], MARKS)
    for path in (broken, restricted, tmp_path / "gone.ttf"):
        writer = OfficialDocumentWriter(path)
        assert writer.pdf([annual_form(3)], MARKS) == shipped
        assert "仿宋" in writer.report()[0]


def test_font_folders_of_both_systems():
    windows = system_font_folders({"WINDIR": "W", "LOCALAPPDATA": "L"})
    assert windows == (Path("W/Fonts"), Path("L/Microsoft/Windows/Fonts"))
    assert Path("H/.fonts") in system_font_folders({"HOME": "H"})
    assert installed_fangsong(()) is None


def test_writer_imports_nothing_heavy_until_asked():
    program = (
        "import sys\n"
        "from documents.writer import OfficialDocumentWriter\n"
        "from documents.tables import RegisterTableReader\n"
        "from documents.files import AtomicFileWriter\n"
        "OfficialDocumentWriter()\n"
        "print(sorted({n.split('.')[0] for n in sys.modules} & {'openpyxl', 'reportlab', 'PIL', 'lxml'}))\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == "[]"


def page_texts(content: bytes) -> list[bytes]:
    """Content streams of the pages, inflated."""
    streams = re.findall(rb"stream\r?\n(.*?)endstream", content, re.DOTALL)
    inflated = []
    for stream in streams:
        try:
            inflated.append(zlib.decompress(base64.a85decode(b"<~" + stream.strip(), adobe=True)))
        except (ValueError, zlib.error):
            continue
    return [stream for stream in inflated if b"BT" in stream]


def test_marked_content_is_balanced(writer):
    pages = page_texts(writer.pdf([annual_form(), hostile_form()], MARKS))
    assert len(pages) == 3
    for page in pages:
        assert page.count(b"BDC") == page.count(b"EMC") > 0
