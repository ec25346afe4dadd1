"""The tests' own patience: a program that hangs ends, with the limit it was given or the usual one."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.patience import commands_end, killed_after

SLEEPS = [sys.executable, "-c", "import time; time.sleep(60)"]


def test_a_command_without_a_limit_gets_one():
    with commands_end(0.2), pytest.raises(subprocess.TimeoutExpired):
        subprocess.run(SLEEPS, check=False)


def test_a_limit_of_its_own_is_kept():
    with commands_end(60), pytest.raises(subprocess.TimeoutExpired):
        subprocess.run(SLEEPS, check=False, timeout=0.2)


def test_every_test_has_that_patience(monkeypatch):
    told: list[float | None] = []

    class Recorded(subprocess.Popen[bytes]):
        def communicate(self, *given, timeout=None):
            told.append(timeout)
            return super().communicate(*given, timeout=timeout)

    monkeypatch.setattr(subprocess, "Popen", Recorded)
    subprocess.run([sys.executable, "-c", ""], check=True, capture_output=True)
    assert told[0] is not None


def test_a_silent_program_is_killed_and_its_line_is_empty():
    with subprocess.Popen(SLEEPS, stdout=subprocess.PIPE) as process, killed_after(process, 0.2):
        assert process.stdout is not None
        assert process.stdout.readline() == b""
    assert process.returncode != 0
