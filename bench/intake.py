"""How quick taking in a whole county is, as ratios to what nobody can avoid (批量接收速度).

The packages are those of `bench.county` (read there what is real about them and what is not). The floor, for the same
files in the same run: read each, one SHA-256 over it, one public-key verification, and one bulk insert of exactly the
rows that the import wrote, in one transaction on the same disk. The import judges every package by every rule, looks
into its PDF and workbook, runs every check of its form, keeps a durable copy and writes everything durably; it does so
with helpers, the processes that judge ahead, and once more without any. Beside it,
merging the same workbooks as offices without the program do: openpyxl and python-calamine open each and put its cells
into one new workbook. Peak memory is that of a fresh process for a part and for all of them, and of one helper.

Both elapsed and processor time are told: the disk is part of the one and not of the other. Every process that is
measured runs as an installed program does, with modules compiled beforehand: where the environment forbids keeping them
(PYTHONDONTWRITEBYTECODE) each would compile everything anew, helpers too, which no user ever sees.
Run: `python -m bench.intake [PACKAGES] [FOLDER]`; FOLDER keeps what is made for a next run. 2,300 take some ten minutes
to make; `python -m bench.intake 300` is the quick one.
"""

from __future__ import annotations

import compileall
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from bench.county import BUREAU, STICK, built
from bench.report import Line
from bench.taking_in import Taken, timed

MANY, PART = 2_300, 300
GOAL, SMALL_GOAL = 2.5, 0.2
SMALL = 110_000
"""Packages without evidence weigh 101 to 110 KB: one form's PDF and workbook with their signatures and fonts."""
ROOT = Path(__file__).resolve().parent.parent
_WRITTEN = (
    "filings", "filing_contents", "indicator_rows", "submitted_versions", "submitted_evidence", "projects",
    "project_years", "packages",
)  # fmt: skip


def imported(
    bureau: Path, files: Sequence[Path], expected: str = "received", helpers: int | None = None
) -> Taken:
    """Take files in in a fresh process, with as many helpers as the program would have or as are named."""
    command = [
        sys.executable,
        "-m",
        "bench.taking_in",
        str(bureau),
        *([] if helpers is None else [str(helpers)]),
    ]
    listed = "\n".join(map(str, files))
    done = subprocess.run(
        command, cwd=ROOT, env=as_installed(), input=listed, capture_output=True, text=True, check=True
    )
    told = json.loads(done.stdout)
    assert told["outcomes"][expected] == len(files), told["outcomes"]
    return Taken(*told["took"])


@lru_cache(maxsize=1)
def as_installed() -> dict[str, str]:
    """The environment of a process whose modules, compiled with the first call, are found compiled."""
    packages = (place.parent for place in ROOT.glob("*/__init__.py"))
    for folder in (ROOT / "bench", *packages):
        compileall.compile_dir(folder, quiet=1)
    compileall.compile_file(ROOT / "main.py", quiet=1)
    return {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}


def reading_floor(files: Iterable[Path]) -> Taken:
    """Read, one SHA-256, one verification of an RSA-2048 signature, for each file; making the key does not count."""
    from exchange.certificates import is_signature
    from exchange.keys import make_private_key

    key: Any = make_private_key("rsa-2048")
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import padding

    signature, public = key.sign(b"content", padding.PKCS1v15(), hashes.SHA256()), key.public_key()

    def read() -> None:
        for path in files:
            hashlib.sha256(path.read_bytes()).digest()
            assert is_signature(public, signature, b"content")

    return timed(read)


def insert_floor(source: Path, target: Path) -> Taken:
    """One bulk insert of the rows an import has written, into tables with the same indexes, one durable commit."""
    with (
        closing(sqlite3.connect(source)) as made,
        closing(sqlite3.connect(target, isolation_level=None)) as bare,
    ):
        bare.execute("PRAGMA journal_mode = WAL")
        bare.execute("PRAGMA synchronous = FULL")
        names = ", ".join(f"'{name}'" for name in _WRITTEN)
        wanted = f"SELECT sql FROM sqlite_master WHERE tbl_name IN ({names}) AND sql IS NOT NULL"
        of_kind = "AND type IN ('table', 'index') ORDER BY type DESC"
        for (statement,) in made.execute(f"{wanted} {of_kind}"):
            bare.execute(statement)
        rows = {name: made.execute(f"SELECT * FROM {name}").fetchall() for name in _WRITTEN}

        def insert() -> None:
            bare.execute("BEGIN IMMEDIATE")
            for name, some in rows.items():
                if some:
                    bare.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(some[0]))})", some)
            bare.execute("COMMIT")

        return timed(insert)


def workbooks(files: Iterable[Path]) -> list[bytes]:
    """The workbooks inside the packages, taken out beforehand."""
    found = []
    for path in files:
        with zipfile.ZipFile(path) as package:
            found += [package.read(name) for name in package.namelist() if name.endswith(".xlsx")]
    return found


def merged_by_openpyxl(books: Iterable[bytes]) -> None:
    """Every cell of every workbook into one new one."""
    from openpyxl import Workbook, load_workbook

    whole = Workbook(write_only=True)
    sheet = whole.create_sheet()
    for content in books:
        for source in load_workbook(BytesIO(content), data_only=True):
            for row in source.iter_rows(values_only=True):
                sheet.append(row)
    whole.save(BytesIO())


def merged_by_calamine(books: Iterable[bytes]) -> None:
    """The same, read by python-calamine and written by openpyxl, since the other cannot write."""
    from openpyxl import Workbook
    from python_calamine import CalamineWorkbook

    whole = Workbook(write_only=True)
    sheet = whole.create_sheet()
    for content in books:
        source = CalamineWorkbook.from_filelike(BytesIO(content))
        for name in source.sheet_names:
            for row in source.get_sheet_by_name(name).to_python():
                sheet.append(row)
    whole.save(BytesIO())


def _fresh(source: Path, scratch: Path) -> Path:
    """The bureau as it was before anything came."""
    shutil.rmtree(scratch, ignore_errors=True)
    shutil.copytree(source / BUREAU, scratch)
    return scratch


def main(count: int, source: Path, scratch: Path) -> Iterator[Line]:
    """Measure everything once, floors beside what they are floors of; each line as soon as it is known."""
    files = sorted((built(source, count) / STICK).glob("*.asice"))[:count]
    small = [path for path in files if path.stat().st_size <= SMALL]
    size = sum(path.stat().st_size for path in files)
    print(
        f"{datetime.now(UTC):%Y-%m-%d}: {len(files):,} packages, {size / 1e6:,.0f} MB, {len(small)} of them below 110 KB"
    )
    before = reading_floor(files)
    bureau = _fresh(source, scratch / "all")
    whole = imported(bureau, files)
    after = reading_floor(files)
    floor = insert_floor(bureau / "workspace.db", scratch / "bare.db")
    floor = Taken(
        floor.elapsed + (before.elapsed + after.elapsed) / 2,
        floor.processor + (before.processor + after.processor) / 2,
    )
    again = imported(bureau, files, "unchanged")
    alone = imported(_fresh(source, scratch / "alone"), files, helpers=0)
    part = imported(_fresh(source, scratch / "part"), files[:PART])
    yield from _beside_the_floor(whole, alone, floor)
    told = f"{again.elapsed:.1f} s"
    yield Line("the same files once more ÷ the first time", again.elapsed / whole.elapsed, None, told)
    told = f"{whole.peak:.0f} MB for {len(files):,}, {part.peak:.0f} MB for {min(PART, len(files))}"
    told += f"; a helper {whole.peak_of_helper:.0f} and {part.peak_of_helper:.0f} MB"
    yield Line("peak memory of all ÷ of a part", whole.peak / part.peak, 1.25, told)
    of_small = imported(_fresh(source, scratch / "small"), small, helpers=0)
    yield from _merging(files, small, alone, of_small)


def _beside_the_floor(whole: Taken, alone: Taken, floor: Taken) -> Iterator[Line]:
    """The import with its helpers and without beside what nobody can avoid."""

    def line(name: str, value: float, least: float, told: str) -> Line:
        return Line(name, value / least, GOAL, f"{told} beside {least:.1f} s")

    told = f"{whole.elapsed:.1f} s with {whole.helpers} helpers"
    yield line(
        "import ÷ (read + SHA-256 + one verification + one bulk insert)", whole.elapsed, floor.elapsed, told
    )
    used = whole.processor + whole.of_helpers
    told = f"{whole.processor:.1f} s and {whole.of_helpers:.1f} s of helpers"
    yield line("the same in processor time", used, floor.processor, told)
    yield line("the same without helpers", alone.elapsed, floor.elapsed, f"{alone.elapsed:.1f} s")
    told = f"{alone.processor:.1f} s"
    yield line("the same without helpers, in processor time", alone.processor, floor.processor, told)


def _merging(files: Sequence[Path], small: Sequence[Path], alone: Taken, of_small: Taken) -> Iterator[Line]:
    """What merging workbooks takes, beside an import by one process."""
    books, few = workbooks(files), workbooks(small)

    def beside(name: str, taken: Taken, other: Taken, goal: float | None) -> Line:
        detail = f"{taken.processor:.1f} s beside {other.processor:.1f} s of processor time"
        return Line(name, taken.processor / other.processor, goal, detail)

    slow = timed(lambda: merged_by_openpyxl(few))
    yield beside("packages without evidence: import ÷ merging with openpyxl", of_small, slow, SMALL_GOAL)
    quick = timed(lambda: merged_by_calamine(books))
    yield beside("import ÷ merging the same workbooks with python-calamine", alone, quick, None)
    slow = timed(lambda: merged_by_openpyxl(books))
    yield beside("import ÷ merging the same workbooks with openpyxl", alone, slow, None)


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else MANY
    with tempfile.TemporaryDirectory() as name:
        kept = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(name, "county")
        for line in main(wanted, kept, Path(name)):
            print(line, flush=True)
