"""A clerk who types until the program is killed (被杀死的填报端); started by test_kill.py, never by hand.

`python -m tests.flows.kill_worker FOLDER` opens the desk in FOLDER, prints `ready`, then each batch's stamp once
the services have acknowledged it.
"""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path

from main import Adapters
from services import filings
from services.workspaces import open_workspace

ROWS = 60


def type_on(folder: Path) -> None:
    """Save the unit's own form again and again, a sentence and every indicator row each time."""
    opened = open_workspace(Adapters(), folder)
    desk = opened.workspace
    task = next(t for t in desk.current_kit().kit.tasks if t.form_id == "overall_expenditure_target")
    filing = filings.open_filing(desk, task.task_id)
    stamp = int(filing.filing.answers.get("reviewer_name") or 0)
    print("ready", int(opened.was_cut_off), flush=True)
    for number in count(stamp + 1):
        rows = [{"row_id": f"r{n}", "planned_value": str(number)} for n in range(ROWS)]
        answers = {**filing.filing.answers, "reviewer_name": str(number), "indicators": rows}
        filing = filings.save_draft(desk, filing, answers, {})
        print(number, flush=True)


if __name__ == "__main__":
    type_on(Path(sys.argv[1]))
