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
from bootstrap.time_limit import run_within

TOOLS = {
    "certutil": "libnss3-tools",
    "openssl": "openssl",
    "pdfsig": "poppler-utils",
    "pdftoppm": "poppler-utils",
    "pg_ctlcluster": "postgresql",
    "soffice": "libreoffice-calc-nogui",
    "softhsm2-util": "softhsm2",
    "unzip": "unzip",
    "xmlsec1": "xmlsec1",
}
LATER = "judge or slow or faults"
"""Tests that ask other programs, take their time or pull the plug: steps of their own."""
_JUDGED = "(judge or slow) and not faults"
_ON_TWO = ("-m", "pytest", "-q", "-n", "2", "--dist", "loadgroup")
_NAMED = ("-o", "faulthandler_exit_on_timeout=true", "-o")
"""A test that hangs is named with the stack of every thread and ends its process, before the step is ended."""
_NO_WINDOWS = ("--ignore=tests/gui", "-p", "no:pytest-qt")
"""Without the windows' own folder and without Qt: they would be loaded only to be left out."""


@dataclass(frozen=True)
class Step:
    """One thing CI asks; `command` follows the environment's Python and is ended after `seconds`."""

    title: str
    command: tuple[str, ...]
    seconds: float = 10 * 60.0


STEPS = (
    Step("代码规则 ruff check", ("-m", "ruff", "check", "--quiet", ".")),
    Step("代码格式 ruff format", ("-m", "ruff", "format", "--check", "--quiet", ".")),
    Step("类型检查 mypy", ("-m", "mypy")),
    Step("核心测试", (*_ON_TWO, *_NO_WINDOWS, "-m", f"not (gui or wide or hypothesis or {LATER})")),
    Step("全部表样与样例", (*_ON_TWO, *_NO_WINDOWS, "-m", f"wide and not (gui or hypothesis or {LATER})")),
    Step(
        "窗口测试", (*_ON_TWO, *_NAMED, "faulthandler_timeout=300", "-m", f"gui and not ({LATER})"), 15 * 60.0
    ),
    Step(
        "随机检验（大量样本）",
        (
            *_ON_TWO,
            *_NO_WINDOWS,
            "--hypothesis-profile",
            "thorough",
            "-m",
            f"hypothesis and not (gui or {LATER})",
        ),
    ),
    Step("断电与磁盘满", (*_ON_TWO, *_NO_WINDOWS, "--durations=3", "-m", "faults"), 20 * 60.0),
    # The bundle alone may take a slow machine ten minutes.
    Step(
        "独立判定与慢速测试",
        ("-m", "pytest", "-q", *_NAMED, "faulthandler_timeout=1000", "--durations=5", "-m", _JUDGED),
        30 * 60.0,
    ),
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
    results: list[tuple[Step, int | None, float]] = []
    for step in steps:
        say(f"\n== {step.title}")
        started = time.monotonic()
        status = run_within([str(python), *step.command], step.seconds, locks.ROOT)
        if status is None:
            say(f"“{step.title}”超过 {step.seconds / 60:g} 分钟还没有结束，已停止，按没过计。")
        results.append((step, status, time.monotonic() - started))
    say("\n== 结果")
    for step, status, seconds in results:
        ended = "（超过时限，已停止）" if status is None else ""
        say(f"{'通过' if status == 0 else '没过'}  {seconds:6.1f} 秒  {step.title}{ended}")
    return 1 if any(status != 0 for _, status, _ in results) else 0
