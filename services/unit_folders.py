"""Folders by unit (按单位分放): what goes back to many units at once lies in a folder for each, named so that people find it.

The names of packages are numbers, and whoever hands out sixty sticks reads names of units. Where everything is for one
unit the chosen folder itself is enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from models.domain.errors import EnvironmentProblem
from services.file_names import file_stem


def unit_folder(folder: Path, code: str, name: str) -> Path:
    """A unit's own folder on the carrier; EnvironmentProblem when it cannot be made."""
    place = folder / file_stem(f"{code} {name}")
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EnvironmentProblem(
            "文件夹不能写入", "请检查 U 盘是否插好、是否写保护，或换一个文件夹", place.name
        ) from error
    return place


def place_for(folder: Path, code: str, name: str, codes: Sequence[str]) -> Path:
    """Where the file for a unit goes when those of `codes` are written together; errors as `unit_folder`."""
    return unit_folder(folder, code, name) if len(set(codes)) > 1 else folder
