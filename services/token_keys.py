"""Signing with a key on a hardware token (UKey 签名): choosing it, at a unit's, a department's and the bureau's desk.

Only where the key lies changes: whatever asks for a signing password asks for the token's PIN instead, and nothing
that was filled in or made before is touched. A bureau's root stays a key file: it is kept apart, on two media.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from models.domain.errors import InputError, KeyProblem
from models.domain.project import Unit
from services import setup
from services.bureau_keys import BureauKeys, issue_on_token
from services.changes import Topic
from services.key_care import note_replaced
from services.key_names import BUREAU, HEAD, PASSWORDS, UNIT
from services.kits import KitOffer
from services.one_line import one_line
from services.permission_table import Action
from services.permissions import require
from services.ports.exchange import CertificateInfo, SignerRole, Subject
from services.ports.store import CertificateRecord
from services.ports.tokens import TokenChoice, TokenInfo, TokenKeyInfo, TokenPlace
from services.tools import Tools
from services.workspaces import DeskRole, Workspace

PIN = "UKey 的 PIN 码"
"""What people type for a key on a token."""

_ON_THE_WAY = "bureau_on_token"
"""Name of the bureau's new key until its certificate is issued: an end in between leaves the old key in force."""


def secret_name(workspace: Workspace, name: str) -> str:
    """What opens a key, in people's words: 签名密码, or the token's PIN (UKey 的 PIN 码)."""
    return PASSWORDS[name] if place_of(workspace, name) is None else PIN


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


def set_up_unit(
    tools: Tools,
    folder: Path,
    offer: KitOffer,
    unit: Unit,
    person_name: str,
    choice: TokenChoice,
    role: DeskRole,
) -> Workspace:
    """A unit's (or department's) desk from its bureau's kit that signs with a token from the first day (首次使用).

    No key is made in a file. Raises as `setup.set_up_unit` and `use_token` do; then no desk is left behind.
    """
    return setup.unit_desk(
        tools, folder, offer, unit, person_name, role, lambda made: use_token(made, choice)
    )


def make_head_key(workspace: Workspace, person_name: str, choice: TokenChoice) -> CertificateInfo:
    """The key of 单位负责人 on a token of their own, the first one or in the place of another; raises as `use_token`.

    InputError for a missing name.
    """
    name = one_line(person_name)
    if not name:
        raise InputError("单位负责人姓名没有填", "请填写姓名", "单位负责人签名")
    unit = workspace.profile.unit
    return _use(workspace, choice, HEAD, Subject(name, unit.code, unit.name, SignerRole.HEAD))


def use_token(workspace: Workspace, choice: TokenChoice, name: str = UNIT) -> CertificateInfo:
    """Sign with this token from now on, as the clerk or as 单位负责人 (HEAD); the key used so far is set aside.

    WrongPassword; KeyProblem when the token is gone, locked or full, its certificate is another unit's, or 单位负责人
    has no key yet whose place it could take; NotAllowed for whom this is not the work of.
    """
    subject = setup.unit_subject(workspace) if name == UNIT else workspace.vault.certificate(name).subject
    return _use(workspace, choice, name, subject)


def _use(workspace: Workspace, choice: TokenChoice, name: str, subject: Subject) -> CertificateInfo:
    """The key of that name on the token chosen, in place of the one before."""
    require(workspace, Action.OWN_KEYS)
    vault, now = workspace.vault, workspace.tools.clock.now()
    before = vault.certificate(name) if name in vault.names() else None
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
    issued = issue_on_token(workspace, keys.root, _ON_THE_WAY, subject, choice)
    with workspace.store.writing() as work:
        work.certificates.add(
            CertificateRecord(issued.serial, "issued", profile.unit.code, issued.fingerprint, issued.pem, now)
        )
        told = f"签发密钥改用 UKey“{choice.place.label}”"
        work.audit.append(now, who.name, "token", profile.unit.code, told, {"key": issued.fingerprint})
        work.commit()
    vault.move(_ON_THE_WAY, BUREAU, now)
    workspace.changes.tell(Topic.KEYS)
    return BureauKeys(keys.root, vault.unlock(BUREAU, choice.pin, now))


def choose_module(workspace: Workspace, name: str, module: str) -> None:
    """The maker's module lies elsewhere on this machine (a new computer, another driver); KeyProblem when it does not serve."""
    workspace.tools.tokens.tokens(module)
    workspace.vault.choose_module(name, module)
    workspace.changes.tell(Topic.KEYS)
