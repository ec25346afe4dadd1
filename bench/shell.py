"""How soon the window stands (启动速度), as ratios in one run.

shell   our frame painted ÷ a bare PySide6 window painted with the same fonts            (goal ≤ 1.5)
matrix  the matrix filled with 60 projects ÷ bare window + importing SQLAlchemy + opening the same
        database                                                                         (goal ≤ 1.5)
memory  resident memory of the idle desk beside that of the bare window                  (printed)

Every figure is the quickest of several fresh processes, taken in turn, so that what else the machine
does falls out, and is told twice: by the clock, from the start of the interpreter, and by the processor time
(处理器时间, user and system, every thread) the fresh process has used until then, which holds on a busy machine too.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from bench.report import Line

ROUNDS = 7

_HEAD = """
import sys, time
start = float(sys.argv[1])
def tell(name):
    rss = int(open('/proc/self/statm').read().split()[1]) * 4096 if sys.platform == 'linux' else 0
    print(name, (time.time() - start) * 1000, time.process_time() * 1000, rss / 1e6, flush=True)
def after_paint(widget, then):
    widget.show()
    widget.grab()
    then()
"""

_BARE = (
    _HEAD
    + """
from PySide6.QtWidgets import QApplication, QWidget
from PySide6.QtGui import QFontDatabase
import resources
app = QApplication(['bench'])
for name in ('NotoSansSC-Regular.ttf', 'NotoSansSC-Bold.ttf'):
    QFontDatabase.addApplicationFont(str(resources.path('fonts', name)))
window = QWidget()
window.resize(1366, 768)
"""
)

_PROGRAMS = {
    "bare window": _BARE
    + """
after_paint(window, lambda: tell('shown'))
""",
    "bare window + database": _BARE
    + """
def opened():
    import sqlalchemy
    engine = sqlalchemy.create_engine('sqlite:///' + sys.argv[2] + '/workspace.db')
    with engine.connect() as connection:
        connection.execute(sqlalchemy.text('select count(*) from sqlite_master')).scalar()
    tell('shown')
after_paint(window, opened)
""",
    "shell": _HEAD
    + """
from ui.start import make_application
app = make_application()
from ui.shell.frame import DeskFrame
frame = DeskFrame()
after_paint(frame, lambda: tell('shown'))
""",
    "matrix": _HEAD
    + """
from pathlib import Path
import main
from services.home import Home
from ui.start import make_program
tools = main.Adapters()
app, program = make_program(tools, Home(Path(sys.argv[2]).parent / 'home', tools.files))
from PySide6.QtCore import QTimer
program.open_folder(Path(sys.argv[2]))
show_workspace = program.desk.show_workspace
def painted(*opened, **more):
    show_workspace(*opened, **more)
    assert program.desk.desk.pages.home.model.rowCount() >= 60
    program.desk.frame.grab()
    tell('shown')
    QTimer.singleShot(1500, lambda: (tell('idle'), program.desk.frame.close()))
program.desk.show_workspace = painted
app.exec()
""",
}


def make_workspace(folder: Path) -> Path:
    """A clerk's workspace with 60 projects under a built-in kit."""
    import main
    from models.domain.project import Unit
    from services import projects, setup
    from services.workspaces import DeskRole

    tools = main.Adapters()
    kit = tools.builtin_kits(date.today().year)[-1]
    unit = Unit("901001", "测量镇人民政府")
    workspace = setup.set_up_unit_builtin(tools, folder, kit, unit, "张敏", DeskRole.FILER)
    year = kit.tasks[0].budget_year
    for number in range(60):
        new = projects.NewProject(f"测量项目{number:02d}", year, budget_fen=1_000_000 * (number + 1))
        projects.add_project(workspace, new)
    workspace.store.backup("daily", datetime.now(UTC))
    workspace.close()
    return folder


@dataclass(frozen=True, slots=True)
class Told:
    """What a program said of itself at one moment (一次读数): milliseconds by clock and processor, MB in memory."""

    clock: float
    processor: float
    memory: float


def measure(name: str, folder: Path) -> dict[str, Told]:
    """What a fresh process told, by the moment's name."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    environment |= {
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": str(Path(__file__).parent.parent),
        "PYTHONPYCACHEPREFIX": str(folder.parent / "compiled"),
    }
    answer = subprocess.run(
        [sys.executable, "-c", _PROGRAMS[name], repr(time.time()), str(folder)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    told = [line.split() for line in answer.stdout.splitlines() if line.count(" ") == 3]
    return {what: Told(*map(float, figures)) for what, *figures in told}


def measured_in_turn(rounds: int) -> dict[str, dict[str, Told]]:
    """The least of every figure, by program and moment."""
    results: dict[str, list[dict[str, Told]]] = {name: [] for name in _PROGRAMS}
    with tempfile.TemporaryDirectory() as scratch:
        folder = make_workspace(Path(scratch) / "desk")
        for name in _PROGRAMS:
            measure(name, folder)  # compiles once, as the second start on a desk finds it
        for _ in range(rounds):
            for name in _PROGRAMS:
                results[name].append(measure(name, folder))
    return {
        name: {moment: _least([run[moment] for run in runs]) for moment in runs[0]}
        for name, runs in results.items()
    }


def _least(told: Sequence[Told]) -> Told:
    return Told(
        min(one.clock for one in told), min(one.processor for one in told), min(one.memory for one in told)
    )


def _beside(name: str, ours: Told, bare: Told) -> list[Line]:
    """A program beside its bare one, by clock and by processor."""
    return [
        Line(name, ours.clock / bare.clock, 1.5, f"{ours.clock:.0f} ms ÷ {bare.clock:.0f} ms"),
        Line(
            f"{name}, processor time",
            ours.processor / bare.processor,
            1.5,
            f"{ours.processor:.0f} ms ÷ {bare.processor:.0f} ms",
        ),
    ]


def main() -> list[Line]:
    """Measure everything in turn; two lines a figure and one for memory."""
    least = measured_in_turn(ROUNDS)
    bare, base = least["bare window"]["shown"], least["bare window + database"]["shown"]
    idle = least["matrix"]["idle"]
    return [
        *_beside("shell painted ÷ bare window", least["shell"]["shown"], bare),
        *_beside("matrix of 60 projects ÷ bare window + database", least["matrix"]["shown"], base),
        Line(
            "idle desk's memory ÷ bare window's",
            idle.memory / bare.memory,
            None,
            f"{idle.memory:.0f} MB ÷ {bare.memory:.0f} MB",
        ),
    ]


if __name__ == "__main__":
    for line in main():
        print(line)
