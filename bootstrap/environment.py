"""The program's own Python environment in `.venv` (运行环境): made, filled from the lock, probed.

It is filled by uv with the hashes checked, or by plain pip where uv cannot be had. `./test` asks for more
packages than `./run`; once they are there, `./run` keeps them: the larger lock contains the smaller one.
"""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from bootstrap import locks, system_packages
from bootstrap.console import CannotStartError, say
from bootstrap.guard import only_one

ENVIRONMENT = locks.ROOT / ".venv"
GUARD = locks.ROOT / "build" / "bootstrap.lock"
PROBE = "import PySide6.QtWidgets"


def interpreter(environment: Path = ENVIRONMENT) -> Path:
    """The Python inside `environment`."""
    return environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def prepare(name: str, environment: Path = ENVIRONMENT) -> Path:
    """Make `environment` hold the lock `name`; quick when it already does. Returns its Python.

    Raises CannotStartError with the sentence for the person at the terminal.
    """
    if locks.is_current(environment, name) and interpreter(environment).exists():
        return interpreter(environment)
    with only_one(GUARD):
        if not locks.is_current(environment, name) or not interpreter(environment).exists():
            _create(environment)
            _install(name, environment)
            _probe(environment)
            if name == "dev":
                locks.record(environment, "run")
            locks.record(environment, name)
    return interpreter(environment)


def _call(command: list[str | Path]) -> bool:
    """Run a step with its talk on standard error."""
    return subprocess.run(command, stdout=2, stdin=subprocess.DEVNULL, check=False).returncode == 0


def _works(environment: Path) -> bool:
    """Whether the environment's Python starts, is the one we run on, and brings pip."""
    version = f"{sys.version_info.major}, {sys.version_info.minor}"
    question = f"import sys, pip; raise SystemExit(sys.version_info[:2] != ({version}))"
    python = interpreter(environment)
    command: list[str | Path] = [python, "-I", "-c", question]
    return python.exists() and subprocess.run(command, capture_output=True, check=False).returncode == 0


def _create(environment: Path) -> None:
    if _works(environment):
        return
    say("首次启动：正在准备运行环境（只需一次，约一两分钟）……")
    if find_spec("ensurepip") is None or find_spec("venv") is None:
        package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        system_packages.provide([package], "建立运行环境所需的组件", system_packages.this_machine())
    base = getattr(sys, "_base_executable", None) or sys.executable
    if not _call([base, "-m", "venv", "--clear", environment]):
        raise CannotStartError(
            f"无法在 {environment} 建立运行环境。请确认这个文件夹可以写入、磁盘有空间后再试。"
        )


def _install(name: str, environment: Path) -> None:
    """Exactly the lock, nothing else; a development environment stays one."""
    larger = "dev" if name == "run" and locks.was_installed(environment, "dev") else name
    say("正在安装依赖组件……")
    python, lock = interpreter(environment), locks.lock_file(larger)
    pip: list[str | Path] = [
        python,
        "-m",
        "pip",
        "--disable-pip-version-check",
        "install",
        "-q",
        "--require-hashes",
    ]
    uv = python.with_name("uv.exe" if os.name == "nt" else "uv")
    if not locks.is_current(environment, "installer") and _call([*pip, "-r", locks.lock_file("installer")]):
        locks.record(environment, "installer")
    synced = uv.exists() and _call([uv, "pip", "sync", "-q", "--require-hashes", "--python", python, lock])
    if not synced and not _call([*pip, "-r", lock]):
        raise CannotStartError("依赖组件没有装上。请检查网络或软件源后再试；已经装上的部分会接着用。")


def _probe(environment: Path) -> None:
    """Qt must load; where a system library is missing, get it or say which."""
    if _imports_qt(environment) is None:
        return
    machine = system_packages.this_machine()
    missing = system_packages.missing_packages(system_packages.OFFSCREEN_LIBRARIES, machine)
    system_packages.provide(missing, "图形界面所需的系统组件", machine)
    failure = _imports_qt(environment)
    if failure is not None:
        raise CannotStartError(f"图形界面组件不能装入。请把下面这一行交给技术人员：\n  {failure}")


def _imports_qt(environment: Path) -> str | None:
    """None when Qt loads, else the last line of what it said."""
    command: list[str | Path] = [interpreter(environment), "-I", "-c", PROBE]
    answer = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    return None if answer.returncode == 0 else (answer.stderr.strip().splitlines() or ["?"])[-1]
