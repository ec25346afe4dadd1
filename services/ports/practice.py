"""The practice county as services see it (演示数据接口); its data lies in `resources/practice`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from models.domain.kit import ParameterKit
from models.domain.project import RegisterEntry, Unit


class LaterEntries(Protocol):
    """What is typed into one form (填报内容), with explanations by check code."""

    @property
    def entries(self) -> Mapping[str, Any]:
        """Fields by key; tables by row id or by a text that stands in the row, or as new rows."""
        ...

    @property
    def explanations(self) -> Mapping[str, str]:
        """Explanations of 需说明 findings by check code."""
        ...


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

    def practice_later_entries(
        self, form_id: str, unit_code: str, project_code: str, budget_year: int
    ) -> LaterEntries | None:
        """What is typed into a later form of the year, if the unit or project files it."""
        ...

    def practice_main_unit(self) -> str:
        """Code of the town whose whole working year is there."""
        ...

    def practice_approval(self, budget_year: int) -> tuple[str, date] | None:
        """Document number and date under which a budget year's targets were approved."""
        ...

    def practice_person(self, unit_code: str) -> str:
        """The fictitious person who files for a unit."""
        ...
