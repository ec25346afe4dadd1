"""Fixtures of the exchange tests: one world for all of them, made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.exchange import world as worlds


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> worlds.World:
    """Keys and certificates shared by all tests."""
    return worlds.make_world(tmp_path_factory.mktemp("world"))


@pytest.fixture(scope="session")
def sample(world: worlds.World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A good submission with a signed PDF and a piece of evidence."""
    members = {
        "documents/target.pdf": worlds.signed_pdf(world.unit),
        "documents/target.xlsx": b"PK workbook",
        "evidence/0a1b2c3d.jpg": b"\xff\xd8 photograph",
    }
    folder = tmp_path_factory.mktemp("stick")
    return worlds.write(folder, worlds.submission(), world.unit, members).path
