"""What the engine's hooks promise: explicit transactions, DDL that rolls back, readers that hold nobody up."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from models.domain.errors import StorageProblem
from models.store.engine import READING, WRITING, store_engine
from models.store.sqlite_dialect import url_of
from models.store.store import SqlStore
from tests.store.conftest import IMPATIENT


@pytest.fixture
def engine(database: Path):
    made = store_engine(url_of(database), IMPATIENT, "测试")
    yield made
    made.dispose()


def _tables(engine: Engine) -> set[str]:
    with engine.connect() as connection:
        return set(connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars())


def test_ddl_rolls_back(engine: Engine):
    before = _tables(engine)
    with engine.connect().execution_options(**WRITING) as connection, connection.begin() as transaction:
        connection.execute(text("CREATE TABLE made (a TEXT)"))
        connection.execute(text("ALTER TABLE units ADD COLUMN made TEXT"))
        connection.execute(text("DROP TABLE answer_history"))
        connection.execute(text("INSERT INTO made VALUES ('x')"))
        transaction.rollback()
    assert _tables(engine) == before
    with engine.connect() as connection:
        columns = connection.execute(text("SELECT name FROM pragma_table_info('units')")).scalars().all()
    assert "made" not in columns


def test_every_connection_is_set_up(engine: Engine):
    def asked(name: str) -> object:
        with engine.connect() as connection:
            return connection.exec_driver_sql(f"PRAGMA {name}").scalar()

    assert asked("foreign_keys") == 1
    assert asked("journal_mode") == "wal"
    assert asked("synchronous") == 2
    assert asked("busy_timeout") == IMPATIENT.busy_timeout_ms


def test_foreign_keys_are_enforced(engine: Engine):
    with engine.connect().execution_options(**WRITING) as connection:
        connection.execute(text("INSERT INTO filing_contents (filing_id) VALUES ('nobody')"))
        with pytest.raises(Exception, match="FOREIGN KEY"):
            connection.commit()


def test_a_writing_unit_of_work_holds_the_lock_from_its_beginning(store: SqlStore, database: Path):
    with closing(sqlite3.connect(database, timeout=0, isolation_level=None)) as other:
        with store.writing(), pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        other.execute("BEGIN IMMEDIATE")
        other.execute("ROLLBACK")


def test_a_reading_unit_of_work_holds_no_lock(store: SqlStore, database: Path):
    with (
        closing(sqlite3.connect(database, timeout=0, isolation_level=None)) as other,
        store.reading() as work,
    ):
        assert work.settings.get("a") is None
        other.execute("BEGIN IMMEDIATE")
        other.execute("INSERT INTO settings VALUES ('a', '1')")
        other.execute("COMMIT")
        assert work.settings.get("a") is None


def test_reading_goes_on_while_another_program_writes(store: SqlStore, database: Path):
    with closing(sqlite3.connect(database, timeout=0, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with store.reading() as work:
            assert work.settings.get("a") is None
        with pytest.raises(StorageProblem, match="使用"), store.writing():
            pass


def test_a_reading_connection_given_back_may_write_again(engine: Engine):
    with engine.connect().execution_options(**READING) as connection:
        connection.execute(text("SELECT 1"))
    with engine.connect().execution_options(**WRITING) as connection:
        connection.execute(text("INSERT INTO settings VALUES ('a', '1')"))
        connection.commit()


def test_writers_on_several_threads_wait_for_each_other(database: Path, store: SqlStore):
    from models.store.opener import SqliteStoreOpener
    from tests.store.samples import NOW

    patient = SqliteStoreOpener().open(database.parent, NOW)

    def count() -> None:
        for _ in range(20):
            with patient.writing() as work:
                work.settings.next_number("package")
                work.commit()

    threads = [threading.Thread(target=count) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with patient.writing() as work:
        assert work.settings.next_number("package") == 61
    patient.close()


def test_closing_leaves_one_file(store: SqlStore, database: Path):
    with store.writing() as work:
        work.settings.put("a", 1)
        work.commit()
    assert database.with_name(f"{database.name}-wal").exists()
    store.close()
    assert [path.name for path in database.parent.iterdir()] == [database.name]
