"""The environment is built once, also by two starts at the same time, and a development one stays one."""

from __future__ import annotations

import sys
import threading
import time
from pathlib import Path

import pytest

from bootstrap import environment, locks
from bootstrap.console import CannotStartError


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An environment folder that does not exist yet, with its own guard."""
    monkeypatch.setattr(environment, "GUARD", tmp_path / "guard" / "lock")
    return tmp_path / "env"


@pytest.fixture
def built(place: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names installed, in order, instead of any real installation."""
    names: list[str] = []

    def create(folder: Path) -> None:
        environment.interpreter(folder).parent.mkdir(parents=True, exist_ok=True)
        environment.interpreter(folder).touch()

    def install(name: str, _folder: Path) -> None:
        time.sleep(0.05)
        names.append(name)

    monkeypatch.setattr(environment, "_create", create)
    monkeypatch.setattr(environment, "_install", install)
    monkeypatch.setattr(environment, "_imports_qt", lambda _folder: None)
    return names


def test_second_start_installs_nothing(place, built):
    environment.prepare("run", place)
    environment.prepare("run", place)
    assert built == ["run"]


def test_test_environment_serves_run_as_well(place, built):
    environment.prepare("dev", place)
    environment.prepare("run", place)
    assert built == ["dev"]


def test_starts_at_the_same_time_build_once(place, built):
    threads = [threading.Thread(target=environment.prepare, args=("run", place)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert built == ["run"]


def test_failed_installation_is_not_recorded(place, built, monkeypatch):
    monkeypatch.setattr(environment, "_imports_qt", lambda _folder: "libGL.so.1: cannot open")
    monkeypatch.setattr(environment.system_packages, "missing_packages", lambda _libraries, _machine: [])
    with pytest.raises(CannotStartError, match=r"libGL\.so\.1"):
        environment.prepare("run", place)
    assert not locks.was_installed(place, "run")


@pytest.fixture
def calls(place: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands of an installation; uv is there and everything works."""
    commands: list[list[str]] = []

    def call(command: list[str | Path]) -> bool:
        commands.append([str(part) for part in command])
        return True

    monkeypatch.setattr(environment, "_call", call)
    (place / "bin").mkdir(parents=True)
    (place / "bin" / "uv").touch()
    (place / "bin" / "python").symlink_to(sys.executable)
    return commands


def test_hashes_are_required_of_pip_and_uv_alike(place, calls):
    environment._install("run", place)
    assert [command[-1] for command in calls] == [
        str(locks.lock_file("installer")),
        str(locks.lock_file("run")),
    ]
    assert all("--require-hashes" in command for command in calls)


def test_changed_run_lock_keeps_the_development_packages(place, calls):
    locks.record(place, "dev")
    environment._install("run", place)
    assert calls[-1][-1] == str(locks.lock_file("dev"))


def test_pip_takes_over_where_uv_fails(place, calls, monkeypatch):
    (place / "bin" / "uv").unlink()
    environment._install("run", place)
    assert "pip" in calls[-1]
    assert calls[-1][0] == str(place / "bin" / "python")


def test_nothing_could_be_installed(place, monkeypatch):
    monkeypatch.setattr(environment, "_call", lambda _command: False)
    with pytest.raises(CannotStartError, match="依赖组件没有装上"):
        environment._install("run", place)


def test_environment_of_a_removed_python_is_made_anew(place, monkeypatch):
    commands: list[list[str]] = []
    monkeypatch.setattr(
        environment, "_call", lambda command: commands.append([str(part) for part in command]) or True
    )
    (place / "bin").mkdir(parents=True)
    (place / "bin" / "python").symlink_to("/nowhere/python3.11")
    environment._create(place)
    assert commands[0][1:] == ["-m", "venv", "--clear", str(place)]
