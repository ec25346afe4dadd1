"""Kits of a workspace (已存任务参数包)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, Select, delete, insert, select, text, update

from models.domain.kit_head import KitHead, kit_head_from_json
from models.domain.kit_json import kit_from_json, kit_to_json
from models.store.tables import kits
from models.store.values import json_column, moment_column, read_json, read_moment

if TYPE_CHECKING:
    from models.domain.kit import ParameterKit
    from services.ports.store import StoredKit

_CURRENT = text("SELECT content FROM kits WHERE working_year = :working_year AND is_current = 1")
_COLUMNS = (kits.c.content, kits.c.digest, kits.c.taken_at, kits.c.is_current)


class SqlKits:
    """Kits kept as JSON; one per working year is current (已存任务参数包)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, kit: ParameterKit, digest: str, taken_at: datetime) -> None:
        """Keep a kit and make it the current one of its working year; the same one again moves to the front."""
        same_year = kits.c.working_year == kit.working_year
        self._connection.execute(update(kits).where(same_year).values(is_current=0))
        self._connection.execute(
            delete(kits).where(
                same_year, kits.c.kit_id == kit.kit_id, kits.c.version == kit.version, kits.c.digest == digest
            )
        )
        self._connection.execute(insert(kits).values(_row_of(kit, digest, taken_at)))

    def current(self, working_year: int) -> StoredKit | None:
        """The current kit of that working year."""
        found = self._connection.execute(
            _select().where(kits.c.working_year == working_year, kits.c.is_current == 1)
        ).first()
        return None if found is None else _stored_kit(found)

    def current_head(self, working_year: int, unit_code: str) -> KitHead | None:
        """The head of the current kit of that working year, with one unit's lines of its register."""
        content = self._connection.execute(_CURRENT, {"working_year": working_year}).scalar()
        return None if content is None else _head(content, unit_code)

    def working_years(self) -> Sequence[int]:
        """Working years there are kits for, newest first."""
        wanted = select(kits.c.working_year).distinct().order_by(kits.c.working_year.desc())
        return list(self._connection.execute(wanted).scalars())

    def all(self) -> Sequence[StoredKit]:
        """Every kit kept, newest first."""
        found = self._connection.execute(_select().order_by(kits.c.taken_at.desc(), kits.c.kit_number.desc()))
        return [_stored_kit(row) for row in found]


def _select() -> Select[Any]:
    return select(*_COLUMNS)


def _row_of(kit: ParameterKit, digest: str, taken_at: datetime) -> dict[str, Any]:
    """A kit as a row."""
    return {
        "kit_id": kit.kit_id,
        "version": kit.version,
        "working_year": kit.working_year,
        "digest": digest,
        "taken_at": moment_column(taken_at),
        "is_current": 1,
        "content": json_column(kit_to_json(kit)),
    }


def _stored_kit(row: Row[Any]) -> StoredKit:
    """A row as a kit."""
    from services.ports.store_records import StoredKit

    return StoredKit(_kit(row.content), row.digest, read_moment(row.taken_at), bool(row.is_current))


@lru_cache(maxsize=16)
def _kit(content: str) -> ParameterKit:
    """The kit of a JSON text; remembered, because every operation asks for the current kit and it is frozen."""
    return kit_from_json(read_json(content))


@lru_cache(maxsize=16)
def _head(content: str, unit_code: str) -> KitHead:
    """The head of the kit of a JSON text; remembered like the kit itself."""
    return kit_head_from_json(read_json(content), unit_code)
