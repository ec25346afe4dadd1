"""Messages that come down to a desk (上级发来的文件): judged by the kit's root, for this unit, from its bureau or department.

That only a bureau issues receipts and approvals the strict reader sees to; which department may return a unit's form
only the unit's own register line can tell.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.domain.errors import InputError
from models.domain.message import MessageType
from models.domain.verdict import Judgement
from services.desk_trust import desk_trust
from services.gravest import what_is_wrong
from services.ports.exchange import SignerRole
from services.workspaces import Workspace


@dataclass(frozen=True)
class BureauMessage:
    """A message that may be taken in (可装入的文件); `sender` is the unit name of who signed."""

    path: Path
    judged: Judgement
    payload: dict[str, Any]
    sender: str


def read_message(workspace: Workspace, path: Path, kind: MessageType) -> BureauMessage:
    """Judge a file that should be such a message for this unit; InputError says why it is not."""
    message = sound_message(workspace, path, kind)
    payload = message.payload
    if not _may_speak(workspace, message.judged):
        raise InputError(
            f"这份{kind.label}不是财政部门或本单位主管部门签发的", "请不要使用，并告知财政部门", path.name
        )
    if payload.get("to_unit_code") != workspace.profile.unit.code:
        raise InputError(
            f"这是给“{payload.get('to_unit_name')}”的{kind.label}", f"请选择本单位的{kind.label}", path.name
        )
    return message


def sound_message(workspace: Workspace, path: Path, kind: MessageType) -> BureauMessage:
    """Judge a file that should be such a message, whoever it is for; InputError says why it is not."""
    kit, now = workspace.current_kit().kit, workspace.tools.clock.now()
    judged = workspace.tools.reader.judge(path, desk_trust(workspace, kit), now)
    if not judged.verdict.is_acceptable or judged.payload is None:
        wrong = what_is_wrong(workspace.tools.reasons, judged.verdict)
        raise InputError(wrong, f"请向财政部门核实后重新取得{kind.label}", path.name)
    payload: dict[str, Any] = judged.payload
    if judged.message_type != kind.value:
        raise InputError(f"这个文件不是{kind.label}", f"请选择财政部门交回的{kind.label}文件", path.name)
    return BureauMessage(path, judged, payload, judged.signers[0].unit)


def _may_speak(workspace: Workspace, judged: Judgement) -> bool:
    """Whether the signer is the bureau or the unit's own department."""
    if judged.signers and judged.signers[0].role == SignerRole.BUREAU.label:
        return True
    department = workspace.profile.unit.department_code
    return bool(judged.signers and department) and judged.unit_code == department
