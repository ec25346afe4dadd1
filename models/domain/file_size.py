"""Sizes of files and carriers in words (大小): the same on screens and on printed covers."""

from __future__ import annotations

_STEP = 1024


def size_words(count: int) -> str:
    """1.2 MB, 12 KB, 3.4 GB for so many bytes, as file managers write it."""
    size = float(count)
    for unit in ("字节", "KB", "MB"):
        if size < _STEP:
            return f"{size:,.1f} MB" if unit == "MB" else f"{size:.0f} {unit}"
        size /= _STEP
    return f"{size:,.1f} GB"
