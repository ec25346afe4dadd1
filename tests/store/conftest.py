"""Stores to test: the real one in a fresh folder, and the same contract over the one in memory."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError, InternalError, OperationalError

from models.store.backups import DATABASE
from models.store.opener import SqliteStoreOpener
from models.store.policy import StorePolicy
from models.store.postgres_opener import PostgresStoreOpener
from models.store.store import SqlStore
from services.ports.store import Store
from tests.fakes.store import FakeStore
from tests.fakes.store_state import BrokenReference, WriteInReading
from tests.postgres_server import Server, emptied
from tests.store.samples import NOW

IMPATIENT = StorePolicy(busy_timeout_ms=50, kept_backups=3)


@dataclass
class Desk:
    """A store under the contract, and how it shows the two mistakes only a programmer can make."""

    store: Store
    write_in_reading: type[Exception]
    broken_reference: type[Exception]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workspace's folder with a name that needs care in addresses."""
    return tmp_path / "示例县 100%（甲#1？）"


@pytest.fixture
def opener() -> SqliteStoreOpener:
    """An opener that does not wait long."""
    return SqliteStoreOpener(IMPATIENT)


@pytest.fixture(scope="session")
def new_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a database just made; copied, because tables take longer to make than to use."""
    folder = tmp_path_factory.mktemp("new database")
    SqliteStoreOpener(IMPATIENT).open(folder, NOW, create=True).close()
    assert [item.name for item in folder.iterdir()] == [DATABASE]
    return folder / DATABASE


@pytest.fixture
def store(opener: SqliteStoreOpener, folder: Path, new_database: Path) -> Iterator[SqlStore]:
    """A new workspace's database."""
    folder.mkdir()
    shutil.copy(new_database, folder)
    opened = opener.open(folder, NOW)
    yield opened
    opened.close()


@pytest.fixture
def database(store: SqlStore, folder: Path) -> Path:
    """The file of that database."""
    return folder / DATABASE


@pytest.fixture
def shared(request: pytest.FixtureRequest, folder: Path) -> Iterator[SqlStore]:
    """A new workspace in a database of its own on a real PostgreSQL."""
    server: Server = request.getfixturevalue("postgres_server")
    opener = PostgresStoreOpener(IMPATIENT)
    url = emptied(server.database("contract"), opener, folder)
    opened = opener.open(folder, url, NOW)
    yield opened
    opened.close()


@pytest.fixture(params=["memory", "sqlite", pytest.param("postgres", marks=pytest.mark.judge)])
def desk(request: pytest.FixtureRequest) -> Desk:
    """Each store that must keep the contract."""
    if request.param == "memory":
        return Desk(FakeStore(), WriteInReading, BrokenReference)
    if request.param == "postgres":
        return Desk(request.getfixturevalue("shared"), InternalError, IntegrityError)
    return Desk(request.getfixturevalue("store"), OperationalError, IntegrityError)
