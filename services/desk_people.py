"""Who sits at the desk (在席人员): the person whose name stands on what is decided, with the roles that go with it."""

from __future__ import annotations

from models.domain.desk_user import DeskUser, UserRole
from services.workspaces import Workspace

OWN_ID = "desk"
"""Id of the desk's own person while nobody has been entered as a user."""


def present_user(workspace: Workspace) -> DeskUser:
    """The person working here: the first active user who bears the profile's name.

    While the desk knows no users, its own person does everything, as in a bureau of two people.
    """
    name = workspace.profile.person_name
    with workspace.store.reading() as work:
        users = work.users.all()
    own = DeskUser(OWN_ID, name, tuple(UserRole) if not users else ())
    return next((user for user in users if user.is_active and user.name == name), own)
