"""Errors a person can act on (可处理的错误).

DeskError
 ├─ InputError         what was typed or chosen cannot be used
 ├─ EnvironmentProblem the machine: disk, carrier, clock, folder rights
 ├─ StorageProblem     the database: locked, damaged, from a newer program
 │   ├─ DamagedStorage     damaged or gone: a backup can take its place
 │   └─ RevisionConflict   somebody else has saved in between
 ├─ KitProblem         a parameter kit that is missing, older, or not to be read
 ├─ KeyProblem         password, key or certificate
 └─ Cancelled          the user stopped a job; never shown as an error

Everything else that escapes is our mistake and ends in the crash dialog.
"""

from __future__ import annotations


class DeskError(Exception):
    """One plain sentence (提示语): where, what is wrong, and what to do."""

    def __init__(self, what: str, remedy: str = "", where: str = "") -> None:
        self.what = what
        self.remedy = remedy
        self.where = where
        super().__init__(self.sentence)

    @property
    def sentence(self) -> str:
        """The whole sentence as shown: 「where：what。remedy。」."""
        head = f"{self.where}：" if self.where else ""
        tail = f"{self.remedy.rstrip('。')}。" if self.remedy else ""
        return f"{head}{self.what.rstrip('。')}。{tail}"


class InputError(DeskError):
    """What was typed or chosen cannot be used (输入有误)."""


class EnvironmentProblem(DeskError):
    """Disk, carrier, clock or folder rights stand in the way (运行环境问题)."""


class StorageProblem(DeskError):
    """The database is locked, damaged or from a newer program (数据存储问题)."""


class DamagedStorage(StorageProblem):
    """The database is damaged or gone (数据文件损坏或丢失); whoever shows it offers to restore a backup."""


class RevisionConflict(StorageProblem):
    """A record was saved by somebody else in between (已在别处保存); nothing was overwritten."""


class KitProblem(DeskError):
    """A task parameter kit is missing, older, or cannot be read (任务参数包问题)."""


class KeyProblem(DeskError):
    """Password, key or certificate does not serve (签名密钥问题)."""


class WrongPassword(KeyProblem):
    """The password does not open the key (签名密码不正确); carries the seconds to wait before the next try."""

    def __init__(self, what: str, remedy: str = "", wait_seconds: int = 0) -> None:
        super().__init__(what, remedy)
        self.wait_seconds = wait_seconds


class Cancelled(DeskError):
    """The user stopped a job (已取消)."""

    def __init__(self) -> None:
        super().__init__("已取消")
