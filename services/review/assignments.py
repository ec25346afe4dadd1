"""Whose filing it is (归口和分办): the office of project or unit by the register, unless it was reassigned.

The office is always read anew, so that a corrected register counts at once for reviews that have begun. What was
reassigned stands under one setting by filing or unit; that of a filing goes before that of its unit, and stays with
the filing's later versions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.domain.desk_user import DeskUser
from models.domain.review import ReviewFile
from services.ports.store import UnitOfWork

SETTING = "review_assignments"


@dataclass(frozen=True, slots=True)
class Assignment:
    """What was reassigned (改派): office and person, "" for no other office or nobody named; why, by whom, when (ISO)."""

    office: str
    person_id: str
    reason: str
    by: str
    at: str


@dataclass(frozen=True)
class Assignments:
    """Everything reassigned at a desk (改派情况), with the people registered there by id."""

    given: Mapping[str, Mapping[str, Any]]
    people: Mapping[str, DeskUser]

    def of(self, filing_id: str, unit_code: str) -> Assignment | None:
        """What holds for a filing: its own reassignment, else that of its unit."""
        if not self.given:
            return None
        found = self.given.get(filing_place(filing_id)) or self.given.get(unit_place(unit_code))
        return Assignment(**found) if found else None

    def settled(self, file: ReviewFile, unit_code: str, office: str) -> ReviewFile:
        """A review with the office in charge now, and the person it was given to where they decide at its level."""
        found = self.of(file.filing_id, unit_code)
        own = found.office if found and found.office else office
        person = self.people.get(found.person_id) if found else None
        is_theirs = person is not None and file.level is not None and person.may_decide(file.level, own)
        assigned = person.user_id if person is not None and is_theirs else ""
        if (file.office, file.assigned_to) == (own, assigned):
            return file
        # Spelled out: `replace` takes four times as long, and a queue may settle a hundred thousand of them.
        return ReviewFile(
            file.filing_id, file.version, file.level, own, assigned, file.revision, file.updated_at
        )


def assignments(work: UnitOfWork) -> Assignments:
    """What was reassigned, as it stands now."""
    return Assignments(
        work.settings.get(SETTING) or {},
        {user.user_id: user for user in work.users.all() if user.is_active},
    )


def filing_place(filing_id: str) -> str:
    """Where the reassignment of a filing is kept."""
    return f"filing:{filing_id}"


def unit_place(unit_code: str) -> str:
    """Where the reassignment of a unit is kept."""
    return f"unit:{unit_code}"
