"""The smoke test of the bundle must be able to fail: each trial against a stand-in that is wrong in one way."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.source import ROOT

GOOD_PARTS = {
    "platform": "offscreen",
    "fonts": ["Noto Sans SC"],
    "kits": ["通用示范"],
    "translations": ["qtbase_zh_CN.qm"],
    "practice_units": 12,
    "tokens": True,
    "judging_processes": True,
}
GOOD_DEMO = {"packages": [{"file": "a.asice", "verdict": "valid"}], "screens": ["a.png"]}
PROGRAM = """#!{python}
import json, pathlib, sys
if sys.argv[1] == "--self-check":
    print({parts!r})
elif sys.argv[1] == "import":
    copies = [path for path in pathlib.Path(sys.argv[2]).glob("*.asice") if path.read_bytes() == b"package"]
    print(json.dumps(dict(unchanged=len(copies) - {lost})))
else:
    target = pathlib.Path(sys.argv[2])
    (target / "screens").mkdir(parents=True)
    (target / "screens" / "a.png").touch()
    (target / "stick").mkdir()
    (target / "stick" / "820001_2026_submission_1_0123abcd.asice").write_bytes(b"package")
    (target / "result.json").write_text({demo!r})
raise SystemExit({status})
"""


@pytest.fixture(scope="module")
def smoke() -> ModuleType:
    """packaging/smoke.py, which is a recipe and no module of ours."""
    spec = importlib.util.spec_from_file_location("bundle_smoke", ROOT / "packaging" / "smoke.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def stand_in(tmp_path):
    """A bundle that answers what it is told to."""

    def make(parts: dict = GOOD_PARTS, demo: dict = GOOD_DEMO, status: int = 0, lost: int = 0) -> Path:
        program = tmp_path / "bundle" / "budget-desk"
        program.parent.mkdir()
        text = PROGRAM.format(
            python=sys.executable, parts=json.dumps(parts), demo=json.dumps(demo), status=status, lost=lost
        )
        program.write_text(text, encoding="utf-8")
        program.chmod(0o755)
        return program.parent

    return make


def test_a_good_bundle_passes(smoke, stand_in, tmp_path):
    bundle = stand_in()
    smoke.check_contents(bundle)
    smoke.check_parts(bundle, "offscreen", {})
    smoke.check_demo(bundle, tmp_path / "demo")
    smoke.check_import(bundle, tmp_path / "demo")


def test_another_screen_than_asked_for_is_seen(smoke, stand_in):
    with pytest.raises(smoke.SmokeError, match="instead of xcb"):
        smoke.check_parts(stand_in(), "xcb", {})


@pytest.mark.parametrize(
    "part", ["fonts", "kits", "translations", "practice_units", "tokens", "judging_processes"]
)
def test_missing_parts_are_seen(smoke, stand_in, part):
    with pytest.raises(smoke.SmokeError, match=part):
        smoke.check_parts(stand_in(parts={**GOOD_PARTS, part: []}), "offscreen", {})


@pytest.mark.parametrize(
    "demo",
    [
        {**GOOD_DEMO, "packages": []},
        {**GOOD_DEMO, "packages": [{"file": "a.asice", "verdict": "altered"}]},
        {**GOOD_DEMO, "screens": []},
        {**GOOD_DEMO, "screens": ["b.png"]},
    ],
)
def test_a_poor_demo_is_seen(smoke, stand_in, tmp_path, demo):
    with pytest.raises(smoke.SmokeError, match="demo"):
        smoke.check_demo(stand_in(demo=demo), tmp_path / "demo")


def test_a_lost_package_is_seen(smoke, stand_in, tmp_path):
    bundle = stand_in(lost=1)
    smoke.check_demo(bundle, tmp_path / "demo")
    with pytest.raises(smoke.SmokeError, match="200 copies"):
        smoke.check_import(bundle, tmp_path / "demo")


def test_a_crash_is_seen(smoke, stand_in):
    with pytest.raises(smoke.SmokeError, match="ended with 3"):
        smoke.check_parts(stand_in(status=3), "offscreen", {})


def test_network_libraries_are_seen(smoke, stand_in):
    bundle = stand_in()
    (bundle / "libQt6Network.so.6").touch()
    with pytest.raises(smoke.SmokeError, match="Network"):
        smoke.check_contents(bundle)
