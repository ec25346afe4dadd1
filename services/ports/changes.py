"""What changed in the store (变动查询接口): lists kept in memory read again only that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class ChangeMark:
    """A point in the list of changes (变动位置): of which list, and the number of its last change."""

    place: str
    number: int


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed after a mark, up to `mark` (变动): added, changed or deleted.

    `filings` are ids of filings with anything of theirs (answers, review, decisions, remarks, paper); `projects` ids of
    projects with their years; `tables` names of the short tables read as a whole (units, kits, desk_users,
    register_entries, approvals); `settings` their keys.
    """

    mark: ChangeMark
    filings: frozenset[str]
    projects: frozenset[str]
    tables: frozenset[str]
    settings: frozenset[str]


class ChangeRepository(Protocol):
    """The list of what changed last (变动记载), which the database keeps by itself."""

    def mark(self) -> ChangeMark | None:
        """Where the list stands now; None while it is not kept whole."""
        ...

    def since(self, mark: ChangeMark | None) -> Changes | None:
        """What changed after a mark; None when that cannot be told for certain, and everything is to be read again."""
        ...
