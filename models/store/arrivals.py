"""Filings met for the first time, added by one statement a table (首次收到的填报件成批入库)."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select

from models.domain.project import Project, ProjectYear
from models.store.content_tables import (
    filing_contents,
    indicator_rows,
    packages,
    submitted_evidence,
    submitted_versions,
)
from models.store.evidence import submitted_rows
from models.store.filing_rows import contents_row, filing_row, version_row
from models.store.indicator_rows import ROW, new_indicator_rows
from models.store.row_writing import add_dicts, add_rows, rows_among
from models.store.tables import filings, project_years, projects
from models.store.values import columns_of, fen_column
from services.ports.arrivals import Arrivals, ArrivedFiling, Asked, Met

_PACKAGE = ("manifest_sha256",)
_FILING = ("filing_id",)
_PROJECT = ("project_id", "name", "unit_code", "project_code", "category")
_YEAR = ("project_id", "budget_year", "budget_fen", "fund_type", "bureau_office", "from_register")
"""What is asked for by the first of each; of projects and their years in the order their records take it."""

_LAST = select(func.max(projects.c.position))


def met(connection: Connection, asked: Asked) -> Met:
    """What of a batch is here already."""
    found = {row[0]: Project(*row) for row in rows_among(connection, projects, _PROJECT, asked.projects)}
    years = [
        ProjectYear(project, year, fen, fund_type, office, bool(from_register))
        for project, year, fen, fund_type, office, from_register in rows_among(
            connection, project_years, _YEAR, found
        )
    ]
    return Met(
        frozenset(key for (key,) in rows_among(connection, packages, _PACKAGE, asked.packages)),
        frozenset(key for (key,) in rows_among(connection, filings, _FILING, asked.filings)),
        found,
        {(year.project_id, year.budget_year): year for year in years},
    )


def add_arrivals(connection: Connection, arrivals: Arrivals) -> None:
    """Add what is new, those referred to before those that refer."""
    _add_projects(connection, arrivals)
    rows = [_filing_rows(arrived) for arrived in arrivals.filings]
    add_dicts(connection, filings, [one.filing for one in rows])
    add_dicts(connection, filing_contents, [one.contents for one in rows])
    add_rows(connection, indicator_rows, ROW, [row for one in rows for row in one.indicators])
    add_dicts(connection, submitted_versions, [one.version for one in rows])
    add_dicts(connection, submitted_evidence, [row for one in rows for row in one.evidence])


def _add_projects(connection: Connection, arrivals: Arrivals) -> None:
    """Projects, after those that are there, and their years."""
    if arrivals.projects:
        last = connection.execute(_LAST).scalar() or 0
        new = enumerate(arrivals.projects, last + 1)
        add_dicts(connection, projects, [columns_of(project) | {"position": n} for n, project in new])
    add_dicts(connection, project_years, [_year_row(year) for year in arrivals.years])


class _FilingRows(NamedTuple):
    """A filing's rows by table (一份填报件的各表行)."""

    filing: dict[str, Any]
    contents: dict[str, Any]
    indicators: list[tuple[Any, ...]]
    version: dict[str, Any]
    evidence: list[dict[str, Any]]


def _filing_rows(arrived: ArrivedFiling) -> _FilingRows:
    """A filing's rows; its answers are spelled once for itself and its version."""
    filing, version = arrived.filing, arrived.version
    contents = contents_row(filing)
    return _FilingRows(
        filing_row(filing, arrived.figures) | {"revision": 1},
        contents,
        new_indicator_rows(filing.filing_id, arrived.figures.indicator_rows),
        version_row(version, contents),
        submitted_rows(version.filing_id, version.version, version.manifest_sha256, arrived.evidence),
    )


def _year_row(year: ProjectYear) -> dict[str, Any]:
    """A project year as a row."""
    return columns_of(year) | {
        "budget_fen": fen_column(year.budget_fen),
        "from_register": int(year.from_register),
    }
