"""Projects and their budget years (项目与项目年度)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, func, select, text, update

from models.domain.project import Project, ProjectYear
from models.store.row_writing import change_known, put_row
from models.store.tables import project_years, projects
from models.store.values import columns_of, fen_column, optional_moment_column

_PROJECT = (
    projects.c.project_id,
    projects.c.name,
    projects.c.unit_code,
    projects.c.project_code,
    projects.c.category,
)
_NAMES = ", ".join(column.name for column in _PROJECT)
_ONE = select(*_PROJECT).where(projects.c.project_id == bindparam("project_id"))
_LAST = select(func.max(projects.c.position))
_YEAR_NAMES = ", ".join(
    f"y.{name}"
    for name in ("project_id", "budget_year", "budget_fen", "fund_type", "bureau_office", "from_register")
)


class SqlProjects:
    """Projects and their years (项目与项目年度)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._last_position: int | None = None

    def put(self, project: Project) -> None:
        """Add a project at the end of the list, or replace it where it is."""
        row = columns_of(project)
        if self.get(project.project_id) is None:
            row["position"] = self._next_position()
        put_row(self._connection, projects, row)

    def _next_position(self) -> int:
        """The place behind every project; asked for once in a unit of work, which may add thousands and alone writes."""
        if self._last_position is None:
            self._last_position = self._connection.execute(_LAST).scalar() or 0
        self._last_position += 1
        return self._last_position

    def put_year(self, year: ProjectYear) -> None:
        """Add or replace one budget year of a project."""
        row = {
            **columns_of(year),
            "budget_fen": fen_column(year.budget_fen),
            "from_register": int(year.from_register),
        }
        put_row(self._connection, project_years, row)

    def get(self, project_id: str) -> Project | None:
        """One project, also from the recycle bin."""
        found = self._connection.execute(_ONE, {"project_id": project_id}).first()
        return None if found is None else Project(*found)

    def list(self, unit_code: str | None = None, *, in_bin: bool = False) -> Sequence[Project]:
        """Projects of a unit (or all), in the order they were added; `in_bin` lists the recycle bin instead."""
        binned = "binned_at IS NOT NULL" if in_bin else "binned_at IS NULL"
        of_unit = "" if unit_code is None else " AND unit_code = :unit_code"
        wanted = text(f"SELECT {_NAMES} FROM projects WHERE {binned}{of_unit} ORDER BY position")
        given = {} if unit_code is None else {"unit_code": unit_code}
        return [Project(*row) for row in self._connection.execute(wanted, given).all()]

    def some(self, project_ids: Collection[str]) -> Sequence[Project]:
        """Those of some projects that are not in the recycle bin, in no order."""
        wanted = select(*_PROJECT).where(
            projects.c.project_id.in_(project_ids), projects.c.binned_at.is_(None)
        )
        return [Project(*row) for row in self._connection.execute(wanted)]

    def years(self, project_id: str | None = None, budget_year: int | None = None) -> Sequence[ProjectYear]:
        """Budget years of one project or of all (or one year of them), in the order of the projects."""
        wanted_of = {"project_id": project_id, "budget_year": budget_year}
        given = {name: value for name, value in wanted_of.items() if value is not None}
        where = " AND ".join(f"y.{name} = :{name}" for name in given)
        of_one = f" WHERE {where}" if given else ""
        wanted = text(
            f"SELECT {_YEAR_NAMES} FROM project_years AS y"
            f" JOIN projects AS p ON p.project_id = y.project_id{of_one} ORDER BY p.position, y.budget_year"
        )
        return [
            ProjectYear(project, year, fen, fund_type, office, bool(from_register))
            for project, year, fen, fund_type, office, from_register in self._connection.execute(
                wanted, given
            ).all()
        ]

    def bureau_offices(self) -> Mapping[tuple[str, int], str]:
        """The bureau office in charge by project and budget year, where the register names one."""
        columns = project_years.c
        wanted = select(columns.project_id, columns.budget_year, columns.bureau_office)
        named = wanted.where(columns.bureau_office != "")
        return {(project, year): office for project, year, office in self._connection.execute(named).all()}

    def years_of(self, project_ids: Collection[str]) -> Sequence[ProjectYear]:
        """All budget years of some projects, in no order."""
        names = select(project_years).where(project_years.c.project_id.in_(project_ids))
        return [
            ProjectYear(
                row.project_id,
                row.budget_year,
                row.budget_fen,
                row.fund_type,
                row.bureau_office,
                bool(row.from_register),
            )
            for row in self._connection.execute(names)
        ]

    def remove_year(self, project_id: str, budget_year: int) -> None:
        """Take one budget year off a project; nothing where there is none."""
        years = project_years.c
        gone = delete(project_years).where(years.project_id == project_id, years.budget_year == budget_year)
        self._connection.execute(gone)

    def put_in_bin(self, project_id: str, at: datetime) -> None:
        """Move a project to the recycle bin (回收站); its filings stay. StorageProblem when there is none."""
        self._set_bin(project_id, at)

    def restore(self, project_id: str) -> None:
        """Bring a project back from the recycle bin. StorageProblem when there is none."""
        self._set_bin(project_id, None)

    def _set_bin(self, project_id: str, at: datetime | None) -> None:
        statement = update(projects).where(projects.c.project_id == project_id)
        change_known(self._connection, statement.values(binned_at=optional_moment_column(at)), "个项目")
