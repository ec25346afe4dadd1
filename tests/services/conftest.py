"""Desks of the practice county over stores in memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.workspaces import Workspace
from tests.fakes.clock import MovableClock
from tests.fakes.tools import FakeTools
from tests.services.county import County, build_county
from tests.services.kit_digests import reckoned_once


@pytest.fixture(scope="session", autouse=True)
def _digests() -> Iterator[None]:
    """Hundreds of packages are sealed under the same few kits."""
    with reckoned_once():
        yield


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
