"""What `./run` decides before it hands over: screen or none, and the caller's arguments untouched."""

from __future__ import annotations

import pytest

from bootstrap import start
from bootstrap.console import CannotStartError


@pytest.mark.parametrize(
    ("arguments", "window"),
    [
        ([], True),
        (["--workspace", "x"], True),
        (["demo", "x"], False),
        (["verify", "a.asice", "--json"], False),
        (["--help"], False),
        (["--self-check"], False),
    ],
)
def test_which_arguments_open_the_window(arguments, window):
    assert start.opens_window(arguments) is window


def test_subcommand_draws_offscreen():
    variables: dict[str, str] = {}
    start.settle_screen(["demo", "x"], variables, "linux")
    assert variables == {"QT_QPA_PLATFORM": "offscreen"}


@pytest.mark.parametrize("arguments", [[], ["demo", "x"]])
def test_a_chosen_platform_is_never_overruled(arguments):
    variables = {"QT_QPA_PLATFORM": "vnc"}
    start.settle_screen(arguments, variables, "linux")
    assert variables == {"QT_QPA_PLATFORM": "vnc"}


def test_window_without_a_screen_is_refused_and_demo_offered():
    with pytest.raises(CannotStartError, match=r"\./run demo"):
        start.settle_screen([], {"DISPLAY": ""}, "linux")


def test_wayland_is_a_screen():
    variables = {"WAYLAND_DISPLAY": "wayland-0"}
    start.settle_screen([], variables, "linux")
    assert variables == {"WAYLAND_DISPLAY": "wayland-0"}


def test_windows_always_has_a_screen():
    variables: dict[str, str] = {}
    start.settle_screen([], variables, "win32")
    assert variables == {}


def test_x11_libraries_are_asked_for_once(tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(
        start.system_packages, "missing_packages", lambda libraries, _machine: asked.append(libraries)
    )
    monkeypatch.setattr(start.system_packages, "provide", lambda *_arguments: None)
    start.provide_window_libraries(tmp_path / "window")
    start.provide_window_libraries(tmp_path / "window")
    assert len(asked) == 1
