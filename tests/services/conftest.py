"""Desks of the practice county over stores in memory."""

from __future__ import annotations

from pathlib import Path

import pytest

from services import practice
from services.workspaces import Workspace
from tests.fakes.clock import MovableClock
from tests.fakes.tools import FakeTools
from tests.services.county import LEAF, ROOT, County


@pytest.fixture
def tools() -> FakeTools:
    return FakeTools(MovableClock())


@pytest.fixture
def county(tools: FakeTools, tmp_path: Path) -> County:
    (tmp_path / "stick").mkdir()
    made = practice.build_bureau(tools, tmp_path / "bureau", tmp_path / "stick", (ROOT, LEAF))
    return County(tools, tmp_path, made.workspace, made.keys, made.kit_file)


@pytest.fixture
def town(county: County) -> Workspace:
    return county.desk()
