"""Start the program (启动): environment ready, a screen to draw on, then `main.py` with the same arguments."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import MutableMapping, Sequence
from pathlib import Path
from typing import NoReturn

from bootstrap import environment, locks, system_packages
from bootstrap.console import CannotStartError

NO_SCREEN = """\
这台机器上没有可用的图形桌面，窗口打不开。
可以不开窗口先看完整流程（文件夹须为空）：
  ./run demo 文件夹
要打开窗口，请在图形桌面里的终端中执行 ./run。"""


def run(arguments: Sequence[str]) -> NoReturn:
    """`./run`: never returns; the program's exit status becomes ours."""
    python = environment.prepare("run")
    settle_screen(arguments, os.environ, sys.platform)
    os.environ.setdefault("PYTHONUTF8", "1")
    hand_over([str(python), str(locks.ROOT / "main.py"), *arguments])


def opens_window(arguments: Sequence[str]) -> bool:
    """A subcommand or a question about usage needs no screen; no arguments, or options only, open the window."""
    return not arguments or (
        arguments[0].startswith("-") and arguments[0] not in {"-h", "--help", "--self-check"}
    )


def settle_screen(arguments: Sequence[str], variables: MutableMapping[str, str], platform: str) -> None:
    """Decide what Qt draws on; a choice the person made in QT_QPA_PLATFORM is never overruled.

    Raises CannotStartError when a window is wanted and there is no screen, or its libraries are missing.
    """
    if "QT_QPA_PLATFORM" in variables:
        return
    if not opens_window(arguments):
        variables["QT_QPA_PLATFORM"] = "offscreen"
    elif platform == "linux":
        if not (variables.get("DISPLAY") or variables.get("WAYLAND_DISPLAY")):
            raise CannotStartError(NO_SCREEN)
        if variables.get("DISPLAY"):
            provide_window_libraries(environment.ENVIRONMENT / "installed" / "window")


def provide_window_libraries(known_good: Path) -> None:
    """The libraries of a real X11 window, asked for once: `known_good` remembers that they were there."""
    if known_good.exists():
        return
    machine = system_packages.this_machine()
    missing = system_packages.missing_packages(system_packages.WINDOW_LIBRARIES, machine)
    system_packages.provide(missing, "打开窗口所需的系统组件", machine)
    known_good.touch()


def hand_over(command: list[str]) -> NoReturn:
    """Become `command`; on Windows, where a process cannot be replaced, wait for it."""
    if os.name != "nt":
        os.execv(command[0], command)
    try:
        raise SystemExit(subprocess.run(command, check=False).returncode)
    except KeyboardInterrupt:
        raise SystemExit(2) from None
