"""One window per workspace (一个工作区一个窗口): a second start of the program is told, instead of working beside the first."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLockFile

from models.domain.errors import StorageProblem

_FILE = ".窗口.lock"


class WorkspaceLock:
    """Held while a window works in a workspace (工作区占用); what a killed program left is taken over."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = QLockFile(str(folder / _FILE))
        self._file.setStaleLockTime(0)

    def take(self) -> None:
        """Take it; StorageProblem while another window has it. A folder that cannot be written tells the opener."""
        if not self._file.tryLock(0) and self._file.error() is QLockFile.LockError.LockFailedError:
            raise StorageProblem(
                "这个工作区已经在另一个窗口里打开",
                "请切换到那个窗口；如果已经关闭，请再试一次",
                f"工作区“{self._folder.name}”",
            )

    def release(self) -> None:
        """Let it go."""
        self._file.unlock()
