"""One desk of several at a shared database, in a process of its own: `python -m tests.store.desk_worker FOLDER NAME`.

A reviewer reads where every review stands, waits for a line on stdin, and decides on all of them as seen; a desk
called 接收 saves filings and versions meanwhile. What was acknowledged and what was refused goes to stdout as JSON.
"""

from __future__ import annotations

import json
import random
import sys
from dataclasses import replace
from pathlib import Path

from main import Adapters
from models.domain.desk_user import DeskUser, UserRole
from models.domain.errors import DeskError, RevisionConflict
from models.domain.filing import FilingStatus
from models.domain.review import ReviewOutcome
from services.ports.store import FilingQuery, SubmittedVersion
from services.review.deciding import DecisionDraft, decide
from services.workspaces import Workspace, open_workspace
from tests.store.samples import NOW, figures, filing

INTAKE = "接收"
ROUNDS = 2
BATCH = 20
"""Filings a round of the intake saves."""


def review(workspace: Workspace, name: str, number: int) -> dict[str, list[str]]:
    """Decide on everything as seen before the start sign; opinions tell decisions apart."""
    who = DeskUser(name, name, (UserRole.OFFICE_REVIEWER, UserRole.PERFORMANCE_REVIEWER))
    with workspace.store.reading() as work:
        ids = [one.filing_id for one in work.filings.overview(FilingQuery(project_id="审核"))]
        files = {one: work.reviews.file(one) for one in ids}
    random.Random(name).shuffle(ids)
    wait_for_start()
    told: dict[str, list[str]] = {"acknowledged": [], "conflicts": [], "refused": []}
    for one in ids:
        opinion, file = f"{name}-{number}-{one}", files[one]
        try:
            seen = file.revision if file else 0
            decide(workspace, who, one, seen, DecisionDraft(ReviewOutcome.PASS, opinion))
            told["acknowledged"].append(opinion)
        except RevisionConflict:
            told["conflicts"].append(opinion)
        except DeskError as problem:
            told["refused"].append(f"{opinion}: {problem.sentence}")
    return told


def take_in(workspace: Workspace, number: int) -> dict[str, list[str]]:
    """What an intake does: a number, a new filing, a version of one that is being reviewed, one transaction each."""
    with workspace.store.reading() as work:
        ids = [one.filing_id for one in work.filings.overview(FilingQuery(project_id="审核"))]
        task = work.filings.overview(FilingQuery(project_id="审核"))[0].task_id
    wait_for_start()
    saved = []
    for count in range(BATCH):
        new = replace(
            filing(f"新-{number}-{count}"), project_id="接收", task_id=task, status=FilingStatus.RECEIVED
        )
        with workspace.store.writing() as work:
            given = work.settings.next_number("received")
            work.filings.save(new, figures(new), expected_revision=None)
            one = ids[count % len(ids)]
            work.filings.add_version(SubmittedVersion(one, 2, f"{number}-{count}", {}, {}, (), NOW))
            work.audit.append(NOW, INTAKE, "receive", new.filing_id, "接收", {"number": given})
            work.commit()
        saved.append(new.filing_id)
    return {"acknowledged": saved, "conflicts": [], "refused": []}


def wait_for_start() -> None:
    """Say that all is read, then wait."""
    print("ready", flush=True)
    sys.stdin.readline()


def main(folder: str, name: str) -> None:
    """Work through the rounds."""
    workspace = open_workspace(Adapters(), Path(folder)).workspace
    for number in range(ROUNDS):
        done = take_in(workspace, number) if name == INTAKE else review(workspace, name, number)
        print(json.dumps(done), flush=True)
    workspace.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
