"""Rows of filings, their history and submissions (填报件与数据行的对应), both ways, spelled out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from models.domain.filing_status import FilingStatus
from models.store.tables import filings
from models.store.values import (
    fen_column,
    json_column,
    moment_column,
    optional_moment_column,
    read_json,
    read_moment,
    read_optional_moment,
)
from services.ports.filing_lists import FilingOverview

if TYPE_CHECKING:
    from sqlalchemy import Row

    from models.domain.filing import AnswerChange, Filing
    from services.ports.store_records import FilingFigures, SubmittedVersion

OVERVIEW_COLUMNS = (
    filings.c.filing_id,
    filings.c.task_id,
    filings.c.form_id,
    filings.c.project_id,
    filings.c.unit_code,
    filings.c.budget_year,
    filings.c.status,
    filings.c.version,
    filings.c.amount_fen,
    filings.c.updated_at,
    filings.c.progress,
    filings.c.blocking,
    filings.c.to_explain,
    filings.c.score,
    filings.c.grade,
    filings.c.exempt_reason,
)
"""What lists and boards show: all short."""


def filing_row(filing: Filing, figures: FilingFigures) -> dict[str, Any]:
    """The row of a filing with what is projected from it."""
    return {
        "filing_id": filing.filing_id,
        "task_id": filing.task_id,
        "form_id": filing.form_id,
        "form_version": filing.form_version,
        "budget_year": filing.budget_year,
        "unit_code": filing.unit_code,
        "project_id": filing.project_id,
        "status": filing.status.value,
        "version": filing.version,
        "revision": filing.revision,
        "exempt_reason": filing.exempt_reason,
        "updated_at": optional_moment_column(filing.updated_at),
        "amount_fen": fen_column(figures.amount_fen),
        "score": figures.score,
        "grade": figures.grade,
        "progress": figures.progress,
        "blocking": figures.blocking,
        "to_explain": figures.to_explain,
    }


def contents_row(filing: Filing) -> dict[str, Any]:
    """The row of what a person filled in."""
    return {
        "filing_id": filing.filing_id,
        "answers": json_column(filing.answers),
        "explanations": json_column(filing.explanations),
    }


def read_filing(row: Row[Any]) -> Filing:
    """A filing from its row joined with its contents."""
    from models.domain.filing import Filing  # lists do without

    return Filing(
        filing_id=row.filing_id,
        task_id=row.task_id,
        form_id=row.form_id,
        form_version=row.form_version,
        budget_year=row.budget_year,
        unit_code=row.unit_code,
        project_id=row.project_id,
        status=FilingStatus(row.status),
        answers=read_json(row.answers),
        explanations=read_json(row.explanations),
        version=row.version,
        revision=row.revision,
        exempt_reason=row.exempt_reason,
        updated_at=read_optional_moment(row.updated_at),
    )


_STATUS = {status.value: status for status in FilingStatus}


def read_overview(row: Row[Any]) -> FilingOverview:
    """A filing without its answers, from a row of `OVERVIEW_COLUMNS`; by place, for boards read ten thousand of them."""
    values: Sequence[Any] = row
    key, task, form, project, unit, year, status, version, amount, at, *rest = values
    moment = None if at is None else read_moment(at)
    return FilingOverview(
        key, task, form, project, unit, year, _STATUS[status], version, amount, moment, *rest
    )


def change_row(change: AnswerChange) -> dict[str, Any]:
    """The row of one change of one answer."""
    return {
        "filing_id": change.filing_id,
        "path": change.path,
        "before": json_column(change.before),
        "after": json_column(change.after),
        "changed_at": moment_column(change.changed_at),
        "changed_by": change.changed_by,
    }


def read_change(row: Row[Any]) -> AnswerChange:
    """One change of one answer from its row."""
    from models.domain.filing import AnswerChange

    return AnswerChange(
        row.filing_id,
        row.path,
        read_json(row.before),
        read_json(row.after),
        read_moment(row.changed_at),
        row.changed_by,
    )


def version_row(version: SubmittedVersion, spelled: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The row of one submission; `spelled` are answers and explanations where they have just been spelled."""
    contents = spelled or {
        "answers": json_column(version.answers),
        "explanations": json_column(version.explanations),
    }
    return {
        "filing_id": version.filing_id,
        "version": version.version,
        "manifest_sha256": version.manifest_sha256,
        "answers": contents["answers"],
        "explanations": contents["explanations"],
        "findings": json_column([dict(finding) for finding in version.findings]),
        "at": moment_column(version.at),
    }


def read_version(row: Row[Any]) -> SubmittedVersion:
    """One submission from its row."""
    from services.ports.store_records import SubmittedVersion

    findings: list[Mapping[str, Any]] = read_json(row.findings)
    return SubmittedVersion(
        row.filing_id,
        row.version,
        row.manifest_sha256,
        read_json(row.answers),
        read_json(row.explanations),
        findings,
        read_moment(row.at),
    )
