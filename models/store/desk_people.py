"""People, log and paper of a desk (人员、操作日志、未签名填报件的存取)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from models.domain.audit_entry import AuditEntry, chained
from models.domain.desk_user import DeskUser, UserRole
from models.domain.paper_filing import PaperFiling
from models.store.review_tables import audit_log, desk_users, paper_filings
from models.store.row_writing import put_row
from models.store.tables import counters
from models.store.values import (
    json_column,
    moment_column,
    optional_moment_column,
    read_json,
    read_moment,
    read_optional_moment,
)


class SqlUsers:
    """People who work at the desk (操作人员)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, user: DeskUser) -> None:
        """Add or replace a person by id."""
        row = {
            "user_id": user.user_id,
            "position": self._position(user.user_id),
            "name": user.name,
            "roles": json_column([role.value for role in user.roles]),
            "office": user.office,
            "verifier": json_column(user.verifier),
            "is_active": int(user.is_active),
            "must_change": int(user.must_change),
            "changed_at": optional_moment_column(user.changed_at),
        }
        put_row(self._connection, desk_users, row)

    def all(self) -> Sequence[DeskUser]:
        """Everybody, in the order they were added."""
        wanted = select(desk_users).order_by(desk_users.c.position, desk_users.c.user_id)
        return [_user(row) for row in self._connection.execute(wanted)]

    def _position(self, user_id: str) -> int:
        """The place in the list: the own one, or the next for somebody new."""
        columns = desk_users.c
        own = self._connection.execute(select(columns.position).where(columns.user_id == user_id)).scalar()
        if own is not None:
            return int(own)
        last = self._connection.execute(select(func.max(columns.position))).scalar()
        return int(last or 0) + 1


_WRITTEN = "audit_log"


class SqlAudit:
    """The log (操作日志); entries are only ever appended."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def append(
        self, at: datetime, who: str, action: str, subject: str, what: str, detail: Mapping[str, Any]
    ) -> AuditEntry:
        """Add an entry bound to the last one, in the same transaction as what it tells of."""
        last = next(iter(self.newest(1)), None)
        entry = chained(last, at, who, action, subject, what, detail)
        row = {
            "number": entry.number,
            "at": moment_column(entry.at),
            "who": entry.who,
            "action": entry.action,
            "subject": entry.subject,
            "what": entry.what,
            "detail": json_column(entry.detail),
            "previous": entry.previous,
            "digest": entry.digest,
        }
        self._connection.execute(insert(audit_log).values(row))
        put_row(
            self._connection, counters, {"name": _WRITTEN, "value": max(self.written() + 1, entry.number)}
        )
        return entry

    def written(self) -> int:
        """How many entries were ever written: by a count of its own, so that a log cut off at its end is found out."""
        count = self._connection.execute(select(counters.c.value).where(counters.c.name == _WRITTEN)).scalar()
        return int(count or 0)

    def newest(self, count: int) -> Sequence[AuditEntry]:
        """The last entries, newest first."""
        wanted = select(audit_log).order_by(audit_log.c.number.desc()).limit(count)
        return [_entry(row) for row in self._connection.execute(wanted)]

    def oldest_first(self) -> Iterator[AuditEntry]:
        """Every entry, for checking the chain."""
        for row in self._connection.execute(select(audit_log).order_by(audit_log.c.number)):
            yield _entry(row)


class SqlPapers:
    """Filings that came as plain workbooks (未签名填报件)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, paper: PaperFiling) -> None:
        """Add or replace what is known of one version of a filing."""
        row = {
            "filing_id": paper.filing_id,
            "version": paper.version,
            "file_name": paper.file_name,
            "sha256": paper.sha256,
            "taken_by": paper.taken_by,
            "taken_at": moment_column(paper.taken_at),
            "paper_came_on": paper.paper_came_on.isoformat() if paper.paper_came_on else None,
            "could_not_read": paper.could_not_read,
        }
        put_row(self._connection, paper_filings, row)

    def all(self) -> Sequence[PaperFiling]:
        """Every one, by filing id and version."""
        wanted = select(paper_filings).order_by(paper_filings.c.filing_id, paper_filings.c.version)
        return [_paper(row) for row in self._connection.execute(wanted)]

    def some(self, filing_ids: Collection[str]) -> Sequence[PaperFiling]:
        """Those of some filings, in no order."""
        wanted = select(paper_filings).where(paper_filings.c.filing_id.in_(filing_ids))
        return [_paper(row) for row in self._connection.execute(wanted)]

    def of(self, filing_id: str) -> Sequence[PaperFiling]:
        """Those of a filing, newest version first."""
        columns = paper_filings.c
        wanted = select(paper_filings).where(columns.filing_id == filing_id)
        return [_paper(row) for row in self._connection.execute(wanted.order_by(columns.version.desc()))]


def _user(row: Row[Any]) -> DeskUser:
    """A row as a person."""
    return DeskUser(
        user_id=row.user_id,
        name=row.name,
        roles=tuple(UserRole(role) for role in read_json(row.roles)),
        office=row.office,
        verifier=read_json(row.verifier),
        is_active=bool(row.is_active),
        must_change=bool(row.must_change),
        changed_at=read_optional_moment(row.changed_at),
    )


def _entry(row: Row[Any]) -> AuditEntry:
    """A row as an entry."""
    return AuditEntry(
        number=row.number,
        at=read_moment(row.at),
        who=row.who,
        action=row.action,
        subject=row.subject,
        what=row.what,
        detail=read_json(row.detail),
        previous=row.previous,
        digest=row.digest,
    )


def _paper(row: Row[Any]) -> PaperFiling:
    """A row as an unsigned filing."""
    return PaperFiling(
        filing_id=row.filing_id,
        version=row.version,
        file_name=row.file_name,
        sha256=row.sha256,
        taken_by=row.taken_by,
        taken_at=read_moment(row.taken_at),
        paper_came_on=date.fromisoformat(row.paper_came_on) if row.paper_came_on else None,
        could_not_read=row.could_not_read,
    )
