"""`python bootstrap run|test|build ARGUMENTS…`, from whatever folder."""

from __future__ import annotations

import sys
from pathlib import Path

if not __package__:  # started by the folder's name: the repository root is not on the path yet
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from bootstrap.bundle import build
from bootstrap.console import CannotStartError, say
from bootstrap.start import run
from bootstrap.testing import test


def main(arguments: list[str]) -> int:
    """Do one of the three; the exit status is the program's, or 2 when it cannot start."""
    try:
        return {"run": run, "test": test, "build": build}[arguments[0]](arguments[1:])
    except CannotStartError as stop:
        say(str(stop))
        return 2
    except KeyboardInterrupt:
        say("已停止。")
        return 2


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
