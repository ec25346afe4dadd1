"""What the person at the terminal reads while the program gets ready (准备过程的提示)."""

from __future__ import annotations

import sys


class CannotStartError(Exception):
    """The program cannot start here; the message says why and what to do. Exit status 2."""


def say(text: str) -> None:
    """One line on standard error; standard output belongs to the program."""
    print(text, file=sys.stderr, flush=True)
