"""How long tests wait for other programs (等待的限度): none may keep CI waiting for ever."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

LONGEST_COMMAND = 300.0
"""Seconds for a program a test runs and names no limit of its own for."""


@contextmanager
def commands_end(seconds: float = LONGEST_COMMAND) -> Iterator[None]:
    """While this lasts `subprocess.run` gives up after so many seconds, unless it is told another limit."""
    run = subprocess.run

    def limited(*given: Any, timeout: float | None = None, **named: Any) -> subprocess.CompletedProcess[Any]:
        return run(*given, timeout=seconds if timeout is None else timeout, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(subprocess, "run", limited)
        yield


@contextmanager
def killed_after(process: subprocess.Popen[Any], seconds: float = 60.0) -> Iterator[None]:
    """Kill a program that is still silent after so many seconds, so that waiting for its next line ends."""
    guard = threading.Timer(seconds, process.kill)
    guard.start()
    try:
        yield
    finally:
        guard.cancel()
        guard.join()
