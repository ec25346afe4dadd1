"""Filings as lists ask for them and show them (填报件查询与概况): all that the desk's first picture needs of the store's records."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime

    from models.domain.filing_status import FilingStatus


class FilingQuery(NamedTuple):
    """What filings are wanted (填报件查询); None means any.

    `text` fits where the unit's code or name, or the project's code or name, contains it.
    """

    unit_code: str | None = None
    task_id: str | None = None
    form_id: str | None = None
    budget_year: int | None = None
    project_id: str | None = None
    status: FilingStatus | None = None
    text: str | None = None


class FilingOverview(NamedTuple):
    """A filing as lists and boards show it (填报件概况): without its answers, so that many are read at once."""

    filing_id: str
    task_id: str
    form_id: str
    project_id: str
    unit_code: str
    budget_year: int
    status: FilingStatus
    version: int
    amount_fen: int | None
    updated_at: datetime | None
    progress: int = 0
    blocking: int = 0
    to_explain: int = 0
    score: str | None = None
    grade: str | None = None
    exempt_reason: str = ""
