"""System libraries and programs that Python packages cannot bring along (系统组件), and how to get them.

Source of the library list: what libQt6Core to libQt6XcbQpa and libqxcb name as NEEDED beyond a base system.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bootstrap.console import CannotStartError, say

OFFSCREEN_LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
}
WINDOW_LIBRARIES = {
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}


@dataclass(frozen=True)
class Machine:
    """The little the bootstrap needs to know of the machine; tests put their own in its place."""

    loads: Callable[[str], bool]
    is_root: bool
    has_apt: bool
    apt: Callable[[list[str]], bool]


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _apt(packages: list[str]) -> bool:
    """Install through apt; its talk goes to standard error. Another installation under way is waited for."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = [
        "apt-get",
        "-o",
        "DPkg::Lock::Timeout=600",
        "install",
        "-y",
        "-q",
        "--no-install-recommends",
        *packages,
    ]

    def call(command: list[str]) -> bool:
        return (
            subprocess.run(
                command, env=environment, stdout=2, stdin=subprocess.DEVNULL, check=False
            ).returncode
            == 0
        )

    return call(["apt-get", "update", "-q"]) and call(install)


def this_machine() -> Machine:
    """The machine we run on."""
    is_root = getattr(os, "geteuid", lambda: 1)() == 0
    return Machine(_loads, is_root, shutil.which("apt-get") is not None, _apt)


def missing_packages(libraries: dict[str, str], machine: Machine) -> list[str]:
    """The Debian packages of those libraries that cannot be loaded; Windows wheels bring theirs along."""
    if sys.platform == "win32":
        return []
    return sorted({package for library, package in libraries.items() if not machine.loads(library)})


def provide(packages: Iterable[str], what_for: str, machine: Machine) -> None:
    """Install `packages` when root, else name the exact command; `what_for` ends the sentence the person reads.

    Raises CannotStartError when they cannot be had.
    """
    wanted = list(packages)
    if not wanted:
        return
    line = "apt-get install -y --no-install-recommends " + " ".join(wanted)
    if not machine.has_apt:
        raise CannotStartError(
            f"缺少{what_for}。请用本机的软件包工具安装与下列名称相应的组件后再试：{' '.join(wanted)}"
        )
    if not machine.is_root:
        raise CannotStartError(f"缺少{what_for}。请由管理员执行下面这一行后再试：\n  sudo {line}")
    say(f"正在安装{what_for}：{' '.join(wanted)}")
    if not machine.apt(wanted):
        raise CannotStartError(f"{what_for}没有装上。请检查软件源后执行下面这一行再试：\n  {line}")
