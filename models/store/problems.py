"""What can go wrong around a database, as sentences (存储问题的提示语): where, what, and what to do.

One place for the wording; whoever meets the trouble names its kind. Nothing is lost in any of them: a unit
of work that fails is rolled back whole, and what was saved before stays.
"""

from __future__ import annotations

import enum
import errno
from pathlib import Path

from models.domain.errors import DamagedStorage, DeskError, EnvironmentProblem, StorageProblem


class Trouble(enum.Enum):
    """Kind of trouble (问题种类)."""

    LOCKED = enum.auto()
    DISK_FULL = enum.auto()
    READ_ONLY = enum.auto()
    DISK_FAILS = enum.auto()
    CANNOT_OPEN = enum.auto()
    DAMAGED = enum.auto()
    MISSING = enum.auto()
    LOST = enum.auto()
    FOREIGN_LOG = enum.auto()
    NEWER = enum.auto()
    NOT_RELIABLE = enum.auto()
    BACKUP_DAMAGED = enum.auto()
    STILL_OPEN = enum.auto()
    UNREACHABLE = enum.auto()
    REFUSED = enum.auto()
    NO_DATABASE = enum.auto()
    MOVED = enum.auto()
    NOT_ALLOWED = enum.auto()
    WRONG_ENCODING = enum.auto()
    NO_BACKUP_PROGRAM = enum.auto()
    BACKUP_FAILED = enum.auto()


_SENTENCES: dict[Trouble, tuple[type[DeskError], str, str]] = {
    Trouble.LOCKED: (
        StorageProblem,
        "工作区正被另一个窗口或程序使用",
        "请关闭打开同一工作区的其他窗口，稍等片刻再试；以前保存的内容都在",
    ),
    Trouble.DISK_FULL: (
        EnvironmentProblem,
        "磁盘空间已满，这次没有保存",
        "请清理磁盘后再试一次；以前保存的内容都在",
    ),
    Trouble.READ_ONLY: (
        EnvironmentProblem,
        "工作区所在的文件夹只能读取，不能保存",
        "请把工作区复制到本机硬盘上可以写入的文件夹，或请管理员开放写入权限",
    ),
    Trouble.DISK_FAILS: (
        EnvironmentProblem,
        "读写磁盘时出错",
        "请检查硬盘、U盘或网络盘是否仍然连接，然后再试一次；以前保存的内容都在",
    ),
    Trouble.CANNOT_OPEN: (
        EnvironmentProblem,
        "工作区的数据文件打不开",
        "请检查文件夹是否还在、硬盘或U盘是否仍然连接，以及有没有读写权限",
    ),
    Trouble.DAMAGED: (
        DamagedStorage,
        "工作区的数据文件已损坏，不能读取",
        "请从备份恢复；损坏的文件会另外保存，不会删除",
    ),
    Trouble.MISSING: (
        StorageProblem,
        "这个文件夹里没有工作区的数据文件",
        "请选择工作区所在的文件夹，或新建工作区",
    ),
    Trouble.LOST: (
        DamagedStorage,
        "工作区的数据文件不见了，但备份还在",
        "请从备份恢复",
    ),
    Trouble.FOREIGN_LOG: (
        DamagedStorage,
        "数据文件旁边有一个别的工作区的日志文件（可能是复制文件时放错的），没有打开，也没有改动",
        "请从备份恢复，现有文件会另外保存；或请技术支持人员把放错的日志文件移走后再打开",
    ),
    Trouble.NEWER: (
        StorageProblem,
        "这个工作区是用更新版本的程序保存的，本程序不能打开，也没有改动它",
        "请先更新本程序",
    ),
    Trouble.NOT_RELIABLE: (
        EnvironmentProblem,
        "工作区所在的磁盘不能保证可靠保存（可能是网络盘）",
        "请把工作区放到本机硬盘上",
    ),
    Trouble.BACKUP_DAMAGED: (
        StorageProblem,
        "这份备份不完整，不能用来恢复，现有数据没有改动",
        "请选择另一份备份",
    ),
    Trouble.STILL_OPEN: (
        StorageProblem,
        "工作区正被另一个窗口或程序使用，现在不能恢复备份",
        "请关闭打开同一工作区的其他窗口再恢复",
    ),
    Trouble.UNREACHABLE: (
        EnvironmentProblem,
        "连不上多人共用的数据库，这次没有保存",
        "请检查网线和数据库服务器是否开着，再试一次；仍然不行请找管理数据库的人；以前保存的内容都在",
    ),
    Trouble.REFUSED: (
        EnvironmentProblem,
        "多人共用的数据库不接受这个用户名或密码",
        "请核对用户名和密码；密码改过的，请在“设置”里重新填写数据库地址，或请管理数据库的人帮助",
    ),
    Trouble.NO_DATABASE: (
        EnvironmentProblem,
        "数据库服务器上没有这个名称的数据库",
        "请核对数据库名称，或请管理数据库的人先建好",
    ),
    Trouble.MOVED: (
        StorageProblem,
        "多人共用的数据库里没有这个工作区，可能已移回一台电脑",
        "请问清现在在哪里办公，再打开那里的工作区",
    ),
    Trouble.NOT_ALLOWED: (
        EnvironmentProblem,
        "数据库用户的权限不够",
        "请管理数据库的人把这个数据库的全部权限给这个用户",
    ),
    Trouble.WRONG_ENCODING: (
        EnvironmentProblem,
        "这个数据库不是按 UTF-8 保存文字的",
        "请管理数据库的人按 UTF-8 另建一个数据库",
    ),
    Trouble.NO_BACKUP_PROGRAM: (
        EnvironmentProblem,
        "这台电脑没有装 PostgreSQL 的备份程序（pg_dump、pg_restore）",
        "请在装有这个程序的电脑上办理，或请管理数据库的人备份",
    ),
    Trouble.BACKUP_FAILED: (
        EnvironmentProblem,
        "PostgreSQL 的备份程序没有做完",
        "请检查磁盘空间和数据库连接；备份程序的版本不能比数据库的旧",
    ),
}

_SYSTEM_ERRORS = {
    errno.ENOSPC: Trouble.DISK_FULL,
    errno.EDQUOT: Trouble.DISK_FULL,
    errno.EROFS: Trouble.READ_ONLY,
    errno.EACCES: Trouble.READ_ONLY,
    errno.EPERM: Trouble.READ_ONLY,
    errno.ENOENT: Trouble.CANNOT_OPEN,
}


def problem(trouble: Trouble, place: str = "") -> DeskError:
    """The error of a trouble, with the place people know it by."""
    kind, what, remedy = _SENTENCES[trouble]
    return kind(what, remedy, place)


def place_of(folder: Path) -> str:
    """How a sentence names a workspace: by its folder."""
    return f"工作区“{folder.name}”（{folder}）"


def system_problem(error: OSError, place: str) -> DeskError:
    """The error of a failed file operation."""
    return problem(_SYSTEM_ERRORS.get(error.errno or 0, Trouble.DISK_FAILS), place)
