"""Indicator rows as a table (指标行), so that indicators can be looked for without opening every form.

A projection of the answers: it can always be made anew from them. What has no column of its own is kept
beside as JSON, so a later form's columns are not lost before a migration gives them one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, bindparam, delete, select

from models.store.content_tables import indicator_rows
from models.store.filing_queries import fitting
from models.store.row_writing import add_rows
from models.store.tables import filings
from models.store.values import json_column, read_json

if TYPE_CHECKING:
    from services.ports.filing_lists import FilingQuery
    from services.ports.store_records import IndicatorRow

_KEYS = ("filing_id", "position")
_OTHERS = "others"
_NAMED = tuple(c.name for c in indicator_rows.c if c.name not in (*_KEYS, _OTHERS))
_NAMED_SET = frozenset(_NAMED)
_PLAIN = frozenset({str, type(None)})
ROW = (*_KEYS, *_NAMED, _OTHERS)
"""Columns of a row, in the order `new_indicator_rows` gives their values in."""
_ALL = tuple(indicator_rows.c[name] for name in (*_NAMED, _OTHERS))
_STORED = (
    select(*_ALL)
    .where(indicator_rows.c.filing_id == bindparam("filing_id"))
    .order_by(indicator_rows.c.position)
)


def write_indicator_rows(connection: Connection, filing_id: str, rows: Sequence[Mapping[str, Any]]) -> int:
    """Bring a filing's rows to these, touching only the ones that differ; how many were written or removed.

    An autosave that changed something else writes nothing here.
    """
    stored = _stored(connection, filing_id)
    wanted = [_columns(row) for row in rows]
    same = {position for position, pair in enumerate(zip(stored, wanted, strict=False)) if pair[0] == pair[1]}
    stale = [position for position in range(len(stored)) if position not in same]
    fresh = [position for position in range(len(wanted)) if position not in same]
    if stale:
        mine = indicator_rows.c.filing_id == filing_id
        connection.execute(delete(indicator_rows).where(mine, indicator_rows.c.position.in_(stale)))
    if fresh:
        add_rows(connection, indicator_rows, ROW, [(filing_id, place, *wanted[place]) for place in fresh])
    return len(set(stale) | set(fresh))


def new_indicator_rows(filing_id: str, rows: Sequence[Mapping[str, Any]]) -> list[tuple[Any, ...]]:
    """The rows of a filing that has none yet, as values of `ROW`."""
    return [(filing_id, position, *_columns(row)) for position, row in enumerate(rows)]


def find_indicator_rows(connection: Connection, query: FilingQuery) -> Sequence[IndicatorRow]:
    """Rows of the filings that fit, in the filings' order and then their own."""
    from services.ports.store_records import IndicatorRow

    wanted = select(indicator_rows).join(filings, filings.c.filing_id == indicator_rows.c.filing_id)
    found = connection.execute(fitting(wanted, query).order_by(indicator_rows.c.position))
    return [IndicatorRow(row.filing_id, _values(row)) for row in found]


def _stored(connection: Connection, filing_id: str) -> list[tuple[str | None, ...]]:
    """The rows as they stand, by position from 0."""
    return list(map(tuple, connection.execute(_STORED, {"filing_id": filing_id}).all()))


def _columns(row: Mapping[str, Any]) -> tuple[str | None, ...]:
    """A row's values in the order of the columns; what is no text or has no column goes to `others`."""
    named = tuple(map(row.get, _NAMED))
    if row.keys() <= _NAMED_SET and set(map(type, named)) <= _PLAIN:
        return (*named, None)
    others = {
        key: value
        for key, value in row.items()
        if value is not None and not (key in _NAMED_SET and isinstance(value, str))
    }
    texts = (value if isinstance(value, str) else None for value in named)
    return (*texts, json_column(others) if others else None)


def _values(row: Row[Any]) -> dict[str, Any]:
    """The values of a stored row by key, blanks left out."""
    values = {name: row._mapping[name] for name in _NAMED if row._mapping[name] is not None}
    return {**values, **(read_json(row.others) if row.others else {})}
