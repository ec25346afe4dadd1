"""Files written whole or not at all (安全写文件): temp beside the target, flush, fsync, replace."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Callable, Iterable
from pathlib import Path

from models.domain.draft_files import hidden_draft_name
from models.domain.errors import EnvironmentProblem

_SENTENCES = {
    errno.ENOSPC: ("存储空间不足，文件没有写成", "请清理空间或换一个存储介质后再试"),
    errno.EDQUOT: ("存储空间不足，文件没有写成", "请清理空间或换一个存储介质后再试"),
    errno.EROFS: ("存储介质是只读的，文件没有写成", "请打开写保护开关或换一个存储介质后再试"),
    errno.EACCES: ("没有写入该文件夹的权限，文件没有写成", "请换一个文件夹后再试"),
    errno.EPERM: ("没有写入该文件夹的权限，文件没有写成", "请换一个文件夹后再试"),
    errno.ENOENT: ("文件夹不见了，文件没有写成", "请检查存储介质是否已拔出，插好后再试"),
    errno.ENOTDIR: ("选择的位置不是文件夹，文件没有写成", "请换一个文件夹后再试"),
    errno.ENODEV: ("存储介质已拔出，文件没有写成", "请插好存储介质后再试"),
    errno.ENXIO: ("存储介质已拔出，文件没有写成", "请插好存储介质后再试"),
    errno.EIO: ("存储介质读写出错，文件没有写成", "请换一个存储介质后再试"),
    errno.EFBIG: ("文件超过存储介质允许的大小，没有写成", "请减少附件或换一个存储介质后再试"),
}
_OTHERWISE = ("文件没有写成", "请检查存储介质和文件夹后再试")


def write_whole(path: Path, pieces: Iterable[bytes], *, is_private: bool = False) -> None:
    """Write the pieces as one file; `is_private` leaves it readable by its owner alone.

    Raises EnvironmentProblem, the target is then what it was before and no temp file is left.
    """
    temporary = path.with_name(hidden_draft_name(path.name, secrets.token_hex(6)))
    try:
        _write(temporary, pieces, 0o600 if is_private else 0o666)
        os.replace(temporary, path)
        _sync_folder(path.parent)
    except OSError as error:
        raise problem(error, path) from error
    finally:
        _remove(temporary)


def replace_checked(path: Path, content: bytes, is_right: Callable[[bytes], bool]) -> None:
    """Replace a private file by one that was read back from the disk and found right; whole or not at all.

    Raises EnvironmentProblem, the target is then what it was before and no temp file is left.
    """
    temporary = path.with_name(hidden_draft_name(path.name, secrets.token_hex(6)))
    try:
        _write(temporary, (content,), 0o600)
        if not is_right(temporary.read_bytes()):
            raise EnvironmentProblem("写下的文件读出来不一样，没有更换", "请检查硬盘后再试", path.name)
        os.replace(temporary, path)
        _sync_folder(path.parent)
    except OSError as error:
        raise problem(error, path) from error
    finally:
        _remove(temporary)


def problem(error: OSError, path: Path) -> EnvironmentProblem:
    """What the system said, as a sentence with place and remedy."""
    what, remedy = _SENTENCES.get(error.errno or 0, _OTHERWISE)
    return EnvironmentProblem(what, remedy, path.name)


def _write(path: Path, pieces: Iterable[bytes], mode: int) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, mode), "wb") as stream:
        for piece in pieces:
            stream.write(piece)
        stream.flush()
        os.fsync(stream.fileno())


def _remove(path: Path) -> None:
    """A temp file that cannot be removed any more is on a carrier that is gone."""
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return


def _sync_folder(folder: Path) -> None:
    """Make the new name durable; Windows does that itself and opens no folders."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(descriptor)
