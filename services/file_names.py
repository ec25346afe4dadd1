"""Names of files and folders made from what people typed (文件名): accepted by Windows, Linux and old carriers alike."""

from __future__ import annotations

import re

_FORBIDDEN = '\\/:*?"<>|'
_DEVICES = r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?"
"""Names Windows keeps for devices, with any ending."""


def file_stem(text: str, limit: int = 60) -> str:
    """The text as (part of) a file's name, "" when nothing of it can stand in one."""
    safe = "".join("_" if char in _FORBIDDEN or not char.isprintable() else char for char in text)
    stem = safe.strip(" .")[:limit].rstrip(" .")
    return f"_{stem}" if re.fullmatch(_DEVICES, stem, re.IGNORECASE) else stem
