"""退回下级 (returning): a department's own slips to its units, once the bureau has issued its certificate.

A unit's desk believes a slip by the certificate's role and the register's line; under a self-signed certificate anybody
could claim to be its department.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from models.domain.errors import KeyProblem
from services.job import JobContext
from services.ports.exchange import SignerRole
from services.ports.store import PackageRecord
from services.review.return_slips import Returned, issue_return_slips
from services.sealing import signer
from services.workspaces import Workspace


def return_obstacle(workspace: Workspace) -> str:
    """Why this department cannot issue slips now, in one sentence with what to do; "" when it can."""
    certificate = signer(workspace)
    if certificate is None:
        return "还没有设置签名密码，请在“设置”里设置后再退回。"
    if certificate.is_self_signed or certificate.subject.role is not SignerRole.DEPARTMENT:
        return (
            "财政部门还没有登记本部门的签名，请在“设置”里生成签名登记申请交给财政部门，装入新的任务参数包后再退回；"
            "急需修改的请先与单位联系。"
        )
    return ""


def issue_slips(
    workspace: Workspace, chosen: Sequence[Returned], folder: Path, password: str, ctx: JobContext
) -> list[PackageRecord]:
    """One slip per unit into `folder`; KeyProblem without the bureau's certificate or with a wrong password."""
    if blocked := return_obstacle(workspace):
        what, _, remedy = blocked.partition("，")
        raise KeyProblem(what, remedy, "签名")
    key = workspace.vault.unlock("unit", password, workspace.tools.clock.now())
    return issue_return_slips(workspace, chosen, key, folder, ctx, is_sorted=True)
