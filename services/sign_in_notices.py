"""What people are told when they next sign in (登录时的告知): a colleague's password was set anew, a recovery sheet made.

Nobody gets into another's place unseen: the log keeps it for good, and everybody who had no part in it reads it once, at
their next sign-in, until they say that they have.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from forms.kinds import show_date
from services.ports.store import UnitOfWork
from services.workspaces import Workspace

_SETTING = "sign_in_notices"


def tell_others(work: UnitOfWork, now: datetime, said: str, knowing: Collection[str]) -> None:
    """Let everybody in place but those who know already read a sentence at their next sign-in."""
    readers = [user.user_id for user in work.users.all() if user.is_active and user.user_id not in knowing]
    if readers:
        notice = {"at": now.isoformat(timespec="seconds"), "said": said, "to": readers}
        work.settings.put(_SETTING, [*_kept(work), notice])


def notices_for(workspace: Workspace, user_id: str) -> Sequence[str]:
    """What a person has not read yet, oldest first, each with its time as the clock on the desk tells it."""
    with workspace.store.reading() as work:
        kept = _kept(work)
    return [_words(workspace, item) for item in kept if user_id in item["to"]]


def acknowledge(workspace: Workspace, user_id: str, count: int) -> None:
    """The person has read the first so many; what everybody has read is kept in the log only."""
    with workspace.store.writing() as work:
        left = count
        kept = []
        for item in _kept(work):
            readers = list(item["to"])
            if left and user_id in readers:
                readers.remove(user_id)
                left -= 1
            if readers:
                kept.append({**item, "to": readers})
        work.settings.put(_SETTING, kept)
        work.commit()


def _words(workspace: Workspace, notice: Mapping[str, Any]) -> str:
    at = workspace.local(datetime.fromisoformat(notice["at"]))
    return f"{show_date(at.date())} {at:%H:%M}　{notice['said']}"


def _kept(work: UnitOfWork) -> list[dict[str, Any]]:
    return list(work.settings.get(_SETTING) or ())
