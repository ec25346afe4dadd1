"""`packaging/build` (打包): the frozen program out of a build environment of its own, then its smoke test.

The build environment under `build/` holds the run lock and PyInstaller, nothing else: what the development
environment happens to hold can neither slip into the bundle nor hide that something is missing from it.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from bootstrap import environment, locks, system_packages
from bootstrap.console import CannotStartError, say

BUILD = locks.ROOT / "build"
BUNDLE = locks.ROOT / "dist" / "budget-desk"
TOOLS = {"objdump": "binutils", "Xvfb": "xvfb"}


def build(arguments: Sequence[str]) -> int:
    """Build into dist/ and try the result out; 0 when both went well. `--no-smoke` leaves the trial out."""
    machine = system_packages.this_machine()
    tools = [package for tool, package in TOOLS.items() if shutil.which(tool) is None]
    libraries = {**system_packages.OFFSCREEN_LIBRARIES, **system_packages.WINDOW_LIBRARIES}
    missing = system_packages.missing_packages(libraries, machine)
    # PyInstaller silently leaves out what the build machine lacks; the bundle would abort on a real screen.
    system_packages.provide(tools + missing, "打包所需的系统组件", machine)
    python = environment.prepare("build", BUILD / "venv")
    _freeze(python)
    if "--no-smoke" in arguments:
        return 0
    return subprocess.run(
        [str(python), str(locks.ROOT / "packaging" / "smoke.py"), str(BUNDLE)], check=False
    ).returncode


def _freeze(python: Path) -> None:
    say("正在打包……")
    command = [
        str(python), "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN",
        "--workpath", str(BUILD / "pyinstaller"), "--distpath", str(BUNDLE.parent),
        str(locks.ROOT / "packaging" / "desk.spec"),
    ]  # fmt: skip
    if subprocess.run(command, cwd=locks.ROOT, stdout=2, check=False).returncode != 0:
        raise CannotStartError("打包没有成功，原因见上面的输出。")
