"""Announcements around keys and certificates (签名到期提醒), one sentence each with what to do; how early is kit data."""

from __future__ import annotations

from datetime import datetime, timedelta

from forms.kinds import show_date
from models.domain.message import RequestPurpose
from services.bureau_keys import trust_of
from services.certificate_list import CertificateState, certificate_sheet
from services.desk_trust import desk_trust
from services.key_care import KeyState, key_states
from services.key_renewals import open_renewals
from services.ports.exchange import SignerRole, TrustMaterial
from services.workspaces import Workspace


def filer_notices(workspace: Workspace) -> tuple[str, ...]:
    """What a unit's clerk should know on the home page, the most urgent first."""
    kit = workspace.current_kit().kit
    if not kit.root_certificate or not workspace.vault.names():
        return ()
    told = [sentence for state in key_states(workspace) if (sentence := _state_words(state))]
    stale = _stale_words(workspace, desk_trust(workspace, kit))
    return (*told, *((stale,) if stale else ()))


def _state_words(state: KeyState) -> str:
    """The sentence for one key, "" where nothing is to be done."""
    whose, until = f"{state.whose}的签名", show_date(state.valid_until)
    if state.is_revoked:
        return f"{whose}已被财政部门注销，不能再签。请在“设置”里更换签名，把补办申请交给财政部门。"
    if state.certificate.is_self_signed:
        if state.due is RequestPurpose.REPLACEMENT:
            return f"{whose}已更换，还没有重新登记。请在“设置”里生成补办申请，连同盖章的申请表交给财政部门。"
        return ""
    if state.days_left < 0:
        return f"{whose}证书已于{until}到期，不能再签。请在“设置”里更换签名，把补办申请交给财政部门。"
    if state.due is RequestPurpose.RENEWAL:
        return f"{whose}证书{until}到期，还有 {state.days_left} 天。请在“设置”里生成续期申请，交给财政部门。"
    return ""


def _stale_words(workspace: Workspace, trust: TrustMaterial) -> str:
    """That the newest revocation list here has run out, "" while it serves."""
    until = _list_until(workspace, trust)
    if until is None or until >= workspace.tools.clock.now():
        return ""
    day = show_date(workspace.local(until).date())
    return f"任务参数包里的证书注销名单{day}已到期，财政部门的回执暂时无法核对。请向财政部门索取新的任务参数包或证书名单。"


def _list_until(workspace: Workspace, trust: TrustMaterial) -> datetime | None:
    """When the newest revocation list of the present root runs out, None where there is none."""
    lists = "".join(trust.revocation_lists)
    return (
        workspace.tools.authority.read_revocation_list(trust.roots[0], lists).next_update if lists else None
    )


def bureau_notices(workspace: Workspace) -> tuple[str, ...]:
    """What the bureau should know: requests that wait, units' keys and its own near their end."""
    told = []
    if waiting := open_renewals(workspace):
        told.append(f"有 {len(waiting)} 份续期申请等待签发。")
    if due := _list_words(workspace):
        told.append(due)
    lines = certificate_sheet(workspace).lines
    near = [line for line in lines if line.state is CertificateState.EXPIRING]
    units = [line for line in near if line.role is not SignerRole.BUREAU]
    if units:
        told.append(f"有 {len(units)} 个单位签名快到期，请提醒这些单位交来续期申请。")
    own = [line for line in near if line.role is SignerRole.BUREAU and line.is_current]
    if own:
        told.append(f"本局的签名{show_date(own[0].valid_until)}到期，请点“根密钥保管…”，办理“本局签名续期”。")
    root = _root_words(workspace)
    return (*told, *((root,) if root else ()))


def _list_words(workspace: Workspace) -> str:
    """That the list comes near its end: once it has run out, nothing can be judged here or at the units."""
    trust = trust_of(workspace)
    until, now = _list_until(workspace, trust), workspace.tools.clock.now()
    if until is None or (until - now).days >= trust.renewal_notice_days:
        return ""
    when = f"{show_date(workspace.local(until).date())}{'已' if until < now else ''}到期"
    return f"证书注销名单{when}，请点“更新证书注销名单”，再下发任务参数包或导出证书名单交给各单位。"


def _root_words(workspace: Workspace) -> str:
    """That the next root is due: certificates never outlive their root, so it is that much earlier than for a leaf."""
    if "root" not in workspace.vault.names():
        return ""
    info, now = workspace.vault.certificate("root"), workspace.tools.clock.now()
    ahead = timedelta(days=trust_of(workspace).renewal_notice_days)
    if info.not_after - now > workspace.tools.authority.leaf_lifetime + ahead:
        return ""
    day = show_date(workspace.local(info.not_after).date())
    return f"根证书{day}到期，请点“根密钥保管…”，办理“更换根证书”，再下发任务参数包。"
