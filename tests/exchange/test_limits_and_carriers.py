"""Limits of reading, endless input, and carriers that fail while a package is written."""

from __future__ import annotations

import errno
import io
import time
from pathlib import Path

import pytest

import resources
from exchange import atomic_file, pdf_skeleton, writer
from exchange.limits import ReadingLimits
from exchange.pdf_inspection import inspect_pdf
from exchange.reader import StrictPackageReader
from exchange.writer import CanonicalPackageWriter
from models.domain.errors import EnvironmentProblem
from models.domain.verdict import VerdictWord
from tests.exchange.rawzip import Entry, pack, seal
from tests.exchange.world import NOW, World, codes, judge, signed_pdf, submission, write

pytestmark = pytest.mark.wide


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (ReadingLimits(file_bytes=100), "file_too_large"),
        (ReadingLimits(members=3), "too_many_members"),
        (ReadingLimits(member_bytes=500), "member_too_large"),
        (ReadingLimits(payload_bytes=100), "member_too_large"),
        (ReadingLimits(payload_depth=2), "payload_depth"),
    ],
)
def test_what_is_beyond_the_limits_is_not_read(
    limits: ReadingLimits, code: str, sample: Path, world: World
) -> None:
    judgement = StrictPackageReader(limits).judge(sample, world.trust, NOW)
    assert codes(judgement) == {code}
    if code != "payload_depth":
        assert judgement.verdict.word is VerdictWord.CANNOT_JUDGE


def test_a_sparse_giant_is_refused_by_its_size(world: World, tmp_path: Path) -> None:
    path = tmp_path / "giant.asice"
    with path.open("wb") as stream:
        stream.truncate(3 << 30)
    started = time.perf_counter()
    assert codes(judge(path, world.trust)) == {"file_too_large"}
    assert time.perf_counter() - started < 1


def test_thousands_of_entries_claimed_by_a_small_file(world: World, tmp_path: Path) -> None:
    path = tmp_path / "many.asice"
    path.write_bytes(pack([Entry(b"mimetype", b"x")], count=4000))
    assert codes(judge(path, world.trust)) == {"container_truncated"}


@pytest.mark.parametrize(
    "text",
    [
        b'<asic:DataObjectReference URI="a">' * 100_000,
        b"<DataObjectReference" * 100_000,
        b'<DataObjectReference URI="' + b"a" * 1_000_000,
        b'<x URI="a">' * 100_000,
    ],
)
def test_an_endless_manifest_costs_little(text: bytes, world: World, tmp_path: Path) -> None:
    path = tmp_path / "endless.asice"
    path.write_bytes(seal(world.unit, manifest=lambda _text: text))
    started = time.perf_counter()
    assert not judge(path, world.trust).verdict.intact
    assert time.perf_counter() - started < 2


def test_an_endless_document_is_given_up(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_skeleton, "MOST_TOKENS", 50)
    found = inspect_pdf(signed_pdf(world.unit), world.unit.signing_certificate, "文书")
    assert [reason.code for reason in found] == ["pdf_form"]


def test_a_document_with_shipped_fonts_outline_and_pictures_is_plain_enough(world: World) -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(TTFont("Exchange", str(resources.path("fonts") / "GongwenKai-Regular.ttf")))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1, pageCompression=1)
    for page in range(3):
        canvas.setFont("Exchange", 12)
        canvas.drawString(100, 700, f"项目支出绩效目标申报表 第{page}页（单位：元）")
        canvas.bookmarkPage(f"page{page}")
        canvas.addOutlineEntry("目录", f"page{page}")
        canvas.showPage()
    canvas.setTitle("绩效目标")
    canvas.save()
    signed = CanonicalPackageWriter().sign_pdf(buffer.getvalue(), world.unit, NOW)
    assert inspect_pdf(signed, world.unit.signing_certificate, "文书") == []


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "空间不足"), (errno.EROFS, "只读"), (errno.ENODEV, "已拔出"), (errno.EIO, "读写出错")],
)
def test_a_failing_carrier_gets_one_sentence_and_keeps_nothing(
    number: int, words: str, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_descriptor: int) -> None:
        raise OSError(number, "failed")

    monkeypatch.setattr(atomic_file.os, "fsync", fail)
    with pytest.raises(EnvironmentProblem, match=words):
        write(tmp_path, submission(), world.unit)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_gone(world: World, tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match="文件夹不见了"):
        write(tmp_path / "stick", submission(), world.unit)


def test_what_reads_back_differently_is_taken_away(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = writer.write_whole

    def lose_a_byte(path: Path, pieces: list[bytes]) -> None:
        whole = b"".join(pieces)
        real(path, [whole[:-1], b"?"])

    monkeypatch.setattr(writer, "write_whole", lose_a_byte)
    with pytest.raises(EnvironmentProblem, match="核对不一致"):
        write(tmp_path, submission(), world.unit)
    assert list(tmp_path.iterdir()) == []


def test_a_mistaken_file_name_is_the_callers_fault(world: World, tmp_path: Path) -> None:
    for name in ("../x.asice", "x.zip", ""):
        with pytest.raises(ValueError, match="file name"):
            CanonicalPackageWriter().write(
                tmp_path, lambda _digest, name=name: name, submission(), {}, world.unit, NOW
            )
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_made_tidy_before_a_package_goes_there(world: World, tmp_path: Path) -> None:
    seen: list[tuple[Path, int]] = []
    writer = CanonicalPackageWriter(lambda folder: seen.append((folder, len(list(folder.iterdir())))))
    writer.write(tmp_path, lambda _digest: "x.asice", submission(), {}, world.unit, NOW)
    assert seen == [(tmp_path, 0)]
