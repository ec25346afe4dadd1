"""People at a bureau's or department's desk (操作人员): each with a password of their own, recovered by two others (F84, F85).

The password says who sits there, so that a decision bears the right name; keys have passwords of their own. Who left
is kept, for the decisions stay. Where nobody is left to confirm there is the sheet in the safe
(`services.recovery_sheets`). Nobody can take the last 系统管理员 away; entering and changing people is their work
(`services.permissions`). At a department the first person has every role and signs in only once a second is there; who
is left alone has every role again.
"""

from __future__ import annotations

import enum
import hashlib
import hmac
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from models.domain.desk_user import DeskUser, UserRole
from models.domain.errors import InputError, KeyProblem, WrongPassword
from models.domain.wait_policy import WaitPolicy
from services.bureau_keys import unlock_keys
from services.changes import Topic
from services.desk_people import lone_person, seat_lone_person, sit_down, stand_up
from services.key_names import UNIT
from services.one_line import MAX_NAME, one_line
from services.permission_table import BUREAU_ROLES, DEPARTMENT_ROLES, Action
from services.permissions import require
from services.ports.store import UnitOfWork
from services.sign_in_notices import tell_others
from services.workspaces import DeskRole, Workspace

LEAST_LENGTH = 8
_COST = {"n": 2**14, "r": 8, "p": 1}
"""Cost of the slow function (scrypt): a guess takes tens of milliseconds and 16 MB."""
_WAITS = "sign_in_waits"
_WAIT = WaitPolicy()
_RECOVERING = 3
"""So many people are needed to recover a password: who forgot it and two others."""
_WHERE = "操作人员"


class Recovery(enum.Enum):
    """How a forgotten password is made good at a desk (恢复方式), by how many people are left."""

    TWO_OTHERS = "two_others"
    KEYS = "keys"
    COLLEAGUE = "colleague"


def roles_here(workspace: Workspace) -> tuple[UserRole, ...]:
    """The roles one can have at this desk."""
    return DEPARTMENT_ROLES if _is_department(workspace) else BUREAU_ROLES


def people(workspace: Workspace) -> Sequence[DeskUser]:
    """Everybody, those who left last; times as the clock on the desk tells them."""
    with workspace.store.reading() as work:
        found = sorted(work.users.all(), key=lambda user: not user.is_active)
    return [replace(u, changed_at=workspace.local(u.changed_at)) if u.changed_at else u for u in found]


def add_person(
    workspace: Workspace, name: str, roles: Sequence[UserRole], office: str, password: str
) -> DeskUser:
    """Enter a person with a first password, to be changed at the first sign-in. The first one is 系统管理员 as well.

    At a department the first is whoever works there already: with every role, and a password of their own. The second
    one ends that nobody is asked.
    InputError when the name is missing or stands already, or no role is given; NotAllowed unless 系统管理员 asks.
    """
    by = require(workspace, Action.PEOPLE).name
    said, now = one_line(name), workspace.tools.clock.now()
    with workspace.store.writing() as work:
        known = work.users.all()
        _refuse_name(said, known)
        is_own = not known and _is_department(workspace)
        if is_own:
            roles = DEPARTMENT_ROLES
        elif not known:
            roles = tuple(dict.fromkeys((*roles, UserRole.ADMINISTRATOR)))
        user = DeskUser(
            f"U{secrets.token_hex(6)}",
            said,
            _sound(roles, office),
            one_line(office),
            verifier_of(password),
            must_change=not is_own,
            changed_at=now,
        )
        work.users.put(user)
        _log(work, now, by, user, f"添加操作人员{said}（{_names(user.roles)}）")
        work.commit()
    if lone_person(workspace, known):
        stand_up(workspace)
    seat_lone_person(workspace)
    workspace.changes.tell(Topic.SETTINGS)
    return user


def change_person(
    workspace: Workspace, user_id: str, roles: Sequence[UserRole], office: str, *, is_active: bool
) -> DeskUser:
    """Change what a person may do, or note that they left or came back. InputError for the last 系统管理员.

    NotAllowed unless 系统管理员 asks.
    """
    by, now = require(workspace, Action.PEOPLE).name, workspace.tools.clock.now()
    with workspace.store.writing() as work:
        known = work.users.all()
        user = _found(known, user_id)
        changed = replace(
            user, roles=_sound(roles, office), office=one_line(office), is_active=is_active, changed_at=now
        )
        if not any(_administers(item) for item in (changed, *(u for u in known if u.user_id != user_id))):
            raise InputError("至少要有一位在用的系统管理员", "请先指定另一位系统管理员", _WHERE)
        work.users.put(changed)
        state = "" if is_active else "，停用"
        _log(work, now, by, changed, f"修改操作人员{user.name}（{_names(changed.roles)}{state}）")
        _leave_everything_to(workspace, work, now, by)
        work.commit()
    seat_lone_person(workspace)
    workspace.changes.tell(Topic.SETTINGS)
    return changed


def sign_in(workspace: Workspace, user_id: str, password: str) -> DeskUser:
    """The person, when the password is theirs; WrongPassword with a wait that grows with every wrong one.

    Who left gets a KeyProblem. Signing in alone does not seat anybody: see `sit_down`.
    """
    now = workspace.tools.clock.now()
    with workspace.store.writing() as work:
        user = _found(work.users.all(), user_id)
        refuse_waiting(work, user_id, now)
        fitting = fits(user.verifier, password)
        is_right = user.is_active and fitting
        seconds = note_try(work, user_id, now, is_right=is_right)
        wrong = "登录密码不正确" if user.is_active else "已停用，没有登录"
        _log(work, now, user.name, user, "登录密码正确" if is_right else wrong)
        work.commit()
    if not user.is_active:
        raise KeyProblem(f"{user.name}已停用", "请由系统管理员恢复后再登录")
    if not is_right:
        raise WrongPassword("登录密码不正确", f"请过 {seconds} 秒再试", wait_seconds=seconds)
    return user


def enter(workspace: Workspace, user_id: str, password: str) -> DeskUser:
    """Sign in and work here from now on (登录); who has to change the first password is not seated before that."""
    user = sign_in(workspace, user_id, password)
    if not user.must_change:
        _seat(workspace, user)
    return user


def enter_anew(workspace: Workspace, user_id: str, old: str, new: str) -> None:
    """Change one's own password and work here from now on; raises as `set_password`."""
    set_password(workspace, user_id, old, new)
    with workspace.store.reading() as work:
        user = _found(work.users.all(), user_id)
    _seat(workspace, user)


def set_password(workspace: Workspace, user_id: str, old: str, new: str) -> None:
    """Change one's own password; WrongPassword when the old one is not theirs, InputError for one that does not do."""
    sign_in(workspace, user_id, old)
    if old == new:
        raise InputError("新密码与原来的相同", "请另设一个密码", _WHERE)
    put_password(workspace, user_id, new, "修改登录密码", must_change=False)


def recover(workspace: Workspace, user_id: str, confirming: Sequence[tuple[str, str]], new: str) -> None:
    """A forgotten password made good by two others (双人恢复): both confirm with their own, one is 系统管理员.

    `confirming` are id and password of the two. Where no other 系统管理员 is left, any two do. The new password
    must be changed at the next sign-in.
    """
    ids = {confirmer for confirmer, _ in confirming}
    if len(confirming) != 2 or len(ids) != 2 or user_id in ids:
        raise InputError("要由另外两位操作人员各自确认", "请选择两位不同的操作人员", _WHERE)
    verifier_of(new)
    who = [_confirmed(workspace, confirmer, password) for confirmer, password in confirming]
    others = [user for user in people(workspace) if user.user_id != user_id]
    has_administrator = any(_administers(user) for user in others)
    if has_administrator and not any(_administers(user) for user in who):
        raise InputError("确认的人里没有系统管理员", "请由一位系统管理员和另一位操作人员确认", _WHERE)
    why = "" if has_administrator else "（没有别的系统管理员）"
    said = f"由{who[0].name}、{who[1].name}确认，重设登录密码{why}"
    put_password(workspace, user_id, new, said, must_change=True, knowing=sorted(ids))
    workspace.changes.tell(Topic.SETTINGS)


def _confirmed(workspace: Workspace, user_id: str, password: str) -> DeskUser:
    """Who confirms; a wrong password is told with the name, for several are given at once."""
    try:
        return sign_in(workspace, user_id, password)
    except WrongPassword as wrong:
        name = next((user.name for user in people(workspace) if user.user_id == user_id), "")
        raise WrongPassword(f"{name}：{wrong.what}", wrong.remedy, wrong.wait_seconds) from None


def recovery_way(workspace: Workspace) -> Recovery:
    """How a forgotten password is made good here now: by two others, or where too few people are left with the keys.

    A department has no 根密码: there the colleague who is left confirms, together with the 签名密码.
    """
    if sum(user.is_active for user in people(workspace)) >= _RECOVERING:
        return Recovery.TWO_OTHERS
    return Recovery.COLLEAGUE if _is_department(workspace) else Recovery.KEYS


def needs_keys(workspace: Workspace) -> bool:
    """Whether a forgotten password can only be made good with the bureau's two key passwords: too few people are left."""
    return recovery_way(workspace) is Recovery.KEYS


def recover_with_keys(
    workspace: Workspace, user_id: str, root_password: str, bureau_password: str, new: str
) -> None:
    """A forgotten password made good with 根密码 and 签发密码, where there are not two others to confirm it.

    Those two are kept by two people as well. InputError while two others could confirm; WrongPassword, KeyProblem as
    for unlocking the keys.
    """
    if not needs_keys(workspace):
        raise InputError("有两位以上的其他操作人员", "请由他们用自己的登录密码确认", _WHERE)
    verifier_of(new)
    unlock_keys(workspace, root_password, bureau_password)
    put_password(workspace, user_id, new, "用根密码和签发密码确认，重设登录密码", must_change=True)
    workspace.changes.tell(Topic.SETTINGS)


def recover_with_colleague(
    workspace: Workspace, user_id: str, confirming: tuple[str, str], key_password: str, new: str
) -> None:
    """A forgotten password made good at a department of two: the other confirms (id, password), with the 签名密码.

    A department that has no key yet has signed nothing: there the colleague alone does, `key_password` is not looked at.
    InputError while two others could confirm; WrongPassword, KeyProblem for either password.
    """
    if recovery_way(workspace) is not Recovery.COLLEAGUE:
        raise InputError("有两位以上的其他操作人员", "请由他们用自己的登录密码确认", _WHERE)
    if confirming[0] == user_id:
        raise InputError("要由另一位操作人员确认", "请选择另一位操作人员", _WHERE)
    verifier_of(new)
    who = sign_in(workspace, *confirming)
    has_key = UNIT in workspace.vault.names()
    if has_key:
        workspace.vault.unlock(UNIT, key_password, workspace.tools.clock.now())
    with_key = "和签名密码" if has_key else ""
    said = f"由{who.name}{with_key}确认，重设登录密码"
    put_password(workspace, user_id, new, said, must_change=True, knowing=(who.user_id,))
    workspace.changes.tell(Topic.SETTINGS)


def verifier_of(password: str) -> Mapping[str, Any]:
    """What proves a password without holding it; InputError for one that is too short."""
    if len(password) < LEAST_LENGTH:
        raise InputError(f"密码少于 {LEAST_LENGTH} 位", f"请设 {LEAST_LENGTH} 位以上的密码", _WHERE)
    salt = secrets.token_bytes(16)
    return {**_COST, "salt": salt.hex(), "key": _key(password, salt, _COST).hex()}


def fits(verifier: Mapping[str, Any] | None, password: str) -> bool:
    """Whether a password is the one a verifier was made of; nobody gets in without one."""
    if not verifier:
        return False
    key = _key(password, bytes.fromhex(verifier["salt"]), verifier)
    return hmac.compare_digest(key.hex(), verifier["key"])


def _key(password: str, salt: bytes, cost: Mapping[str, Any]) -> bytes:
    return hashlib.scrypt(
        password.encode("utf-8", "surrogatepass"),
        salt=salt,
        n=int(cost["n"]),
        r=int(cost["r"]),
        p=int(cost["p"]),
        maxmem=64 * 1024 * 1024,
    )


def put_password(
    workspace: Workspace,
    user_id: str,
    new: str,
    said: str,
    *,
    must_change: bool,
    knowing: Sequence[str] = (),
    also: Callable[[UnitOfWork], object] = lambda _work: None,
) -> None:
    """Set a person's password, with the reason in the log; one set by others is told to all who do not know of it yet.

    `also` is done in the same transaction. InputError for who left, or for a password that does not do.
    """
    verifier, now = verifier_of(new), workspace.tools.clock.now()
    with workspace.store.writing() as work:
        user = _found(work.users.all(), user_id)
        if not user.is_active:
            raise InputError(f"{user.name}已停用", "请由系统管理员恢复后再重设密码", _WHERE)
        work.users.put(replace(user, verifier=verifier, must_change=must_change, changed_at=now))
        waits = dict(work.settings.get(_WAITS) or {})
        waits.pop(user_id, None)
        work.settings.put(_WAITS, waits)
        _log(work, now, user.name, user, said)
        if must_change:
            tell_others(work, now, f"{user.name}：{said}。", (user_id, *knowing))
        also(work)
        work.commit()


def _leave_everything_to(workspace: Workspace, work: UnitOfWork, now: datetime, by: str) -> None:
    """Who is left alone at a department does everything there."""
    only = lone_person(workspace, work.users.all())
    if only is not None and set(only.roles) != set(DEPARTMENT_ROLES):
        work.users.put(replace(only, roles=DEPARTMENT_ROLES, changed_at=now))
        _log(work, now, by, only, f"只剩{only.name}一位操作人员，办理全部工作")


def _is_department(workspace: Workspace) -> bool:
    return workspace.profile.role is DeskRole.DEPARTMENT


def _seat(workspace: Workspace, user: DeskUser) -> None:
    """Work here from now on, and say so in the log."""
    with workspace.store.writing() as work:
        _log(work, workspace.tools.clock.now(), user.name, user, "登录")
        work.commit()
    sit_down(workspace, user)


def refuse_waiting(work: UnitOfWork, name: str, now: datetime, what: str = "登录密码") -> None:
    """WrongPassword while the wait after a wrong password lasts; `name` is a person's id, or of what else is guessed at."""
    wait = (work.settings.get(_WAITS) or {}).get(name)
    if not wait or not wait.get("tries"):
        return
    left = (datetime.fromisoformat(str(wait["until"])) - now).total_seconds()
    if 0 < left <= _WAIT.seconds[-1]:  # a clock that was put back must not lock anybody out for days
        seconds = int(left) + 1
        raise WrongPassword(f"{what}刚刚输错过", f"请过 {seconds} 秒再试", wait_seconds=seconds)


def note_try(work: UnitOfWork, name: str, now: datetime, *, is_right: bool) -> int:
    """Count a try; how many seconds the next one has to wait."""
    waits: dict[str, Any] = dict(work.settings.get(_WAITS) or {})
    tries = 0 if is_right else int((waits.get(name) or {}).get("tries", 0)) + 1
    seconds = _WAIT.after(tries)
    waits[name] = {"tries": tries, "until": (now + timedelta(seconds=seconds)).isoformat()}
    work.settings.put(_WAITS, waits)
    return seconds


def _found(known: Sequence[DeskUser], user_id: str) -> DeskUser:
    user = next((item for item in known if item.user_id == user_id), None)
    if user is None:
        raise InputError("没有这位操作人员", "请刷新后再选", _WHERE)
    return user


def _refuse_name(name: str, known: Sequence[DeskUser]) -> None:
    if not name or len(name) > MAX_NAME:
        raise InputError("没有填写姓名，或姓名过长", "请填写姓名", _WHERE)
    if any(user.name == name for user in known):
        raise InputError(f"已有名叫{name}的操作人员", "同名的请在姓名后加股室区分", _WHERE)


def _sound(roles: Sequence[UserRole], office: str) -> tuple[UserRole, ...]:
    if not roles:
        raise InputError("没有选择角色", "请至少选择一个角色", _WHERE)
    if UserRole.OFFICE_REVIEWER in roles and not one_line(office):
        raise InputError("业务股室初审人员没有填股室", "请填写所在股室", _WHERE)
    return tuple(dict.fromkeys(roles))


def _administers(user: DeskUser) -> bool:
    return user.is_active and UserRole.ADMINISTRATOR in user.roles


def _names(roles: Sequence[UserRole]) -> str:
    return "、".join(role.label for role in roles)


def _log(work: UnitOfWork, now: datetime, by: str, user: DeskUser, said: str) -> None:
    work.audit.append(now, by, "people", user.user_id, said, {})
