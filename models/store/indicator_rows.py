"""Indicator rows as a table (指标行), so that indicators can be looked for without opening every form.

A projection of the answers: it can always be made anew from them. What has no column of its own is kept
beside as JSON, so a later form's columns are not lost before a migration gives them one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select

from models.store.filing_queries import fitting
from models.store.tables import filings, indicator_rows
from models.store.values import json_column, read_json
from services.ports.store import FilingQuery, IndicatorRow

_KEYS = ("filing_id", "position")
_OTHERS = "others"
_NAMED = tuple(c.name for c in indicator_rows.c if c.name not in (*_KEYS, _OTHERS))
_ALL = tuple(indicator_rows.c[name] for name in (*_NAMED, _OTHERS))


def write_indicator_rows(connection: Connection, filing_id: str, rows: Sequence[Mapping[str, Any]]) -> int:
    """Bring a filing's rows to these, touching only the ones that differ; how many were written or removed.

    An autosave that changed something else writes nothing here.
    """
    stored = _stored(connection, filing_id)
    wanted = [_columns(row) for row in rows]
    stale = [
        position
        for position, columns in enumerate(stored)
        if position >= len(wanted) or wanted[position] != columns
    ]
    fresh = [
        position
        for position, columns in enumerate(wanted)
        if position >= len(stored) or stored[position] != columns
    ]
    if stale:
        mine = indicator_rows.c.filing_id == filing_id
        connection.execute(delete(indicator_rows).where(mine, indicator_rows.c.position.in_(stale)))
    if fresh:
        connection.execute(insert(indicator_rows), [_row(filing_id, p, wanted[p]) for p in fresh])
    return len(set(stale) | set(fresh))


def find_indicator_rows(connection: Connection, query: FilingQuery) -> Sequence[IndicatorRow]:
    """Rows of the filings that fit, in the filings' order and then their own."""
    wanted = select(indicator_rows).join(filings, filings.c.filing_id == indicator_rows.c.filing_id)
    found = connection.execute(fitting(wanted, query).order_by(indicator_rows.c.position))
    return [IndicatorRow(row.filing_id, _values(row)) for row in found]


def _stored(connection: Connection, filing_id: str) -> list[tuple[str | None, ...]]:
    """The rows as they stand, by position from 0."""
    mine = indicator_rows.c.filing_id == filing_id
    found = connection.execute(select(*_ALL).where(mine).order_by(indicator_rows.c.position))
    return [tuple(row) for row in found]


def _columns(row: Mapping[str, Any]) -> tuple[str | None, ...]:
    """A row's values in the order of the columns; what is no text or has no column goes to `others`."""
    others = {
        key: value
        for key, value in row.items()
        if value is not None and not (key in _NAMED and isinstance(value, str))
    }
    named = [row.get(name) if isinstance(row.get(name), str) else None for name in _NAMED]
    return (*named, json_column(others) if others else None)


def _row(filing_id: str, position: int, columns: tuple[str | None, ...]) -> dict[str, Any]:
    """A row for its table."""
    return {
        "filing_id": filing_id,
        "position": position,
        **dict(zip((*_NAMED, _OTHERS), columns, strict=True)),
    }


def _values(row: Row[Any]) -> dict[str, Any]:
    """The values of a stored row by key, blanks left out."""
    values = {name: row._mapping[name] for name in _NAMED if row._mapping[name] is not None}
    return {**values, **(read_json(row.others) if row.others else {})}
