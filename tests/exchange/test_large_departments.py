"""The largest package a department may send is written, judged and copied without ever being held: at most 300 MB."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from documents.files import AtomicFileWriter
from exchange.measured import measured
from models.domain.errors import EnvironmentProblem
from services.department.forwarding import MOST_BYTES
from tests.source import ROOT

MOST_MEGABYTES = 300
_MEGABYTE = 1024 * 1024
_LARGEST = 128 * _MEGABYTE

_WRITE = """
import hashlib, sys
from pathlib import Path
from documents.files import AtomicFileWriter
from tests.exchange.attack_nested import department_key, department_submission
from tests.exchange.world import codes, judge, make_world, write

folder = Path(sys.argv[1])
world = make_world(folder / "world")
members = {f"packages/{path.name}": path for path in sorted(folder.glob("*.asice"))}
packages = [
    {"member": name, "size": path.stat().st_size, "sha256": hashlib.file_digest(path.open("rb"), "sha256").hexdigest()}
    for name, path in members.items()
]
(folder / "out").mkdir()
written = write(folder / "out", department_submission(packages), department_key(world, folder), members)
judged = judge(written.path, world.trust)
AtomicFileWriter().copy(written.path, folder / "copy.bin")
status = Path("/proc/self/status").read_text()
peak = int(status.partition("VmHWM:")[2].split()[0]) // 1024
print(peak, judged.verdict.word.value, written.size, (folder / "copy.bin").stat().st_size)
"""


def large(path: Path, size: int, mark: bytes) -> None:
    """A file of holes that begins otherwise than its neighbours."""
    with path.open("wb") as stream:
        stream.write(mark)
        stream.truncate(size)


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak is told by /proc")
def test_the_largest_package_is_streamed(tmp_path: Path) -> None:
    left, number = MOST_BYTES, 0
    while left > 0:
        number += 1
        large(tmp_path / f"205{number:03d}_2026_submission_1_aa.asice", min(left, _LARGEST), bytes([number]))
        left -= _LARGEST
    done = subprocess.run(
        [sys.executable, "-c", _WRITE, str(tmp_path)], capture_output=True, text=True, cwd=ROOT, timeout=300
    )
    assert done.returncode == 0, done.stderr[-2000:]
    peak, word, size, copied = done.stdout.split()
    assert int(peak) <= MOST_MEGABYTES
    assert word == "valid"
    assert int(size) == int(copied) > MOST_BYTES


def test_a_file_that_changed_after_it_was_measured_is_not_sealed(tmp_path: Path) -> None:
    path = tmp_path / "a.asice"
    path.write_bytes(b"as it was")
    member = measured(path)
    assert b"".join(member.pieces()) == b"as it was"
    assert (member.size, member.sha256) == (9, hashlib.sha256(b"as it was").digest())
    for other in (b"as it is!", b"as it was, and more", b"as"):
        path.write_bytes(other)
        with pytest.raises(EnvironmentProblem, match="刚刚变了"):
            list(member.pieces())
    path.unlink()
    with pytest.raises(EnvironmentProblem):
        list(member.pieces())


def test_a_copy_is_whole_or_not_there(tmp_path: Path) -> None:
    source, target = tmp_path / "a", tmp_path / "b"
    source.write_bytes(os.urandom(3 * _MEGABYTE + 7))
    files = AtomicFileWriter()
    files.copy(source, target)
    assert target.read_bytes() == source.read_bytes()
    with pytest.raises(EnvironmentProblem):
        files.copy(tmp_path / "gone", target)
    assert target.read_bytes() == source.read_bytes()
    with pytest.raises(EnvironmentProblem):
        files.copy(source, tmp_path / "no folder" / "b")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]
