"""The clerk's desk in the running program, over a copy of a unit's workspace."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from main import Adapters
from tests.gui.desks.county import County, clock, county, tools
from tests.gui.pages.desk_clerk import ClerkPage
from tests.gui.pages.desk_program import ProgramPage

__all__ = ["clock", "county", "tools"]

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keys and whole desks are dear."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker("slow")


@pytest.fixture
def program(qtbot: Any, tools: Adapters, tmp_path: Path) -> Iterator[ProgramPage]:
    page = ProgramPage(qtbot, tools, tmp_path / "home")
    yield page
    page.close()


@pytest.fixture
def folder(county: County, tmp_path: Path) -> Path:
    """A copy of the unit's workspace."""
    return county.unit_folder(tmp_path / "柳林镇")


@pytest.fixture
def clerk(program: ProgramPage, folder: Path) -> ClerkPage:
    """The desk of the unit, its matrix shown."""
    return program.open(folder)
