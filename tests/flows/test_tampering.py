"""A package changed after it was signed: refused, and the bureau reads which cell was changed from what to what."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass

import openpyxl
import pytest

from exchange.container import build_container
from exchange.pdf_text import pdf_texts
from exchange.workbook_signature.archive import pack_parts, read_parts
from main import Adapters
from models.domain.canonical_json import canonical_json
from models.domain.money import AmountUnit, format_amount
from models.domain.verdict import VerdictWord
from services import bureau_keys, intake, package_lines, practice, sealing
from services.job import JobContext
from services.ports.store import FilingQuery
from tests.fakes.clock import MovableClock
from tests.flows.conftest import PASSWORD, County

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("tampering")]
MANIFEST = "META-INF/ASiCManifest001.xml"
Members = dict[str, bytes]


@dataclass(frozen=True)
class Scene:
    """A bureau that knows the unit's key, and one good package of one form."""

    county: County
    package: bytes
    members: Members

    @property
    def book(self) -> str:
        return next(name for name in self.members if name.endswith(".xlsx"))

    @property
    def pdf(self) -> str:
        return next(name for name in self.members if name.endswith(".pdf"))

    def refused(self, data: bytes) -> tuple[VerdictWord, str]:
        """What the bureau's list says of the package, its filings untouched."""
        workspace = self.county.bureau.workspace
        path = self.county.stick / f"changed-{hashlib.sha256(data).hexdigest()[:8]}.asice"
        path.write_bytes(data)
        (row,) = intake.receive(workspace, [path], JobContext()).rows
        with workspace.store.reading() as work:
            assert not work.filings.find(FilingQuery())
        line = next(line for line in package_lines.package_lines(workspace) if line.path == str(path))
        assert line.reasons == row.reasons
        return line.word, "".join(reason.message for reason in line.reasons)


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    folder = tmp_path_factory.mktemp("tampering")
    clock, stick = MovableClock(), folder / "stick"
    tools = Adapters(clock)
    stick.mkdir()
    bureau = practice.build_bureau(tools, folder / "bureau", stick, ("root-pass-1", "bureau-pass-2"))
    county = County(tools, clock, bureau, stick, folder)
    desk = county.unit("820001")
    ready = practice.sealable(desk, practice.fill(desk, limit=4))
    with desk.store.reading() as work:
        chosen = next(one for one in ready if (kept := work.filings.get(one)) and kept.project_id)
    package = sealing.seal(desk, [chosen], stick, PASSWORD, JobContext()).written.path
    desk.close()
    data = package.read_bytes()
    package.unlink()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    return Scene(county, data, members)


def sheet_of(book: bytes) -> str:
    return read_parts(book)["xl/worksheets/sheet1.xml"].decode()


def with_cell(book: bytes, change: Callable[[str], str]) -> bytes:
    """The workbook with its first worksheet's XML changed."""
    parts = read_parts(book)
    parts["xl/worksheets/sheet1.xml"] = change(sheet_of(book)).encode()
    return pack_parts(parts)


def an_amount(members: Members) -> int:
    """An amount of the answers, in 分, that nothing else on the form shows."""
    (filing,) = json.loads(members["payload.json"])["filings"]
    amounts = [v for k, v in filing["answers"].items() if k.endswith("_fen") and type(v) is int and v]
    return max(amounts)


def a_number(book: bytes) -> str:
    """A number cell of the workbook that stands there once."""
    numbers = re.findall(r"<v>([0-9.]+)</v>", sheet_of(book))
    return next(number for number in numbers if numbers.count(number) == 1)


def test_a_cell_of_the_workbook(scene: Scene) -> None:
    number = a_number(scene.members[scene.book])
    book = with_cell(scene.members[scene.book], lambda xml: xml.replace(f"<v>{number}</v>", "<v>85</v>"))
    word, told = scene.refused(b"".join(build_container({**scene.members, scene.book: book})))
    assert word is VerdictWord.ALTERED
    assert re.search(r"第 1 张表的 Excel 表格里，.+由 [0-9,.]+( 万元)? 改成了 85(\.0+)?( 万元)?。", told), (
        told
    )
    assert "另有" not in told


def test_a_workbook_saved_again_by_another_program(scene: Scene) -> None:
    book = openpyxl.load_workbook(io.BytesIO(scene.members[scene.book]))
    saved = io.BytesIO()
    book.save(saved)
    word, told = scene.refused(b"".join(build_container({**scene.members, scene.book: saved.getvalue()})))
    assert word is VerdictWord.ALTERED
    assert "第 1 张表的 Excel 表格文字与填报数据一致，可能只是被其他程序重新保存过。" in told


def test_a_formula_put_into_a_workbook_packed_again_by_another_program(scene: Scene) -> None:
    number = a_number(scene.members[scene.book])
    book = with_cell(
        scene.members[scene.book], lambda xml: xml.replace(f"<v>{number}</v>", "<f>1+1</f><v>2</v>")
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**scene.members, scene.book: book}.items():
            archive.writestr(name, content)
    word, told = scene.refused(packed.getvalue())
    assert word is VerdictWord.ALTERED
    assert re.search(r"第 1 张表的 Excel 表格里，.+由 [0-9,.]+( 万元)? 改成了 2(\.0+)?( 万元)?。", told), told


def test_the_data(scene: Scene) -> None:
    payload = json.loads(scene.members["payload.json"])
    amount = an_amount(scene.members)
    answers = payload["filings"][0]["answers"]
    (key,) = [key for key, value in answers.items() if value == amount][:1]
    answers[key] = amount + 50_000
    data = b"".join(build_container({**scene.members, "payload.json": canonical_json(payload)}))
    word, told = scene.refused(data)
    assert word is VerdictWord.ALTERED
    new, old = (format_amount(fen, AmountUnit.WAN_YUAN) for fen in (amount + 50_000, amount))
    assert re.search(rf"第 1 张表的填报数据里，“.+”由 {old} 万元 改成了 {new} 万元", told), told
    assert "PDF" not in told.partition("经对照")[2]


def test_the_pdf(scene: Scene) -> None:
    pdf, old, new = in_a_pdf(scene.members[scene.pdf])
    word, told = scene.refused(b"".join(build_container({**scene.members, scene.pdf: pdf})))
    assert word is VerdictWord.ALTERED
    assert "第 1 张表的 PDF 表格里，" in told
    assert re.search(f"由 {old}( 万元)? 改成了 {new}( 万元)?。", told), told


def test_both_when_the_list_of_digests_was_written_anew(scene: Scene) -> None:
    number = a_number(scene.members[scene.book])
    book = with_cell(scene.members[scene.book], lambda xml: xml.replace(f"<v>{number}</v>", "<v>85</v>"))
    members = {**scene.members, scene.book: book}
    old, new = (
        base64.b64encode(hashlib.sha256(one[scene.book]).digest()) for one in (scene.members, members)
    )
    members[MANIFEST] = members[MANIFEST].replace(old, new)
    word, told = scene.refused(b"".join(build_container(members)))
    assert word is VerdictWord.INVALID_SIGNATURE
    assert re.search(
        r"第 1 张表的填报数据与 Excel 表格不一致，.+在数据里是 [0-9,.]+( 万元)?，在表格里是 85", told
    ), told


def test_nothing_is_said_of_a_file_that_holds_no_data(scene: Scene) -> None:
    members = {**scene.members, "payload.json": b"{"}
    _, told = scene.refused(b"".join(build_container(members)))
    assert "经对照" not in told


def test_the_package_itself_is_good(scene: Scene) -> None:
    """Last, since it is taken in: what was refused before was refused for its changes alone."""
    workspace = scene.county.bureau.workspace
    path = scene.county.stick / "good.asice"
    path.write_bytes(scene.package)
    intake.receive(workspace, [path], JobContext())
    waiting = next(item for item in intake.quarantine(workspace) if item.path == str(path))
    bureau_keys.register_key(workspace, scene.county.bureau.keys, waiting)
    (row,) = intake.receive(workspace, [path], JobContext()).rows
    assert (row.outcome.value, row.reasons) == ("received", ())


def in_a_pdf(pdf: bytes) -> tuple[bytes, str, str]:
    """A PDF with one digit of one amount changed in its page's content; the whole text before and after."""
    match = next(
        match
        for match in re.finditer(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL)
        if b"~>" in match[1] and b" Tj" in _inflated(match[1])
    )
    content = _inflated(match[1])
    before = pdf_texts(pdf)
    for shown in re.finditer(rb"\(((?:[^()\\]|\\.){4,20})\) Tj", content):
        raw = shown[1]
        if len(raw) < 4 or b"\\" in raw or raw[:1] == raw[1:2]:
            continue
        swapped = raw[1:2] + raw[:1] + raw[2:]
        changed = content[: shown.start(1)] + swapped + content[shown.end(1) :]
        packed = base64.a85encode(zlib.compress(changed), wrapcol=0) + b"~>\n"
        body = pdf[: match.start(1)] + packed + pdf[match.end(1) :]
        body = body.replace(b"/Length %d" % len(match[1]), b"/Length %d" % len(packed))
        after = pdf_texts(body)
        differing = [(a, b) for a, b in zip(before, after, strict=True) if a != b]
        if len(differing) == 1 and re.fullmatch(r"[0-9,.]{4,}", differing[0][0]):
            return body, *differing[0]
    raise AssertionError("no amount in the PDF")


def _inflated(stream: bytes) -> bytes:
    try:
        return zlib.decompress(base64.a85decode(stream.strip().removesuffix(b"~>")))
    except (ValueError, zlib.error):
        return b""
