"""The practice county as services see it (演示数据接口); its data lies in `resources/practice`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from models.domain.kit import ParameterKit
from models.domain.project import RegisterEntry, Unit


class PracticeCounty(Protocol):
    """示例县: units, registers, kit and filled answers, all fictitious."""

    def practice_kit(self) -> ParameterKit:
        """The county's kit with units and registers, without certificates."""
        ...

    def practice_units(self) -> tuple[Unit, ...]:
        """The unit register."""
        ...

    def practice_register(self, budget_year: int) -> Sequence[RegisterEntry]:
        """The project register of a budget year."""
        ...

    def practice_target_answers(self, project_code: str, budget_year: int) -> dict[str, Any] | None:
        """Filled answers of a project's target declaration."""
        ...

    def practice_overall_answers(self, unit_code: str, budget_year: int) -> dict[str, Any] | None:
        """Filled answers of a unit's overall target declaration."""
        ...

    def practice_person(self, unit_code: str) -> str:
        """The fictitious person who files for a unit."""
        ...
