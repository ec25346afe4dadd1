"""Faults of a carrier in plain words (存储介质问题): where, what, and what to do."""

from __future__ import annotations

import errno
from pathlib import Path

from models.domain.errors import EnvironmentProblem


def _codes(*names: str) -> frozenset[int]:
    """Codes by name; not every system knows all of them."""
    return frozenset(getattr(errno, name) for name in names if hasattr(errno, name))


_FULL = _codes("ENOSPC", "EDQUOT")
_FORBIDDEN = _codes("EACCES", "EPERM")
_GONE = _codes("EIO", "ENODEV", "ENXIO", "ENOENT", "ENOTDIR", "ENOTCONN", "ESTALE", "EREMOTEIO", "ENOMEDIUM")
_BUSY = _codes("EBUSY", "ETXTBSY", "EAGAIN")
_WINDOWS = {
    19: errno.EROFS,
    21: errno.ENODEV,
    32: errno.EBUSY,
    33: errno.EBUSY,
    39: errno.ENOSPC,
    55: errno.ENODEV,
    59: errno.EIO,
    64: errno.ENODEV,
    112: errno.ENOSPC,
    123: errno.EINVAL,
    206: errno.ENAMETOOLONG,
    1112: errno.ENODEV,
    1117: errno.EIO,
    1167: errno.ENODEV,
}
"""Windows codes that Python's errno blurs (write protect, not ready, sharing, device removed …)."""


def problem_of(error: OSError, path: Path, *, is_writing: bool) -> EnvironmentProblem:
    """The sentence for a fault met while writing or reading `path`."""
    code = _WINDOWS.get(getattr(error, "winerror", None) or 0, error.errno or 0)
    what, remedy = _words(code, path, is_writing=is_writing)
    return EnvironmentProblem(what, remedy, path.name or str(path))


def _words(code: int, path: Path, *, is_writing: bool) -> tuple[str, str]:
    """What is wrong and what to do."""
    kept = "，原有的文件没有改动" if is_writing else ""
    if code in _FULL:
        return f"存储空间不足，文件没有写成{kept}", "请清理出空间，或换一个位置再写"
    if code == errno.EROFS:
        return "存储介质是只读的，文件没有写成", "请打开 U 盘的写保护开关，或换一个位置再写"
    if code == errno.ENAMETOOLONG:
        return "文件名或所在路径太长", "请换一个更短的文件名，或放到路径更短的文件夹里"
    if code in _BUSY:
        return "文件正被别的程序打开", "请关闭打开它的程序后再试一次"
    if code == errno.EFBIG:
        return "文件太大，存储介质放不下这么大的单个文件", "请换一个存储介质再写"
    if code == errno.EISDIR:
        return "同名的文件夹已经存在，文件没有写成", "请换一个文件名再写"
    if code == errno.EINVAL:
        return "文件名里有存储介质不支持的字符", "请换一个文件名再试"
    if code in _FORBIDDEN:
        action = "写入" if is_writing else "读取"
        return f"没有{action}这个位置的权限{kept}", "请换一个位置，或请管理员开通权限"
    if code == errno.ENOENT and not is_writing:
        return "找不到这个文件", "请确认文件还在原处，存储介质没有拔出"
    if code in _GONE:
        done = "文件没有写成" if is_writing else "文件读不出来"
        return (
            f"存储介质已拔出、出现读写故障或文件夹已不在，{done}",
            "请插好存储介质再试；再次失败的话，请换一个",
        )
    action = "写" if is_writing else "读"
    return f"文件没有{action}成{kept}", f"请换一个位置再试；问题依旧时请把“{path.name}”和这句话告诉技术人员"
