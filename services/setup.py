"""First start (首次使用): a unit's desk from a kit, a unit's desk from a built-in kit, a bureau's desk."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from models.domain.errors import InputError
from models.domain.kit import ParameterKit
from models.domain.project import Unit
from services import bureau_keys
from services.bureau_keys import BureauKeys
from services.changes import Topic
from services.key_names import UNIT
from services.kits import KitOffer, keep_kit, keep_offer
from services.one_line import one_line
from services.permission_table import Action
from services.permissions import require
from services.ports.exchange import CertificateInfo, SignerRole, Subject, WrittenPackage
from services.ports.tokens import TokenChoice
from services.setup_names import code_fault, division_fault, name_fault, person_fault, plain_code
from services.tools import Tools
from services.workspaces import DeskRole, Workspace, WorkspaceProfile, create_workspace

MINIMUM_PASSWORD_LENGTH = 8
"""Least length of a 签名密码; a policy of this program, told beside the field."""


def _checked(label: str, text: str, fault: Callable[[str, str], str]) -> str:
    """What was typed, on one line; InputError where certificates, file heads or file names would not take it."""
    told = fault(label, text)
    if told:
        what, _, remedy = told.partition("，")
        raise InputError(what, remedy)
    return one_line(text)


def check_password(password: str) -> None:
    """InputError when a password is too short or one repeated character."""
    if len(password) < MINIMUM_PASSWORD_LENGTH:
        raise InputError(f"签名密码至少 {MINIMUM_PASSWORD_LENGTH} 位", "请重新设置", "签名密码")
    if len(set(password)) < 3:
        raise InputError("签名密码太简单", "请混用不同的字母和数字", "签名密码")


def set_up_unit(
    tools: Tools, folder: Path, offer: KitOffer, unit: Unit, person_name: str, password: str, role: DeskRole
) -> Workspace:
    """A unit's (or department's) desk from its bureau's kit, with its own key in a file."""
    check_password(password)
    return unit_desk(
        tools, folder, offer, unit, person_name, role, lambda made: make_unit_key(made, password)
    )


def unit_desk(
    tools: Tools,
    folder: Path,
    offer: KitOffer,
    unit: Unit,
    person_name: str,
    role: DeskRole,
    make_key: Callable[[Workspace], object],
) -> Workspace:
    """The same with a key made by `make_key`; nothing is left where that fails."""
    if not person_name.strip():
        raise InputError("填报人姓名没有填", "请填写姓名", "签名")
    person = _checked("填报人", person_name, person_fault)
    profile = WorkspaceProfile(role, unit, person, offer.kit.working_year, is_practice=offer.kit.is_practice)
    with _whole_or_nothing(create_workspace(tools, folder, profile)) as workspace:
        keep_offer(workspace, offer)
        make_key(workspace)
    return workspace


@contextmanager
def _whole_or_nothing(workspace: Workspace) -> Iterator[Workspace]:
    """A workspace that was only just made: when setting it up fails, nothing half made stays behind."""
    try:
        yield workspace
    except BaseException:
        workspace.store.close()
        shutil.rmtree(workspace.folder, ignore_errors=True)
        raise


def make_unit_key(workspace: Workspace, password: str) -> CertificateInfo:
    """Make (or replace) the unit's key; filings and packages already made stay as they are.

    InputError for a password that does not do, NotAllowed for whom this is not the work of.
    """
    require(workspace, Action.OWN_KEYS)
    check_password(password)
    vault, subject = workspace.vault, unit_subject(workspace)
    from services.key_care import note_replaced

    before = vault.certificate(UNIT) if UNIT in vault.names() else None
    make = vault.replace if before is not None else vault.create
    info = make(UNIT, subject, password, workspace.tools.clock.now())
    note_replaced(workspace, UNIT, before)
    workspace.changes.tell(Topic.KEYS)
    return info


def unit_subject(workspace: Workspace) -> Subject:
    """In whose name this desk signs: its person, unit and role."""
    profile = workspace.profile
    role = SignerRole.DEPARTMENT if profile.role is DeskRole.DEPARTMENT else SignerRole.UNIT
    return Subject(profile.person_name, profile.unit.code, profile.unit.name, role)


def change_key_password(workspace: Workspace, name: str, password: str, new_password: str) -> None:
    """Another password for one of the desk's own keys (修改签名密码): `unit`, `head`, `root` or `bureau`.

    Key, certificate and registration stay. InputError for a password too short or the same as before,
    WrongPassword with a growing wait; then the old password goes on being the right one. For a key on a token
    it is the token's PIN, and how long that may be the token says itself.
    """
    if workspace.vault.token(name) is None:
        check_password(new_password)
    if new_password == password:
        raise InputError("新密码和原来的一样", "请换一个密码", "签名密码")
    workspace.vault.change_password(name, password, new_password, workspace.tools.clock.now())


def set_up_unit_builtin(
    tools: Tools, folder: Path, kit: ParameterKit, unit: Unit, person_name: str, role: DeskRole
) -> Workspace:
    """A desk under a built-in kit: everything but sealing until the bureau's kit is taken in."""
    if not unit.code.strip() or not unit.name.strip():
        raise InputError("单位代码或单位名称没有填", "请填写完整", "单位信息")
    person = _checked("填报人", person_name, person_fault)
    name = _checked("单位名称", unit.name, name_fault)
    code = plain_code(_checked("单位代码", unit.code, code_fault))
    department = plain_code(_checked("主管部门代码", unit.department_code, code_fault))
    own = replace(unit, code=code, name=name, department_code=department)
    profile = WorkspaceProfile(role, own, person, kit.working_year)
    with _whole_or_nothing(create_workspace(tools, folder, profile)) as workspace:
        keep_kit(workspace, replace(kit, units=(own,)), "", tools.clock.now())
    return workspace


@dataclass(frozen=True, slots=True)
class BureauSetup:
    """What the bureau typed at first start (财政端设置).

    `bureau_secret` is the password of the key that signs what goes out, or the token it is made on. The root has
    a password always: it stays a key file.
    """

    division_code: str
    bureau_name: str
    person_name: str
    working_year: int
    root_password: str
    bureau_secret: str | TokenChoice
    is_practice: bool = False


def set_up_bureau(tools: Tools, folder: Path, wanted: BureauSetup) -> tuple[Workspace, BureauKeys]:
    """A bureau's desk with its root, leaf and revocation list, beginning from the first built-in kit.

    InputError for what was typed; WrongPassword and KeyProblem of a token (gone, locked, full); EnvironmentProblem of
    the disk. Whatever it is, nothing is left behind.
    """
    _check_secrets(wanted.root_password, wanted.bureau_secret)
    if not wanted.division_code.strip() or not wanted.bureau_name.strip():
        raise InputError("区划代码或财政部门名称没有填", "请填写完整", "财政部门信息")
    code = plain_code(_checked("区划代码", wanted.division_code, division_fault))
    unit = Unit(code, _checked("财政部门名称", wanted.bureau_name, name_fault))
    person = _checked("经办人", wanted.person_name, person_fault)
    if not person:
        raise InputError("经办人姓名没有填", "请填写姓名", "财政部门信息")
    profile = WorkspaceProfile(DeskRole.BUREAU, unit, person, wanted.working_year, wanted.is_practice)
    with _whole_or_nothing(create_workspace(tools, folder, profile)) as workspace:
        keys = bureau_keys.create_keys(workspace, wanted.root_password, wanted.bureau_secret)
    return workspace, keys


def _check_secrets(root_password: str, bureau_secret: str | TokenChoice) -> None:
    """InputError for passwords that do not do, or for one that opens both keys; how long a PIN is the token says."""
    check_password(root_password)
    if isinstance(bureau_secret, TokenChoice):
        if bureau_secret.pin == root_password:
            raise InputError("根密码与 UKey 的 PIN 码相同", "请另设根密码，分开保管", "密码")
        return
    check_password(bureau_secret)
    if root_password == bureau_secret:
        raise InputError("根密码与签发密码相同", "请设置两个不同的密码，分开保管", "密码")


def write_registration_request(workspace: Workspace, folder: Path, password: str) -> WrittenPackage:
    """The registration request (签名登记申请) of this desk's key, for bureaus that register keys beforehand."""
    from services.key_care import write_request

    return write_request(workspace, UNIT, folder, password)
