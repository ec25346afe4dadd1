"""Desks of the practice county over stores in memory."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.workspaces import Workspace
from tests.fakes.clock import MovableClock
from tests.fakes.tools import FakeTools
from tests.services.county import County, build_county


@pytest.fixture
def tools() -> FakeTools:
    return FakeTools(MovableClock())


@pytest.fixture
def county(tools: FakeTools, tmp_path: Path) -> County:
    return build_county(tools, tmp_path)


@pytest.fixture
def town(county: County) -> Workspace:
    """The town's desk."""
    return county.desk()
