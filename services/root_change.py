"""Another root (更换根证书): in good time, signed for by the old one; or anew, when the old one is lost or was exposed.

Every certificate in force is issued again by the new root, so nobody registers twice; it comes home with the next
kit. Old packages go on being judged by the old root and its last list. Where the old root could not sign for its
successor, every unit compares the 核对码 of the next kit with the paper once more.
"""

from __future__ import annotations

import enum

from models.domain.errors import InputError, KeyProblem
from services import revocations, setup
from services.bureau_keys import BureauKeys
from services.changes import Topic
from services.permission_table import Action
from services.permissions import require
from services.ports.exchange import SignerRole, Subject, UnlockedKey
from services.ports.store import CertificateRecord, UnitOfWork
from services.root_copies import COPIES
from services.workspaces import Workspace

NEXT_ROOT, NEXT_BUREAU = "root_next", "bureau_next"


class RootLoss(enum.Enum):
    """What happened to the old root (旧根证书的情况): lost it still counts, exposed nothing of it does."""

    LOST = "lost"
    EXPOSED = "exposed"


def succeed_root(
    workspace: Workspace, keys: BureauKeys, root_password: str, bureau_password: str
) -> BureauKeys:
    """A new root that the old one signs for (根证书续期); units take it with the next kit, nothing is compared.

    InputError for passwords too short or alike, NotAllowed for whom this is not the work of.
    """
    return _changed(workspace, keys.root, None, root_password, bureau_password)


def replace_root(
    workspace: Workspace, loss: RootLoss, root_password: str, bureau_password: str
) -> BureauKeys:
    """A new root without the old one (重建根证书); all units compare the 核对码 of the next kit on paper."""
    return _changed(workspace, None, loss, root_password, bureau_password)


def _changed(
    workspace: Workspace,
    old: UnlockedKey | None,
    loss: RootLoss | None,
    root_password: str,
    bureau_password: str,
) -> BureauKeys:
    who = require(workspace, Action.KEYS)
    _check(root_password, bureau_password)
    finish_root_change(workspace)
    now, vault, authority = workspace.tools.clock.now(), workspace.vault, workspace.tools.authority
    unit, root = workspace.profile.unit, _new_root(workspace, root_password)
    subject = Subject(workspace.profile.person_name, unit.code, unit.name, SignerRole.BUREAU)
    if NEXT_BUREAU in vault.names():  # left by an attempt that was cut off
        vault.put_away(NEXT_BUREAU, now)
    leaf = authority.create_bureau_key(vault, root, subject, bureau_password, now, name=NEXT_BUREAU)
    with workspace.store.writing() as work:
        before = str(work.settings.get("root_certificate"))
        _keep_trust(workspace, work, old, before, loss, root)
        _issue_again(workspace, work, root, before)
        work.certificates.add(
            CertificateRecord(leaf.serial, "issued", unit.code, leaf.fingerprint, leaf.pem, now)
        )
        work.settings.put("root_certificate", root.certificate.pem)
        work.settings.put(COPIES, [])
        revocations.renewed_list(workspace, work, root)
        told = {
            None: "更换根证书",
            RootLoss.LOST: "根证书丢失，重建根证书",
            RootLoss.EXPOSED: "根证书可能泄露，重建根证书",
        }
        detail = {"root": root.certificate.fingerprint}
        work.audit.append(now, who.name, "root", unit.code, told[loss], detail)
        work.commit()
    finish_root_change(workspace)
    workspace.changes.tell(Topic.KEYS)
    return BureauKeys(root, vault.unlock("bureau", bureau_password, now))


def _check(root_password: str, bureau_password: str) -> None:
    setup.check_password(root_password)
    setup.check_password(bureau_password)
    if root_password == bureau_password:
        raise InputError("根密码与签发密码相同", "请设置两个不同的密码，分开保管", "密码")


def _new_root(workspace: Workspace, password: str) -> UnlockedKey:
    """The new root under its waiting name; one left by an attempt that was cut off is set aside."""
    now, vault, unit = workspace.tools.clock.now(), workspace.vault, workspace.profile.unit
    if NEXT_ROOT in vault.names():
        vault.put_away(NEXT_ROOT, now)
    with workspace.store.reading() as work:
        generation = int(work.settings.get("root_generation") or 1) + 1
    workspace.tools.authority.create_root(
        vault, unit.code, unit.name, password, now, name=NEXT_ROOT, generation=generation
    )
    return vault.unlock(NEXT_ROOT, password, now)


def _keep_trust(
    workspace: Workspace,
    work: UnitOfWork,
    old: UnlockedKey | None,
    before: str,
    loss: RootLoss | None,
    root: UnlockedKey,
) -> None:
    """What stays of the old root: its certificate, its last list, its word for the new one; of an exposed one nothing."""
    work.settings.put("root_generation", int(work.settings.get("root_generation") or 1) + 1)
    if loss is RootLoss.EXPOSED:
        work.settings.put(revocations.ROOT_LINKS, [])
        return
    now, authority = workspace.tools.clock.now(), workspace.tools.authority
    last = str(work.settings.get(revocations.LIST) or "")
    if old is not None:
        named = list(revocations.known_revocations(workspace, work).values())
        number = work.settings.next_number(revocations.LIST)
        last = authority.revocation_list(old, named, number, now, is_last=True)
        links = [*revocations.texts(work, revocations.ROOT_LINKS)]
        links.append(authority.link_root(old, root.certificate.pem, now))
        work.settings.put(revocations.ROOT_LINKS, links)
    else:
        work.settings.put(revocations.ROOT_LINKS, [])
    roots = [*revocations.texts(work, revocations.FORMER_ROOTS), before]
    work.settings.put(revocations.FORMER_ROOTS, roots)
    lists = [*revocations.texts(work, revocations.FORMER_LISTS), last]
    work.settings.put(revocations.FORMER_LISTS, lists)


def _issue_again(workspace: Workspace, work: UnitOfWork, root: UnlockedKey, before: str) -> None:
    """A certificate of the new root for every unit's key in force."""
    authority, now = workspace.tools.authority, workspace.tools.clock.now()
    former = (*revocations.texts(work, revocations.FORMER_ROOTS), before)
    records = work.certificates.all()
    gone = {record.fingerprint for record in records if record.revoked_at is not None}
    newest = {r.fingerprint: r for r in records if r.kind == "issued" and r.fingerprint not in gone}
    for record in newest.values():
        info = authority.read_certificate(record.pem)
        if info.subject.role is SignerRole.BUREAU or info.not_after <= now:
            continue
        issued = authority.issue(root, record.pem, info.subject, now, former)
        work.certificates.add(
            CertificateRecord(issued.serial, "issued", record.unit_code, issued.fingerprint, issued.pem, now)
        )


def finish_root_change(workspace: Workspace) -> None:
    """Put new keys in their place when the workspace speaks of them already: a change that was cut off is ended."""
    vault, now = workspace.vault, workspace.tools.clock.now()
    if NEXT_ROOT not in vault.names():
        return
    with workspace.store.reading() as work:
        current = work.settings.get("root_certificate")
    try:
        is_current = vault.certificate(NEXT_ROOT).pem.split() == str(current).split()
    except KeyProblem:  # half written before the workspace knew of it
        return
    if is_current:
        if NEXT_BUREAU in vault.names():
            vault.move(NEXT_BUREAU, "bureau", now)
        vault.move(NEXT_ROOT, "root", now)


def replace_bureau_key(workspace: Workspace, root: UnlockedKey, password: str) -> BureauKeys:
    """A new signing key for the bureau when its own was lost or its password forgotten (补办本局签名).

    The old one is revoked from now on; what it has signed so far still counts.
    """
    from models.domain.revocation import Revocation, RevocationReason

    who = require(workspace, Action.KEYS)
    setup.check_password(password)
    now, vault, unit = workspace.tools.clock.now(), workspace.vault, workspace.profile.unit
    old = vault.certificate("bureau").fingerprint if "bureau" in vault.names() else ""
    if NEXT_BUREAU in vault.names():
        vault.put_away(NEXT_BUREAU, now)
    subject = Subject(workspace.profile.person_name, unit.code, unit.name, SignerRole.BUREAU)
    leaf = workspace.tools.authority.create_bureau_key(vault, root, subject, password, now, name=NEXT_BUREAU)
    with workspace.store.writing() as work:
        fresh = [
            Revocation(r.serial, now, RevocationReason.REPLACED, now)
            for r in work.certificates.all()
            if r.fingerprint == old and r.revoked_at is None
        ]
        for item in fresh:
            work.certificates.revoke(item.serial, now)
        work.certificates.add(
            CertificateRecord(leaf.serial, "issued", unit.code, leaf.fingerprint, leaf.pem, now)
        )
        revocations.renewed_list(workspace, work, root, fresh)
        work.audit.append(now, who.name, "root", unit.code, "补办本局签名", {"key": leaf.fingerprint})
        work.commit()
    vault.move(NEXT_BUREAU, "bureau", now)
    workspace.changes.tell(Topic.KEYS)
    return BureauKeys(root, vault.unlock("bureau", password, now))
