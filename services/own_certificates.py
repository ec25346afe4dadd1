"""Certificates that come home (收回签名证书): issued by the bureau for one of this desk's keys, whatever brings them."""

from __future__ import annotations

from collections.abc import Iterable

from models.domain.errors import KeyProblem
from services.key_names import HEAD, UNIT
from services.ports.exchange import CertificateInfo
from services.workspaces import Workspace

NEXT = "_next"
"""What follows a name while a new key waits for its certificate; until then the old one goes on signing."""


def take_home(workspace: Workspace, texts: Iterable[str]) -> bool:
    """Keep the newest certificate for each key of this desk; whether there was one newer than what stands.

    A key that waited for its certificate takes the place of the old one, which is set aside. Texts that are no
    certificate are passed over: another unit's cannot keep one's own from coming home.
    """
    vault, now = workspace.vault, workspace.tools.clock.now()
    given = _readable(workspace, texts)
    taken = False
    for name in vault.names():
        mine = vault.certificate(name)
        own = [info for info in given if info.fingerprint == mine.fingerprint and not info.is_self_signed]
        newest = max(own, key=lambda info: info.not_before, default=None)
        if newest is None or newest.serial == mine.serial:
            continue
        if not mine.is_self_signed and newest.not_before <= mine.not_before:
            continue
        vault.take_certificate(name, newest.pem)
        taken = True
    for name in (UNIT, HEAD):
        waiting = f"{name}{NEXT}"
        if waiting in vault.names() and not vault.certificate(waiting).is_self_signed:
            vault.move(waiting, name, now)
            taken = True
    return taken


def _readable(workspace: Workspace, texts: Iterable[str]) -> list[CertificateInfo]:
    found = []
    for pem in texts:
        try:
            found.append(workspace.tools.authority.read_certificate(pem))
        except KeyProblem:
            continue
    return found
