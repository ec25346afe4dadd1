"""Queries over filings (填报件查询): one spelling of conditions and order for every way of reading them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, or_, select

from models.store.tables import filings, projects

if TYPE_CHECKING:
    from services.ports.filing_lists import FilingQuery


def fitting(wanted: Select[Any], query: FilingQuery) -> Select[Any]:
    """The rows of filings that fit, by unit, project, task."""
    order = (filings.c.unit_code, filings.c.project_id, filings.c.task_id, filings.c.filing_id)
    return wanted.where(*_conditions(query)).order_by(*order)


def _conditions(query: FilingQuery) -> list[ColumnElement[bool]]:
    """One condition per given field of the query."""
    exact = {
        filings.c.unit_code: query.unit_code,
        filings.c.task_id: query.task_id,
        filings.c.form_id: query.form_id,
        filings.c.budget_year: query.budget_year,
        filings.c.project_id: query.project_id,
        filings.c.status: None if query.status is None else query.status.value,
    }
    conditions = [column == value for column, value in exact.items() if value is not None]
    if query.text:
        conditions.append(_mentions(query.text))
    return conditions


def _mentions(text: str) -> ColumnElement[bool]:
    """Whether the unit's code or name, or the project's code or name, contains a text."""
    from models.store.content_tables import units  # only a search by text needs the register

    named_projects = select(projects.c.project_id).where(
        or_(
            projects.c.name.icontains(text, autoescape=True),
            projects.c.project_code.icontains(text, autoescape=True),
        )
    )
    named_units = select(units.c.code).where(units.c.name.icontains(text, autoescape=True))
    return or_(
        filings.c.unit_code.icontains(text, autoescape=True),
        filings.c.unit_code.in_(named_units),
        filings.c.project_id.in_(named_projects),
    )
