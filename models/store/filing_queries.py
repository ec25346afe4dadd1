"""Queries over filings (填报件查询): one spelling of conditions and order for every way of reading them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column, ColumnElement, Select, TextClause, or_, select, text, union

from models.store.tables import filings, projects

if TYPE_CHECKING:
    from services.ports.filing_lists import FilingQuery


_ORDER = ("unit_code", "project_id", "task_id", "filing_id")


def fitting(wanted: Select[Any], query: FilingQuery) -> Select[Any]:
    """The rows of filings that fit, by unit, project, task."""
    conditions = [filings.c[name] == value for name, value in _exact(query).items()]
    if query.text:
        conditions.append(_mentions(query.text))
    return wanted.where(*conditions).order_by(*(filings.c[name] for name in _ORDER))


def spelled_out(columns: Sequence[Column[Any]], query: FilingQuery) -> tuple[TextClause, dict[str, Any]]:
    """The same over some columns of filings, as a text and its values, for every start; not for a search by text."""
    given = _exact(query)
    where = f" WHERE {' AND '.join(f'{name} = :{name}' for name in given)}" if given else ""
    names = ", ".join(column.name for column in columns)
    return text(f"SELECT {names} FROM filings{where} ORDER BY {', '.join(_ORDER)}"), given


def _exact(query: FilingQuery) -> dict[str, Any]:
    """What columns must hold, one value per given field of the query but its text."""
    wanted = {
        "unit_code": query.unit_code,
        "task_id": query.task_id,
        "form_id": query.form_id,
        "budget_year": query.budget_year,
        "project_id": query.project_id,
        "status": None if query.status is None else query.status.value,
    }
    return {name: value for name, value in wanted.items() if value is not None}


def _mentions(words: str) -> ColumnElement[bool]:
    """Whether the unit's code or name, or the project's code or name, contains a text.

    Units and projects are looked through, then filings are met by their indexes: a hundred thousand of them are never
    looked at one by one.
    """
    from models.store.content_tables import units  # only a search by text needs the register

    named_projects = select(projects.c.project_id).where(
        or_(
            projects.c.name.icontains(words, autoescape=True),
            projects.c.project_code.icontains(words, autoescape=True),
        )
    )
    named_units = select(units.c.code).where(units.c.name.icontains(words, autoescape=True))
    coded = select(filings.c.unit_code).distinct().subquery()
    coded_units = select(coded.c.unit_code).where(coded.c.unit_code.icontains(words, autoescape=True))
    return or_(
        filings.c.unit_code.in_(union(named_units, coded_units)), filings.c.project_id.in_(named_projects)
    )
