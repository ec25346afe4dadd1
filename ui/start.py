"""Starting the window (启动): settings, application, the door for errors, then the program."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from services.home import Home, home_folder

if TYPE_CHECKING:
    from services.tools import Tools


def run_window(tools: Tools) -> int:
    """Open the window and stay until it closes; the exit status."""
    from ui.application import create_application
    from ui.program import Program

    home = Home(home_folder(), tools.files)
    app = create_application(sys.argv[:1], home.read().text_scale)
    # The last window may close before its database is let go; the program says itself when it ends.
    app.setQuitOnLastWindowClosed(False)
    program = Program(tools, home)
    program.ended.connect(app.quit)
    program.begin()
    return app.exec()
