"""What a unit's or department's desk believes (本机信任依据): its kit, and the bureau's newer list where one came alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models.domain.errors import KeyProblem
from models.domain.kit import ParameterKit
from models.domain.revocation import Revocation
from services.ports.exchange import TrustMaterial
from services.ports.store import UnitOfWork
from services.workspaces import Workspace

TRUST_LIST = "trust_list"
"""Setting: the newest 证书名单 taken in, as its payload spells it."""


def kit_trust(kit: ParameterKit) -> TrustMaterial:
    """What a kit alone says: its root and the ones before, its list."""
    roots = (kit.root_certificate, *kit.former_roots) if kit.root_certificate else ()
    lists = (kit.revocation_list,) if kit.revocation_list else ()
    return TrustMaterial(roots, (), lists, kit.renewal_notice_days)


def kept_list(work: UnitOfWork) -> Mapping[str, Any]:
    """The 证书名单 taken in last, {} while none was."""
    kept = work.settings.get(TRUST_LIST)
    return kept if isinstance(kept, dict) else {}


def desk_trust(workspace: Workspace, kit: ParameterKit) -> TrustMaterial:
    """The kit's trust with what a list that came after it adds; of two lists of a root the reader takes the newer."""
    trust = kit_trust(kit)
    with workspace.store.reading() as work:
        kept = kept_list(work)
    if not kept or not trust.roots:
        return trust
    added = [pem for pem in (kept["root_certificate"], *kept["former_roots"]) if pem not in trust.roots]
    lists = (*trust.revocation_lists, kept["revocation_list"])
    return TrustMaterial((*trust.roots, *added), (), lists, trust.renewal_notice_days)


def certificates_known(workspace: Workspace, kit: ParameterKit) -> tuple[str, ...]:
    """Every certificate the kit carries, and those that came after it."""
    with workspace.store.reading() as work:
        kept = kept_list(work)
    return tuple(dict.fromkeys((*kit.certificates, *kept.get("certificates", ()))))


def revoked_by(workspace: Workspace, trust: TrustMaterial) -> dict[str, Revocation]:
    """What the newest lists of this trust revoke, by serial."""
    authority, found = workspace.tools.authority, dict[str, Revocation]()
    for root in trust.roots:
        try:
            read = authority.read_revocation_list(root, "".join(trust.revocation_lists))
        except KeyProblem:
            continue
        found |= {item.serial: item for item in read.revocations}
    return found
