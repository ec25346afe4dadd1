"""Data shipped with the program (资源): fonts, kits, icons, translations; `path()` finds them, frozen or not."""

from __future__ import annotations

import sys
from pathlib import Path


def root() -> Path:
    """The folder the resources lie in, from source and from a frozen bundle alike."""
    bundle = getattr(sys, "_MEIPASS", None)
    return Path(bundle) / "resources" if bundle else Path(__file__).resolve().parent


def path(*parts: str) -> Path:
    """The place of one shipped file, e.g. `path("fonts", "NotoSansSC-Regular.ttf")`."""
    return root().joinpath(*parts)
