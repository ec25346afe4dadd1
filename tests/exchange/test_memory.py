"""Whatever a file says, judging it takes no more than 300 MB: each hostile file in a process of its own."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from exchange import cms
from exchange.container import CENTRAL, CENTRAL_MARK, END, END_MARK, PINNED, VERSION, local_header
from exchange.manifest import manifest_bytes
from exchange.workbook_signature.archive import MOST_BYTES
from models.domain.canonical_json import canonical_json
from tests.exchange.books import SHEET, package, signed_book, spoiled
from tests.exchange.rawzip import seal
from tests.exchange.world import NOW, World, filing, submission
from tests.source import ROOT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak is told by /proc"),
]
MOST_MEGABYTES = 300
_MEGABYTE = 1024 * 1024
_JUDGE = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from exchange.reader import StrictPackageReader
from services.ports.exchange import TrustMaterial

path, reader = Path(sys.argv[1]), StrictPackageReader()
judged = reader.judge(path, TrustMaterial(), datetime.now(UTC))
if sys.argv[2] == "explained":
    found = reader.altered(path)
    for content in found.documents.values() if found else ():
        reader.pdf_texts(content)
status = Path("/proc/self/status").read_text()  # ru_maxrss would tell the parent's peak, too
peak = int(status.partition("VmHWM:")[2].split()[0]) // 1024
print(peak, *sorted(reason.code for reason in judged.verdict.reasons))
"""


def judged(path: Path, how: str) -> tuple[int, set[str]]:
    """Peak megabytes and reason codes of judging a file in a fresh process."""
    done = subprocess.run(
        [sys.executable, "-c", _JUDGE, str(path), how], capture_output=True, text=True, cwd=ROOT, timeout=300
    )
    assert done.returncode == 0, done.stderr[-2000:]
    peak, *codes = done.stdout.split()
    return int(peak), set(codes)


def _payload(content: bytes) -> Callable[[World], bytes]:
    return lambda world: seal(world.unit, payload=content)


def _sheet(content: bytes) -> Callable[[World], bytes]:
    return lambda world: package(
        world, spoiled(signed_book(world.unit), lambda parts: {**parts, SHEET: content})
    )


def _many_books(world: World) -> bytes:
    """Twenty workbooks, each as large inside as one may be."""
    book = spoiled(
        signed_book(world.unit), lambda parts: {**parts, SHEET: b"<v>" * (MOST_BYTES // 3 - 20_000)}
    )
    members = {f"documents/{n:02d}_a.xlsx": book for n in range(20)}
    return seal(world.unit, payload=canonical_json(submission(workbooks_signed=True)), members=members)


def _pdf(world: World, filling: bytes) -> bytes:
    """A PDF whose byte range is the whole file, so that everything in it is looked at."""
    head = b"%PDF-1.4\n" + filling
    rest = len(head) + len(b"/ByteRange [0 10 20 0000000000]\n") - 20
    pdf = head + b"/ByteRange [0 10 20 %010d]\n" % rest
    return seal(world.unit, payload=canonical_json(submission()), members={"documents/01_a.pdf": pdf})


def _rows() -> bytes:
    return b"xref\n0 1500000\n" + b"0000000000 00000 n \n" * 1_500_000 + b"trailer\n"


def _deep_flate() -> bytes:
    """A stream that inflates a thousandfold, thousands of times."""
    packed = zlib.compress(b"0" * 8 * _MEGABYTE)
    stream = b"/Length %d /Filter /FlateDecode >>\nstream\n" % len(packed) + packed + b"\nendstream\nendobj\n"
    return b"".join(b"%d 0 obj\n<< " % n + stream for n in range(100, 400))


LISTS = b'{"a":[' + b"[]," * 66_000 + b"[]]}"
DICTS = b'{"a":[' + b'{"a":1},' * 199_000 + b"1]}"
TEXTS = b'{"a":[' + b'"\xf0\x9f\x98\x80aa",' * 790_000 + b"1]}"
WIDE = b'{"a":"' + "😀".encode() * 4_000_000 + b'"}'
CASES: dict[str, Callable[[World], bytes]] = {
    "many lists": _payload(LISTS),
    "more lists than are parsed": _payload(b"[" + b"[]," * 5_000_000 + b"[]]"),
    "many objects": _payload(DICTS),
    "many texts": _payload(TEXTS),
    "a wide text": _payload(WIDE),
    "an honest filing with a long answer": lambda world: seal(
        world.unit, payload=canonical_json(submission(filings=[filing(answers={"a": "长" * 4_000_000})]))
    ),
    "a worksheet of empty elements": _sheet(b"<v>" * (MOST_BYTES // 3 - 20_000)),
    "a worksheet of elements nobody knows": _sheet(b"".join(b"<q%d>" % n for n in range(800_000))),
    "billion laughs": _sheet(
        b'<!DOCTYPE x [<!ENTITY a "ha">' + b'<!ENTITY b "&a;&a;">' * 100_000 + b"]><x/>"
    ),
    "twenty large workbooks": _many_books,
    "a PDF of names": lambda world: _pdf(world, b"".join(b"/N%d " % n for n in range(3_000_000))),
    "a PDF of objects": lambda world: _pdf(
        world, b"".join(b"%d 0 obj endobj\n" % n for n in range(1_500_000))
    ),
    "a PDF of references": lambda world: _pdf(world, _rows()),
    "a PDF that inflates": lambda world: _pdf(world, _deep_flate()),
}


@pytest.mark.parametrize("name", CASES)
def test_a_hostile_file_takes_little_memory(name: str, world: World, tmp_path: Path) -> None:
    path = tmp_path / "hostile.asice"
    path.write_bytes(CASES[name](world))
    peak, codes = judged(path, "explained")
    assert peak <= MOST_MEGABYTES, codes
    assert codes


@pytest.mark.parametrize("which", ["evidence", "manifest", "signature", "payload", "mimetype"])
def test_a_large_file_is_never_held_whole(which: str, world: World, tmp_path: Path) -> None:
    """Members of 160 MB of zeros (a sparse file), one of them where something small should stand."""
    path = tmp_path / "large.asice"
    size = 160 * _MEGABYTE
    zeros = hashlib.sha256(bytes(size))
    names = {
        "evidence": "evidence/0000000000000000.bin",
        "manifest": "META-INF/ASiCManifest001.xml",
        "signature": "META-INF/signature001.p7s",
        "payload": "payload.json",
        "mimetype": "mimetype",
    }
    small = canonical_json(submission())
    digests = {"payload.json": hashlib.sha256(small).digest()}
    digests |= {f"evidence/{n}000000000000000.bin": zeros.digest() for n in range(2)}
    manifest = manifest_bytes(digests)
    members: dict[str, bytes | int] = {
        "mimetype": b"application/vnd.etsi.asic-e+zip",
        "payload.json": small,
        **dict.fromkeys(list(digests)[1:], size),
        "META-INF/ASiCManifest001.xml": manifest,
        "META-INF/signature001.p7s": cms.sign(world.unit, hashlib.sha256(manifest).digest(), NOW),
    }
    if which != "evidence":
        members[names[which]] = size
    _write_sparse(path, members, zlib.crc32(bytes(size)))
    assert path.stat().st_size > 300 * _MEGABYTE
    peak, codes = judged(path, "explained")
    assert peak <= MOST_MEGABYTES, codes
    assert codes & {
        "evidence_unlisted", "manifest_form", "signature_form", "member_changed", "mimetype_wrong", "member_too_large",
    }  # fmt: skip


def _write_sparse(path: Path, members: dict[str, bytes | int], checksum: int) -> None:
    """A container whose large members are holes in the file."""
    directory = io.BytesIO()
    with path.open("wb") as stream:
        for name, content in members.items():
            raw, offset = name.encode(), stream.tell()
            size = content if isinstance(content, int) else len(content)
            crc = checksum if isinstance(content, int) else zlib.crc32(content)
            stream.write(local_header(raw, crc, size))
            if isinstance(content, int):
                stream.seek(size, io.SEEK_CUR)
            else:
                stream.write(content)
            common = (VERSION, *PINNED, crc, size, size, len(raw), 0, 0, 0, 0, 0, offset)
            directory.write(CENTRAL.pack(CENTRAL_MARK, *common) + raw)
        start, listing = stream.tell(), directory.getvalue()
        count = len(members)
        stream.write(listing + END.pack(END_MARK, 0, 0, count, count, len(listing), start, 0))
