"""Policy of the store (存储规则): the numbers a maintainer may want to change, in one place, as data."""

from __future__ import annotations

from typing import NamedTuple


class StorePolicy(NamedTuple):
    """How patient and how careful the store is (存储规则).

    `busy_timeout_ms`: milliseconds to wait for another writer before saying the data are in use.
    `kept_backups`: how many backups of each reason stay, the newest ones.
    `checked_when_opened`: a database up to this many bytes is checked page by page at every opening;
    larger ones are checked with their daily backup, so that opening stays quick.
    """

    busy_timeout_ms: int = 5_000
    kept_backups: int = 14
    checked_when_opened: int = 32 * 1024 * 1024
