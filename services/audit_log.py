"""The log of a desk (操作日志): read by people, checked by the program, saved as a table (F86)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from models.domain.audit_entry import AuditEntry, first_break
from services.workspaces import Workspace

_SHOWN = 2000


@dataclass(frozen=True, slots=True)
class LogCheck:
    """Whether the log is whole (日志核验): how many entries, the last digest, the first entry that does not fit."""

    count: int
    last_digest: str
    broken_at: int | None

    @property
    def words(self) -> str:
        """The result in a sentence."""
        if self.broken_at is not None:
            return f"操作日志从第 {self.broken_at} 条起与前面接不上，可能被改动过。请从备份恢复并查明原因。"
        return f"操作日志 {self.count} 条，前后相接，没有改动。" if self.count else "还没有操作记录。"


def newest(workspace: Workspace, text: str = "") -> Sequence[AuditEntry]:
    """The latest entries, newest first, of whom or what a text names; times as the clock on the desk tells them."""
    with workspace.store.reading() as work:
        found = work.audit.newest(_SHOWN)
    wanted = [entry for entry in found if not text or text in f"{entry.who}{entry.what}{entry.subject}"]
    return [replace(entry, at=workspace.local(entry.at)) for entry in wanted]


def check_log(workspace: Workspace) -> LogCheck:
    """Go through the whole chain."""
    with workspace.store.reading() as work:
        entries = list(work.audit.oldest_first())
    return LogCheck(len(entries), entries[-1].digest if entries else "", first_break(entries))
