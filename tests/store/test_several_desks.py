"""Four reviewers and one intake at one PostgreSQL, each in a process of its own: nothing acknowledged is lost."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import IO

import pytest

from main import Adapters
from models.domain.audit_entry import first_break
from models.domain.filing import FilingStatus
from models.domain.project import Unit
from models.store.database_file import without_password
from models.store.password_file import keep_password
from services.ports.store import FilingQuery
from services.workspaces import DeskRole, WorkspaceProfile, open_workspace, put_profile
from tests.patience import killed_after
from tests.postgres_server import PASSWORD, Server
from tests.source import ROOT
from tests.store.desk_worker import BATCH, INTAKE, ROUNDS
from tests.store.samples import NOW, figures, filing

pytestmark = [pytest.mark.judge, pytest.mark.slow]

FILINGS = 25
REVIEWERS = ("甲", "乙", "丙", "丁")
DESKS = (*REVIEWERS, INTAKE)


@pytest.fixture
def address(postgres_server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An empty database whose password is where libpq looks for it."""
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "pgpass"))
    url = postgres_server.database("several_desks")
    keep_password(url, PASSWORD)
    return without_password(url)


@pytest.fixture
def desks(address: str, tmp_path: Path) -> dict[str, Path]:
    """A folder per desk, all at one database with filings to review."""
    tools = Adapters()
    folders = {name: tmp_path / name for name in DESKS}
    for folder in folders.values():
        tools.databases.use(folder, address)
    kit = tools.practice.practice_kit()
    task = next(task for task in kit.tasks if task.form_id == "performance_target")
    unit = next(one for one in kit.units if one.is_own_department)  # nobody to wait for
    store = tools.opener.open(folders[INTAKE], NOW, create=True)
    with store.writing() as work:
        bureau = Unit(kit.division_code, kit.issuer_name)
        put_profile(work, WorkspaceProfile(DeskRole.BUREAU, bureau, "李文", kit.working_year))
        work.kits.add(kit, "d" * 64, NOW)
        work.registers.put_units(kit.units)
        for number in range(FILINGS):
            one = replace(
                filing(f"F{number}"),
                unit_code=unit.code,
                project_id="审核",
                task_id=task.task_id,
                form_id=task.form_id,
                status=FilingStatus.RECEIVED,
            )
            work.filings.save(one, figures(one), expected_revision=None)
        work.commit()
    store.close()
    return folders


@contextmanager
def worker(folder: Path, name: str) -> Iterator[subprocess.Popen[str]]:
    """A desk at work."""
    command = [sys.executable, "-m", "tests.store.desk_worker", str(folder), name]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def pipe(stream: IO[str] | None) -> IO[str]:
    assert stream is not None
    return stream


def test_nothing_acknowledged_is_lost_and_every_conflict_is_told(desks: dict[str, Path]):
    told: dict[str, list[dict[str, list[str]]]] = {name: [] for name in DESKS}
    with ExitStack() as stack:
        running = {name: stack.enter_context(worker(desks[name], name)) for name in DESKS}
        for process in running.values():
            stack.enter_context(killed_after(process, 300))
        for _ in range(ROUNDS):
            for process in running.values():
                assert pipe(process.stdout).readline() == "ready\n"
            for process in running.values():
                pipe(process.stdin).write("go\n")
                pipe(process.stdin).flush()
            for name, process in running.items():
                told[name].append(json.loads(pipe(process.stdout).readline()))
        assert [process.wait(60) for process in running.values()] == [0] * len(DESKS)
    check_reviews(desks["甲"], [said for name in REVIEWERS for said in told[name]])
    check_intake(desks["乙"], told[INTAKE])


def check_reviews(folder: Path, told: list[dict[str, list[str]]]) -> None:
    """One of four decided at each level of each filing; the others were told so."""
    acknowledged = [opinion for said in told for opinion in said["acknowledged"]]
    assert [problem for said in told for problem in said["refused"]] == []
    assert sum(len(said["conflicts"]) for said in told) == FILINGS * ROUNDS * (len(REVIEWERS) - 1)
    workspace = open_workspace(Adapters(), folder, marks_end=False).workspace
    with workspace.store.reading() as work:
        decisions = work.reviews.decisions()
        files = work.reviews.files()
        statuses = {one.status for one in work.filings.overview(FilingQuery(project_id="审核"))}
        log = list(work.audit.oldest_first())
    workspace.close()
    assert sorted(one.opinion for one in decisions) == sorted(acknowledged)
    levels = Counter((one.filing_id, one.level) for one in decisions)
    assert (len(levels), set(levels.values())) == (FILINGS * ROUNDS, {1})
    assert {file.revision for file in files} == {ROUNDS}
    assert statuses == {FilingStatus.PASSED}
    assert first_break(log) is None
    assert len(log) == FILINGS * ROUNDS + BATCH * ROUNDS


def check_intake(folder: Path, told: list[dict[str, list[str]]]) -> None:
    """Every filing and version is there, every number was given once."""
    saved = [filing_id for said in told for filing_id in said["acknowledged"]]
    workspace = open_workspace(Adapters(), folder, marks_end=False).workspace
    with workspace.store.reading() as work:
        kept = [one.filing_id for one in work.filings.overview(FilingQuery(project_id="接收"))]
        versions = sum(len(work.filings.versions(f"F{number}")) for number in range(FILINGS))
        numbers = [one.detail["number"] for one in work.audit.oldest_first() if one.action == "receive"]
    workspace.close()
    assert sorted(kept) == sorted(saved)
    assert versions == len(saved) == BATCH * ROUNDS
    assert numbers == list(range(1, len(saved) + 1))
