"""Registering a key and receiving what waited for it (登记签名并接收)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from services import bureau_keys, intake
from services.bureau_keys import BureauKeys
from services.intake_rows import IntakeReport, IntakeRow
from services.job import JobContext
from services.ports.store import QuarantineRecord
from services.workspaces import Workspace


def register_and_receive(
    workspace: Workspace,
    keys: BureauKeys,
    waiting: QuarantineRecord,
    ctx: JobContext,
    judged: Callable[[IntakeRow], object],
) -> IntakeReport:
    """Register the key of a waiting file, then take in every file that waits with the same key.

    KeyProblem as `bureau_keys.register_key`. Files that have gone from where they lay stay noted.
    """
    fingerprint = waiting.signer.get("fingerprint")
    paths = [
        Path(item.path)
        for item in intake.quarantine(workspace)
        if item.signer.get("fingerprint") == fingerprint and item.unit_code == waiting.unit_code
    ]
    bureau_keys.register_key(workspace, keys, waiting)
    return intake.receive(workspace, paths or [Path(waiting.path)], ctx, judged)
