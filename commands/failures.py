"""How a failure is said on the command line (出错说明): one Chinese sentence with place and remedy."""

from __future__ import annotations

import errno
import traceback
from pathlib import Path

from models.domain.errors import DeskError
from services.path_text import path_text

_SYSTEM = {
    errno.ENOSPC: "磁盘空间不足，请清理后再试",
    errno.EDQUOT: "磁盘空间不足，请清理后再试",
    errno.EROFS: "存储介质是只读的，请换一个位置",
    errno.EACCES: "没有读写的权限，请换一个位置或请管理员授权",
    errno.EPERM: "没有读写的权限，请换一个位置或请管理员授权",
    errno.ENOENT: "找不到文件或文件夹，请核对路径",
    errno.ENOTDIR: "路径里有一段不是文件夹，请核对路径",
    errno.EISDIR: "这里是文件夹，不是文件，请核对路径",
    errno.EEXIST: "同名的文件或文件夹已经在那里，请换一个名称",
    errno.ENAMETOOLONG: "路径太长，请换一个位置",
    errno.EIO: "存储介质读写出错，请换一个存储介质",
    errno.ENODEV: "存储介质已拔出，请插好后再试",
    errno.EPIPE: "输出的接收方已经关闭",
}


def sentence_of(error: BaseException) -> str:
    """The sentence of an error; what this program itself did wrong is named so that it can be reported."""
    if isinstance(error, DeskError):
        return error.sentence
    if isinstance(error, KeyboardInterrupt):
        return "已停止。已经完成的部分保留，再运行一次可以继续。"
    if isinstance(error, OSError):
        where = f"“{path_text(error.filename)}”：" if isinstance(error.filename, (str, Path)) else ""
        return f"{where}{_SYSTEM.get(error.errno or 0, '读写文件时出错，请检查路径和存储介质')}。"
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{Path(frames[-1].filename).name} 第 {frames[-1].lineno} 行" if frames else "位置不明"
    return f"程序内部出错（{type(error).__name__}，{place}），没有完成。请把这句话报给维护人员。"
