"""Makers' modules on this machine (查找 UKey 模块): where drivers usually put them, told by their names; nothing is loaded.

Drivers install into the system's library folders, under names that contain “p11” or “pkcs11”. Only those folders are
looked into: a file from elsewhere has to be chosen by a person. What it finds are offers, the token decides.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

_FOLDERS = (
    "usr/lib",
    "usr/lib64",
    "usr/local/lib",
    "usr/lib/*-linux-gnu",
    "usr/lib/softhsm",
    "usr/lib/*-linux-gnu/softhsm",
    "usr/lib64/softhsm",
    "usr/lib/pkcs11",
    "usr/lib64/pkcs11",
    "usr/lib/*-linux-gnu/pkcs11",
    "opt/*/lib",
    "opt/*/*/lib",
)
"""Library folders of the distributions, 麒麟 and 统信 included, below the root."""

_ENDINGS = {"win32": ".dll", "darwin": ".dylib"}
_MARKS = ("p11", "pkcs11", "softhsm2")
_NOT_TOKENS = ("p11-kit", "libp11-kit", "libp11.", "gnome-keyring", "pkcs11-spy")
"""Forwarders, wrappers, listeners and the desktop's own store: no token answers behind them."""


def modules(root: Path = Path("/"), platform: str = sys.platform) -> Sequence[str]:
    """The modules found, by file name; links to the same file count once, folders that cannot be read as empty."""
    ending = _ENDINGS.get(platform, ".so")
    found: dict[Path, Path] = {}
    for folder in _folders(root, platform):
        for path in _files(folder):
            name = path.name.lower()
            is_one = name.endswith(ending) and any(mark in name for mark in _MARKS)
            if is_one and not name.startswith(_NOT_TOKENS):
                found.setdefault(path.resolve(), path)
    return tuple(str(path) for path in sorted(found.values(), key=lambda item: (item.name.lower(), item)))


def _folders(root: Path, platform: str) -> Iterator[Path]:
    """Where to look."""
    if platform == "win32":
        yield Path(os.environ.get("SYSTEMROOT", "C:/Windows")) / "System32"
        return
    for pattern in _FOLDERS:
        yield from sorted(root.glob(pattern))


def _files(folder: Path) -> Iterator[Path]:
    """Files of a folder, none where it is none or may not be read."""
    try:
        yield from sorted(path for path in folder.iterdir() if path.is_file())
    except OSError:
        return
