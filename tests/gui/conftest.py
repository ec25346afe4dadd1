"""Window tests wear the program's own dress: its style, its translations, its fonts; all carry the marker `gui`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test below this folder opens windows."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker("gui")


@pytest.fixture(scope="session", autouse=True)
def _cheap_passwords() -> Iterator[None]:
    """Wrapping a key costs little here: a quarter of a second for each password is what tests/exchange proves."""
    from exchange import vault
    from exchange.key_file import Scrypt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vault, "DEFAULT_POLICY", replace(vault.DEFAULT_POLICY, scrypt=Scrypt(1 << 10)))
        yield


@pytest.fixture(scope="session", autouse=True)
def _no_drivers() -> Iterator[None]:
    """What is installed on the machine that runs the tests is never loaded: a test names its module."""
    from exchange import token_search

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(token_search, "modules", lambda: ())
        yield


@pytest.fixture(scope="session", autouse=True)
def _dressed(qapp):
    """The style the program wears, once."""
    from ui.application import dress

    dress(qapp)


@pytest.fixture
def text_scale(qapp):
    """Set another text size for one test; the usual one comes back after it."""
    from ui import theme

    def change(scale: float) -> None:
        if theme.text_scale() != scale:
            theme.apply_theme(qapp, scale)

    yield change
    change(1.0)
