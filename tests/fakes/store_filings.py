"""The filing repository of the store in memory (内存存储中的填报件)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from models.domain.errors import RevisionConflict
from models.domain.filing import AnswerChange, Filing, FilingStatus
from models.store.values import fen_column
from services.ports.store import (
    FilingFigures,
    FilingOverview,
    FilingQuery,
    IndicatorRow,
    SubmittedVersion,
)
from tests.fakes.store_state import Session, as_kept, moment, unknown


class FakeFilings:
    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, filing_id: str) -> Filing | None:
        found = self._session.state.filings.get(filing_id)
        return None if found is None else _out(found[0])

    def find(self, query: FilingQuery) -> Sequence[Filing]:
        return [_out(filing) for filing, _figures in self._fitting(query)]

    def overview(self, query: FilingQuery) -> Sequence[FilingOverview]:
        return [_overview(filing, figures) for filing, figures in self._fitting(query)]

    def overview_of(self, filing_ids: Collection[str]) -> Sequence[FilingOverview]:
        return [one for one in self.overview(FilingQuery()) if one.filing_id in filing_ids]

    def answer_parts_of(self, filing_ids: Collection[str], key: str) -> Mapping[str, Any]:
        whole = self.answer_parts(FilingQuery(), key)
        return {filing_id: part for filing_id, part in whole.items() if filing_id in filing_ids}

    def answer_parts(self, query: FilingQuery, key: str) -> Mapping[str, Any]:
        found = {filing.filing_id: filing.answers.get(key) for filing, _figures in self._fitting(query)}
        return {filing_id: part for filing_id, part in found.items() if isinstance(part, (list, dict))}

    def forms(self) -> Mapping[str, tuple[str, int]]:
        found = (filing for filing, _figures in self._fitting(FilingQuery()))
        return {filing.filing_id: (filing.form_id, filing.budget_year) for filing in found}

    def budget_years(self, without: Collection[FilingStatus]) -> Sequence[int]:
        found = (filing for filing, _figures in self._fitting(FilingQuery()))
        return sorted({filing.budget_year for filing in found if filing.status not in without})

    def indicator_rows(self, query: FilingQuery) -> Sequence[IndicatorRow]:
        return [
            IndicatorRow(filing.filing_id, {key: value for key, value in row.items() if value is not None})
            for filing, figures in self._fitting(query)
            for row in figures.indicator_rows
        ]

    def save(self, filing: Filing, figures: FilingFigures, *, expected_revision: int | None) -> Filing:
        known = self._session.changing.filings.get(filing.filing_id)
        if (known[0].revision if known else None) != expected_revision:
            raise RevisionConflict("这份表已经在别的窗口保存过，这次没有覆盖", "请重新打开这份表，核对后再改")
        fen_column(figures.amount_fen)
        saved = replace(filing, revision=(expected_revision or 0) + 1)
        rows = tuple(as_kept(row) for row in figures.indicator_rows)
        self._session.state.filings[filing.filing_id] = (_out(saved), replace(figures, indicator_rows=rows))
        return saved

    def set_status(self, filing_id: str, status: FilingStatus, at: datetime) -> Filing:
        known = self._session.changing.filings.get(filing_id)
        if known is None:
            raise unknown("份填报件")
        filing, figures = known
        moved = replace(filing, status=status, revision=filing.revision + 1, updated_at=moment(at))
        self._session.state.filings[filing_id] = (moved, figures)
        return _out(moved)

    def add_history(self, changes: Sequence[AnswerChange]) -> None:
        self._session.changing.history += [
            replace(c, before=as_kept(c.before), after=as_kept(c.after), changed_at=moment(c.changed_at))
            for c in changes
        ]

    def history(self, filing_id: str, path: str | None = None) -> Sequence[AnswerChange]:
        found = [
            c for c in self._session.state.history if c.filing_id == filing_id and path in (None, c.path)
        ]
        return list(reversed(found))

    def add_version(self, version: SubmittedVersion) -> None:
        def identity(item: SubmittedVersion) -> tuple[str, int, str]:
            return item.filing_id, item.version, item.manifest_sha256

        others = [v for v in self._session.changing.versions if identity(v) != identity(version)]
        kept = replace(
            version,
            answers=as_kept(version.answers),
            explanations=as_kept(version.explanations),
            findings=as_kept(list(version.findings)),
            at=moment(version.at),
        )
        self._session.state.versions = [*others, kept]

    def versions(self, filing_id: str) -> Sequence[SubmittedVersion]:
        found = [
            version for version in reversed(self._session.state.versions) if version.filing_id == filing_id
        ]
        return sorted(found, key=lambda version: version.version, reverse=True)

    def _fitting(self, query: FilingQuery) -> list[tuple[Filing, FilingFigures]]:
        """Filings that fit, in order."""
        found = [item for item in self._session.state.filings.values() if self._fits(item[0], query)]
        found.sort(
            key=lambda item: (item[0].unit_code, item[0].project_id, item[0].task_id, item[0].filing_id)
        )
        return found

    def _fits(self, filing: Filing, query: FilingQuery) -> bool:
        names = ("unit_code", "task_id", "form_id", "budget_year", "project_id", "status")
        if any(getattr(query, name) not in (None, getattr(filing, name)) for name in names):
            return False
        return not query.text or query.text.lower() in self._searched(filing).lower()

    def _searched(self, filing: Filing) -> str:
        """The texts a search looks in, kept apart by a sign nobody searches for."""
        unit = self._session.state.units.get(filing.unit_code)
        project = self._session.state.projects.get(filing.project_id)
        texts = [filing.unit_code, unit.name if unit else ""]
        texts += [project.name, project.project_code] if project else []
        return "\0".join(texts)


def _out(filing: Filing) -> Filing:
    """A filing that shares nothing with the one given."""
    if filing.updated_at is not None:
        moment(filing.updated_at)
    return replace(filing, answers=as_kept(filing.answers), explanations=as_kept(filing.explanations))


def _overview(filing: Filing, figures: FilingFigures) -> FilingOverview:
    return FilingOverview(
        filing_id=filing.filing_id,
        task_id=filing.task_id,
        form_id=filing.form_id,
        project_id=filing.project_id,
        unit_code=filing.unit_code,
        budget_year=filing.budget_year,
        status=filing.status,
        version=filing.version,
        amount_fen=figures.amount_fen,
        updated_at=filing.updated_at,
        progress=figures.progress,
        blocking=figures.blocking,
        to_explain=figures.to_explain,
        score=figures.score,
        grade=figures.grade,
        exempt_reason=filing.exempt_reason,
    )
