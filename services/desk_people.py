"""Who sits at the desk (在席人员): the person whose name stands on what is decided, with the roles that go with it.

Signing in says so for this window only: a database that several desks share does not know who sits at which. At a
department of one person nobody is asked: whoever is registered alone sits there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from models.domain.desk_user import DeskUser, UserRole
from services.changes import Topic
from services.workspaces import DeskRole, Workspace

OWN_ID = "desk"
"""Id of the desk's own person while nobody has been entered as a user."""


def present_user(workspace: Workspace) -> DeskUser:
    """The person who signed in at this window, as registered now; without roles while nobody is signed in.

    While the desk knows no users, its own person does everything, as in a bureau of two people.
    """
    with workspace.store.reading() as work:
        users = work.users.all()
    if only := lone_person(workspace, users):
        return only
    name = workspace.profile.person_name
    own = DeskUser(OWN_ID, name, tuple(UserRole) if not users else ())
    return next((user for user in users if user.is_active and user.user_id == workspace.signed_in), own)


def lone_person(workspace: Workspace, users: Sequence[DeskUser]) -> DeskUser | None:
    """Who is registered alone at a department (只有一位操作人员): nobody else could sit there, so nobody is asked.

    A bureau asks its first person already.
    """
    here = [user for user in users if user.is_active]
    is_alone = len(here) == 1 and workspace.profile.role is DeskRole.DEPARTMENT
    return here[0] if is_alone else None


def seat_lone_person(workspace: Workspace) -> None:
    """What is done at a department of one person bears the name they are registered under; nothing elsewhere."""
    with workspace.store.reading() as work:
        only = lone_person(workspace, work.users.all())
    if only is not None and only.name != workspace.profile.person_name:
        workspace.profile = replace(workspace.profile, person_name=only.name)


def asks_who(workspace: Workspace) -> bool:
    """Whether somebody has to sign in before anything is shown (登录): people are registered and none of them is there.

    Not at a department of one person.
    """
    with workspace.store.reading() as work:
        users = work.users.all()
    return any(user.is_active for user in users) and not present_user(workspace).roles


def sit_down(workspace: Workspace, user: DeskUser) -> None:
    """From now on what is done at this window bears the name of this person."""
    workspace.signed_in = user.user_id
    workspace.profile = replace(workspace.profile, person_name=user.name)
    workspace.changes.tell(Topic.SETTINGS)


def stand_up(workspace: Workspace, said: str = "退出登录") -> None:
    """Nobody sits here any more; nothing happens where nobody did. `said` stands in the log."""
    who = present_user(workspace)
    if not workspace.signed_in:
        return
    with workspace.store.writing() as work:
        work.audit.append(workspace.tools.clock.now(), who.name, "people", workspace.signed_in, said, {})
        work.commit()
    workspace.signed_in = ""
    workspace.changes.tell(Topic.SETTINGS)
