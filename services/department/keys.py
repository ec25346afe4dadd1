"""What a department judges its units' packages with (主管部门接收依据): root, certificates and list of the bureau's kit.

A department registers no keys: that is the bureau's, whose root everybody trusts. So a unit's first package under the
simple mode, whose key nobody has met, is taken in with a note, reviewed, and carried upward unchanged; the bureau
compares its 核对码 and registers it then. Refusing it would make the unit carry its first filing twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from models.domain.kit import ParameterKit
from models.domain.message import MessageType
from services.desk_trust import certificates_known, desk_trust, revoked_by
from services.ports.exchange import TrustMaterial
from services.received import RECEIVED
from services.workspaces import Workspace


@dataclass(frozen=True)
class DepartmentTrust:
    """Trust of a department's desk (接收依据).

    `certified` are keys with their units that have a certificate in force, `revoked` keys that had one, by whatever
    certificate they sign; `until` up to which moment signatures of those still count; `used` the keys by which each
    unit is known here, certified or not.
    """

    trust: TrustMaterial
    certified: frozenset[tuple[str, str]]
    revoked: frozenset[str]
    used: dict[str, set[str]]
    until: Mapping[str, datetime]


def department_trust(workspace: Workspace, kit: ParameterKit) -> DepartmentTrust:
    """Read the kit's certificates and which keys came with packages before; nothing but the kit is believed."""
    authority = workspace.tools.authority
    trust = desk_trust(workspace, kit)
    gone = revoked_by(workspace, trust)
    certified, revoked = set(), set()
    until: dict[str, datetime] = {}
    for pem in certificates_known(workspace, kit):
        info = authority.read_certificate(pem)
        if revocation := gone.get(info.serial):
            revoked.add(info.fingerprint)
            if revocation.since is not None:
                until[info.fingerprint] = min(revocation.since, until.get(info.fingerprint, revocation.since))
        else:
            certified.add((info.fingerprint, info.subject.unit_code))
    used: dict[str, set[str]] = defaultdict(set)
    for fingerprint, unit_code in certified:
        used[unit_code].add(fingerprint)
    with workspace.store.reading() as work:
        for record in work.packages.find(RECEIVED, MessageType.SUBMISSION.value):
            used[record.unit_code].add(str(record.signer.get("fingerprint")))
    in_force = frozenset(item for item in certified if item[0] not in revoked)
    return DepartmentTrust(trust, in_force, frozenset(revoked), used, until)
