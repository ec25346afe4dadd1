"""What the intake tests share (接收测试公用): honest payloads to spoil, refusals without a trace."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from services import intake
from services.intake_rows import IntakeOutcome
from services.workspaces import Workspace
from tests.services.county import County, everything_but_notes


def payload_of(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text("utf-8"))["payload"]


def sealed_payload(county: County, desk: Workspace, count: int = 1) -> dict[str, Any]:
    """The payload of an honest package whose key is registered but which nobody has received."""
    path = county.sealed(desk, county.filled(desk, count))
    county.receive(path)
    county.register()
    intake.set_aside(county.bureau, str(path))
    payload = payload_of(path)
    path.unlink()
    return payload


def three_sealed(county: County, desk: Workspace) -> list[Path]:
    """Three packages of a unit whose key is registered, nothing of them received."""
    first, *ids = county.filled(desk, 4)
    county.accepted(desk, [first])
    return [county.sealed(desk, [filing_id]) for filing_id in ids]


def names_judged(county: County, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the files the strict reader is asked about from now on."""
    asked: list[str] = []
    judge: Callable[..., Any] = county.tools.reader.judge

    def noted(path: Path, *given: Any, **more: Any) -> Any:
        asked.append(path.name)
        return judge(path, *given, **more)

    monkeypatch.setattr(county.tools.reader, "judge", noted)
    return asked


def refused(county: County, path: Path) -> set[str]:
    """Reason codes of a file that must be refused without a trace."""
    before = everything_but_notes(county.bureau)
    (row,) = county.receive(path).rows
    assert row.outcome is IntakeOutcome.REFUSED
    assert everything_but_notes(county.bureau) == before
    (note,) = [n for n in intake.quarantine(county.bureau) if n.path == str(path)]
    assert {reason["code"] for reason in note.reasons} == {reason.code for reason in row.reasons}
    assert (note.size, len(note.sha256)) == (path.stat().st_size, 64)
    return {reason.code for reason in row.reasons}
