"""The jobs that are killed (可被杀死的工作): each says a line once what it tells of has been acknowledged."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from main import Adapters
from models.store.opener import SqliteStoreOpener
from services import backup_copies, evidence, filings, intake, intake_batch, sealing
from services.job import JobContext
from services.workspaces import Workspace, open_workspace
from tests.fakes.clock import START, MovableClock
from tests.faults.material import PASSWORD, TARGET_TASK

FILES_AT_A_TIME = 2
"""So that a handful of files are written in several goes, as hundreds are."""

Request = dict[str, Any]


def say(*words: object) -> None:
    """One line, out of this process before anything else happens."""
    print(*words, flush=True)


def opened(request: Request) -> Workspace:
    """The desk, open, with the word that says so and whether it had been cut off."""
    found = open_workspace(Adapters(MovableClock()), Path(request["folder"]))
    say("open", int(found.was_cut_off))
    return found.workspace


def take_in(request: Request) -> None:
    """A batch import: every file of a folder, a few at a time, a line for each once it is kept."""
    intake_batch.MOST_FILES = FILES_AT_A_TIME
    desk = opened(request)
    intake.receive(
        desk,
        [Path(request["files"])],
        JobContext(),
        lambda row: say(row.outcome.value, row.manifest_sha256 or row.path.name),
    )
    desk.close()


def stamp_of(answers: Mapping[str, Any]) -> int:
    """The number of the batch a form was last saved with; 0 before the first."""
    written = str(answers.get("reviewer_name") or "")
    return int(written) if written.isdigit() else 0


def type_on(request: Request) -> None:
    """Wizard work: batch after batch of keystrokes in one form, now and then a file, a check of everything, a backup."""
    desk = opened(request)
    form = filings.open_filing(desk, TARGET_TASK)
    first = stamp_of(form.filing.answers)
    for number in range(first + 1, first + 1 + int(request["batches"])):
        rows = [{"row_id": f"r{n}", "planned_value": str(number)} for n in range(40)]
        answers = {**form.filing.answers, "reviewer_name": str(number), "indicators": rows}
        form = filings.save_draft(desk, form, answers, {})
        say("batch", number)
        if number % 4 == 0:
            paper = Path(request["papers"]) / f"{number}.pdf"
            paper.write_bytes(b"%%PDF-1.4 paper %d" % number)
            attached = evidence.attach(desk, form.filing.filing_id, "", [paper], JobContext())
            say("file", attached.added[0].file.sha256)
        if number % 9 == 0:
            say("backup", desk.store.backup("daily", START).name)
    desk.close()


def seal_all(request: Request) -> None:
    """Every filing that is ready into a package of its own, on the stick."""
    desk = opened(request)
    key = desk.vault.unlock("unit", PASSWORD, desk.tools.clock.now())
    for candidate in sealing.candidates(desk):
        if candidate.obstacle:
            continue
        stick = Path(request["stick"])
        made = sealing.seal_with_key(desk, [candidate.opened.filing.filing_id], stick, key, JobContext())
        say("sealed", made.written.path.name, made.written.manifest_sha256)
    desk.close()


def back_up(request: Request) -> None:
    """Backups one after the other, in the workspace and on the stick."""
    desk = opened(request)
    for _ in range(int(request["batches"])):
        say("backup", desk.store.backup("daily", START).name)
        say("copy", backup_copies.save_copy(desk, Path(request["stick"])).name)
    desk.close()


def upgrade(request: Request) -> None:
    """Open a workspace that an older program has left; the upgrade is made on the way."""
    SqliteStoreOpener().open(Path(request["folder"]), START).close()
    say("upgraded")


def load_windows(_request: Request) -> None:
    """Have everything a window needs in memory; no window is made before a child is split off."""
    importlib.import_module("tests.gui.program.typist")
    importlib.import_module("ui.desks.filer_desk")
    importlib.import_module("ui.application")


def type_in_window(request: Request) -> None:
    """The real program with somebody at the keyboard (tests/gui/program/typist.py), which types until it is killed."""
    from tests.gui.program.typist import type_into

    os.environ["BUDGET_DESK_HOME"] = request["home"]
    type_into(Path(request["folder"]))


JOBS: dict[str, Callable[[Request], None]] = {
    "take_in": take_in,
    "type_on": type_on,
    "seal_all": seal_all,
    "back_up": back_up,
    "upgrade": upgrade,
    "load_windows": load_windows,
    "type_in_window": type_in_window,
}
