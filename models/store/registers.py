"""Unit register and project register of the year (单位名录、年度预算项目名录)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select

from models.domain.project import RegisterEntry, Unit
from models.store.content_tables import register_entries, units
from models.store.row_writing import put_row
from models.store.values import fen_column, json_column, read_json


class SqlRegisters:
    """The two registers (单位名录、年度预算项目名录)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put_units(self, units_given: Sequence[Unit]) -> None:
        """Add or replace units by code."""
        for unit in units_given:
            put_row(self._connection, units, asdict(unit))

    def remove_unit(self, code: str) -> None:
        """Take a unit out of the register."""
        self._connection.execute(delete(units).where(units.c.code == code))

    def units(self) -> Sequence[Unit]:
        """All units by code."""
        found = self._connection.execute(select(units).order_by(units.c.code))
        return [Unit(**row._mapping) for row in found]

    def replace_entries(self, budget_year: int, entries: Sequence[RegisterEntry]) -> None:
        """The project register of a budget year, replaced as a whole. Raises ValueError on another year's line."""
        if any(entry.budget_year != budget_year for entry in entries):
            raise ValueError("a line of another budget year in this year's project register")
        self._connection.execute(
            delete(register_entries).where(register_entries.c.budget_year == budget_year)
        )
        rows = [_row_of(entry, position) for position, entry in enumerate(entries)]
        if rows:
            self._connection.execute(insert(register_entries), rows)

    def entries(self, budget_year: int, unit_code: str | None = None) -> Sequence[RegisterEntry]:
        """The project register of a budget year in its own order, of one unit or all."""
        wanted = select(register_entries).where(register_entries.c.budget_year == budget_year)
        if unit_code is not None:
            wanted = wanted.where(register_entries.c.unit_code == unit_code)
        found = self._connection.execute(wanted.order_by(register_entries.c.position))
        return [_entry(row) for row in found]

    def entry_years(self) -> Sequence[int]:
        """Budget years there are project registers of, oldest first."""
        year = register_entries.c.budget_year
        return list(self._connection.execute(select(year).distinct().order_by(year)).scalars())


def _row_of(entry: RegisterEntry, position: int) -> dict[str, Any]:
    """A line of the register as a row."""
    return {
        **asdict(entry),
        "budget_fen": fen_column(entry.budget_fen),
        "forms_due": json_column(entry.forms_due),
        "position": position,
    }


def _entry(row: Row[Any]) -> RegisterEntry:
    """A row as a line of the register."""
    values = dict(row._mapping)
    del values["position"]
    return RegisterEntry(**{**values, "forms_due": tuple(read_json(row.forms_due))})
