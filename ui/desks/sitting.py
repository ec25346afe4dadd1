"""Who is at the desk (在席情况), as the controllers of signing in and of forgotten passwords show it."""

from __future__ import annotations

from dataclasses import dataclass

from models.domain.desk_user import DeskUser
from services import people, token_keys
from services.desk_people import lone_person, present_user, seat_lone_person
from services.key_names import UNIT
from services.people import Recovery
from services.permission_table import Action
from services.permissions import may
from services.recovery_sheets import RecoverySheet, sheet_in_force
from services.workspaces import Workspace


@dataclass(frozen=True, slots=True)
class Sitting:
    """Who is there (在席情况): everybody registered, who is signed in, what helps who forgot their password.

    `signs_in` is False where nobody is asked: nobody is registered, or one person alone at a department. `secret` is
    what opens the desk's own key, "" where it has none; `sheet` the recovery sheet that serves now.
    """

    people: tuple[DeskUser, ...]
    present: DeskUser
    recovery: Recovery
    signs_in: bool
    secret: str = ""
    sheet: RecoverySheet | None = None

    @property
    def is_asked(self) -> bool:
        """Whether somebody has to sign in first."""
        return any(user.is_active for user in self.people) and not self.present.roles

    @property
    def lacks_sheet(self) -> bool:
        """Whether whoever is there should make a sheet: nobody else can, and there is none."""
        return self.signs_in and self.sheet is None and may(self.present, Action.PEOPLE)


def read_sitting(workspace: Workspace) -> Sitting:
    """Everybody, and who works here; who is alone at a department sits down unasked."""
    seat_lone_person(workspace)
    known = tuple(people.people(workspace))
    signs_in = any(user.is_active for user in known) and lone_person(workspace, known) is None
    recovery = people.recovery_way(workspace)
    name = "bureau" if recovery is Recovery.KEYS else UNIT
    has_key = name in workspace.vault.names()
    return Sitting(
        known,
        present_user(workspace),
        recovery,
        signs_in,
        token_keys.secret_name(workspace, name) if has_key else "",
        sheet_in_force(workspace),
    )
