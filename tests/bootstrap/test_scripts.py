"""The shell scripts themselves, run as a person runs them: from anywhere, twice at once, with a stand-in program."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bootstrap import locks

STAND_IN = '''"""A program that tells what it was given."""
import os, sys
print(os.getcwd(), sys.argv[1:], os.environ.get("QT_QPA_PLATFORM"))
raise SystemExit(int(os.environ.get("STAND_IN_STATUS", "0")))
'''


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout whose environment is current, with a stand-in for main.py."""
    place = tmp_path / "check out"
    for folder in ("bootstrap", "requirements"):
        shutil.copytree(locks.ROOT / folder, place / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy2(locks.ROOT / "run", place)
    (place / "main.py").write_text(STAND_IN, encoding="utf-8")
    (place / ".venv" / "bin").mkdir(parents=True)
    (place / ".venv" / "bin" / "python").symlink_to(sys.executable)
    locks.record(place / ".venv", "run")
    return place


def _run(command: list[object], cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    bare = {
        key: value
        for key, value in os.environ.items()
        if key not in {"QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"}
    }
    return subprocess.run(
        [str(part) for part in command], cwd=cwd, env={**bare, **variables}, capture_output=True, text=True
    )


def test_arguments_folder_and_status_reach_the_program(checkout, tmp_path):
    answer = _run([checkout / "run", "verify", "a b", "--json"], tmp_path, STAND_IN_STATUS="1")
    assert answer.returncode == 1
    assert answer.stdout == f"{tmp_path} ['verify', 'a b', '--json'] offscreen\n"
    assert answer.stderr == ""


def test_through_a_link_from_another_folder(checkout, tmp_path):
    (tmp_path / "link").symlink_to(checkout / "run")
    assert _run([tmp_path / "link", "check"], tmp_path).stdout.startswith(str(tmp_path))


def test_no_screen_is_told_in_chinese_with_status_2(checkout, tmp_path):
    answer = _run([checkout / "run"], tmp_path)
    assert answer.returncode == 2
    assert answer.stdout == ""
    assert "没有可用的图形桌面" in answer.stderr


def test_no_python_is_told_in_chinese_with_status_2(checkout, tmp_path):
    (checkout / ".venv" / "bin" / "python").unlink()
    tools = tmp_path / "tools"
    tools.mkdir()
    for tool in ("bash", "dirname", "readlink"):
        (tools / tool).symlink_to(shutil.which(tool))
    answer = _run([shutil.which("bash"), checkout / "run", "demo", "x"], tmp_path, PATH=str(tools))
    assert answer.returncode == 2
    assert answer.stdout == ""
    assert "没有找到 Python 3.11" in answer.stderr


@pytest.mark.parametrize("script", ["run", "test", ".ci/run", "requirements/update"])
def test_scripts_are_executable_and_parse(script):
    path = locks.ROOT / script
    assert os.access(path, os.X_OK)
    assert subprocess.run(["bash", "-n", path]).returncode == 0


def test_windows_script_is_plain_enough_for_cmd():
    lines = (locks.ROOT / "run.cmd").read_bytes().split(b"\n")
    assert all(line.endswith(b"\r") for line in lines[:-1])
    assert lines[-1] == b""


def test_windows_script_jumps_only_where_something_stands():
    text = (locks.ROOT / "run.cmd").read_text(encoding="utf-8")
    jumps = set(re.findall(r"(?:goto|call) :?(\w+)", text))
    assert jumps == set(re.findall(r"^:(\w+)", text, re.MULTILINE)) != set()
    assert "exit /b %ERRORLEVEL%" in text, "the program's own status comes out"
    chinese = [number for number, line in enumerate(text.splitlines()) if not line.isascii()]
    page = next(number for number, line in enumerate(text.splitlines()) if line.startswith("chcp 65001"))
    assert min(chinese) > page, "what is not ASCII is read after the code page was set"
