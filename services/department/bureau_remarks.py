"""What the bureau said of a unit's form (财政部门的意见): read out of its returns that went through this department.

The words belong to bureau and unit: the department reads them to know why a form came back and to help its unit, it
answers and changes none of them. So they are never kept among its own remarks; they are read anew from the own copy
of the slip that was handed on.
"""

from __future__ import annotations

from models.domain.errors import InputError
from models.domain.message import MessageType
from models.domain.review import ReviewComment
from services.department.passing_down import FOR_UNIT
from services.ports.exchange import TrustMaterial
from services.ports.store import PackageRecord
from services.returned import remarks_in_slip
from services.workspaces import DeskRole, Workspace


def bureau_remarks(workspace: Workspace, filing_id: str) -> tuple[ReviewComment, ...]:
    """The bureau's remarks and opinions on a filing, the newest version first; none at other desks than a department's.

    A slip whose own copy can no longer be read is passed over.
    """
    if workspace.profile.role is not DeskRole.DEPARTMENT:
        return ()
    with workspace.store.reading() as work:
        slips = work.packages.find(FOR_UNIT, MessageType.RETURN_SLIP.value)
    found: list[ReviewComment] = []
    for record in slips:
        if any(told == filing_id for told, _version in record.filing_versions):
            found += _said(workspace, record, filing_id)
    return tuple(sorted(found, key=lambda item: -item.version))


def _said(workspace: Workspace, record: PackageRecord, filing_id: str) -> list[ReviewComment]:
    """What one slip says of the filing."""
    copy, now = workspace.archive / record.archive_name, workspace.tools.clock.now()
    judged = workspace.tools.reader.judge(copy, TrustMaterial(), now, inspect_documents=False)
    if judged.payload is None or judged.manifest_sha256 != record.manifest_sha256:
        return []
    try:
        return remarks_in_slip(judged.payload, copy, filing_id)
    except InputError:
        return []
