"""Receipts for everything that waits for one (成批开具回执), with progress; stopping keeps those written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from services import receipts
from services.job import JobContext
from services.ports.exchange import UnlockedKey
from services.ports.store import PackageRecord
from services.workspaces import Workspace


def issue_receipts(
    workspace: Workspace, records: Sequence[PackageRecord], key: UnlockedKey, folder: Path, ctx: JobContext
) -> list[Path]:
    """Write a signed receipt for each record into `folder`; the files written."""
    written = []
    for index, record in enumerate(records):
        ctx.step(index, len(records), record.unit_name)
        written.append(Path(receipts.issue_receipt(workspace, record, key, folder).source_path))
    ctx.step(len(records), len(records), "回执已全部写入")
    return written
