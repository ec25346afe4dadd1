"""Every table of a workspace (全部数据表): for making, moving and comparing whole databases."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import MetaData, Table

from models.store import change_tables, content_tables, review_tables, tables


def all_metadata() -> MetaData:
    """What holds every table; both modules of further tables have put theirs into it."""
    assert content_tables.units.metadata is review_tables.review_files.metadata is tables.metadata
    assert change_tables.row_changes.metadata is tables.metadata
    return tables.metadata


def all_tables() -> Sequence[Table]:
    """Every table that is copied when a workspace moves, those referred to before those that refer.

    What changed last the new database notes by itself while it is filled.
    """
    return [table for table in all_metadata().sorted_tables if table is not change_tables.row_changes]
