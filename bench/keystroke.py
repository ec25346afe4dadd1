"""How long a keystroke takes (按键延迟), as a ratio in one run.

A keystroke in forms of 300 indicator rows (a target; a self-evaluation, whose scores follow; a monitoring,
whose lights follow), checks and autosave running, against the same keystroke in a bare QTableView of 300 rows
over a QStandardItemModel (99th percentile, goal ≤ 2; aim: under 16 ms).

Both type at the same times into the cell's editor: bursts of twelve keys, 25 ms apart, with pauses of
random length, so that the next burst meets checks and autosave at work. A key counts from the moment it
was due until what it wrote has been painted; what it found the program busy with counts as well. Scores, lights
and sums follow once typing pauses (`ui/wizard/scheduler.py`): how long after a key they are painted is told in a
line of its own. Each side runs in processes of its own, in turn, and of each the round least disturbed by
whatever else the machine does is taken.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

from bench.long_forms import ROWS, TYPED, long_form
from bench.report import Line
from ui.wizard.scheduler import FOLLOW_AFTER_MS

BURSTS, BURST, GAP = 36, 12, 0.025
PAUSES = (0.12, 0.5)
ROUNDS = 3
PAUSES_TIMED = 20
BARE = "bare"
COLUMNS = ("2", "3", "4", "5")
"""Columns of the bare table that are typed into."""


def _type_bursts(app: Any, columns: Sequence[str], begin: Callable[[int, str], Any]) -> list[float]:
    """Type into one cell after another; milliseconds of every key from due until painted, the first burst as warm-up."""
    from PySide6.QtTest import QTest

    rhythm = random.Random(7)
    taken: list[float] = []
    for number in range(BURSTS + 1):
        editor = begin(rhythm.randrange(ROWS), columns[number % len(columns)])
        due = time.perf_counter() + rhythm.uniform(*PAUSES)
        for key in rhythm.choices("0123456789", k=BURST):
            _wait(app, due)
            QTest.keyClick(editor, key)
            app.processEvents()
            taken.append((time.perf_counter() - due) * 1000)
            due += GAP
    return taken[BURST:]


def _wait(app: Any, until: float) -> None:
    """Let the program do its work until a time, then be there at once."""
    while (left := until - time.perf_counter()) > 0:
        app.processEvents()
        if left > 0.002:
            time.sleep(0.001)


def bare() -> list[float]:
    """A table view and a standard model, nothing else."""
    from PySide6.QtGui import QFont, QStandardItem, QStandardItemModel
    from PySide6.QtWidgets import QApplication, QLineEdit, QTableView

    from ui.fonts import load_screen_fonts

    app = QApplication([])
    load_screen_fonts()
    app.setFont(QFont("Noto Sans SC", 10))
    model = QStandardItemModel(ROWS, 8)
    for row in range(ROWS):
        for column in range(8):
            model.setItem(row, column, QStandardItem(f"养护里程{row}"))
    view = QTableView()
    view.setModel(model)
    view.resize(1000, 460)
    view.show()

    def begin(row: int, column: str) -> QLineEdit:
        index = model.index(row, int(column))
        view.setCurrentIndex(index)
        view.scrollTo(index)
        view.edit(index)
        app.processEvents()
        editor = view.viewport().findChildren(QLineEdit)[-1]
        assert isinstance(editor, QLineEdit)
        return editor

    return _type_bursts(app, COLUMNS, begin)


def _follow_ups(app: Any, editor: Any, is_following: Callable[[], bool]) -> list[float]:
    """Milliseconds from one key until all that follows from it has been painted, several times."""
    from PySide6.QtTest import QTest

    taken: list[float] = []
    for _ in range(PAUSES_TIMED):
        begun = time.perf_counter()
        QTest.keyClick(editor, "1")
        while is_following():
            _wait(app, time.perf_counter() + 0.001)
        app.processEvents()
        taken.append((time.perf_counter() - begun) * 1000)
        _wait(app, time.perf_counter() + 0.5)
    return taken


def form(form_id: str) -> tuple[list[float], list[float]]:
    """The wizard with 300 indicator rows, its checks, and an autosave that spells the answers canonically.

    Milliseconds of every key, and of what follows from a key.
    """
    from forms.findings import Place
    from models.domain.canonical_json import canonical_json
    from ui.application import create_application
    from ui.jobs import Jobs
    from ui.shell.frame import DeskFrame
    from ui.wizard.view import WizardView

    app = create_application(["bench"])
    long = long_form(form_id)
    frame, view = DeskFrame(), WizardView()
    frame.add_page("form", view)
    frame.show_page("form")
    frame.resize(1366, 768)
    frame.show()
    view.open(long.form, long.context, long.answers, {})
    view.show_step(long.form.step_of("indicators").key)
    jobs = Jobs()
    saved: list[int] = []
    view.answers_changed.connect(
        lambda batch: jobs.run(lambda _ctx: len(canonical_json(batch)), done=saved.append)
    )
    checks: list[Any] = []
    view.checked.connect(checks.append)
    table = view.frame.pages.page(view.frame.pages.current_key()).table("indicators")

    def begin(row: int, column: str) -> Any:
        view.go_to(Place("indicators", table.model.row_id(row), column), edit=True)
        app.processEvents()
        return table.view.editor()

    taken = _type_bursts(app, long.columns, begin)
    followed = _follow_ups(app, begin(1, long.columns[0]), lambda: view.frame.is_following)
    view.close_form()
    frame.close()
    jobs.close()
    assert saved, "no batch was saved"
    assert checks, "no check has run"
    return taken, followed


def _run(side: str) -> tuple[list[float], list[float]]:
    """One side in a fresh process: its keys, and what follows from a key (nothing at the bare table)."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": os.getcwd()}
    done = subprocess.run(
        [sys.executable, "-m", "bench.keystroke", side],
        env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    keys, followed = ([float(word) for word in line.split()] for line in done.stdout.split("\n")[:2])
    return keys, followed


def _percentile(values: list[float], share: float) -> float:
    """The value below which a share of the values lies."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def measure() -> list[Line]:
    """All sides in turn, several rounds; of each side the round least disturbed by the machine counts."""
    rounds: dict[str, list[list[float]]] = {BARE: [], **{form_id: [] for form_id in TYPED}}
    follow_ups: dict[str, list[float]] = {form_id: [] for form_id in TYPED}
    for _ in range(ROUNDS):
        for side, done in rounds.items():
            keys, followed = _run(side)
            done.append(keys)
            if followed:
                follow_ups[side].append(_percentile(followed, 0.5))
    lines = [line for form_id in TYPED for line in _lines(form_id, rounds[form_id], rounds[BARE])]
    return [*lines, *(_follow_line(form_id, min(taken)) for form_id, taken in follow_ups.items())]


def _follow_line(form_id: str, milliseconds: float) -> Line:
    """How soon what follows from a key stands on the screen, beside a tenth of a second, which people take for at once."""
    detail = f"{milliseconds:.1f} ms after the key, of them {FOLLOW_AFTER_MS} ms of waiting for the next"
    return Line(
        f"scores, lights and sums of {form_id} after a key, ÷ 100 ms", milliseconds / 100, None, detail
    )


def _lines(form_id: str, mine: list[list[float]], bare: list[list[float]]) -> list[Line]:
    """What is told of one form."""
    lines = []
    for name, share, goal in (("99th percentile", 0.99, 2.0), ("median", 0.5, None)):
        ours, theirs = (min(_percentile(one, share) for one in rounds) for rounds in (mine, bare))
        detail = f"form {ours:.3f} ms, bare {theirs:.3f} ms, {BURSTS * BURST} keys a round"
        lines.append(Line(f"keystroke in {ROWS} rows of {form_id}, {name}", ours / theirs, goal, detail))
    ours, theirs = (min(max(one) for one in rounds) for rounds in (mine, bare))
    detail = f"form {ours:.3f} ms, bare {theirs:.3f} ms"
    return [*lines, Line(f"keystroke in {form_id}, slowest", ours / theirs, None, detail)]


if __name__ == "__main__":
    if len(sys.argv) > 1:
        for taken in (bare(), []) if sys.argv[1] == BARE else form(sys.argv[1]):
            print(*taken)
    else:
        print(*measure(), sep="\n")
