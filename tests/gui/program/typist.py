"""The real program with somebody at the keyboard, for killing: it types without end and tells what was acknowledged.

Run as a script with the workspace's folder; every line on standard output is the text of the field as the
database had acknowledged it.
"""

from __future__ import annotations

import itertools
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest

from forms.findings import Place
from main import Adapters
from services.home import Home, home_folder
from ui.application import create_application
from ui.desks.filer_desk import FilerDesk
from ui.program import Program

FIELD = "annual_target"
PROJECT = "生活垃圾清运"


def main(folder: Path) -> int:
    """Open the workspace, open a form, type until killed."""
    tools = Adapters()
    app = create_application(["typist"])
    program = Program(tools, Home(home_folder(), tools.files))
    program.home.remember(folder, folder.name)
    program.begin()
    words = itertools.count()
    timer = QTimer()

    def desk() -> FilerDesk | None:
        found = program.desk.desk if program.desk is not None else None
        return found if isinstance(found, FilerDesk) else None

    def on_timeout() -> None:
        filer = desk()
        if filer is None or filer.pages.matrix is None:
            return
        if not filer.editor.view.is_open():
            if not filer.parts.jobs.is_busy:
                row = next(row for row in filer.pages.matrix.rows if row.name == PROJECT)
                cell = next(cell for cell in row.cells if cell.is_due)
                filer.editor.saving.saved.connect(tell)
                filer.editor.open(cell.task_id, row.project_id)
            return
        if not filer.editor.view.session.answers.get(FIELD):
            filer.frame.activateWindow()
            filer.editor.view.go_to(Place(FIELD))
        widget = app.focusWidget()
        if widget is not None:
            QTest.keyClicks(widget, f"{next(words)} ")

    def tell(saved: object) -> None:
        print(saved.filing.answers.get(FIELD) or "", flush=True)  # type: ignore[attr-defined]

    timer.timeout.connect(on_timeout)
    timer.start(25)
    return app.exec()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
