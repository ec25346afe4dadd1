"""The hashed locks: what pyproject.toml asks for, every file hashed, and no address of any machine."""

from __future__ import annotations

import re
import tomllib

import pytest

from bootstrap.locks import ROOT, is_current, lock_file, record, stamp_text, was_installed

NAMES = ("run", "dev", "build", "installer")
PINNED = re.compile(r"^(?P<name>[a-z0-9.\-]+)(\[[a-z,]+\])?==(?P<version>[^ ;\\]+)")


def _project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def _wanted(name: str) -> list[str]:
    project = _project()
    groups = project["dependency-groups"]
    if name == "installer":
        return groups["installer"]
    wanted: list[str] = project["project"]["dependencies"]
    return wanted + groups.get(name, [])


def _pin(requirement: str) -> tuple[str, str]:
    found = re.match(r"([A-Za-z0-9._\-]+)(?:\[.*?\])?==([^ ;\\]+)", requirement)
    assert found, f"not pinned: {requirement}"
    return re.sub(r"[-_.]+", "-", found[1]).lower(), found[2]


def _locked(name: str) -> set[tuple[str, str]]:
    lines = lock_file(name).read_text(encoding="utf-8").splitlines()
    return {_pin(line) for line in lines if PINNED.match(line)}


@pytest.mark.parametrize("name", NAMES)
def test_lock_holds_every_direct_dependency_at_its_version(name):
    assert {_pin(requirement) for requirement in _wanted(name)} <= _locked(name)


@pytest.mark.parametrize("name", NAMES)
def test_lock_names_no_address_and_no_machine(name):
    text = lock_file(name).read_text(encoding="utf-8")
    for trace in ("://", "--index-url", "--extra-index-url", "--find-links", "--trusted-host", "file:", "/"):
        hits = [
            line
            for line in text.splitlines()
            if trace in line and not line.strip().endswith("-c requirements/run.txt")
        ]
        assert not hits, f"{trace} in {lock_file(name).name}: {hits[:3]}"


@pytest.mark.parametrize("name", NAMES)
def test_every_locked_version_is_hashed(name):
    blocks = re.split(r"\n(?=[a-z0-9])", lock_file(name).read_text(encoding="utf-8").strip())
    for block in blocks:
        assert PINNED.match(block), block[:80]
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", block), block[:80]


@pytest.mark.parametrize("name", ["dev", "build"])
def test_larger_locks_contain_the_run_lock(name):
    assert _locked("run") <= _locked(name)


def test_kylin_pin_on_arm():
    text = lock_file("run").read_text(encoding="utf-8")
    assert "pyside6-essentials==6.8.0.2 ; platform_machine == 'aarch64' and sys_platform == 'linux'" in text


def test_record_of_an_installation_goes_stale_when_the_lock_changes(tmp_path, monkeypatch):
    assert not is_current(tmp_path, "run")
    record(tmp_path, "run")
    assert is_current(tmp_path, "run")
    assert was_installed(tmp_path, "run")
    assert not was_installed(tmp_path, "dev")
    changed = stamp_text("run") + "more==1"
    monkeypatch.setattr("bootstrap.locks.stamp_text", lambda _name: changed)
    assert not is_current(tmp_path, "run")
    assert was_installed(tmp_path, "run")
