"""Who may do this (权限检查): asked inside the services, so that no page, shortcut or command gets around it.

While a desk knows no people, its own person does everything. A refusal is a sentence that names who may, and stands
in the log.
"""

from __future__ import annotations

from collections.abc import Sequence

from models.domain.desk_user import DeskUser, UserRole
from models.domain.errors import InputError
from models.domain.review import ReviewFile
from models.domain.review_rule import ReviewStep
from services.desk_people import present_user
from services.permission_table import ROLE_ACTIONS, Action, roles_for
from services.ports.store import UnitOfWork
from services.workspaces import Workspace

WHERE = "权限"


class NotAllowed(InputError):
    """Somebody who may not do this asked for it (没有权限); the sentence names who may."""


def may(who: DeskUser, action: Action) -> bool:
    """Whether a person's roles allow something."""
    return who.is_active and any(action in ROLE_ACTIONS[role] for role in who.roles)


def require(workspace: Workspace, action: Action) -> DeskUser:
    """Who works here, if they may do this; NotAllowed names who may, and the refusal is logged."""
    return require_of(workspace, present_user(workspace), action)


def require_of(workspace: Workspace, who: DeskUser, action: Action) -> DeskUser:
    """The same for a named person, as the store knows them now."""
    with workspace.store.reading() as work:
        users = work.users.all()
    acting = as_known(users, who)
    if may(acting, action):
        return acting
    error = refusal(users, acting, action)
    note_refusal(workspace, acting, error)
    raise error


def as_known(users: Sequence[DeskUser], who: DeskUser) -> DeskUser:
    """A person as registered now: rights given at the sign-in may have been taken away at another desk since."""
    if not users:
        return who
    known = next((user for user in users if user.user_id == who.user_id and user.is_active), None)
    return known or DeskUser(who.user_id, who.name, ())


def refusal(users: Sequence[DeskUser], who: DeskUser, action: Action) -> NotAllowed:
    """The sentence that says who may."""
    able = [(role, [u for u in users if u.is_active and role in u.roles]) for role in roles_for(action)]
    named = [(role, some) for role, some in able if some] or able
    words = "或".join(_named(role.label, some) for role, some in named)
    if not who.roles:
        return NotAllowed(f"现在没有人登录，不能{action.label}", f"请由{words}登录后办理", WHERE)
    return NotAllowed(f"{who.name}没有{action.label}的权限", f"请由{words}办理", WHERE)


def require_level(work: UnitOfWork, who: DeskUser, step: ReviewStep, file: ReviewFile) -> DeskUser:
    """Who decides at a level, as registered now; NotAllowed where level, office or the person it was given to say no."""
    users = work.users.all()
    acting = as_known(users, who)
    told = level_obstacle(users, acting, step, file)
    if told:
        raise NotAllowed(*told)
    return acting


def level_obstacle(
    users: Sequence[DeskUser], who: DeskUser, step: ReviewStep, file: ReviewFile
) -> tuple[str, str, str] | None:
    """Why a person may not decide at a level: what, remedy and where; None when they may."""
    head = f"现在轮到“{step.shown_title}”"
    if not who.may_decide(step.level, file.office):
        able = [user for user in users if user.may_decide(step.level, file.office)]
        remedy = f"请由{_people(able)}办理" if able else "请由有权限的人员办理"
        office = f"，归口{file.office}" if file.office and UserRole.OFFICE_REVIEWER in who.roles else ""
        return f"{head}{office}，{who.name}没有这个环节的权限", remedy, "审核"
    if file.assigned_to and file.assigned_to != who.user_id:
        given = next((user for user in users if user.user_id == file.assigned_to), None)
        if given is not None and given.may_decide(step.level, file.office):
            return f"{head}，这份表已分给{given.name}", f"请由{given.name}办理，或先改派", "审核"
    return None


def note_refusal(workspace: Workspace, who: DeskUser, error: InputError, subject: str = "") -> None:
    """Keep in the log that somebody was refused."""
    now = workspace.tools.clock.now()
    with workspace.store.writing() as work:
        work.audit.append(now, who.name, "refused", subject, f"未办理：{error.what}", {})
        work.commit()


def _named(title: str, some: Sequence[DeskUser]) -> str:
    """系统管理员（李文）."""
    return f"{title}（{'、'.join(user.name for user in some)}）" if some else title


def _people(some: Sequence[DeskUser]) -> str:
    """农业股李文、王芳."""
    return "、".join(f"{user.office}{user.name}" for user in some)
