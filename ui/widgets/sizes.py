"""Sizes of files and carriers in words (大小)."""

from __future__ import annotations


def size_words(count: int) -> str:
    """1.2 MB, 12 KB, 3.4 GB: as file managers write it."""
    size = float(count)
    for unit in ("字节", "KB", "MB", "GB"):
        if size < 1024 or unit == "GB":
            return f"{size:.0f} {unit}" if unit in ("字节", "KB") else f"{size:,.1f} {unit}"
        size /= 1024
    return f"{size:,.1f} GB"
