"""Starting the window (启动): settings, application, the door for errors, then the program."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from services.home import Home
    from services.tools import Tools
    from ui.program import Program


def run_window(tools: Tools) -> int:
    """Open the window and stay until it closes; the exit status."""
    from services.home import Home, home_folder

    home = Home(home_folder(), tools.files)
    app, program = make_program(tools, home, home.read().text_scale)
    program.begin()
    return app.exec()


def make_application(scale: float = 1.0) -> QApplication:
    """The application with nothing open; the first thing a start does, before Qt itself is loaded.

    What loading makes stays, so the interpreter does not look meanwhile for what could be thrown away.
    """
    gc.disable()
    from ui.application import create_application

    return create_application(sys.argv[:1], scale)


def make_program(tools: Tools, home: Home, scale: float = 1.0) -> tuple[QApplication, Program]:
    """The application and the program, no window opened yet; the program's end ends the application."""
    app = make_application(scale)
    from ui.program import Program

    # The last window may close before its database is let go; the program says itself when it ends.
    app.setQuitOnLastWindowClosed(False)
    program = Program(tools, home)
    program.ended.connect(app.quit)
    return app, program
