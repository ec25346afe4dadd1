"""Atomic files: whole or not at all, each fault of a carrier in one sentence."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from documents import files
from documents.file_problems import problem_of
from documents.files import AtomicFileWriter
from models.domain.errors import EnvironmentProblem

IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
OLD, NEW = b"old content", b"new content" * 1000


@pytest.fixture
def target(tmp_path) -> Path:
    """A file that is there already, alone in its folder."""
    path = tmp_path / "stick" / "报送文件.asice"
    path.parent.mkdir()
    path.write_bytes(OLD)
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_written_whole_and_read_back(target):
    AtomicFileWriter().write(target, NEW)
    assert AtomicFileWriter().read_back(target) == NEW
    assert names(target.parent) == [target.name]


def test_a_new_file_has_ordinary_rights(tmp_path):
    path = tmp_path / "a.xlsx"
    plain = tmp_path / "b.xlsx"
    plain.write_bytes(b"")
    AtomicFileWriter().write(path, b"")
    assert path.stat().st_mode == plain.stat().st_mode


def test_large_content_goes_in_blocks(tmp_path):
    content = os.urandom(files._BLOCK * 2 + 7)
    AtomicFileWriter().write(tmp_path / "大.bin", content)
    assert (tmp_path / "大.bin").read_bytes() == content


def test_a_carrier_that_takes_a_part_at_a_time_gets_all_of_it(tmp_path, monkeypatch):
    source, copy = tmp_path / "来件.asice", tmp_path / "副本.asice"
    source.write_bytes(NEW)
    real_write = os.write
    monkeypatch.setattr(os, "write", lambda handle, piece: real_write(handle, piece[:1001]))
    AtomicFileWriter().copy(source, copy, settled=False)
    monkeypatch.undo()
    assert copy.read_bytes() == NEW


def test_order_of_durability(target, monkeypatch):
    """The content is on the carrier before its name is, the name before the call returns."""
    seen = []
    real_fsync, real_replace = os.fsync, os.replace

    def fsync(handle):
        seen.append("folder" if os.path.isdir(f"/proc/self/fd/{handle}") else "file")
        real_fsync(handle)

    def replace(source, destination):
        assert Path(source).read_bytes() == NEW
        assert Path(source).parent == target.parent
        seen.append("replace")
        real_replace(source, destination)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "replace", replace)
    AtomicFileWriter().write(target, NEW)
    assert seen == ["file", "replace", "folder"]


def failing(code: int):
    def fail(*_args, **_options):
        raise OSError(code, os.strerror(code))

    return fail


FAULTS = [
    (errno.ENOSPC, "空间不足"),
    (errno.EDQUOT, "空间不足"),
    (errno.EROFS, "只读"),
    (errno.EACCES, "没有写入这个位置的权限"),
    (errno.EIO, "已拔出"),
    (errno.ENODEV, "已拔出"),
    (errno.ENOENT, "已拔出"),
    (errno.ENAMETOOLONG, "太长"),
    (errno.EBUSY, "正被别的程序打开"),
    (errno.EFBIG, "太大"),
    (errno.EINVAL, "不支持的字符"),
    (errno.EPROTO, "没有写成"),
]


@pytest.mark.parametrize(("code", "said"), FAULTS)
@pytest.mark.parametrize("step", ["open", "write", "fsync", "replace"])
def test_each_fault_is_one_sentence_and_leaves_the_old_file(step, code, said, target, monkeypatch):
    monkeypatch.setattr(os, step, failing(code))
    with pytest.raises(EnvironmentProblem, match=said) as caught:
        AtomicFileWriter().write(target, NEW)
    monkeypatch.undo()
    assert caught.value.sentence.startswith(f"{target.name}：")
    assert caught.value.sentence.endswith("。")
    assert target.read_bytes() == OLD
    assert names(target.parent) == [target.name]


def test_a_cancelled_write_leaves_nothing(target, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        AtomicFileWriter().write(target, NEW)
    assert names(target.parent) == [target.name]


def test_a_folder_that_cannot_be_synced_is_no_fault_but_a_lost_one_is(target, monkeypatch):
    real_fsync, code = os.fsync, errno.EINVAL

    def fsync(handle):
        if os.path.isdir(f"/proc/self/fd/{handle}"):
            raise OSError(code, os.strerror(code))
        real_fsync(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    AtomicFileWriter().write(target, NEW)
    assert target.read_bytes() == NEW
    code = errno.EIO
    with pytest.raises(EnvironmentProblem, match="已拔出"):
        AtomicFileWriter().write(target, NEW)
    copy = target.with_name("一份.asice")
    AtomicFileWriter().copy(target, copy, settled=False)
    assert copy.read_bytes() == NEW
    with pytest.raises(EnvironmentProblem, match="已拔出"):
        AtomicFileWriter().settle(copy.parent)


def test_faults_that_need_no_injection(tmp_path, target):
    writer = AtomicFileWriter()
    with pytest.raises(EnvironmentProblem, match="太长"):
        writer.write(tmp_path / ("长" * 120 + ".asice"), NEW)
    with pytest.raises(EnvironmentProblem, match="已拔出"):
        writer.write(tmp_path / "没有的文件夹" / "a.asice", NEW)
    with pytest.raises(EnvironmentProblem, match="同名的文件夹"):
        writer.write(target.parent, NEW)
    with pytest.raises(EnvironmentProblem, match="找不到"):
        writer.read_back(tmp_path / "没有.asice")
    with pytest.raises(EnvironmentProblem):
        writer.free_bytes(tmp_path / "没有的文件夹")
    assert writer.free_bytes(tmp_path) > 0
    assert names(tmp_path) == ["stick"]


@pytest.mark.parametrize(
    ("winerror", "code", "said"),
    [
        (19, errno.EACCES, "只读"),
        (32, errno.EACCES, "正被别的程序打开"),
        (1167, errno.EINVAL, "已拔出"),
        (206, 2, "太长"),
    ],
)
def test_windows_says_it_in_its_own_numbers(winerror, code, said):
    error = OSError(code, "x")
    error.winerror = winerror
    problem = problem_of(error, Path("a.asice"), is_writing=True)
    assert said in problem.sentence


@pytest.fixture
def carrier(tmp_path):
    """A carrier of 64 KB, mounted for this test; skipped where that is not allowed."""
    if not IS_ROOT or sys.platform != "linux":
        pytest.skip("only root can mount a carrier")
    folder = tmp_path / "carrier"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this machine mounts nothing")
    yield folder
    subprocess.run(["umount", str(folder)], capture_output=True, check=False)


def test_a_full_carrier(carrier):
    writer = AtomicFileWriter()
    writer.write(carrier / "小.asice", OLD)
    with pytest.raises(EnvironmentProblem, match="空间不足"):
        writer.write(carrier / "小.asice", bytes(200_000))
    large = carrier.with_name("大.asice")
    large.write_bytes(bytes(200_000))
    for settled in (True, False):
        with pytest.raises(EnvironmentProblem, match="空间不足"):
            writer.copy(large, carrier / "小.asice", settled=settled)
    assert (carrier / "小.asice").read_bytes() == OLD
    assert names(carrier) == ["小.asice"]
    assert writer.free_bytes(carrier) <= 65_536


def test_a_write_protected_carrier(carrier):
    (carrier / "旧.asice").write_bytes(OLD)
    subprocess.run(["mount", "-o", "remount,ro", str(carrier)], check=True)
    with pytest.raises(EnvironmentProblem, match="写保护"):
        AtomicFileWriter().write(carrier / "旧.asice", NEW)
    with pytest.raises(EnvironmentProblem, match="写保护"):
        AtomicFileWriter().copy(carrier / "旧.asice", carrier / "新.asice", settled=False)
    assert AtomicFileWriter().read_back(carrier / "旧.asice") == OLD
    assert names(carrier) == ["旧.asice"]


def left_behind(folder: Path, *drafts: str, days: int = 3) -> None:
    """Files nobody has written to for days."""
    for name in drafts:
        path = folder / name
        path.write_bytes(b"half")
        moment = time.time() - days * 86_400
        os.utime(path, (moment, moment))


def test_what_a_killed_program_left_goes_with_the_next_write_and_nothing_else(tmp_path):
    ours = ("~bpd-0123456789ab.tmp", ".820001_2026_submission_2_2f54545c.asice.0123456789ab.tmp")
    others = ("~WRL0001.tmp", "~$表.xlsx", ".820001_2026_submission_2_2f54545c.asice", "说明.tmp")
    left_behind(tmp_path, *ours, *others)
    left_behind(tmp_path, "~bpd-ba9876543210.tmp", days=1)
    (tmp_path / "~bpd-aaaaaaaaaaaa.tmp").mkdir()
    (tmp_path / "~bpd-bbbbbbbbbbbb.tmp").symlink_to(tmp_path / "说明.tmp")
    for _ in range(2):
        AtomicFileWriter().write(tmp_path / "新.pdf", NEW)
    kept = (*others, "~bpd-ba9876543210.tmp", "~bpd-aaaaaaaaaaaa.tmp", "~bpd-bbbbbbbbbbbb.tmp", "新.pdf")
    assert sorted(names(tmp_path)) == sorted(kept)


def test_a_folder_is_looked_into_once(tmp_path):
    AtomicFileWriter().write(tmp_path / "a.pdf", NEW)
    left_behind(tmp_path, "~bpd-0123456789ab.tmp")
    AtomicFileWriter().write(tmp_path / "b.pdf", NEW)
    assert (tmp_path / "~bpd-0123456789ab.tmp").exists()
