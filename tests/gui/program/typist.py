"""The real program (`main.py` without arguments) with somebody at the keyboard, for killing.

Run as a script with the workspace's folder: it types without end; every line on standard output is the text of
the field as the database had acknowledged it.
"""

from __future__ import annotations

import itertools
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

import main
from forms.findings import Place
from services.home import Home, home_folder
from ui.desks.filer_desk import FilerDesk
from ui.program import Program

FORM, FIELD = "performance_target", "annual_target"
PROJECT = "生活垃圾清运"


class Typist:
    """Opens a form as soon as the desk shows it, then types a word at a time."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._words = itertools.count()
        self._timer = QTimer()
        self._timer.timeout.connect(self._on_timeout)
        self._timer.start(25)

    def _on_timeout(self) -> None:
        filer = self._program.desk.desk if self._program.desk is not None else None
        if not isinstance(filer, FilerDesk) or filer.pages.matrix is None:
            return
        if not filer.editor.view.is_open():
            if not filer.parts.jobs.is_busy:
                row = next(row for row in filer.pages.matrix.rows if row.name == PROJECT)
                cell = next(cell for cell in row.cells if cell.is_due and cell.task_id.startswith(FORM))
                filer.editor.saving.saved.connect(self._tell)
                filer.editor.open(cell.task_id, row.project_id)
            return
        if not filer.editor.view.session.answers.get(FIELD):
            filer.frame.activateWindow()
            filer.editor.view.go_to(Place(FIELD))
        widget = QApplication.focusWidget()
        if widget is not None:
            QTest.keyClicks(widget, f"{next(self._words)} ")

    @staticmethod
    def _tell(saved: object) -> None:
        print(saved.filing.answers.get(FIELD) or "", flush=True)  # type: ignore[attr-defined]


def type_into(folder: Path) -> int:
    """Start the program as a person does, on the workspace used last."""
    Home(home_folder(), main.Adapters().files).remember(folder, folder.name)
    begin = Program.begin

    def begin_typing(program: Program) -> None:
        begin(program)
        program.typist = Typist(program)  # type: ignore[attr-defined]

    Program.begin = begin_typing  # type: ignore[method-assign]
    return main.main([])


if __name__ == "__main__":
    sys.exit(type_into(Path(sys.argv[1])))
