"""`packaging/build` (打包): the frozen program out of a build environment of its own, then its smoke test.

The build environment under `build/` holds the run lock and PyInstaller, nothing else: what the development
environment happens to hold can neither slip into the bundle nor hide that something is missing from it.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
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
    system_packages.provide(missing_packages(machine), "打包所需的系统组件", machine)
    python = environment.prepare("build", BUILD / "venv")
    _freeze(python)
    if "--no-smoke" in arguments:
        return 0
    return subprocess.run(
        [str(python), str(locks.ROOT / "packaging" / "smoke.py"), str(BUNDLE)], check=False
    ).returncode


def missing_packages(machine: system_packages.Machine) -> list[str]:
    """What a build needs of the system and does not find.

    The X11 libraries belong to it: PyInstaller silently leaves out what the build machine lacks, and the bundle
    would abort on a real screen. Debian's Python has its library in a package of its own.
    """
    if sys.platform == "win32":
        return []
    tools = {package for tool, package in TOOLS.items() if shutil.which(tool) is None}
    minor = sys.version_info.minor
    library = f"libpython3.{minor}.so.1.0"
    libraries = {**system_packages.OFFSCREEN_LIBRARIES, **system_packages.WINDOW_LIBRARIES}
    if not (Path(sysconfig.get_config_var("LIBDIR") or "") / library).exists():
        libraries[library] = f"libpython3.{minor}"
    return sorted(tools | set(system_packages.missing_packages(libraries, machine)))


def _freeze(python: Path) -> None:
    say("正在打包……")
    command = [
        str(python), "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN",
        "--workpath", str(BUILD / "pyinstaller"), "--distpath", str(BUNDLE.parent),
        str(locks.ROOT / "packaging" / "desk.spec"),
    ]  # fmt: skip
    if subprocess.run(command, cwd=locks.ROOT, stdout=2, check=False).returncode != 0:
        raise CannotStartError("打包没有成功，原因见上面的输出。")
