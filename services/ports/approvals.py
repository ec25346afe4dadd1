"""Approvals in the store (批复登记的存取): appended only, the last one of a place is in force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from models.domain.approval import Approval


@dataclass(frozen=True, slots=True)
class ApprovalPlace:
    """What an approval is for (批复对象): unit, project ("" for the unit as a whole), budget year, target form."""

    unit_code: str
    project_id: str
    budget_year: int
    form_id: str


class ApprovalRepository(Protocol):
    """Approvals of targets (绩效目标批复)."""

    def add(self, approval: Approval) -> None:
        """Keep an approval; it is in force for its place from now on."""
        ...

    def of(self, place: ApprovalPlace) -> Sequence[Approval]:
        """Every approval of a place, the one in force first."""
        ...

    def withdraw(self, approval: Approval, at: datetime) -> bool:
        """Take an approval out of force, if it is the one in force; whether it was. It stays on record."""
        ...

    def in_force(self, budget_year: int, unit_code: str | None = None) -> Sequence[Approval]:
        """The approval in force of every place of a budget year, of one unit or all, by unit and project."""
        ...
