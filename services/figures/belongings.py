"""Where filings belong (归属判断): unit, department, office, fund type and category, from filings, registers and kits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.domain.project import Project, RegisterEntry, Unit
from services.figures.records import Belonging

if TYPE_CHECKING:
    from services.handed_out import HandedOut
    from services.kept_rows import KeptRows
    from services.ports.store import FilingOverview, UnitOfWork
    from services.reporting_status import DueItem


class Belongings:
    """Answers every dimension for the filings and forms due of a budget year (归属)."""

    def __init__(self, work: UnitOfWork, rows: KeptRows, known: HandedOut, budget_year: int) -> None:
        self.budget_year = budget_year
        self._known = known
        self._projects, self._years = rows.projects(), rows.years(budget_year)
        self._entries: dict[tuple[str, str], RegisterEntry] = {}
        issued = [e for kit in known.kits for e in kit.register if e.budget_year == budget_year]
        for entry in (*reversed(issued), *work.registers.entries(budget_year)):
            self._entries[entry.unit_code, entry.project_name] = entry
            if entry.project_code:
                self._entries[entry.unit_code, entry.project_code] = entry
        self._made: dict[tuple[str, str, str, str], Belonging] = {}

    def of_filing(self, filing: FilingOverview) -> Belonging:
        """Where a received filing belongs: what the project's year says, then the register, then the unit."""
        project, year = self._projects.get(filing.project_id), self._years.get(filing.project_id)
        entry = self._entry(filing.unit_code, project)
        category = (project.category if project else "") or (entry.category if entry else "")
        fund = (year.fund_type if year else "") or (entry.fund_type if entry else "")
        office = (year.bureau_office if year else "") or (entry.bureau_office if entry else "")
        return self._made_of(filing.unit_code, office, fund, category)

    def of_item(self, item: DueItem) -> Belonging:
        """Where a form due belongs, by the register."""
        entry = self._entries.get((item.unit.code, item.project_code)) if item.project_code else None
        entry = entry or self._entries.get((item.unit.code, item.name))
        if entry is None:
            return self._made_of(item.unit.code, "", "", "")
        return self._made_of(item.unit.code, entry.bureau_office, entry.fund_type, entry.category)

    def name_of(self, filing: FilingOverview) -> str:
        """The project's name, the unit's for a form of the unit as a whole."""
        project = self._projects.get(filing.project_id)
        return project.name if project else self._unit(filing.unit_code).name

    def code_of(self, filing: FilingOverview) -> str:
        """The project's code, "" while it has none."""
        project = self._projects.get(filing.project_id)
        return project.project_code if project else ""

    def place_of(self, filing: FilingOverview) -> str:
        """What tells a unit's projects apart: the code, else the name, "" for the unit as a whole."""
        project = self._projects.get(filing.project_id)
        return (project.project_code or project.name) if project else filing.project_id

    def _entry(self, unit_code: str, project: Project | None) -> RegisterEntry | None:
        if project is None:
            return None
        by_code = self._entries.get((unit_code, project.project_code)) if project.project_code else None
        return by_code or self._entries.get((unit_code, project.name))

    def _unit(self, code: str) -> Unit:
        return self._known.unit(code) or Unit(code, code)

    def _made_of(self, code: str, office: str, fund_type: str, category: str) -> Belonging:
        """One record for all that belong to the same place."""
        key = code, office, fund_type, category
        if key not in self._made:
            unit = self._unit(code)
            over = code if unit.is_own_department else unit.department_code
            named = unit.department_name or self._unit(over).name
            self._made[key] = Belonging(
                unit.code,
                unit.name,
                over,
                unit.name if unit.is_own_department else named,
                office or unit.bureau_office,
                fund_type,
                category,
            )
        return self._made[key]
