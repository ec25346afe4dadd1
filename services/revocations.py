"""The revocation list (证书注销名单): what it has named stays named, with reason and 自何时起不可信."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from models.domain.errors import InputError, KeyProblem
from models.domain.revocation import Revocation, RevocationReason
from services.changes import Topic
from services.permission_table import Action
from services.permissions import require
from services.ports.exchange import UnlockedKey
from services.ports.store import UnitOfWork
from services.workspaces import Workspace

LIST, LIST_AT = "revocation_list", "revocation_list_at"
FORMER_ROOTS, FORMER_LISTS, ROOT_LINKS = "former_roots", "former_revocation_lists", "root_links"
"""Settings: roots the bureau had before (PEM), the last list of each, how each announced the next."""


def texts(work: UnitOfWork, name: str) -> tuple[str, ...]:
    """A setting that holds a list of texts."""
    kept = work.settings.get(name)
    return tuple(str(item) for item in kept) if isinstance(kept, list) else ()


def issued_certificates(work: UnitOfWork) -> tuple[str, ...]:
    """Every certificate issued (PEM), as it goes down to the units: those revoked as well, the list beside them says so.

    By a revoked one a department, or a bureau restored from a backup, knows the key also where it signs with its own
    certificate, which stands in no list.
    """
    return tuple(record.pem for record in work.certificates.all() if record.kind == "issued")


def note_revoked(work: UnitOfWork, named: Sequence[Revocation]) -> None:
    """Note what a list names, for every certificate of those keys: the self-signed one counts no longer either."""
    at, records = {item.serial: item.at for item in named}, work.certificates.all()
    gone = {record.fingerprint: at[record.serial] for record in records if record.serial in at}
    for record in records:
        if record.fingerprint in gone and record.revoked_at is None:
            work.certificates.revoke(record.serial, gone[record.fingerprint])


def known_revocations(workspace: Workspace, work: UnitOfWork) -> dict[str, Revocation]:
    """Everything revoked so far by serial: as the lists tell it, then as the desk's own records do."""
    authority, found = workspace.tools.authority, dict[str, Revocation]()
    root = work.settings.get("root_certificate")
    lists = "".join((str(work.settings.get(LIST) or ""), *texts(work, FORMER_LISTS)))
    for pem in (*texts(work, FORMER_ROOTS), *((root,) if root else ())):
        try:
            read = authority.read_revocation_list(pem, lists)
        except KeyProblem:  # a root that has issued no list yet
            continue
        found |= {item.serial: item for item in read.revocations}
    for record in work.certificates.all():
        if record.revoked_at is not None:
            found.setdefault(record.serial, Revocation(record.serial, record.revoked_at))
    return found


def renewed_list(
    workspace: Workspace, work: UnitOfWork, root: UnlockedKey, fresh: Sequence[Revocation] = ()
) -> str:
    """A new list with the next number, kept in the workspace.

    What the last list named stays named, also a certificate that a restored backup has never heard of.
    """
    number, now = work.settings.next_number(LIST), workspace.tools.clock.now()
    named = {**known_revocations(workspace, work), **{item.serial: item for item in fresh}}
    pem = workspace.tools.authority.revocation_list(root, list(named.values()), number, now)
    work.settings.put(LIST, pem)
    work.settings.put(LIST_AT, now.isoformat(timespec="seconds"))
    return pem


def revoke(
    workspace: Workspace,
    root: UnlockedKey,
    fingerprints: Sequence[str],
    reason: RevocationReason = RevocationReason.UNSPECIFIED,
    since: datetime | None = None,
    note: str = "",
) -> int:
    """Revoke every certificate of these keys (注销) and issue the list that says so; how many certificates.

    What was signed before `since` still counts, None means nothing does. KeyProblem when nothing of them is in
    force, InputError for a date to come, NotAllowed for whom this is not the work of.
    """
    who = require(workspace, Action.KEYS)
    now = workspace.tools.clock.now()
    if since is not None and since > now:
        raise InputError("“自何时起不可信”的日期还没有到", "请选择今天或以前的日期", "注销签名")
    with workspace.store.writing() as work:
        wanted = [
            r for r in work.certificates.all() if r.fingerprint in fingerprints and r.revoked_at is None
        ]
        if not wanted:
            raise KeyProblem("这个签名已经注销", "请刷新列表", "证书")
        fresh = [Revocation(serial, now, reason, since) for serial in {r.serial for r in wanted}]
        for item in fresh:
            work.certificates.revoke(item.serial, now)
        renewed_list(workspace, work, root, fresh)
        told = f"注销签名：{reason.label}{'，' + note if note else ''}"
        for code, key in sorted({(r.unit_code, r.fingerprint) for r in wanted}):
            detail = {"key": key, "since": since.isoformat() if since else ""}
            work.audit.append(now, who.name, "revoke", code, told, detail)
        work.commit()
    workspace.changes.tell(Topic.KEYS)
    return len(wanted)


def trusted_until(workspace: Workspace, work: UnitOfWork) -> dict[str, datetime]:
    """核对码 of revoked keys of which something signed earlier still counts, and until when (自何时起不可信).

    A key that signs with its own certificate stands in no list by that; its issued one tells.
    """
    since = {
        serial: item.since
        for serial, item in known_revocations(workspace, work).items()
        if item.since is not None
    }
    found: dict[str, datetime] = {}
    for record in work.certificates.all():
        moment = since.get(record.serial)
        if moment is not None:
            found[record.fingerprint] = min(moment, found.get(record.fingerprint, moment))
    return found
