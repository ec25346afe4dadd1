"""Killed at any moment: the last acknowledged save is there, the database is sound, an upgrade is whole or not begun."""

from __future__ import annotations

import random
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from models.store.opener import SqliteStoreOpener
from services.ports.store import FilingQuery
from tests.patience import killed_after
from tests.source import ROOT
from tests.store.kill_worker import LARGE_STEP
from tests.store.samples import NOW
from tests.store.test_opening import keep_a_filing

pytestmark = pytest.mark.slow


def run_and_kill(job: str, folder: Path, seconds: float) -> list[str]:
    """Start a worker, kill it some time after it is ready; the whole lines it had said after `ready`."""
    command = [sys.executable, "-m", "tests.store.kill_worker", job, str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout is not None
        with killed_after(worker):
            assert worker.stdout.readline() == "ready\n"
        time.sleep(seconds)
        worker.kill()
        rest = worker.stdout.read()
    return [line for line in rest.splitlines(keepends=True) if line.endswith("\n")]


def integrity(path: Path) -> object:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("PRAGMA integrity_check").fetchone()[0]


def test_no_acknowledged_save_is_ever_lost(tmp_path: Path):
    folder = tmp_path / "工作区"
    moments = random.Random(20260901)
    acknowledged, opener = 0, SqliteStoreOpener()
    for _ in range(15):
        said = run_and_kill("save", folder, moments.uniform(0.0, 0.35))
        acknowledged = int(said[-1]) if said else acknowledged
        if not (folder / "workspace.db").exists():
            assert acknowledged == 0
            continue
        store = opener.open(folder, NOW)
        with store.reading() as work:
            kept = work.filings.get("F1")
            rows = work.filings.indicator_rows(FilingQuery())
            changes = work.filings.history("F1")
        store.close()
        assert integrity(folder / "workspace.db") == "ok"
        revision = kept.revision if kept else 0
        assert revision in (acknowledged, acknowledged + 1)
        assert len(changes) == revision
        if kept:
            assert kept.answers["stamp"] == revision
            assert [row.values["planned_value"] for row in rows] == [str(revision)] * 300
        acknowledged = revision
    assert acknowledged > 1  # how many more, only the machine's speed decides
    backups = opener.backups(folder)
    assert backups
    assert {integrity(backup.path) for backup in backups} == {"ok"}


def test_an_upgrade_is_whole_or_not_begun(tmp_path: Path):
    pristine = tmp_path / "pristine"
    store = SqliteStoreOpener(steps=()).open(pristine, NOW, create=True)
    keep_a_filing(store)
    store.close()
    moments, whole = random.Random(1), 0
    for number in range(6):
        folder = tmp_path / str(number)
        shutil.copytree(pristine, folder)
        run_and_kill("upgrade", folder, moments.uniform(0.0, 0.5))
        with closing(sqlite3.connect(folder / "workspace.db")) as connection:
            version = connection.execute("SELECT max(version) FROM schema_versions").fetchone()[0]
            tables = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'large'").fetchone()[
                0
            ]
            assert (version, tables) in ((1, 0), (2, 1))
            if tables:
                assert connection.execute("SELECT count(*) FROM large").fetchone()[0] == 60000
                whole += 1
        again = SqliteStoreOpener(steps=[LARGE_STEP]).open(folder, NOW)
        with again.reading() as work:
            assert work.filings.get("F1") is not None
        again.close()
        assert integrity(folder / "workspace.db") == "ok"
    assert whole < 6, "no worker was killed before it was done: the moments are too late"
