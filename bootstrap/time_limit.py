"""A command that must end (限时运行): past its limit it is ended together with everything it started."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path

GRACE = 10.0
"""Seconds between the request to end and the end itself: time for pytest to say what it was doing."""


def run_within(command: Sequence[str], seconds: float, folder: Path, grace: float = GRACE) -> int | None:
    """Exit status of the command, None when it had to be ended; Ctrl+C ends it as well.

    It gets a session of its own, so what it started (workers, LibreOffice, a screen that is none) ends with it.
    """
    with subprocess.Popen(command, cwd=folder, start_new_session=True) as process:
        try:
            return process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None
        finally:
            if process.poll() is None:
                _ask(process.pid, signal.SIGINT)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(grace)
            _ask(process.pid, signal.SIGKILL)


def _ask(group: int, request: signal.Signals) -> None:
    """Send a signal to a whole process group; one that is gone already is left in peace."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, request)
