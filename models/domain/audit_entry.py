"""The log of what was done at a desk (操作日志), each entry bound to the one before it by its digest (F86)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from models.domain.canonical_json import canonical_json

FIRST = "0" * 64
"""What the first entry is bound to."""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One thing done (操作记录): who, what, to what; `detail` are few facts in plain JSON, never answers.

    `what` is a sentence people can read. `digest` covers everything before it in the entry and the digest of
    the entry before.
    """

    number: int
    at: datetime
    who: str
    action: str
    subject: str
    what: str
    detail: Mapping[str, Any]
    previous: str
    digest: str


def chained(
    after: AuditEntry | None,
    at: datetime,
    who: str,
    action: str,
    subject: str,
    what: str,
    detail: Mapping[str, Any],
) -> AuditEntry:
    """The next entry of a log, bound to the last one (None: the log begins)."""
    number, previous = (after.number + 1, after.digest) if after else (1, FIRST)
    bare = AuditEntry(number, at.astimezone(UTC), who, action, subject, what, dict(detail), previous, "")
    return AuditEntry(number, bare.at, who, action, subject, what, bare.detail, previous, digest_of(bare))


def digest_of(entry: AuditEntry) -> str:
    """SHA-256 in hex over everything an entry says and the digest before it."""
    said = {
        "number": entry.number,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "who": entry.who,
        "action": entry.action,
        "subject": entry.subject,
        "what": entry.what,
        "detail": dict(entry.detail),
        "previous": entry.previous,
    }
    return hashlib.sha256(canonical_json(said)).hexdigest()


def first_break(entries: Iterable[AuditEntry]) -> int | None:
    """Number of the first entry, oldest first, that was changed, left out or put in; None when the log is whole."""
    previous = FIRST
    for number, entry in enumerate(entries, start=1):
        if entry.number != number or entry.previous != previous or digest_of(entry) != entry.digest:
            return number
        previous = entry.digest
    return None
