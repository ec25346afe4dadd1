"""Migrations (数据升级): numbered steps from one schema version to the next.

A new workspace is made from `models.store.tables` at once; version 1 is the first one released. A step brings
an older database to the same tables, in one transaction with its version number inside, so that a database is
always whole at one version. A test compares what the steps make of the saved first version with what a new
workspace has.

How to add one: docs/store.md.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, Engine, func, insert, select, text

from models.store.engine import WRITING, broken_references, make_alike, without_references
from models.store.problems import Trouble, problem
from models.store.review_step import review
from models.store.tables import schema_versions
from models.store.values import moment_column

FIRST_VERSION = 1
_WATCHED_SINCE = 7
"""The step that made `row_changes`; one that rebuilds a table takes its triggers along."""


class Step(NamedTuple):
    """One migration (升级步骤): the version it leads to, a name for the record, and what it does.

    `apply` gets a connection inside the step's transaction, with foreign keys suspended; it neither
    commits nor reads the clock.
    """

    version: int
    name: str
    apply: Callable[[Connection], None]


def _claims_and_decisions(connection: Connection) -> None:
    """Notes on refused files keep what the file says of itself; what the bureau decided on versions is kept."""
    decisions = (
        "CREATE TABLE intake_decisions (decision_number INTEGER NOT NULL, filing_id TEXT NOT NULL,"
        " is_adopted INTEGER NOT NULL DEFAULT '0', kept_sha256 TEXT NOT NULL DEFAULT '',"
        " kept_version INTEGER NOT NULL DEFAULT '0', came_sha256 TEXT NOT NULL DEFAULT '',"
        " came_version INTEGER NOT NULL DEFAULT '0', reason TEXT NOT NULL DEFAULT '',"
        " decided_by TEXT NOT NULL DEFAULT '', at TEXT NOT NULL DEFAULT '', PRIMARY KEY (decision_number),"
        " FOREIGN KEY(filing_id) REFERENCES filings (filing_id) ON DELETE CASCADE"
        " DEFERRABLE INITIALLY DEFERRED)"
    )
    connection.execute(text("ALTER TABLE quarantine ADD COLUMN claims TEXT NOT NULL DEFAULT '{}'"))
    connection.execute(text(decisions))
    connection.execute(text("CREATE INDEX intake_decisions_filing ON intake_decisions (filing_id)"))


def _evidence(connection: Connection) -> None:
    """Evidence attached to filings and rows, and what each submission carried of it; nothing older had any."""
    file = (
        " place TEXT NOT NULL DEFAULT '', name TEXT NOT NULL DEFAULT '', size BIGINT NOT NULL DEFAULT '0',"
        " sha256 TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT '',"
    )
    reference = (
        " FOREIGN KEY(filing_id) REFERENCES filings (filing_id) ON DELETE CASCADE"
        " DEFERRABLE INITIALLY DEFERRED)"
    )
    statements = (
        (
            "CREATE TABLE evidence (evidence_number INTEGER NOT NULL, evidence_id TEXT NOT NULL DEFAULT '',"
            f" filing_id TEXT NOT NULL,{file} added_at TEXT NOT NULL DEFAULT '',"
            f" added_by TEXT NOT NULL DEFAULT '', removed_at TEXT, PRIMARY KEY (evidence_number),{reference}"
        ),
        "CREATE UNIQUE INDEX evidence_key ON evidence (evidence_id)",
        "CREATE INDEX evidence_filing ON evidence (filing_id)",
        "CREATE INDEX evidence_digest ON evidence (sha256)",
        (
            "CREATE TABLE submitted_evidence (filing_id TEXT NOT NULL, manifest_sha256 TEXT NOT NULL,"
            f" position INTEGER NOT NULL, version INTEGER NOT NULL DEFAULT '0',{file}"
            f" PRIMARY KEY (filing_id, manifest_sha256, position),{reference}"
        ),
        "CREATE INDEX submitted_evidence_digest ON submitted_evidence (sha256)",
    )
    for statement in statements:
        connection.execute(text(statement))


def _approvals(connection: Connection) -> None:
    """Approved targets, noted one after the other; nothing older had any."""
    table = (
        "CREATE TABLE approvals (approval_number INTEGER NOT NULL, unit_code TEXT NOT NULL DEFAULT '',"
        " project_id TEXT NOT NULL DEFAULT '', budget_year INTEGER NOT NULL DEFAULT '0',"
        " form_id TEXT NOT NULL DEFAULT '', document_number TEXT NOT NULL DEFAULT '', approved_on TEXT,"
        " amount_fen BIGINT, answers TEXT NOT NULL DEFAULT '{}', adjustments INTEGER NOT NULL DEFAULT '0',"
        " is_by_hand INTEGER NOT NULL DEFAULT '0', noted_at TEXT NOT NULL DEFAULT '',"
        " noted_by TEXT NOT NULL DEFAULT '', PRIMARY KEY (approval_number))"
    )
    connection.execute(text(table))
    place = "unit_code, project_id, budget_year, form_id"
    connection.execute(text(f"CREATE INDEX approvals_place ON approvals ({place})"))
    connection.execute(text("CREATE INDEX approvals_year ON approvals (budget_year, unit_code)"))


def _platform(connection: Connection) -> None:
    """Payments and files taken over from the platform; an approval can be withdrawn, nothing older was."""
    statements = (
        "ALTER TABLE approvals ADD COLUMN withdrawn_at TEXT",
        (
            "CREATE TABLE payment_ledger (line_number INTEGER NOT NULL, unit_code TEXT NOT NULL DEFAULT '',"
            " project_code TEXT NOT NULL DEFAULT '', budget_year INTEGER NOT NULL DEFAULT '0',"
            " spending_fen BIGINT NOT NULL DEFAULT '0', as_of TEXT, source TEXT NOT NULL DEFAULT '',"
            " taken_at TEXT NOT NULL DEFAULT '', batch_id TEXT NOT NULL DEFAULT '', PRIMARY KEY (line_number))"
        ),
        "CREATE INDEX payment_ledger_place ON payment_ledger (unit_code, project_code, budget_year)",
        "CREATE INDEX payment_ledger_year ON payment_ledger (budget_year, unit_code)",
        "CREATE INDEX payment_ledger_batch ON payment_ledger (batch_id)",
        (
            "CREATE TABLE platform_batches (batch_number INTEGER NOT NULL, batch_id TEXT NOT NULL DEFAULT '',"
            " kinds TEXT NOT NULL DEFAULT '[]', file_name TEXT NOT NULL DEFAULT '',"
            " line_count INTEGER NOT NULL DEFAULT '0', taken_at TEXT NOT NULL DEFAULT '',"
            " taken_by TEXT NOT NULL DEFAULT '', undo TEXT NOT NULL DEFAULT '{}', taken_back_at TEXT,"
            " PRIMARY KEY (batch_number))"
        ),
        "CREATE UNIQUE INDEX platform_batches_key ON platform_batches (batch_id)",
    )
    for statement in statements:
        connection.execute(text(statement))


def _changes(connection: Connection) -> None:
    """A list of what changed last, which triggers keep from now on; what was never changed since is not on it."""
    table = (
        "CREATE TABLE row_changes (kind TEXT NOT NULL, key TEXT NOT NULL, number INTEGER NOT NULL DEFAULT '0',"
        " PRIMARY KEY (kind, key))"
    )
    connection.execute(text(table))
    connection.execute(text("CREATE INDEX row_changes_number ON row_changes (number)"))


def _notes_anew(connection: Connection) -> None:
    """What notes changes is made anew after the step, in words SQLite needs no table of its own for at every row."""
    if connection.dialect.name == "sqlite":
        named = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'noted@_%' ESCAPE '@'"
        for (name,) in connection.execute(text(named)).all():
            connection.execute(text(f"DROP TRIGGER {name}"))


STEPS: tuple[Step, ...] = (
    Step(2, "claims_and_decisions", _claims_and_decisions),
    Step(3, "evidence", _evidence),
    Step(4, "approvals", _approvals),
    Step(5, "platform", _platform),
    Step(6, "review", review),
    Step(7, "changes", _changes),
    Step(8, "notes_anew", _notes_anew),
)
"""Steps after the first version, in order, each with its own number; never changed once released."""


def current_version(steps: Sequence[Step]) -> int:
    """The version this program works with."""
    return steps[-1].version if steps else FIRST_VERSION


def create_tables(engine: Engine, version: int, now: datetime) -> None:
    """Make every table of a new workspace, with its version, in one transaction."""
    from models.store.all_tables import all_metadata  # an existing workspace's start asks for few tables

    with engine.connect().execution_options(**WRITING) as connection, connection.begin():
        all_metadata().create_all(connection)
        make_alike(connection)
        if connection.execute(select(func.max(schema_versions.c.version))).scalar() is None:
            _note(connection, version, "new", now)  # another desk may have been faster at a shared database


def upgrade(engine: Engine, steps: Sequence[Step], now: datetime) -> None:
    """Apply every step the database has not been through.

    Raises StorageProblem when the database is in use or a step would leave it inconsistent; that step is
    rolled back whole then.
    """
    with (
        engine.connect().execution_options(**WRITING) as connection,
        without_references(connection),
    ):
        for step in steps:
            _apply(connection, step, now)


def _apply(connection: Connection, step: Step, now: datetime) -> None:
    """One step in one transaction; the version is read inside it, another program may have been faster."""
    with connection.begin():
        reached = connection.execute(select(func.max(schema_versions.c.version))).scalar_one()
        if reached >= step.version:
            return
        step.apply(connection)
        if broken_references(connection):
            raise problem(Trouble.DAMAGED, f"升级到第{step.version}版数据")
        make_alike(connection)
        if step.version >= _WATCHED_SINCE:
            from models.store.change_tables import keep_watch  # a start without steps makes few tables

            keep_watch(connection)
        _note(connection, step.version, step.name, now)


def _note(connection: Connection, version: int, name: str, now: datetime) -> None:
    """Record a version as reached."""
    row = {"version": version, "name": name, "applied_at": moment_column(now)}
    connection.execute(insert(schema_versions).values(row))
