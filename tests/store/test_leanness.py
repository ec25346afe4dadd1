"""What keeps the store quick: no library before it is needed, indices in use, autosaves that write only what changed."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import event, select
from sqlalchemy.dialects import sqlite as sqlite_sql

from models.domain.filing import FilingStatus
from models.store.engine import WRITING, store_engine
from models.store.filing_queries import fitting
from models.store.filing_rows import OVERVIEW_COLUMNS
from models.store.filings import SqlFilings
from models.store.indicator_rows import write_indicator_rows
from models.store.sqlite_dialect import url_of
from models.store.store import SqlStore
from services.ports.store import FilingQuery
from tests.source import ROOT
from tests.store.conftest import IMPATIENT
from tests.store.samples import answers, figures, filing, indicator


def test_sqlalchemy_waits_for_the_first_workspace():
    program = (
        "import sys, models.store, models.store.policy, services.ports.store, services.workspaces;"
        "sys.exit('sqlalchemy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT).returncode == 0


def test_the_object_mapper_is_never_loaded():
    program = "import sys, models.store.opener; sys.exit('sqlalchemy.orm' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT).returncode == 0


def plan(database: Path, query: FilingQuery) -> list[str]:
    """How SQLite goes about a query."""
    wanted = fitting(select(*OVERVIEW_COLUMNS), query)
    compiled = wanted.compile(dialect=sqlite_sql.dialect(), compile_kwargs={"literal_binds": True})
    with closing(sqlite3.connect(database)) as connection:
        return [str(row[3]) for row in connection.execute(f"EXPLAIN QUERY PLAN {compiled}")]


@pytest.mark.parametrize(
    ("query", "index"),
    [
        (FilingQuery(unit_code="a"), "filings_unit"),
        (FilingQuery(unit_code="a", project_id="p", task_id="t"), "filings_unit"),
        (FilingQuery(task_id="t"), "filings_task"),
        (FilingQuery(project_id="p"), "filings_project"),
        (FilingQuery(budget_year=2027), "filings_year"),
        (FilingQuery(budget_year=2027, form_id="f"), "filings_year"),
        (FilingQuery(status=FilingStatus.SEALED), "filings_status"),
    ],
)
def test_queries_go_by_an_index(store: SqlStore, database: Path, query: FilingQuery, index: str):
    assert store is not None
    assert any(step.startswith(f"SEARCH filings USING INDEX {index} ") for step in plan(database, query))


@pytest.fixture
def connection(store: SqlStore, database: Path):
    assert store is not None
    engine = store_engine(url_of(database), IMPATIENT, "测试")
    with engine.connect().execution_options(**WRITING) as made:
        yield made
    engine.dispose()


def test_only_rows_that_differ_are_written(connection):
    rows = [indicator(number) for number in range(1, 301)]
    filings = SqlFilings(connection)
    filings.save(filing(answers=answers(0)), figures(filing(answers=answers(0))), expected_revision=None)
    assert write_indicator_rows(connection, "F1", rows) == 300
    assert write_indicator_rows(connection, "F1", rows) == 0
    rows[7] = indicator(8, planned_value="改")
    assert write_indicator_rows(connection, "F1", rows) == 1
    assert write_indicator_rows(connection, "F1", rows[:298]) == 2
    assert write_indicator_rows(connection, "F1", [*rows[:298], indicator(400)]) == 1


def test_an_autosave_of_a_sentence_writes_no_indicator_row(connection):
    written: list[str] = []
    large = filing(answers=answers(300))
    filings = SqlFilings(connection)
    filings.save(large, figures(large), expected_revision=None)

    @event.listens_for(connection.engine, "before_cursor_execute")
    def _note(_connection, _cursor, statement: str, _parameters, _context, _many) -> None:
        written.append(" ".join(statement.split()[:2]))

    changed = replace(large, answers={**large.answers, "annual_target": "改一句"})
    filings.save(changed, figures(changed), expected_revision=1)
    assert [s for s in written if not s.startswith("SELECT")] == ["UPDATE filings", "UPDATE filing_contents"]
