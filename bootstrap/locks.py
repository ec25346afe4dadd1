"""The hashed dependency locks and the record of what is installed from them (依赖锁定文件)."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def lock_file(name: str) -> Path:
    """The lock `run`, `dev`, `build` or `installer`."""
    return ROOT / "requirements" / f"{name}.txt"


def _stamp(environment: Path, name: str) -> Path:
    return environment / "installed" / f"{name}.txt"


def stamp_text(name: str) -> str:
    """What the record of an up-to-date installation holds: the Python it was made with and the whole lock."""
    major, minor = sys.version_info[:2]
    return f"# Python {major}.{minor}\n{lock_file(name).read_text(encoding='utf-8')}"


def is_current(environment: Path, name: str) -> bool:
    """Whether `environment` holds exactly what the lock asks for."""
    try:
        return _stamp(environment, name).read_text(encoding="utf-8") == stamp_text(name)
    except OSError:
        return False


def was_installed(environment: Path, name: str) -> bool:
    """Whether this lock, in whatever version, was ever installed into `environment`."""
    return _stamp(environment, name).exists()


def record(environment: Path, name: str) -> None:
    """Note that the lock is installed; replaces the file in one go, a second start may be reading it."""
    stamp = _stamp(environment, name)
    stamp.parent.mkdir(exist_ok=True)
    fresh = stamp.with_suffix(".new")
    fresh.write_text(stamp_text(name), encoding="utf-8")
    fresh.replace(stamp)
