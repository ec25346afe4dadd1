"""Filings (填报件的存取): the short rows lists are made of here, everything with answers beside."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, select

from models.store.filing_queries import fitting, spelled_out
from models.store.filing_rows import OVERVIEW_COLUMNS, read_overview
from models.store.tables import filings

if TYPE_CHECKING:
    from models.domain.filing import AnswerChange, Filing, FilingStatus
    from models.store.filing_contents import SqlFilingContents
    from services.ports.store import (
        FilingFigures,
        FilingOverview,
        FilingQuery,
        IndicatorRow,
        SubmittedVersion,
    )


class SqlFilings:
    """Filings (填报件): the desk's first picture loads only what lists need, the rest comes with the first form."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @cached_property
    def _contents(self) -> SqlFilingContents:
        from models.store.filing_contents import SqlFilingContents

        return SqlFilingContents(self._connection)

    def overview(self, query: FilingQuery) -> Sequence[FilingOverview]:
        """The same filings as `find` in the same order, without answers."""
        if query.text:
            found = self._connection.execute(fitting(select(*OVERVIEW_COLUMNS), query))
        else:
            found = self._connection.execute(*spelled_out(OVERVIEW_COLUMNS, query))
        return [read_overview(row) for row in found.all()]

    def overview_of(self, filing_ids: Collection[str]) -> Sequence[FilingOverview]:
        """Some filings by their ids, without answers, in no order."""
        wanted = select(*OVERVIEW_COLUMNS).where(filings.c.filing_id.in_(filing_ids))
        found: Sequence[Any] = self._connection.execute(wanted).all()
        return [read_overview(row) for row in found]

    def get(self, filing_id: str) -> Filing | None:
        """One filing."""
        return self._contents.get(filing_id)

    def find(self, query: FilingQuery) -> Sequence[Filing]:
        """Filings that fit, by unit, project, task; answers included."""
        return self._contents.find(query)

    def answer_parts(self, query: FilingQuery, key: str) -> Mapping[str, Any]:
        """One answer of the same filings by filing id, without reading the others."""
        return self._contents.answer_parts(query, key)

    def answer_parts_of(self, filing_ids: Collection[str], key: str) -> Mapping[str, Any]:
        """Like `answer_parts`, of some filings by their ids."""
        return self._contents.answer_parts_of(filing_ids, key)

    def forms(self) -> Mapping[str, tuple[str, int]]:
        """Form and budget year of every filing by its id, and nothing else of it."""
        wanted = select(filings.c.filing_id, filings.c.form_id, filings.c.budget_year)
        return {key: (form_id, year) for key, form_id, year in self._connection.execute(wanted).all()}

    def budget_years(self, without: Collection[FilingStatus]) -> Sequence[int]:
        """Budget years there are filings of, but for those in some states; oldest first."""
        year = filings.c.budget_year
        wanted = select(year).where(filings.c.status.not_in([status.value for status in without]))
        return list(self._connection.execute(wanted.distinct().order_by(year)).scalars())

    def indicator_rows(self, query: FilingQuery) -> Sequence[IndicatorRow]:
        """Indicator rows of the same filings."""
        return self._contents.indicator_rows(query)

    def save(self, filing: Filing, figures: FilingFigures, *, expected_revision: int | None) -> Filing:
        """Insert or update, see `SqlFilingContents.save`."""
        return self._contents.save(filing, figures, expected_revision=expected_revision)

    def set_status(self, filing_id: str, status: FilingStatus, at: datetime) -> Filing:
        """Move a stored filing to another state, see `SqlFilingContents.set_status`."""
        return self._contents.set_status(filing_id, status, at)

    def add_history(self, changes: Sequence[AnswerChange]) -> None:
        """Keep changes of answers; they are only ever appended."""
        self._contents.add_history(changes)

    def history(self, filing_id: str, path: str | None = None) -> Sequence[AnswerChange]:
        """Changes of a filing (or of one place), newest first."""
        return self._contents.history(filing_id, path)

    def add_version(self, version: SubmittedVersion) -> None:
        """Keep one submission of a filing; the same one given again replaces itself."""
        self._contents.add_version(version)

    def versions(self, filing_id: str) -> Sequence[SubmittedVersion]:
        """Submissions of a filing, newest first."""
        return self._contents.versions(filing_id)
