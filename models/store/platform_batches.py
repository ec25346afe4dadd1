"""Files taken over from the platform (带入记录的存取)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from models.domain.platform_batch import PlatformBatch
from models.store.content_tables import platform_batches
from models.store.row_writing import change_known
from models.store.values import json_column, moment_column, read_json, read_moment, read_optional_moment

_COLUMNS = platform_batches.c


class SqlPlatformBatches:
    """Batches taken over (带入记录)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, batch: PlatformBatch) -> None:
        """Keep a batch."""
        row = {
            "batch_id": batch.batch_id,
            "kinds": json_column(list(batch.kinds)),
            "file_name": batch.file_name,
            "line_count": batch.line_count,
            "taken_at": moment_column(batch.taken_at),
            "taken_by": batch.taken_by,
            "undo": json_column(batch.undo),
            "taken_back_at": None,
        }
        self._connection.execute(insert(platform_batches).values(row))

    def get(self, batch_id: str) -> PlatformBatch | None:
        """One batch."""
        wanted = select(platform_batches).where(_COLUMNS.batch_id == batch_id)
        found = self._connection.execute(wanted).first()
        return None if found is None else _batch(found)

    def all(self) -> Sequence[PlatformBatch]:
        """Every batch, newest first."""
        wanted = select(platform_batches).order_by(_COLUMNS.batch_number.desc())
        return [_batch(row) for row in self._connection.execute(wanted)]

    def take_back(self, batch_id: str, at: datetime) -> None:
        """Note that a batch was taken back. StorageProblem when it is not there."""
        statement = update(platform_batches).where(_COLUMNS.batch_id == batch_id)
        change_known(self._connection, statement.values(taken_back_at=moment_column(at)), "次带入")


def _batch(row: Row[Any]) -> PlatformBatch:
    """A row as a batch."""
    return PlatformBatch(
        batch_id=row.batch_id,
        kinds=tuple(read_json(row.kinds)),
        file_name=row.file_name,
        line_count=row.line_count,
        taken_at=read_moment(row.taken_at),
        taken_by=row.taken_by,
        undo=read_json(row.undo),
        taken_back_at=read_optional_moment(row.taken_back_at),
    )
