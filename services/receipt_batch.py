"""Receipts for everything that waits for one (成批开具回执), with progress; stopping keeps those written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from services import receipts
from services.job import JobContext
from services.ports.exchange import UnlockedKey
from services.ports.store import PackageRecord
from services.unit_folders import place_for
from services.workspaces import Workspace


def issue_receipts(
    workspace: Workspace, records: Sequence[PackageRecord], key: UnlockedKey, folder: Path, ctx: JobContext
) -> list[Path]:
    """Write a signed receipt for each record into `folder`, by whom it is handed back to; the files written.

    What a department brought goes back through it: its units' receipts lie in the department's folder.
    """
    written, through = [], [_brought_by(workspace, record) for record in records]
    codes = [record.unit_code for record in through]
    for index, (record, to) in enumerate(zip(records, through, strict=True)):
        ctx.step(index, len(records), record.unit_name)
        place = place_for(folder, to.unit_code, to.unit_name, codes)
        written.append(Path(receipts.issue_receipt(workspace, record, key, place).source_path))
    ctx.step(len(records), len(records), "回执已全部写入")
    return written


def _brought_by(workspace: Workspace, record: PackageRecord) -> PackageRecord:
    """The package that came to the bureau's door: a department's where it carried this one, else the package itself."""
    if not record.carrier_sha256:
        return record
    with workspace.store.reading() as work:
        return work.packages.get(record.carrier_sha256) or record
