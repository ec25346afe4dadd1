"""The command line over the practice county in memory: the real `main`, the tools replaced."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import main
from tests.fakes.clock import MovableClock
from tests.fakes.tools import FakeTools
from tests.services.county import County, build_county
from tests.services.kit_digests import reckoned_once


@dataclass(frozen=True)
class Said:
    """What a command left behind: exit status, stdout and stderr."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Stdout as the one JSON document it must be."""
        return json.loads(self.out)

    @property
    def sentence(self) -> str:
        """The sentence of a command that could not do it: one line on stderr, nothing on stdout."""
        assert self.status == 2
        assert self.out == ""
        lines = [line for line in self.err.splitlines() if not line.startswith("[")]
        assert len(lines) == 1
        assert lines[0].endswith("。")
        assert "Traceback" not in self.err
        return lines[0]


Run = Callable[..., Said]


@pytest.fixture(scope="session", autouse=True)
def _digests() -> Iterator[None]:
    """Hundreds of packages are sealed under the same few kits."""
    with reckoned_once():
        yield


@pytest.fixture
def county(tmp_path: Path) -> County:
    return build_county(FakeTools(MovableClock()), tmp_path)


@pytest.fixture
def run(county: County, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Run a command in this process."""
    monkeypatch.setattr(main, "Adapters", lambda: county.tools)
    monkeypatch.setattr(main, "draw_screens", lambda _unit, _bureau, _target: ["一张.png"])

    def call(*arguments: object) -> Said:
        capfd.readouterr()
        try:
            status: Any = main.main([str(argument) for argument in arguments])
        except SystemExit as end:
            status = end.code
        captured = capfd.readouterr()
        return Said(status, captured.out, captured.err)

    return call


@pytest.fixture
def trust(county: County) -> dict[str, Path]:
    """Root, revocation list and an empty place for registered certificates, as files."""
    from services import bureau_keys

    material = bureau_keys.trust_of(county.bureau)
    files = {"root": material.roots[0], "crl": material.revocation_lists[0]}
    for name, text in files.items():
        (county.folder / f"{name}.pem").write_text(text)
    return {name: county.folder / f"{name}.pem" for name in files}
