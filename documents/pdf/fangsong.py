"""The user's own 仿宋 (本机仿宋): GB/T 9704 asks for it, no free font is it, most office machines have it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

_NAMES = frozenset(
    {"simfang.ttf", "仿宋_gb2312.ttf", "仿宋gb2312.ttf", "fzfsk.ttf", "fzfsjw.ttf", "stfangso.ttf"}
)
"""File names under which offices have it, in lower case."""


def installed_fangsong(folders: tuple[Path, ...] | None = None) -> Path | None:
    """The 仿宋 file of this machine, None when there is none; `folders` instead of the system's own."""
    for folder in system_font_folders(os.environ) if folders is None else folders:
        found = sorted(
            Path(base, name) for base, _, names in os.walk(folder) for name in names if name.lower() in _NAMES
        )
        if found:
            return found[0]
    return None


def system_font_folders(environment: Mapping[str, str]) -> tuple[Path, ...]:
    """Where this system keeps fonts: Windows by its variables, else the freedesktop folders."""
    if windows := environment.get("WINDIR"):
        local = environment.get("LOCALAPPDATA", "")
        own = (Path(local, "Microsoft", "Windows", "Fonts"),) if local else ()
        return (Path(windows, "Fonts"), *own)
    home = Path(environment.get("HOME", "/"))
    return (
        home / ".local/share/fonts",
        home / ".fonts",
        Path("/usr/local/share/fonts"),
        Path("/usr/share/fonts"),
    )
