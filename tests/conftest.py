"""What every test stands on: no screen, no real home folder, the shipped fonts, and two strict guards."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from hypothesis import HealthCheck, settings

from tests import guifail, logfail, patience

if TYPE_CHECKING:
    from tests.postgres_server import Server

HOME_VARIABLE = "BUDGET_DESK_HOME"
QT_FIXTURES = {"qapp", "qtbot"}

# Everybody's run draws few examples; `--hypothesis-profile thorough` draws many (a step of ./test of its own).
# Both draw the same ones for the same code, so that a change is refused for its own faults only;
# `explore` draws anew each time, and many: what it finds becomes a test of its own.
settings.register_profile(
    "quick", max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
settings.register_profile("thorough", parent=settings.get_profile("quick"), max_examples=200)
settings.register_profile(
    "explore", parent=settings.get_profile("quick"), max_examples=2000, derandomize=False
)
settings.load_profile("quick")


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    """Core tests run without pytest-qt (it loads Qt into every process); its settings stay known then."""
    if not pluginmanager.hasplugin("pytest-qt"):
        for name in ("qt_api", "qt_log_level_fail", "qt_log_ignore"):
            parser.addini(name, "a setting of pytest-qt", default="")


def pytest_configure(config: pytest.Config) -> None:
    """Put the two guards to work."""
    config.pluginmanager.register(logfail, "logfail")
    config.pluginmanager.register(guifail, "guifail")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever uses Qt is a GUI test, marked or not: the core tests stay free of it."""
    for item in items:
        if QT_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.gui)


def pytest_collection_finish() -> None:
    """Thousands of collected tests live to the end: the garbage collector need not look through them again and again.

    Nor as often as it is used to: a test leaves little behind, and the process is short-lived.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def _session_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test ever touches the workspaces of the person who runs it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(HOME_VARIABLE, str(tmp_path_factory.mktemp("home")))
        yield


@pytest.fixture(scope="session", autouse=True)
def _patience() -> Iterator[None]:
    """No test waits for ever for another program."""
    with patience.commands_end():
        yield


@pytest.fixture
def desk_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty workspace home for this test alone."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv(HOME_VARIABLE, str(home))
    return home


@pytest.fixture(scope="session")
def qapp(qapp):
    """pytest-qt's application with the shipped fonts loaded, as the program loads them."""
    from PySide6.QtGui import QFont, QFontDatabase

    import resources

    for font in sorted(resources.path("fonts").glob("*.ttf")):
        assert QFontDatabase.addApplicationFont(str(font)) >= 0, font
    qapp.setFont(QFont("Noto Sans SC", 10))
    return qapp


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """A real PostgreSQL, started when the first test asks for it."""
    from tests.postgres_server import running_server

    with running_server() as server:
        yield server
