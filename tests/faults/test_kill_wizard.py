"""kill -9 at 200 random moments of wizard work: every acknowledged batch, file and backup is there at the next start."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from main import Adapters
from services import evidence, filings
from services.ports.store import FilingQuery
from services.workspaces import Workspace, open_workspace
from tests.fakes.clock import MovableClock
from tests.faults.killable import stamp_of
from tests.faults.killing import KillServer, Life, fresh_copy, moments, told
from tests.faults.material import TARGET_TASK, Material
from tests.faults.states import DATABASE, is_sound

pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="children are split off by fork"),
]
KILLS = 200
BATCHES = 8
"""Batches a child saves unless it is killed before."""
TOOLS = Adapters(MovableClock())


def numbers(said: list[str], word: str) -> list[str]:
    """What lines beginning with a word went on with."""
    return [line.split()[1] for line in said if line.startswith(f"{word} ")]


def kept(desk: Workspace) -> int:
    """The stamp of the batch that is kept; the whole form and its history are of exactly that one."""
    form = filings.open_filing(desk, TARGET_TASK).filing
    stamp = stamp_of(form.answers)
    with desk.store.reading() as work:
        found = work.filings.find(FilingQuery(task_id=TARGET_TASK))
        rows = work.filings.indicator_rows(FilingQuery(task_id=TARGET_TASK))
    assert len(found) == 1
    if stamp:
        assert [row.values["planned_value"] for row in rows] == [str(stamp)] * 40
    history = filings.history(desk, form.filing_id, "reviewer_name")
    assert [change.after for change in history][:stamp] == [str(n) for n in range(stamp, 0, -1)]
    return stamp


def files_of(desk: Workspace) -> set[str]:
    """Digests of the files attached; each lies there whole."""
    filing_id = filings.open_filing(desk, TARGET_TASK).filing.filing_id
    digests = {item.file.sha256 for item in evidence.evidence_list(desk, filing_id).items}
    for digest in digests:
        content = (desk.folder / "evidence" / digest).read_bytes()
        assert hashlib.sha256(content).hexdigest() == digest
    return digests


def look_at(folder: Path, life: Life, before: int, files: set[str]) -> tuple[int, set[str]]:
    """What the next start finds: stamp and files."""
    opened = open_workspace(TOOLS, folder)
    if life.said and f"batch {before + BATCHES}" not in life.said:
        assert opened.was_cut_off
    stamp, found = kept(opened.workspace), files_of(opened.workspace)
    opened.workspace.close()
    acknowledged = max([before, *map(int, numbers(life.said, "batch"))])
    assert stamp in (acknowledged, acknowledged + 1)
    assert found >= files | set(numbers(life.said, "file"))
    assert is_sound(folder / DATABASE)
    for name in numbers(life.said, "backup"):
        assert is_sound(folder / "backups" / name)
    return stamp, found


def test_wizard_work_killed_at_any_moment_is_kept(
    server: KillServer, material: Material, place: Path
) -> None:
    folder, papers = place / "desk", place / "papers"
    papers.mkdir()
    given: dict[str, object] = {"papers": str(papers), "batches": BATCHES}
    server.warm("type_on", fresh_copy(material.unit, folder), **given)
    whole, counted = server.lengths("type_on", material.unit, folder, **given)
    fresh_copy(material.unit, folder)
    kills, stamp, files, batches = 0, 0, set[str](), 0
    for moment in moments(whole, counted):
        with told(moment):
            life = server.run("type_on", folder, moment, **given)
            kills += life.was_killed
            now, files = look_at(folder, life, stamp, files)
            batches, stamp = batches + now - stamp, now
        if kills % 20 == 0 and stamp:  # histories do not grow for ever
            fresh_copy(material.unit, folder)
            stamp, files = 0, set()
        if kills == KILLS:
            break
    assert batches > KILLS
