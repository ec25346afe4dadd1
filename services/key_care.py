"""A unit's own keys over the years (签名的续期与补办): which request is due, and writing it.

A renewal is signed by the key in force, so the bureau needs no paper; a key that is lost cannot sign, so its
successor asks by a 补办 request whose 核对码 is compared with the paper again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from models.domain.errors import InputError, KeyProblem
from models.domain.message import PURPOSE, REPLACES, MessageType, RequestPurpose
from services import messages, setup
from services.changes import Topic
from services.desk_trust import desk_trust, revoked_by
from services.key_names import HEAD, UNIT
from services.one_line import one_line
from services.own_certificates import NEXT
from services.permission_table import Action
from services.permissions import require
from services.ports.exchange import CertificateInfo, SignerRole, Subject, UnlockedKey, WrittenPackage
from services.received import archive_name, copy_to_archive
from services.workspaces import Workspace

_REPLACED = "replaced_keys"
"""Setting: by name of the key, the 核对码 of the one it replaced, until its certificate comes home."""
WHOSE = {UNIT: "填报人", HEAD: "单位负责人"}


@dataclass(frozen=True, slots=True)
class KeyState:
    """How one of the desk's keys stands (签名状况): days to its end, and which request is due.

    `due` is None where nothing is to be asked for; `waits` that a request of that kind was written already.
    """

    name: str
    certificate: CertificateInfo
    valid_until: date
    days_left: int
    due: RequestPurpose | None
    replaces: str = ""
    is_revoked: bool = False
    awaits_next: bool = False

    @property
    def whose(self) -> str:
        """填报人 or 单位负责人."""
        return WHOSE[self.name]


def key_states(workspace: Workspace) -> tuple[KeyState, ...]:
    """The desk's keys, the clerk's first."""
    vault, kit = workspace.vault, workspace.current_kit().kit
    with workspace.store.reading() as work:
        replaced = _replaced(work.settings.get(_REPLACED))
    names = vault.names()
    gone = revoked_by(workspace, desk_trust(workspace, kit)) if kit.root_certificate else {}
    found = []
    for name in (UNIT, HEAD):
        if name not in names:
            continue
        info, now = vault.certificate(name), workspace.tools.clock.now()
        left = (info.not_after - now).days
        is_revoked = info.serial in gone
        due = None
        if (info.is_self_signed and replaced.get(name)) or (
            not info.is_self_signed and (is_revoked or left < 0)
        ):
            due = RequestPurpose.REPLACEMENT
        elif not info.is_self_signed and left < kit.renewal_notice_days:
            due = RequestPurpose.RENEWAL
        until = info.not_after.astimezone(now.tzinfo).date()
        waits = f"{name}{NEXT}" in names
        found.append(KeyState(name, info, until, left, due, replaced.get(name, ""), is_revoked, waits))
    return tuple(found)


def make_head_key(workspace: Workspace, person_name: str, password: str) -> CertificateInfo:
    """Make (or replace) the key of 单位负责人, who signs after the clerk; it has a password of its own.

    InputError for a missing name or a password too short, NotAllowed for whom this is not the work of.
    """
    require(workspace, Action.OWN_KEYS)
    setup.check_password(password)
    name = one_line(person_name)
    if not name:
        raise InputError("单位负责人姓名没有填", "请填写姓名", "单位负责人签名")
    return _made(workspace, HEAD, name, SignerRole.HEAD, password)


def replace_key(workspace: Workspace, name: str, password: str) -> CertificateInfo:
    """A new key in the place of one that was lost or whose password was forgotten (更换签名)."""
    require(workspace, Action.OWN_KEYS)
    setup.check_password(password)
    subject = workspace.vault.certificate(name).subject
    return _made(workspace, name, subject.person_name, subject.role, password)


def _made(
    workspace: Workspace, name: str, person_name: str, role: SignerRole, password: str
) -> CertificateInfo:
    vault, unit = workspace.vault, workspace.profile.unit
    is_there = name in vault.names()
    before = vault.certificate(name) if is_there else None
    make = vault.replace if is_there else vault.create
    info = make(name, Subject(person_name, unit.code, unit.name, role), password, workspace.tools.clock.now())
    note_replaced(workspace, name, before)
    workspace.changes.tell(Topic.KEYS)
    return info


def note_replaced(workspace: Workspace, name: str, before: CertificateInfo | None) -> None:
    """Remember which certified key was replaced: the bureau revokes it when it registers the new one."""
    if before is None or before.is_self_signed:
        return
    with workspace.store.writing() as work:
        kept = {**_replaced(work.settings.get(_REPLACED)), name: before.fingerprint}
        work.settings.put(_REPLACED, kept)
        work.commit()


def write_request(
    workspace: Workspace, name: str, folder: Path, password: str, new_password: str = ""
) -> WrittenPackage:
    """Write the request that is due for a key: first registration, 续期 or 补办.

    With `new_password` a renewal asks for a new key, made now and waiting beside the old one, which goes on
    signing until the new certificate comes home; one on a token gets its successor on the same token, opened by
    the same PIN. KeyProblem when a key that has ended or was revoked would sign.
    """
    state = next((item for item in key_states(workspace) if item.name == name), None)
    if state is None:
        raise KeyProblem("还没有签名密钥", "请先建立签名密钥", "签名登记申请")
    is_renewal = not state.certificate.is_self_signed
    if is_renewal and state.due is RequestPurpose.REPLACEMENT:
        raise KeyProblem(
            "原来的签名已过期或已注销，不能再用来申请续期", "请先更换签名，再生成补办申请", "签名登记申请"
        )
    now = workspace.tools.clock.now()
    key = workspace.vault.unlock(name, password, now)
    asked = key
    if is_renewal and new_password:
        asked = _next_key(workspace, state, password, new_password)
    purpose = RequestPurpose.RENEWAL if is_renewal else state.due or RequestPurpose.FIRST
    return _written(workspace, folder, key, asked, purpose, state.replaces)


def _next_key(workspace: Workspace, state: KeyState, pin: str, password: str) -> UnlockedKey:
    """The key that is to follow, made anew with each request for it; `pin` is that of the token the old one is on."""
    vault, now, name = workspace.vault, workspace.tools.clock.now(), f"{state.name}{NEXT}"
    if place := vault.token(state.name):
        vault.create_on_token(name, place, "", state.certificate.subject, pin, now)
        return vault.unlock(name, pin, now)
    setup.check_password(password)
    make = vault.replace if name in vault.names() else vault.create
    make(name, state.certificate.subject, password, now)
    return vault.unlock(name, password, now)


def _written(
    workspace: Workspace,
    folder: Path,
    key: UnlockedKey,
    asked: UnlockedKey,
    purpose: RequestPurpose,
    replaces: str,
) -> WrittenPackage:
    """The request as a signed file, kept and noted."""
    now, profile, tools = workspace.tools.clock.now(), workspace.profile, workspace.tools
    with workspace.store.writing() as work:
        number = work.settings.next_number("package")
        work.commit()
    kit = workspace.current_kit().kit
    kind = MessageType.REGISTRATION_REQUEST
    payload = messages.head(kind, profile.unit, profile.working_year, number, now, kit)
    payload |= {"is_practice": kit.is_practice, "request": tools.requests.request_pem(asked)}
    if purpose is not RequestPurpose.FIRST:
        payload |= {PURPOSE: purpose.value, REPLACES: replaces}
    written = tools.writer.write(folder, messages.namer(payload), payload, {}, key, now)
    with messages.taken_away_on_failure(written):
        copy_to_archive(workspace, written.path, written.manifest_sha256)
        name = archive_name(written.manifest_sha256)
        record = messages.sent_record(payload, written, key, name, now, {PURPOSE: purpose.value})
        with workspace.store.writing() as work:
            work.packages.add(record)
            work.commit()
    workspace.changes.tell(Topic.PACKAGES)
    return written


def _replaced(kept: Any) -> Mapping[str, str]:
    """The setting as it should be."""
    return {str(k): str(v) for k, v in kept.items()} if isinstance(kept, dict) else {}
