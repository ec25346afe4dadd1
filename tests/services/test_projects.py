"""Projects of a unit: typed in, taken from the register, put into the bin and back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.domain.errors import InputError
from models.domain.project import RegisterEntry
from services import projects
from services.ports.store import FilingQuery
from services.projects import NewProject
from services.workspaces import Workspace
from tests.services.county import OTHER, TOWN, County


@pytest.fixture
def desk(county: County) -> Workspace:
    return county.desk()


def entry(**changes: object) -> RegisterEntry:
    plain = RegisterEntry("", "新立项目", TOWN, 2027, "特定目标类", "乡财股", 5_000_000, "一般公共预算")
    return replace(plain, **changes)  # type: ignore[arg-type]


def names(desk: Workspace) -> list[str]:
    with desk.store.reading() as work:
        return [project.name for project in work.projects.list(desk.profile.unit.code)]


class TestNew:
    def test_with_its_first_year(self, desk: Workspace) -> None:
        made = projects.add_project(desk, NewProject(" 河道清淤 ", 2027, " ５１ ", "特定目标类", 1_230_000))
        with desk.store.reading() as work:
            kept = work.projects.get(made.project_id)
            (year,) = work.projects.years(made.project_id)
        assert kept == made
        assert (made.name, made.project_code, made.unit_code) == ("河道清淤", "51", TOWN)
        assert (year.budget_year, year.budget_fen, year.from_register) == (2027, 1_230_000, False)

    def test_without_a_name(self, desk: Workspace) -> None:
        with pytest.raises(InputError, match="项目名称没有填"):
            projects.add_project(desk, NewProject("  ", 2027))

    def test_a_name_or_code_that_is_there(self, desk: Workspace) -> None:
        before = names(desk)
        projects.add_project(desk, NewProject("河道清淤", 2027, "C1"))
        with pytest.raises(InputError, match="已经有项目“河道清淤”"):
            projects.add_project(desk, NewProject("河道清淤 ", 2028))
        with pytest.raises(InputError, match="项目代码 C1 已经用于另一个项目"):
            projects.add_project(desk, NewProject("另一个", 2027, "C1"))
        assert names(desk) == [*before, "河道清淤"]

    def test_a_code_that_lies_in_the_bin(self, desk: Workspace) -> None:
        made = projects.add_project(desk, NewProject("河道清淤", 2027, "C1"))
        projects.put_in_bin(desk, made.project_id)
        with pytest.raises(InputError, match="在回收站里"):
            projects.add_project(desk, NewProject("另一个", 2027, "C1"))
        projects.add_project(desk, NewProject("河道清淤", 2027))  # the name alone is free again


class TestFromTheRegister:
    def test_lines_of_this_unit_and_year_and_what_is_here_already(
        self, county: County, desk: Workspace
    ) -> None:
        register = county.bureau.current_kit().kit.register
        mine = [e for e in register if (e.unit_code, e.budget_year) == (TOWN, 2027)]
        choices = projects.register_choices(desk, 2027)
        assert [choice.entry for choice in choices] == mine
        assert all(choice.is_taken for choice in choices)
        assert projects.register_choices(desk, 1999) == []

    def test_a_known_code_gets_another_year_and_the_registers_words(self, desk: Workspace) -> None:
        made = projects.add_project(desk, NewProject("旧名称", 2027, "C1", "旧类别"))
        assert (
            projects.take_from_register(
                desk, [entry(project_code="C1", project_name="新名称", budget_year=2028)]
            )
            == 1
        )
        with desk.store.reading() as work:
            kept = work.projects.get(made.project_id)
            years = work.projects.years(made.project_id)
        assert kept is not None
        assert (kept.name, kept.category) == ("新名称", "特定目标类")
        assert [(y.budget_year, y.budget_fen, y.fund_type, y.from_register) for y in years] == [
            (2027, None, "", False),
            (2028, 5_000_000, "一般公共预算", True),
        ]

    def test_lines_without_a_code_are_projects_of_their_own(self, desk: Workspace) -> None:
        before = len(names(desk))
        projects.take_from_register(desk, [entry(), entry(project_name="另一个新项目")])
        projects.take_from_register(desk, [entry(), entry(project_name="另一个新项目", budget_fen=1)])
        assert names(desk)[before:] == ["新立项目", "另一个新项目"]
        with desk.store.reading() as work:
            ids = [p.project_id for p in work.projects.list(TOWN)]
        assert "" not in ids
        assert len(set(ids)) == len(ids)

    def test_a_code_that_comes_later_meets_the_project(self, desk: Workspace) -> None:
        made = projects.add_project(desk, NewProject("河道清淤", 2027))
        before = names(desk)
        line = entry(project_code="C1", project_name="河道清淤")
        projects.take_from_register(desk, [line])
        assert names(desk) == before
        with desk.store.reading() as work:
            kept = work.projects.get(made.project_id)
        assert kept is not None
        assert kept.project_code == "C1"
        projects.take_from_register(desk, [replace(line, project_code="C2")])  # another project of that name
        assert names(desk) == [*before, "河道清淤"]

    def test_one_in_the_bin_comes_back(self, desk: Workspace) -> None:
        made = projects.add_project(desk, NewProject("河道清淤", 2027, "C1"))
        projects.put_in_bin(desk, made.project_id)
        projects.take_from_register(desk, [entry(project_code="C1", project_name="河道清淤")])
        assert names(desk).count("河道清淤") == 1
        assert projects.binned_projects(desk) == []


def test_bin_and_back_with_its_filings(county: County, desk: Workspace) -> None:
    county.filled(desk, 3)
    with desk.store.reading() as work:
        filing = next(f for f in work.filings.find(FilingQuery()) if f.project_id)
    projects.put_in_bin(desk, filing.project_id)
    assert [p.project_id for p in projects.binned_projects(desk)] == [filing.project_id]
    with desk.store.reading() as work:
        assert work.filings.get(filing.filing_id) == filing
    projects.restore_from_bin(desk, filing.project_id)
    assert projects.binned_projects(desk) == []


def test_another_units_lines_are_not_offered(county: County) -> None:
    other = county.desk(OTHER)
    assert {choice.entry.unit_code for choice in projects.register_choices(other, 2027)} == {OTHER}
