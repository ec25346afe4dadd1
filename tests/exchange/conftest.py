"""Fixtures of the exchange tests: one world for all of them, made once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.exchange import world as worlds
from tests.exchange.books import signed_book

PHOTOGRAPH = b"\xff\xd8 photograph"


def sample_payload() -> dict[str, Any]:
    """What the good submission says: one filing with a photograph at its first indicator."""
    return worlds.with_evidence(
        worlds.listed("现场照片.jpg", PHOTOGRAPH, "indicators[r1]"), workbooks_signed=True
    )


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> worlds.World:
    """Keys and certificates shared by all tests."""
    return worlds.make_world(tmp_path_factory.mktemp("world"))


@pytest.fixture(scope="session")
def sample(world: worlds.World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A good submission with a signed PDF, a signed workbook and a piece of evidence."""
    members = {
        "documents/target.pdf": worlds.signed_pdf(world.unit),
        "documents/target.xlsx": signed_book(world.unit),
        worlds.listed("现场照片.jpg", PHOTOGRAPH)["member"]: PHOTOGRAPH,
    }
    folder = tmp_path_factory.mktemp("stick")
    return worlds.write(folder, sample_payload(), world.unit, members).path
