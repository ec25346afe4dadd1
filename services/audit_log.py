"""The log of a desk (操作日志): read by people, checked by the program, saved as a table (F86)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from forms import registry
from models.domain.audit_entry import first_break
from services.workspaces import Workspace

if TYPE_CHECKING:
    from services.ports.filing_lists import FilingOverview
    from services.ports.store import UnitOfWork

_SHOWN = 2000


@dataclass(frozen=True, slots=True)
class LogCheck:
    """Whether the log is whole (日志核验): how many entries, the last digest, the first entry that does not fit.

    `written` is how many there should be at the least: a chain alone does not tell that its end was cut off.
    """

    count: int
    last_digest: str
    broken_at: int | None
    written: int = 0

    @property
    def is_whole(self) -> bool:
        """Nothing changed, left out, put in or cut off."""
        return self.broken_at is None and self.count >= self.written

    @property
    def words(self) -> str:
        """The result in a sentence."""
        if self.broken_at is not None:
            return f"操作日志从第 {self.broken_at} 条起与前面接不上，可能被改动过。请从备份恢复并查明原因。"
        if not self.is_whole:
            return f"操作日志写过 {self.written} 条，现在只有 {self.count} 条，最后的记录被删去了。请从备份恢复并查明原因。"
        return f"操作日志 {self.count} 条，前后相接，没有改动。" if self.count else "还没有操作记录。"


class LogLine(NamedTuple):
    """An entry as people read it (操作记录): `about` names unit, project and form of a filing, or a unit, else ""."""

    number: int
    at: datetime
    who: str
    action: str
    subject: str
    what: str
    about: str


def newest(workspace: Workspace, text: str = "") -> Sequence[LogLine]:
    """The latest entries, newest first, in which a text stands; times as the clock on the desk tells them."""
    with workspace.store.reading() as work:
        found = work.audit.newest(_SHOWN)
        about = _named(work, {entry.subject for entry in found})
    lines = [
        LogLine(e.number, workspace.local(e.at), e.who, e.action, e.subject, e.what, about.get(e.subject, ""))
        for e in found
    ]
    return [one for one in lines if not text or text in f"{one.who}{one.what}{one.subject}{one.about}"]


def _named(work: UnitOfWork, subjects: set[str]) -> Mapping[str, str]:
    """What the subjects of entries are called in lists: 2027年绩效目标·项目·单位 for a filing, a unit by its name."""
    filings = work.filings.overview_of(subjects)
    units = {unit.code: unit.name for unit in work.registers.units()}
    projects = {one.project_id: one.name for one in work.projects.some({f.project_id for f in filings})}
    named = {code: name for code, name in units.items() if code in subjects}
    return named | {
        one.filing_id: "·".join(
            filter(None, (_form(one), projects.get(one.project_id), units.get(one.unit_code)))
        )
        for one in filings
    }


def _form(filing: FilingOverview) -> str:
    """The form as lists name it, with its budget year."""
    return f"{filing.budget_year}年{registry.head(filing.form_id).short_title}"


def check_log(workspace: Workspace) -> LogCheck:
    """Go through the whole chain."""
    with workspace.store.reading() as work:
        entries, written = list(work.audit.oldest_first()), work.audit.written()
    last = entries[-1].digest if entries else ""
    return LogCheck(len(entries), last, first_break(entries), written)
