"""Lines of the project register met by unit, code and year (名录项目的查找): a county's two thousand are asked for one by one."""

from __future__ import annotations

from collections.abc import Mapping

from forms.remembered import by_identity
from models.domain.kit import ParameterKit
from models.domain.project import Project, ProjectYear, RegisterEntry

KITS_REMEMBERED = 8
_Place = tuple[str, str, int]


@by_identity(KITS_REMEMBERED)
def _lines(register: tuple[RegisterEntry, ...]) -> Mapping[_Place, RegisterEntry]:
    """The first line of every place."""
    found: dict[_Place, RegisterEntry] = {}
    for entry in register:
        found.setdefault((entry.unit_code, entry.project_code, entry.budget_year), entry)
    return found


def register_line(
    kit: ParameterKit, unit_code: str, project_code: str, budget_year: int
) -> RegisterEntry | None:
    """The kit's line for a unit's project of a budget year, None where there is none."""
    return _lines(kit.register).get((unit_code, project_code, budget_year))


def register_entry(kit: ParameterKit, project: Project | None, budget_year: int) -> RegisterEntry | None:
    """The line of the project register that stands for a project, met by unit and code.

    Another unit's line is never this project's, even when its code was typed here.
    """
    if project is None or not project.project_code:
        return None
    return register_line(kit, project.unit_code, project.project_code, budget_year)


def project_year_of(entry: RegisterEntry, project_id: str) -> ProjectYear:
    """The project year that a register line describes."""
    return ProjectYear(
        project_id,
        entry.budget_year,
        entry.budget_fen,
        entry.fund_type,
        entry.bureau_office,
        from_register=True,
    )
