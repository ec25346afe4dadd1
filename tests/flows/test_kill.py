"""Killed at any moment: the last acknowledged batch is there, the desk says it was cut off, an intake goes on."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from main import Adapters
from services import filings, setup
from services.ports.store import FilingQuery
from services.workspaces import DeskRole, open_workspace
from tests.flows.demo_folder import MEASURED, DemoFolder, command
from tests.flows.kill_worker import ROWS
from tests.patience import killed_after
from tests.source import ROOT

pytestmark = pytest.mark.slow


def killed(words: list[str], seconds: float, first: str) -> list[str]:
    """Start a program, kill it some time after its first line; the whole lines it had said."""
    with subprocess.Popen(
        [sys.executable, *words], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as program:
        assert program.stdout is not None
        with killed_after(program):
            line = program.stdout.readline()
        assert line.startswith(first), line + program.stdout.read()
        time.sleep(seconds)
        program.kill()
        rest = program.stdout.read()
    return [line, *(one for one in rest.splitlines(keepends=True) if one.endswith("\n"))]


def test_the_last_acknowledged_batch_is_there(tmp_path: Path) -> None:
    folder, tools = tmp_path / "desk", Adapters()
    kit, unit = tools.builtin_kits(2026)[0], tools.practice.practice_units()[-1]
    setup.set_up_unit_builtin(tools, folder, kit, unit, "张敏", DeskRole.FILER).close()
    moments, acknowledged = random.Random(20260901), 0
    for round_number in range(10):
        said = killed(["-m", "tests.flows.kill_worker", str(folder)], moments.uniform(0.05, 0.5), "ready")
        assert said[0] == f"ready {int(round_number > 0)}\n"
        acknowledged = int(said[-1]) if len(said) > 1 else acknowledged
        opened = open_workspace(tools, folder)
        assert opened.was_cut_off
        with opened.workspace.store.reading() as work:
            kept = work.filings.find(FilingQuery())
            rows = work.filings.indicator_rows(FilingQuery())
        opened.workspace.store.close()
        stamp = int(kept[0].answers["reviewer_name"]) if kept else 0
        assert stamp in (acknowledged, acknowledged + 1)
        assert len(kept) <= 1
        assert [row.values["planned_value"] for row in rows] == [str(stamp)] * (ROWS if kept else 0)
        acknowledged = stamp
    assert acknowledged > 10
    last = open_workspace(tools, folder).workspace
    history = filings.history(last, kept[0].filing_id, "reviewer_name")
    assert [change.after for change in history] == [str(n) for n in range(acknowledged, 0, -1)]
    last.close()
    assert not open_workspace(tools, folder).was_cut_off


@pytest.mark.judge
def test_an_intake_killed_at_any_moment_goes_on(demo: DemoFolder, tmp_path: Path) -> None:
    kit = max((demo.root / "stick").glob("*_parameter_kit_*"), key=lambda path: path.stat().st_mtime_ns)
    root, folder = demo.root / "trust" / "root.pem", tmp_path / "new"
    words = ["import", str(demo.root / "stick"), "--workspace", str(folder), "--kit", str(kit)]
    words += ["--trust", str(root)]
    moments = random.Random(7)
    for number in range(6):
        start = [sys.executable, "main.py", *words]
        with subprocess.Popen(start, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as program:
            assert program.stderr is not None
            if number % 2:
                with killed_after(program):
                    program.stderr.readline()  # it has begun to receive
            time.sleep(moments.uniform(0.0, 0.5))
            program.kill()
    result = json.loads(command(*words, "--json", status=1).stdout)
    sent = [
        f for p in demo.packages if p.payload["message_type"] == "submission" for f in p.payload["filings"]
    ]
    assert result["filings"] <= len(sent) == demo.result["filings"] + MEASURED
    wanted = {(filing["filing_id"], int(filing["version"])) for filing in sent}
    desk = open_workspace(Adapters(), folder, marks_end=False).workspace
    with desk.store.reading() as work:
        kept = work.filings.find(FilingQuery())
        assert {filing.filing_id for filing in kept} == {filing_id for filing_id, _ in wanted}
        received = work.packages.find("received", "submission")
    assert {tuple(version) for record in received for version in record.filing_versions} == wanted
    for record in received:
        documents = desk.tools.reader.documents(desk.archive / record.archive_name, record.manifest_sha256)
        assert len(documents) == 2 * len(record.filing_versions)
    desk.close()
    again = json.loads(command(*words, "--json", status=1).stdout)
    assert (again["received"], again["replaced"]) == (0, 0)
