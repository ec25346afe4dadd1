"""kill -9 while sealing, backing up and upgrading: no half file under a real name, nothing locked, it goes on."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from main import Adapters
from models.domain.filing import FilingStatus
from models.store.opener import SqliteStoreOpener
from services import backup_copies, intake, sealing
from services.job import JobContext
from services.ports.store import FilingQuery
from services.workspaces import open_workspace
from tests.fakes.clock import START, MovableClock
from tests.faults.killing import KillServer, fresh_copy, moments, told
from tests.faults.material import PASSWORD, Material
from tests.faults.states import DATABASE, files_in, is_sound, rows_of
from tests.store.release_dump import RELEASED

pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="children are split off by fork"),
]
TOOLS = Adapters(MovableClock())


def emptied(folder: Path) -> Path:
    """A folder with nothing in it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder


def seal_rest(folder: Path, stick: Path) -> None:
    """What is still to be sealed is sealed by the next start: no lock stands in its way."""
    desk = open_workspace(TOOLS, folder).workspace
    ready = [item.opened.filing.filing_id for item in sealing.candidates(desk) if not item.obstacle]
    if ready:
        sealing.seal(desk, ready, stick, PASSWORD, JobContext())
    with desk.store.reading() as work:
        filings = work.filings.find(FilingQuery())
    desk.close()
    assert {filing.status for filing in filings} == {FilingStatus.SEALED}


def test_sealing_killed_at_any_moment(server: KillServer, material: Material, place: Path) -> None:
    folder, stick = place / "desk", place / "stick"
    given = {"stick": str(emptied(stick))}
    server.warm("seal_all", fresh_copy(material.unit, folder), **given)
    whole, counted = server.lengths("seal_all", material.unit, folder, **given)
    kills, cut = 0, 0
    for moment in moments(whole, counted):
        fresh_copy(material.unit, folder)
        emptied(stick)
        with told(moment):
            life = server.run("seal_all", folder, moment, **given)
            kills += life.was_killed
            acknowledged = {line.split()[1] for line in life.said if line.startswith("sealed ")}
            there = set(files_in(stick))
            assert acknowledged <= there
            cut += bool(there - acknowledged)
            seal_rest(folder, stick)
            assert is_sound(folder / DATABASE)
            bureau = open_workspace(TOOLS, fresh_copy(material.bureau, place / "bureau")).workspace
            rows = intake.receive(bureau, [stick], JobContext()).rows
            bureau.close()
            assert {row.outcome.value for row in rows} <= {"received", "replaced"}
            assert len(rows) == len(files_in(stick))
        if kills == 10:
            break


def test_backing_up_killed_at_any_moment(server: KillServer, material: Material, place: Path) -> None:
    folder, stick = fresh_copy(material.unit, place / "desk"), emptied(place / "stick")
    given: dict[str, object] = {"stick": str(stick), "batches": 3}
    server.warm("back_up", folder, **given)
    whole, counted = server.lengths("back_up", material.unit, folder, **given)
    rows, kills = rows_of(folder / DATABASE), 0
    for moment in moments(whole, counted):
        emptied(stick)
        with told(moment):
            life = server.run("back_up", folder, moment, **given)
            kills += life.was_killed
            copies = {path.name for path in stick.glob("备份_*.db")}
            assert copies >= {line.split()[1] for line in life.said if line.startswith("copy ")}
            backups = SqliteStoreOpener().backups(folder)
            assert {line.split()[1] for line in life.said if line.startswith("backup ")} <= {
                backup.path.name for backup in backups
            }
            for path in (*(backup.path for backup in backups), *(stick / name for name in copies)):
                assert is_sound(path)
                assert rows_of(path) == rows
            open_workspace(TOOLS, folder).workspace.close()
            assert is_sound(folder / DATABASE)
        if kills == 15:
            break
    found = backup_copies.look_at_copy(TOOLS, SqliteStoreOpener().backups(folder)[0].path, folder)
    backup_copies.restore(TOOLS, folder, found, START)
    assert rows_of(folder / DATABASE) == rows


def test_upgrading_killed_at_any_moment(server: KillServer, place: Path) -> None:
    old = emptied(place / "old")
    with closing(sqlite3.connect(old / DATABASE)) as connection:
        connection.executescript((RELEASED / "v1.sql").read_text(encoding="utf-8"))
    before = rows_of(old / DATABASE)
    folder = place / "desk"
    server.warm("upgrade", fresh_copy(old, folder))
    whole, counted = server.lengths("upgrade", old, folder)
    after, kills, versions = rows_of(folder / DATABASE), 0, set()
    for moment in moments(whole, counted):
        fresh_copy(old, folder)
        with told(moment):
            life = server.run("upgrade", folder, moment)
            kills += life.was_killed
            with closing(sqlite3.connect(folder / DATABASE)) as connection:
                (version,) = connection.execute("SELECT max(version) FROM schema_versions").fetchone()
            versions.add(version)
            backups = SqliteStoreOpener().backups(folder)
            if version > 1 or life.said:
                assert backups[-1].reason == "upgrade"
            assert {rows_of(backup.path) for backup in backups} <= {before}
            SqliteStoreOpener().open(folder, START).close()
            assert rows_of(folder / DATABASE) == after
            assert is_sound(folder / DATABASE)
        if kills == 15:
            break
    assert 1 in versions
