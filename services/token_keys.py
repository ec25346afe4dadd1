"""Signing with a key on a hardware token (UKey 签名): choosing it, at a unit's, a department's and the bureau's desk.

Only where the key lies changes: whatever asks for a signing password asks for the token's PIN instead, and nothing
that was filled in or made before is touched. A bureau's root stays a key file: it is kept apart, on two media.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.domain.errors import KeyProblem
from services import setup
from services.bureau_keys import BureauKeys
from services.changes import Topic
from services.key_care import note_replaced
from services.own_certificates import HEAD, UNIT
from services.permission_table import Action
from services.permissions import require
from services.ports.exchange import CertificateInfo, SignerRole, Subject
from services.ports.store import CertificateRecord
from services.ports.tokens import TokenInfo, TokenKeyInfo, TokenPlace
from services.workspaces import Workspace

PIN = "UKey 的 PIN 码"
"""What people type for a key on a token."""

_PASSWORDS = {UNIT: "签名密码", HEAD: "负责人签名密码", "root": "根密码", "bureau": "签发密码"}
_ON_THE_WAY = "bureau_on_token"
"""Name of the bureau's new key until its certificate is issued: an end in between leaves the old key in force."""


@dataclass(frozen=True, slots=True)
class TokenChoice:
    """What a person chose (选定的 UKey): an empty `key_id` makes a new key inside the token."""

    place: TokenPlace
    pin: str
    key_id: str = ""


def secret_name(workspace: Workspace, name: str) -> str:
    """What opens a key, in people's words: 签名密码, or the token's PIN (UKey 的 PIN 码)."""
    return _PASSWORDS[name] if place_of(workspace, name) is None else PIN


def place_of(workspace: Workspace, name: str) -> TokenPlace | None:
    """The token the key of that name lies on, None for a key file or no key; a damaged record counts as a file."""
    try:
        return workspace.vault.token(name)
    except KeyProblem:
        return None


def plugged_in(workspace: Workspace, module: str) -> Sequence[TokenInfo]:
    """The tokens one can choose from now; KeyProblem when the module does not serve."""
    return workspace.tools.tokens.tokens(module)


def keys_on(workspace: Workspace, place: TokenPlace, pin: str) -> Sequence[TokenKeyInfo]:
    """The keys on a token; WrongPassword, KeyProblem (locked, gone)."""
    return workspace.tools.tokens.keys(place, pin)


def use_token(workspace: Workspace, choice: TokenChoice, name: str = UNIT) -> CertificateInfo:
    """Sign with this token from now on, as the clerk or as 单位负责人 (HEAD); the key used so far is set aside.

    WrongPassword; KeyProblem when the token is gone, locked or full, its certificate is another unit's, or 单位负责人
    has no key yet whose place it could take; NotAllowed for whom this is not the work of.
    """
    require(workspace, Action.OWN_KEYS)
    vault, now = workspace.vault, workspace.tools.clock.now()
    before = vault.certificate(name) if name in vault.names() else None
    subject = setup.unit_subject(workspace) if name == UNIT else vault.certificate(name).subject
    info = vault.create_on_token(name, choice.place, choice.key_id, subject, choice.pin, now)
    if before is not None and before.fingerprint != info.fingerprint:
        note_replaced(workspace, name, before)
    workspace.changes.tell(Topic.KEYS)
    return info


def use_token_at_bureau(workspace: Workspace, keys: BureauKeys, choice: TokenChoice) -> BureauKeys:
    """Sign the bureau's own messages with a key on a token: the root issues its certificate at once.

    Units believe it by the root they know. Until the certificate is issued the old key stays in force. Raises as
    `use_token` does; NotAllowed for whom this is not the work of.
    """
    who = require(workspace, Action.KEYS)
    now, profile, vault = workspace.tools.clock.now(), workspace.profile, workspace.vault
    subject = Subject(profile.person_name, profile.unit.code, profile.unit.name, SignerRole.BUREAU)
    own = vault.create_on_token(_ON_THE_WAY, choice.place, choice.key_id, subject, choice.pin, now)
    issued = workspace.tools.authority.issue(keys.root, own.pem, subject, now)
    vault.take_certificate(_ON_THE_WAY, issued.pem)
    with workspace.store.writing() as work:
        work.certificates.add(
            CertificateRecord(issued.serial, "issued", profile.unit.code, issued.fingerprint, issued.pem, now)
        )
        told = f"签发密钥改用 UKey“{choice.place.label}”"
        work.audit.append(now, who.name, "token", profile.unit.code, told, {"key": issued.fingerprint})
        work.commit()
    vault.move(_ON_THE_WAY, "bureau", now)
    workspace.changes.tell(Topic.KEYS)
    return BureauKeys(keys.root, vault.unlock("bureau", choice.pin, now))


def choose_module(workspace: Workspace, name: str, module: str) -> None:
    """The maker's module lies elsewhere on this machine (a new computer, another driver); KeyProblem when it does not serve."""
    workspace.tools.tokens.tokens(module)
    workspace.vault.choose_module(name, module)
    workspace.changes.tell(Topic.KEYS)
