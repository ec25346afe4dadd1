"""证书名单 (trust list): certificates and revocations that go out alone, between two kits.

Signed by the bureau for all its units at once: renewed certificates come home with it, revoked ones stop counting,
and a new root is made known where the old one has signed for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.domain.errors import InputError, KeyProblem
from models.domain.message import MessageType
from services import messages, revocations
from services.bureau_keys import BureauKeys, renew_revocation_list
from services.changes import Topic
from services.desk_trust import TRUST_LIST, desk_trust, kept_list, kit_trust
from services.gravest import what_is_wrong
from services.own_certificates import take_home
from services.permission_table import Action
from services.permissions import require
from services.ports.exchange import SignerRole, TrustMaterial
from services.ports.store import PackageRecord
from services.received import archive_name, copy_to_archive, keep_received
from services.workspaces import Workspace

_TEXTS = ("root_certificate", "revocation_list")
_LISTS = ("former_roots", "root_links", "certificates")


def write_trust_list(workspace: Workspace, keys: BureauKeys, folder: Path) -> PackageRecord:
    """Write the signed list into `folder`; its record. NotAllowed for whom this is not the work of."""
    who = require(workspace, Action.KEYS)
    now, profile = workspace.tools.clock.now(), workspace.profile
    newest = renew_revocation_list(workspace, keys.root)
    with workspace.store.writing() as work:
        number = work.settings.next_number("package")
        said = {
            "root_certificate": work.settings.get("root_certificate"),
            "former_roots": list(revocations.texts(work, revocations.FORMER_ROOTS)),
            "root_links": list(revocations.texts(work, revocations.ROOT_LINKS)),
            "certificates": list(revocations.issued_certificates(work)),
            "revocation_list": newest + "".join(revocations.texts(work, revocations.FORMER_LISTS)),
        }
        work.commit()
    payload = messages.head(MessageType.TRUST_LIST, profile.unit, profile.working_year, number, now, None)
    payload |= {"is_practice": profile.is_practice, "trust": said}
    written = workspace.tools.writer.write(folder, messages.namer(payload), payload, {}, keys.bureau, now)
    with messages.taken_away_on_failure(written):
        copy_to_archive(workspace, written.path, written.manifest_sha256)
        name = archive_name(written.manifest_sha256)
        record = messages.sent_record(payload, written, keys.bureau, name, now)
        with workspace.store.writing() as work:
            work.packages.add(record)
            work.audit.append(
                now, who.name, "trust_list", profile.unit.code, "导出证书名单", {"number": number}
            )
            work.commit()
    workspace.changes.tell(Topic.PACKAGES)
    return record


@dataclass(frozen=True, slots=True)
class TakenTrust:
    """A list taken in (已装入的证书名单)."""

    certificate_taken: bool
    was_known: bool
    root_changed: bool


def take_trust_list(workspace: Workspace, path: Path) -> TakenTrust:
    """Take a list in at a unit's or department's desk. InputError says why it is not for this desk.

    A list older than the one in force changes nothing; a root nobody has signed for is never taken this way.
    """
    kit, tools, now = workspace.current_kit().kit, workspace.tools, workspace.tools.clock.now()
    said = _said(workspace, path)
    before = desk_trust(workspace, kit)
    if not before.roots:
        raise InputError("本机还没有财政部门的任务参数包", "请先装入任务参数包", path.name)
    known = {pem.strip() for pem in before.roots}
    is_new = said["root_certificate"].strip() not in known
    if is_new and not any(
        tools.authority.is_announced(pem, said["root_links"], said["root_certificate"])
        for pem in before.roots
    ):
        raise InputError(
            "名单里的根证书与本机的不同",
            "请向财政部门索取新的任务参数包，与盖章的核对单核对后装入",
            path.name,
        )
    roots = (*before.roots, said["root_certificate"]) if is_new else before.roots
    lists = (*before.revocation_lists, said["revocation_list"])
    judged = tools.reader.judge(path, TrustMaterial(roots, (), lists), now)
    if not judged.verdict.is_acceptable or not judged.signers:
        wrong = what_is_wrong(tools.reasons, judged.verdict)
        raise InputError(wrong, "请向财政部门核实后重新取得证书名单", path.name)
    if judged.signers[0].role != SignerRole.BUREAU.label:
        raise InputError("这份证书名单不是财政部门签发的", "请不要使用，并告知财政部门", path.name)
    if _number(workspace, said) < _kept_number(workspace, said):
        return TakenTrust(certificate_taken=False, was_known=True, root_changed=False)
    with workspace.store.reading() as work:
        was_known = kept_list(work) == said
    keep_received(workspace, path, judged, {})
    with workspace.store.writing() as work:
        work.settings.put(TRUST_LIST, dict(said))
        work.commit()
    taken = take_home(workspace, said["certificates"])
    workspace.changes.tell(Topic.KEYS, Topic.PACKAGES)
    return TakenTrust(taken, was_known and not taken, is_new)


def _said(workspace: Workspace, path: Path) -> Mapping[str, Any]:
    """What a file says, believed in nothing yet; InputError when it is no such list."""
    now = workspace.tools.clock.now()
    judged = workspace.tools.reader.judge(path, TrustMaterial(), now, inspect_documents=False)
    said = (judged.payload or {}).get("trust")
    if judged.message_type != MessageType.TRUST_LIST.value or not isinstance(said, dict):
        raise InputError("这个文件不是证书名单，或已损坏", "请选择财政部门给的证书名单文件", path.name)
    is_whole = all(isinstance(said.get(key), str) for key in _TEXTS) and all(
        isinstance(said.get(key), list) and all(isinstance(item, str) for item in said[key]) for key in _LISTS
    )
    if not is_whole:
        raise InputError("证书名单的内容不完整", "请向财政部门重新取得证书名单", path.name)
    return {key: said[key] for key in (*_TEXTS, *_LISTS)}


def _number(workspace: Workspace, said: Mapping[str, Any]) -> int:
    """The number of the list itself."""
    authority = workspace.tools.authority
    return authority.read_revocation_list(said["root_certificate"], said["revocation_list"]).number


def _kept_number(workspace: Workspace, said: Mapping[str, Any]) -> int:
    """The highest number of that root's lists that is known here."""
    kit = workspace.current_kit().kit
    with workspace.store.reading() as work:
        kept = kept_list(work)
    lists = "".join((*kit_trust(kit).revocation_lists, kept.get("revocation_list", "")))
    try:
        return workspace.tools.authority.read_revocation_list(said["root_certificate"], lists).number
    except KeyProblem:
        return 0
