"""Try the frozen program out (打包后的试运行): does it find its parts, draw on a real screen, run the demo?

Standard library only. Usage: python packaging/smoke.py dist/budget-desk
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FONT = "Noto Sans SC"
MANY = 200
"""Packages that are judged by several processes (exchange/judging_ahead.py)."""
FORBIDDEN = ("Qt6Network", "Qt6Qml", "Qt6Quick", "QtNetwork.", "QtQml.", "QtQuick.")


class SmokeError(Exception):
    """The bundle is not fit to be handed out; the message says what is wrong."""


def main(arguments: list[str]) -> int:
    """Every trial in turn; the first that fails ends it with status 1."""
    bundle = Path(arguments[0]).resolve()
    try:
        check_contents(bundle)
        check_parts(bundle, "offscreen", {})
        if sys.platform == "linux":
            with screen() as display:
                check_parts(bundle, "xcb", {"DISPLAY": display})
        with tempfile.TemporaryDirectory() as folder:
            check_demo(bundle, Path(folder) / "demo")
            check_import(bundle, Path(folder) / "demo")
    except SmokeError as problem:
        print(f"FAILED: {problem}", file=sys.stderr)
        return 1
    print(f"{bundle}: {size(bundle) / 1e6:.0f} MB, all trials passed", file=sys.stderr)
    return 0


def size(bundle: Path) -> int:
    """Bytes of the whole folder."""
    return sum(path.stat().st_size for path in bundle.rglob("*") if path.is_file() and not path.is_symlink())


def check_contents(bundle: Path) -> None:
    """Nothing in the bundle that talks to networks. Raises SmokeError."""
    found = [path.name for path in bundle.rglob("*") if any(part in path.name for part in FORBIDDEN)]
    if found:
        raise SmokeError(f"must not be in the bundle: {found}")


def start(bundle: Path, arguments: list[str], variables: dict[str, str]) -> str:
    """Run the bundle as on a strange machine, without our Python's settings; its standard output."""
    name = "budget-desk-console.exe" if sys.platform == "win32" else "budget-desk"
    bare = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("PYTHON", "QT_", "VIRTUAL_ENV"))
    }
    with tempfile.TemporaryDirectory() as home:
        answer = subprocess.run(
            [bundle / name, *arguments],
            env={**bare, "BUDGET_DESK_HOME": home, **variables},
            cwd=home,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=300,
            check=False,
        )
    if answer.returncode != 0:
        raise SmokeError(f"{arguments} ended with {answer.returncode}:\n{answer.stderr[-3000:]}")
    return answer.stdout


def check_parts(bundle: Path, platform: str, variables: dict[str, str]) -> None:
    """The program finds fonts, kits and translations, and Qt opens on `platform`. Raises SmokeError."""
    answer = json.loads(start(bundle, ["--self-check"], {"QT_QPA_PLATFORM": platform, **variables}))
    if answer["platform"] != platform:
        raise SmokeError(f"drew on {answer['platform']} instead of {platform}")
    if FONT not in answer["fonts"]:
        raise SmokeError(f"shipped fonts are not found: {answer['fonts']}")
    for part in ("kits", "translations", "practice_units", "tokens", "judging_processes"):
        if not answer[part]:
            raise SmokeError(f"no {part} found")


def check_demo(bundle: Path, target: Path) -> None:
    """The whole round trip, every package accepted, every screen drawn. Raises SmokeError."""
    start(bundle, ["demo", str(target)], {"QT_QPA_PLATFORM": "offscreen"})
    result = json.loads((target / "result.json").read_text(encoding="utf-8"))
    refused = [p for p in result["packages"] if p["verdict"] not in {"valid", "valid_with_notes"}]
    if refused or not result["packages"]:
        raise SmokeError(f"packages of the demo were not accepted: {refused}")
    absent = [name for name in result["screens"] if not any(target.rglob(Path(name).name))]
    if absent or not result["screens"]:
        raise SmokeError(f"screens of the demo were not drawn: {absent}")


def check_import(bundle: Path, demo: Path) -> None:
    """So many packages at once that other processes judge them, each under a name nobody knows. Raises SmokeError."""
    sent = sorted((demo / "stick").glob("*_submission_*.asice"))
    known = next(path for path in sent if "_department_" not in path.name)
    copies = demo / "copies"
    copies.mkdir()
    for number in range(MANY):
        shutil.copyfile(known, copies / f"{number}.asice")
    told = json.loads(
        start(bundle, ["import", str(copies), "--workspace", str(demo / "bureau"), "--json"], {})
    )
    if told["unchanged"] != MANY:
        raise SmokeError(f"{MANY} copies of a package received before: {told}")


@contextmanager
def screen() -> Iterator[str]:
    """A real X11 screen without a monitor, for the length of the block; its DISPLAY."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as answer:
            number = answer.readline().strip()
        if not number:
            raise SmokeError("Xvfb did not start")
        yield f":{number}"
    finally:
        server.terminate()
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
