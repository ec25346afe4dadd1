"""The program's own version (程序版本), one place for windows and reports."""

from __future__ import annotations

VERSION = "0.1.0"
"""As in pyproject.toml; a test holds the two together."""


def program_version() -> str:
    """第 0.1.0 版."""
    return f"{VERSION} 版"
