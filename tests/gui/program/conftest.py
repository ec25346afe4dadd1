"""The whole program: first start, several workspaces, databases that do not open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from main import Adapters
from tests.gui.desks.county import County, clock, county, tools
from tests.gui.pages.desk_program import ProgramPage

__all__ = ["clock", "county", "tools"]

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keys and whole desks are dear."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker("slow")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def program(qtbot: Any, tools: Adapters, home: Path) -> Iterator[ProgramPage]:
    page = ProgramPage(qtbot, tools, home)
    yield page
    page.close()


@pytest.fixture
def folder(county: County, tmp_path: Path) -> Path:
    """A copy of the unit's workspace."""
    return county.unit_folder(tmp_path / "柳林镇")
