"""Copies past the system's memory: the same file, the same faults and the same sentences as the usual way."""

from __future__ import annotations

import errno
import os
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from documents import unbuffered_copy
from documents.files import AtomicFileWriter
from documents.unbuffered_copy import BUFFER, IS_OFFERED
from models.domain.errors import EnvironmentProblem

pytestmark = pytest.mark.skipif(not IS_OFFERED, reason="only where the system offers it")
OLD, BLOCK = b"what was there", 4096
DIRECT = getattr(os, "O_DIRECT", 0)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """The place of a copy, where another one is."""
    path = tmp_path / "archive" / "副本.asice"
    path.parent.mkdir()
    path.write_bytes(OLD)
    return path


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A file of some blocks and a bit."""
    path = tmp_path / "来件.asice"
    path.write_bytes(os.urandom(3 * BLOCK + 7))
    return path


def copy(source: Path, target: Path) -> None:
    """One of many copies."""
    AtomicFileWriter().copy(source, target, settled=False)


def alone(target: Path) -> bytes:
    """What is there, beside which nothing else is."""
    assert [path.name for path in target.parent.iterdir()] == [target.name]
    return target.read_bytes()


def is_direct(handle: int) -> bool:
    import fcntl

    return bool(fcntl.fcntl(handle, fcntl.F_GETFL) & DIRECT)


def failing(code: int) -> Callable[..., int]:
    def fail(*_arguments: object) -> int:
        raise OSError(code, os.strerror(code))

    return fail


@pytest.mark.parametrize(
    "size", [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, BUFFER - 1, BUFFER, BUFFER + 1, 2 * BUFFER + BLOCK + 5]
)
def test_files_of_any_size(source: Path, target: Path, size: int) -> None:
    source.write_bytes(os.urandom(size))
    copy(source, target)
    assert alone(target) == source.read_bytes()


def test_whole_blocks_go_past_the_memory_the_end_does_not_and_nothing_is_written_beyond(
    source: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[tuple[int, bool]] = []
    real = os.write
    monkeypatch.setattr(
        os,
        "write",
        lambda handle, piece: written.append((len(piece), is_direct(handle))) or real(handle, piece),
    )
    copy(source, target)
    if (3 * BLOCK + 7, False) in written:
        pytest.skip("this carrier does not offer it")
    assert written == [(3 * BLOCK, True), (7, False)]


@pytest.mark.parametrize("code", [errno.EINVAL, errno.EOPNOTSUPP])
def test_a_carrier_that_refuses_to_open_so(
    source: Path, target: Path, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As Linux does it: the name is there by then."""
    real = os.open

    def refused(path: Path, flags: int, *rights: int) -> int:
        handle = real(path, flags & ~DIRECT, *rights)
        if flags & DIRECT:
            os.close(handle)
            raise OSError(code, os.strerror(code))
        return handle

    monkeypatch.setattr(os, "open", refused)
    copy(source, target)
    assert alone(target) == source.read_bytes()


@pytest.mark.parametrize("code", [errno.EINVAL, errno.EOPNOTSUPP])
def test_a_carrier_that_refuses_to_write_so(
    source: Path, target: Path, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, written = os.write, []

    def refused(handle: int, piece: memoryview) -> int:
        if is_direct(handle) and written:
            raise OSError(code, os.strerror(code))
        written.append(len(piece))
        return real(handle, piece[:BLOCK])

    monkeypatch.setattr(os, "write", refused)
    copy(source, target)
    assert alone(target) == source.read_bytes()


@pytest.mark.parametrize("most", [BLOCK, 1001])
def test_a_carrier_that_takes_or_gives_a_part_at_a_time(
    source: Path, target: Path, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    real_write, real_read = os.write, os.readv
    monkeypatch.setattr(os, "write", lambda handle, piece: real_write(handle, piece[:most]))
    monkeypatch.setattr(os, "readv", lambda handle, views: real_read(handle, [views[0][:most]]))
    copy(source, target)
    assert alone(target) == source.read_bytes()


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (errno.ENOSPC, "空间不足"),
        (errno.EROFS, "只读"),
        (errno.EIO, "已拔出.*文件没有写成"),
        (errno.EACCES, "没有写入"),
        (errno.EINVAL, "不支持的字符"),
    ],
)
@pytest.mark.parametrize("step", ["write", "fsync", "replace"])
def test_a_fault_of_writing(
    step: str, code: int, said: str, source: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, step, failing(code))
    with pytest.raises(EnvironmentProblem, match=said) as caught:
        copy(source, target)
    monkeypatch.undo()
    assert caught.value.sentence.startswith(f"{target.name}：")
    assert alone(target) == OLD


def test_the_carrier_fills_up_on_the_way(source: Path, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, room = os.write, [2 * BLOCK]

    def nearly_full(handle: int, piece: memoryview) -> int:
        if not room[0]:
            raise OSError(errno.ENOSPC, "full")
        took = real(handle, piece[: room[0]])
        room[0] -= took
        return took

    monkeypatch.setattr(os, "write", nearly_full)
    with pytest.raises(EnvironmentProblem, match="空间不足"):
        copy(source, target)
    assert alone(target) == OLD


def test_where_the_system_does_not_offer_it(
    source: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unbuffered_copy, "IS_OFFERED", False)
    monkeypatch.delattr(os, "readv")
    copy(source, target)
    assert alone(target) == source.read_bytes()


def test_a_fault_of_reading(source: Path, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The stick is pulled out after the first block, then it is not there at all."""
    real, read = os.readv, []

    def once(handle: int, views: list[memoryview]) -> int:
        if read:
            raise OSError(errno.EIO, "gone")
        read.append(handle)
        return real(handle, [views[0][:BLOCK]])

    monkeypatch.setattr(os, "readv", once)
    with pytest.raises(EnvironmentProblem, match="文件读不出来") as caught:
        copy(source, target)
    assert caught.value.sentence.startswith(f"{source.name}：")
    with pytest.raises(EnvironmentProblem, match="找不到这个文件"):
        copy(source.with_name("没有.asice"), target)
    assert alone(target) == OLD


def test_threads_do_not_share_a_buffer_and_let_it_go(tmp_path: Path) -> None:
    contents = {tmp_path / f"{number}": os.urandom(BUFFER // 2 + number) for number in range(12)}
    for path, content in contents.items():
        path.write_bytes(content)
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda path: copy(path, path.with_suffix(".copy")), contents))
    assert all(path.with_suffix(".copy").read_bytes() == content for path, content in contents.items())
    with ThreadPoolExecutor(1) as threads:
        kept = threads.submit(lambda: weakref.ref(unbuffered_copy.buffer())).result()
    assert kept() is None
