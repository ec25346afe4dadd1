"""People, log and paper of a desk in the store (人员、操作日志、未签名填报件的存取)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from models.domain.audit_entry import AuditEntry
    from models.domain.desk_user import DeskUser
    from models.domain.paper_filing import PaperFiling


class UserRepository(Protocol):
    """People who work at the desk (操作人员)."""

    def put(self, user: DeskUser) -> None:
        """Add or replace a person by id."""
        ...

    def all(self) -> Sequence[DeskUser]:
        """Everybody, in the order they were added."""
        ...


class AuditRepository(Protocol):
    """The log (操作日志); entries are only ever appended."""

    def append(
        self, at: datetime, who: str, action: str, subject: str, what: str, detail: Mapping[str, Any]
    ) -> AuditEntry:
        """Add an entry bound to the last one, in the same transaction as what it tells of."""
        ...

    def written(self) -> int:
        """How many entries were ever written, counted apart from them; 0 where nobody counted yet."""
        ...

    def newest(self, count: int) -> Sequence[AuditEntry]:
        """The last entries, newest first."""
        ...

    def oldest_first(self) -> Iterator[AuditEntry]:
        """Every entry, for checking the chain."""
        ...


class PaperRepository(Protocol):
    """Filings that came as plain workbooks (未签名填报件)."""

    def put(self, paper: PaperFiling) -> None:
        """Add or replace what is known of one version of a filing."""
        ...

    def all(self) -> Sequence[PaperFiling]:
        """Every one, by filing id and version."""
        ...

    def some(self, filing_ids: Collection[str]) -> Sequence[PaperFiling]:
        """Those of some filings, in no order."""
        ...

    def of(self, filing_id: str) -> Sequence[PaperFiling]:
        """Those of a filing, newest version first."""
        ...
