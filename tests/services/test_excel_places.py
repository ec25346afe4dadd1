"""Where a hand-filled table belongs: by code, by name, by year; asked wherever that does not settle it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from forms import registry
from forms.hand_filled.stated import StatedTable
from models.domain.errors import InputError
from models.domain.filing import FilingStatus
from models.domain.project import Project
from services import excel_places, filings
from services.excel_import import ReadTable
from services.excel_places import TablePlaces
from services.matrix import Matrix, matrix
from services.workspaces import Workspace

TARGET = StatedTable("表.xlsx", form="performance_target", fiscal_year=2027)


def places(town: Workspace, *stated: StatedTable) -> tuple[TablePlaces, ...]:
    tables = tuple(ReadTable(at, one) for at, one in enumerate(stated))
    return excel_places.places_of(town, SimpleNamespace(tables=tables, path=Path("表.xlsx")))  # type: ignore[arg-type]


@pytest.fixture
def project(town: Workspace) -> Project:
    with town.store.reading() as work:
        years = {year.project_id for year in work.projects.years() if year.budget_year == 2027}
        return next(p for p in work.projects.list(town.profile.unit.code) if p.project_id in years)


def test_a_project_is_known_by_its_code_before_its_name(town: Workspace, project: Project) -> None:
    stated = replace(TARGET, project_name="写错的名称", project_code=project.project_code)
    (found,) = places(town, stated)
    assert found.only is not None
    assert found.only.project_id == project.project_id


def test_a_name_is_known_whatever_blanks_and_brackets_were_typed(town: Workspace, project: Project) -> None:
    with town.store.writing() as work:
        work.projects.put(replace(project, name="河道（柳河）清淤"))
        work.commit()
    (found,) = places(town, replace(TARGET, project_name="河道 (柳河)清淤"))
    assert found.only is not None
    assert found.only.project_id == project.project_id


def test_two_of_one_name_are_asked_about(town: Workspace, project: Project) -> None:
    with town.store.writing() as work:
        (year,) = [y for y in work.projects.years(project.project_id) if y.budget_year == 2027]
        work.projects.put(replace(project, project_id="N1", project_code=""))
        work.projects.put_year(replace(year, project_id="N1"))
        work.commit()
    (found,) = places(town, replace(TARGET, project_name=project.name))
    assert found.only is None
    assert "有几个项目" in found.doubt


def test_no_name_no_such_name_and_another_year_each_say_why(town: Workspace, project: Project) -> None:
    named = replace(TARGET, project_name=project.name)
    nameless, unknown, older = places(
        town, TARGET, replace(TARGET, project_name="没有的项目"), replace(named, fiscal_year=2024)
    )
    assert [found.only for found in (nameless, unknown, older)] == [None, None, None]
    assert "没有写项目名称" in nameless.doubt
    assert "“没有的项目”" in unknown.doubt
    assert "2024年度" in older.doubt
    assert [cell.project_id for cell in older.fitting] == [project.project_id]


def test_two_rounds_of_one_form_are_asked_about(
    town: Workspace, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def twice(desk: Workspace) -> Matrix:
        shown = matrix(desk)
        at = next(at for at, task in enumerate(shown.tasks) if task.form_id == TARGET.form)
        rows = tuple(row._replace(cells=(*row.cells, row.cells[at])) for row in shown.rows)
        return shown._replace(tasks=(*shown.tasks, replace(shown.tasks[at], task_id="second")), rows=rows)

    monkeypatch.setattr(excel_places, "matrix", twice)
    (found,) = places(town, replace(TARGET, project_name=project.name))
    assert found.only is None
    assert "几项任务" in found.doubt
    assert [cell.task.task_id for cell in found.fitting][1:] == ["second"]


def test_the_units_own_form_needs_no_name(town: Workspace) -> None:
    (found,) = places(town, StatedTable("表.xlsx", form="overall_expenditure_target", fiscal_year=2027))
    assert found.only is not None
    assert found.only.project_id == ""


def test_a_closed_form_is_still_found_and_known_to_be_closed(town: Workspace, project: Project) -> None:
    task = next(t for t in town.current_kit().kit.tasks if t.form_id == TARGET.form)
    filings.exempt(town, task, project.project_id, "已并入另一个项目")
    (found,) = places(town, replace(TARGET, project_name=project.name))
    assert found.only is not None
    assert (found.only.status, found.only.is_open) == (FilingStatus.EXEMPT, False)


def test_a_form_nobody_files_this_year_is_refused_in_words(
    town: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(excel_places, "matrix", lambda desk: matrix(desk)._replace(tasks=(), rows=()))
    title = registry.head(TARGET.form).title
    with pytest.raises(InputError, match=f"本年没有要填“{re.escape(title)}”的任务"):
        places(town, TARGET, replace(TARGET, form=""))
