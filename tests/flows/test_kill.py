"""An intake by command, into a workspace it makes itself, killed at any moment: it goes on (more kills: tests/faults)."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from main import Adapters
from services.ports.store import FilingQuery
from services.workspaces import open_workspace
from tests.flows.demo_folder import MEASURED, DemoFolder, command
from tests.patience import killed_after
from tests.source import ROOT

pytestmark = pytest.mark.slow


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
        filing
        for package in (*demo.packages, *demo.nested)  # by themselves, and inside the department's
        if package.payload["message_type"] == "submission"
        for filing in package.payload["filings"]
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
