"""What home offers from last year: blank forms with an answer of the year before, and projects the register lists again."""

from __future__ import annotations

from dataclasses import replace

from models.domain.project import ProjectYear
from services.filings import open_filing, save_draft
from services.last_year import last_year
from services.practice_last_year import put_last_year
from services.workspaces import Workspace


def test_nothing_was_filed_last_year(town: Workspace) -> None:
    assert last_year(town).choices == ()


def test_blank_forms_are_offered_until_they_are_begun(town: Workspace) -> None:
    put_last_year(town)
    found = last_year(town).choices
    assert found
    assert all(choice.offered > 0 for choice in found)
    first = found[0]
    opened = open_filing(town, first.task.task_id, first.project_id)
    assert opened.is_new
    save_draft(town, opened, opened.filing.answers, {})
    assert last_year(town).choices == found[1:]


def test_a_project_the_register_lists_again_is_named_until_it_is_taken(town: Workspace) -> None:
    kit, unit_code = town.current_kit().kit, town.profile.unit.code
    year = max(task.budget_year for task in kit.tasks)
    entry = next(e for e in kit.register if e.unit_code == unit_code and e.budget_year == year)
    with town.store.writing() as work:
        project = next(p for p in work.projects.list(entry.unit_code) if p.project_code == entry.project_code)
        work.projects.put(replace(project, project_id="N1", project_code=""))
        work.projects.put_year(ProjectYear("N1", year - 1, 100))
        work.projects.put_in_bin(project.project_id, town.tools.clock.now())
        work.commit()
    assert last_year(town).continuing == (entry.project_name,)
    with town.store.writing() as work:
        work.projects.put_year(ProjectYear("N1", year, 100))
        work.commit()
    assert last_year(town).continuing == ()
