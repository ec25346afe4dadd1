"""`./test` (全部检验): what CI runs, in order, each step timed, every failure counted.

With arguments it is a quick partial run: they go to pytest as they are (`./test tests/forms -q`).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bootstrap import environment, locks, system_packages
from bootstrap.bundle import missing_packages
from bootstrap.console import say

TOOLS = {
    "openssl": "openssl",
    "pdfsig": "poppler-utils",
    "pdftoppm": "poppler-utils",
    "soffice": "libreoffice-calc-nogui",
    "unzip": "unzip",
}
JUDGED = "judge or slow"
_ON_TWO = ("-m", "pytest", "-q", "-n", "2", "--dist", "loadgroup")


@dataclass(frozen=True)
class Step:
    """One thing CI asks; `command` follows the environment's Python."""

    title: str
    command: tuple[str, ...]


STEPS = (
    Step("代码规则 ruff check", ("-m", "ruff", "check", "--quiet", ".")),
    Step("代码格式 ruff format", ("-m", "ruff", "format", "--check", "--quiet", ".")),
    Step("类型检查 mypy", ("-m", "mypy")),
    # Without the windows' own folder: its modules would be imported only to be left out.
    Step(
        "核心测试",
        (*_ON_TWO, "--ignore=tests/gui", "-m", f"not gui and not ({JUDGED})"),
    ),
    Step("窗口测试", ("-m", "pytest", "-q", "-m", f"gui and not ({JUDGED})")),
    Step(
        "随机检验（大量样本）",
        (
            *_ON_TWO,
            "--ignore=tests/gui",
            "--hypothesis-profile",
            "thorough",
            "-m",
            f"hypothesis and not ({JUDGED})",
        ),
    ),
    Step("独立判定与慢速测试", ("-m", "pytest", "-q", "--durations=5", "-m", JUDGED)),
)


def test(arguments: Sequence[str]) -> int:
    """Run everything, or pytest with `arguments`; 0 when all is well."""
    python = environment.prepare("dev")
    provide_tools(system_packages.this_machine(), shutil.which)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("PYTHONUTF8", "1")
    # Compiled modules and rewritten assertions are kept between the steps, whatever the shell asked for.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    if arguments:
        command = [str(python), "-m", "pytest", "-c", str(locks.ROOT / "pyproject.toml"), *arguments]
        return subprocess.run(command, check=False).returncode
    return run_steps(STEPS, python)


def provide_tools(machine: system_packages.Machine, which: Callable[[str], str | None]) -> None:
    """The independent judges, and what building the bundle needs: a screen that is none among it.

    Raises CannotStartError with the exact command when they are missing and we may not install them.
    """
    tools = {package for tool, package in TOOLS.items() if which(tool) is None}
    system_packages.provide(sorted(tools | set(missing_packages(machine))), "检验所需的系统组件", machine)


def run_steps(steps: Sequence[Step], python: Path) -> int:
    """Every step, also after a failure; then a summary a person can read at a glance."""
    results: list[tuple[Step, int, float]] = []
    for step in steps:
        say(f"\n== {step.title}")
        started = time.monotonic()
        status = subprocess.run([str(python), *step.command], cwd=locks.ROOT, check=False).returncode
        results.append((step, status, time.monotonic() - started))
    say("\n== 结果")
    for step, status, seconds in results:
        say(f"{'通过' if status == 0 else '没过'}  {seconds:6.1f} 秒  {step.title}")
    return 1 if any(status for _, status, _ in results) else 0
