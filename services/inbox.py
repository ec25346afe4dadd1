"""Whatever comes down to a clerk's desk (回执与退回): told apart by its content, never by its name."""

from __future__ import annotations

from pathlib import Path

from models.domain.errors import InputError
from models.domain.message import MessageType
from services import kits, receipts
from services.approved_messages import TakenApprovals, take_approvals
from services.department.passing_down import TakenForUnit, is_for_unit, take_for_unit
from services.kits import KitOffer
from services.ports.exchange import TrustMaterial
from services.receipts import TakenReceipt
from services.returned import TakenSlip, take_return_slip
from services.trust_lists import TakenTrust, take_trust_list
from services.workspaces import Workspace

Taken = KitOffer | TakenReceipt | TakenSlip | TakenApprovals | TakenForUnit | TakenTrust
"""What became of a file: a kit is only looked at, everything else is taken in."""


def take_in(workspace: Workspace, path: Path) -> Taken:
    """Take a file in, or look at it when it is a kit. InputError or KitProblem says why it is not for this desk."""
    tools = workspace.tools
    judged = tools.reader.judge(path, TrustMaterial(), tools.clock.now(), inspect_documents=False)
    kind = judged.message_type
    if is_for_unit(workspace, kind, judged.payload):
        return take_for_unit(workspace, path)
    if kind == MessageType.PARAMETER_KIT.value:
        return kits.look_at_kit(tools, path, workspace.current_kit().kit)
    if kind == MessageType.RETURN_SLIP.value:
        return take_return_slip(workspace, path)
    if kind == MessageType.APPROVAL.value:
        return take_approvals(workspace, path)
    if kind == MessageType.TRUST_LIST.value:
        return take_trust_list(workspace, path)
    if kind in (None, MessageType.RECEIPT.value):
        return receipts.take_receipt(workspace, path)
    label = MessageType(kind).label if kind in set(MessageType) else "别的文件"
    raise InputError(f"这是{label}，不是发给填报单位的", "请选择财政部门或主管部门交回的文件", path.name)
