"""Missing system libraries: installed when root, named exactly when not."""

from __future__ import annotations

import sys

import pytest

from bootstrap import bundle
from bootstrap.console import CannotStartError
from bootstrap.system_packages import (
    OFFSCREEN_LIBRARIES,
    WINDOW_LIBRARIES,
    Machine,
    missing_packages,
    provide,
)
from bootstrap.testing import TOOLS, provide_tools


class _Apt:
    def __init__(self, works: bool = True) -> None:
        self.works = works
        self.installed: list[list[str]] = []

    def __call__(self, packages: list[str]) -> bool:
        self.installed.append(packages)
        return self.works


def _machine(*, lacks=(), is_root=True, has_apt=True, apt=None) -> Machine:
    return Machine(lambda library: library not in lacks, is_root, has_apt, apt or _Apt())


def test_only_what_cannot_be_loaded_is_missing():
    machine = _machine(lacks={"libGL.so.1", "libEGL.so.1"})
    assert missing_packages(OFFSCREEN_LIBRARIES, machine) == ["libegl1", "libgl1"]
    assert missing_packages(WINDOW_LIBRARIES, machine) == []


def test_root_installs():
    apt = _Apt()
    provide(["libgl1"], "图形组件", _machine(apt=apt))
    assert apt.installed == [["libgl1"]]


def test_nothing_missing_asks_nobody():
    provide([], "图形组件", _machine(is_root=False, has_apt=False))


def test_ordinary_user_reads_the_exact_line():
    with pytest.raises(
        CannotStartError, match=r"sudo apt-get install -y --no-install-recommends libegl1 libgl1$"
    ):
        provide(["libegl1", "libgl1"], "图形组件", _machine(is_root=False))


def test_a_system_without_apt_reads_the_names():
    with pytest.raises(CannotStartError, match="libgl1"):
        provide(["libgl1"], "图形组件", _machine(has_apt=False))


def test_failed_installation_is_told_with_the_line():
    with pytest.raises(CannotStartError, match="apt-get install -y"):
        provide(["libgl1"], "图形组件", _machine(apt=_Apt(works=False)))


@pytest.fixture(autouse=True)
def _build_tools_are_there(monkeypatch):
    monkeypatch.setattr("bootstrap.bundle.shutil.which", lambda tool: f"/usr/bin/{tool}")


def test_tests_ask_for_each_missing_judge_once():
    apt = _Apt()
    provide_tools(_machine(lacks={"libxcb-cursor.so.0"}, apt=apt), lambda _tool: None)
    assert apt.installed == [sorted({*TOOLS.values(), "libxcb-cursor0"})]


def test_a_build_asks_for_its_tools_and_for_the_library_of_debians_python(monkeypatch):
    monkeypatch.setattr("bootstrap.bundle.shutil.which", lambda _tool: None)
    monkeypatch.setattr("bootstrap.bundle.sysconfig.get_config_var", lambda _name: "/nowhere")
    library = f"libpython3.{sys.version_info.minor}"
    machine = _machine(lacks={f"{library}.so.1.0", "libGL.so.1"})
    assert bundle.missing_packages(machine) == ["binutils", "libgl1", library, "xvfb"]


def test_tests_ask_for_nothing_on_a_complete_machine():
    apt = _Apt()
    provide_tools(_machine(apt=apt), lambda tool: f"/usr/bin/{tool}")
    assert apt.installed == []
