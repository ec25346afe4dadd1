"""Databases of every released version open, keep every record, and end with the tables a new workspace has."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from models.domain.filing import FilingStatus
from models.domain.project import Project, ProjectYear
from models.store.migrations import STEPS, current_version
from models.store.opener import SqliteStoreOpener
from services.ports.store import FilingQuery, StoredKit, UnitOfWork
from tests.store.release_dump import RELEASED, fill
from tests.store.samples import (
    NOW,
    SCHOOL,
    TOWN,
    approval,
    attached,
    batch,
    change,
    decision,
    entry,
    evidence_file,
    filing,
    kit,
    later,
    package,
    payment,
    refused,
)
from tests.wide import core_when

pytestmark = pytest.mark.wide

SIXTH = ("reviews", "review_decisions", "comments", "users", "audit", "papers", "carried")
DUMPS = sorted(RELEASED.glob("v*.sql"))


@pytest.fixture(params=core_when({DUMPS[0], DUMPS[-1]}.__contains__, DUMPS), ids=lambda path: path.stem)
def released(request: pytest.FixtureRequest, folder: Path) -> Path:
    """A workspace as that version left it."""
    folder.mkdir()
    with closing(sqlite3.connect(folder / "workspace.db")) as connection:
        connection.executescript(request.param.read_text(encoding="utf-8"))
    return folder


def version_of(released: Path) -> int:
    """The version a released workspace was saved by, before anything opens it."""
    with closing(sqlite3.connect(released / "workspace.db")) as connection:
        return int(connection.execute("SELECT max(version) FROM schema_versions").fetchone()[0])


def everything(work: UnitOfWork) -> dict[str, Any]:
    """All a workspace holds, as services read it."""
    return {
        "settings": work.settings.get("profile"),
        "kits": list(work.kits.all()),
        "units": list(work.registers.units()),
        "register": list(work.registers.entries(2027)),
        "projects": list(work.projects.list()),
        "bin": list(work.projects.list(in_bin=True)),
        "years": list(work.projects.years()),
        "filings": list(work.filings.find(FilingQuery())),
        "overview": list(work.filings.overview(FilingQuery())),
        "indicators": list(work.filings.indicator_rows(FilingQuery())),
        "history": list(work.filings.history("F1")),
        "versions": list(work.filings.versions("F2")),
        "packages": list(work.packages.find("sent")),
        "quarantine": list(work.packages.quarantine()),
        "certificates": list(work.certificates.all()),
        "decisions": list(work.packages.decisions()),
        "evidence": list(work.evidence.find(["F1", "F2"])),
        "removed": list(work.evidence.find(["F1", "F2"], in_bin=True)),
        "submitted": list(work.evidence.submitted("F2", "bb")),
        "approvals": list(work.approvals.in_force(2027)),
        "payments": list(work.payments.of_year(2026)),
        "batches": list(work.platform_batches.all()),
        "reviews": list(work.reviews.files()),
        "review_decisions": list(work.reviews.decisions()),
        "comments": list(work.reviews.comments()),
        "users": list(work.users.all()),
        "audit": list(work.audit.oldest_first()),
        "papers": list(work.papers.all()),
        "carried": [record for record in work.packages.find("received") if record.carrier_sha256],
    }


def test_every_version_is_kept():
    assert [path.name for path in DUMPS] == [f"v{n}.sql" for n in range(1, current_version(STEPS) + 1)]


def test_a_released_workspace_opens_with_every_record(released: Path, opener: SqliteStoreOpener):
    version = version_of(released)
    store = opener.open(released, later(60))
    with store.reading() as work:
        found = everything(work)
    with store.writing() as work:
        assert work.settings.next_number("package") == 2
    store.close()
    assert found["kits"] == [StoredKit(kit(), "aa", NOW, is_current=True)]
    assert found["units"] == [TOWN, SCHOOL]
    assert found["register"] == [entry(1), entry(2, unit_code=SCHOOL.code)]
    assert found["bin"] == [Project("P2", "已放进回收站的项目", TOWN.code)]
    assert found["years"] == [
        ProjectYear("P1", 2027, 12_000_000, "一般公共预算", "农业股", from_register=True)
    ]
    overall = filing(
        "F2", task_id="2027-overall", project_id="", status=FilingStatus.SEALED, version=1, revision=1
    )
    assert found["filings"] == [overall, filing(revision=1)]
    assert found["history"] == [change(2), change(1)]
    assert found["packages"] == [package("bb", 2)]
    assert found["quarantine"][-1] == refused("E:\\坏文件.asice")
    assert found["decisions"] == ([decision(4)] if version >= 2 else [])
    assert found["evidence"] == ([attached(1)] if version >= 3 else [])
    assert found["submitted"] == ([evidence_file(1, place=""), evidence_file(3)] if version >= 3 else [])
    assert found["approvals"] == ([approval(2, adjustments=1)] if version >= 4 else [])
    assert found["payments"] == ([payment()] if version >= 5 else [])
    assert found["batches"] == ([batch()] if version >= 5 else [])
    assert [len(found[name]) for name in SIXTH] == ([1, 2, 1, 2, 2, 1, 1] if version >= 6 else [0] * 7)
    since = {"decisions": 2, "evidence": 3, "removed": 3, "submitted": 3, "approvals": 4}
    since |= {"payments": 5, "batches": 5}
    since |= dict.fromkeys(SIXTH, 6)
    assert all(value for name, value in found.items() if version >= since.get(name, 1))


def test_a_released_workspace_reads_like_a_new_one(released: Path, opener: SqliteStoreOpener, tmp_path: Path):
    version = version_of(released)
    old, new = opener.open(released, later(60)), opener.open(tmp_path / "new", NOW, create=True)
    with new.writing() as work:
        fill(work, version)
        work.commit()
    with old.reading() as left, new.reading() as right:
        assert everything(left) == everything(right)
    old.close()
    new.close()


def schema(database: Path) -> dict[str, object]:
    """Tables with their columns, keys, references and indices, whatever way they were made."""
    with closing(sqlite3.connect(database)) as connection:

        def asked(statement: str) -> list[tuple[object, ...]]:
            return sorted(connection.execute(statement).fetchall())

        tables = [str(name) for (name,) in asked("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            table: (
                asked(f"SELECT name, type, [notnull], dflt_value, pk FROM pragma_table_info('{table}')"),
                asked(f"SELECT [from], [table], [to], on_delete FROM pragma_foreign_key_list('{table}')"),
                [
                    (name, asked(f"SELECT seqno, name FROM pragma_index_info('{name}')"))
                    for (name,) in asked(f"SELECT name FROM pragma_index_list('{table}')")
                ],
            )
            for table in tables
        }


def test_an_upgraded_workspace_has_the_tables_of_a_new_one(
    released: Path, opener: SqliteStoreOpener, tmp_path: Path
):
    opener.open(released, later(60)).close()
    opener.open(tmp_path / "new", NOW, create=True).close()
    assert schema(released / "workspace.db") == schema(tmp_path / "new" / "workspace.db")
