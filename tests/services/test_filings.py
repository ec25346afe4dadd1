"""Filings at the clerk's desk: opened, saved with history, kept apart between windows, moved between states."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.domain.errors import InputError, RevisionConflict, StorageProblem
from models.domain.filing import FilingStatus
from services import filings
from services.changes import ChangeSet, Topic
from services.filings import OpenFiling
from services.ports.store import FilingQuery
from services.workspaces import Workspace
from tests.services.county import County


@pytest.fixture
def desk(county: County) -> Workspace:
    return county.desk()


@pytest.fixture
def opened(desk: Workspace) -> OpenFiling:
    task = next(
        t for t in desk.current_kit().kit.tasks if t.form_id == "performance_target" and t.budget_year == 2027
    )
    with desk.store.reading() as work:
        project = work.projects.list(desk.profile.unit.code)[0]
    return filings.open_filing(desk, task.task_id, project.project_id)


def again(desk: Workspace, opened: OpenFiling) -> OpenFiling:
    return filings.open_filing(desk, opened.filing.task_id, opened.filing.project_id)


def count(desk: Workspace) -> int:
    with desk.store.reading() as work:
        return len(work.filings.find(FilingQuery()))


def edit(desk: Workspace, opened: OpenFiling, **answers: object) -> OpenFiling:
    return filings.save_draft(desk, opened, {**opened.filing.answers, **answers}, {})


class TestOpening:
    def test_a_blank_one_is_prefilled_and_not_stored(self, desk: Workspace, opened: OpenFiling) -> None:
        assert opened.is_new
        assert opened.filing.answers["project_name"] == opened.context.project.name  # type: ignore[union-attr]
        assert opened.filing.answers["indicators"] == []
        assert count(desk) == 0

    def test_what_was_saved(self, desk: Workspace, opened: OpenFiling) -> None:
        saved = edit(desk, opened, annual_target="完成。")
        assert (saved.is_new, saved.filing.revision) == (False, 1)
        assert again(desk, opened).filing == saved.filing

    def test_an_unknown_task_or_project(self, desk: Workspace, opened: OpenFiling) -> None:
        with pytest.raises(InputError, match="没有这项任务"):
            filings.open_filing(desk, "none")
        with pytest.raises(InputError, match="找不到这个项目"):
            filings.open_filing(desk, opened.filing.task_id, "none")

    def test_last_years_answers_are_at_hand(self, desk: Workspace, opened: OpenFiling) -> None:
        assert opened.context.previous_answers is None
        last = replace(
            opened.filing, filing_id="F-last", task_id="last", budget_year=opened.filing.budget_year - 1
        )
        with desk.store.writing() as work:
            figures = filings.figures_of(opened, last.answers, filings.FindingCounts())
            work.filings.save(last, figures, expected_revision=None)
            work.commit()
        assert again(desk, opened).context.previous_answers == last.answers

    def test_the_register_line_of_the_project(self, desk: Workspace, opened: OpenFiling) -> None:
        entry = opened.context.register_entry
        assert entry is not None
        assert entry.unit_code == desk.profile.unit.code
        assert opened.context.project_year is not None
        assert opened.context.project_year.budget_fen == entry.budget_fen


class TestSaving:
    def test_history_of_every_place(self, desk: Workspace, opened: OpenFiling) -> None:
        row = {"row_id": "r1", "third_level": "养护里程", "planned_value": "12"}
        one = edit(desk, opened, annual_target="甲", indicators=[row])
        two = edit(desk, one, annual_target="乙", indicators=[{**row, "planned_value": "15"}])
        edit(desk, two, annual_target="乙", indicators=[])
        changes = filings.history(desk, opened.filing.filing_id)
        assert {change.changed_by for change in changes} == {"张敏"}
        paths = [(c.path, c.before, c.after) for c in changes]
        assert ("annual_target", "甲", "乙") in paths
        assert ("indicators[r1].planned_value", "12", "15") in paths
        assert ("indicators[r1]", {**row, "planned_value": "15"}, None) in paths
        places = filings.history(desk, opened.filing.filing_id, "annual_target")
        assert [c.after for c in places] == ["乙", "甲"]

    def test_two_windows_on_one_form(self, desk: Workspace, opened: OpenFiling) -> None:
        first = edit(desk, opened, annual_target="窗口一")
        second = again(desk, opened)
        edit(desk, first, annual_target="窗口一再改")
        with pytest.raises(RevisionConflict):
            edit(desk, second, annual_target="窗口二")
        assert again(desk, opened).filing.answers["annual_target"] == "窗口一再改"
        assert [c.after for c in filings.history(desk, opened.filing.filing_id, "annual_target")] == [
            "窗口一再改",
            "窗口一",
        ]

    def test_two_windows_begin_the_same_form(self, desk: Workspace, opened: OpenFiling) -> None:
        other = again(desk, opened)
        assert other.filing.filing_id != opened.filing.filing_id
        edit(desk, opened, annual_target="窗口一")
        with pytest.raises(RevisionConflict, match="另一个窗口"):
            edit(desk, other, annual_target="窗口二")
        with pytest.raises(RevisionConflict, match="另一个窗口"):
            filings._with_status(desk, other, FilingStatus.EXEMPT, "x")
        assert count(desk) == 1
        assert filings.stored(desk, other) == again(desk, opened).filing

    def test_what_was_given_up_stays_in_the_history(self, desk: Workspace, opened: OpenFiling) -> None:
        saved = edit(desk, opened, annual_target="留下的").filing
        filings.set_aside(desk, saved, {**saved.answers, "annual_target": "放弃的"})
        (change, _) = filings.history(desk, saved.filing_id, "annual_target")
        assert (change.before, change.after) == ("放弃的", "留下的")
        assert again(desk, opened).filing == saved

    def test_a_full_disk(self, desk: Workspace, opened: OpenFiling) -> None:
        saved = edit(desk, opened, annual_target="甲")
        desk.store.fail_next_commit = StorageProblem("磁盘已满")  # type: ignore[attr-defined]
        with pytest.raises(StorageProblem):
            edit(desk, saved, annual_target="乙")
        assert edit(desk, saved, annual_target="乙").filing.revision == 2

    def test_figures_for_lists(self, desk: Workspace, opened: OpenFiling) -> None:
        edit(desk, opened, annual_total_fen=12_000_000, indicators=[{"row_id": "r1", "planned_value": "x"}])
        with desk.store.reading() as work:
            (shown,) = work.filings.overview(FilingQuery())
            assert [r.values["planned_value"] for r in work.filings.indicator_rows(FilingQuery())] == ["x"]
        assert shown.amount_fen == 12_000_000
        assert 0 < shown.progress < 100
        assert shown.blocking > 0

    def test_listeners_hear_who_changed_it(self, desk: Workspace, opened: OpenFiling) -> None:
        heard: list[ChangeSet] = []
        stop = desk.changes.listen(heard.append)
        edit(desk, opened, annual_target="甲")
        assert heard == [ChangeSet(frozenset({Topic.FILINGS}), opened)]
        stop()
        edit(desk, again(desk, opened), annual_target="乙")
        assert len(heard) == 1


class TestStates:
    def moved(self, desk: Workspace, opened: OpenFiling, status: FilingStatus) -> OpenFiling:
        edit(desk, opened, annual_target="甲")
        with desk.store.writing() as work:
            work.filings.set_status(again(desk, opened).filing.filing_id, status, desk.tools.clock.now())
            work.commit()
        return again(desk, opened)

    @pytest.mark.parametrize("status", [FilingStatus.SEALED, FilingStatus.RECEIVED, FilingStatus.EXEMPT])
    def test_reopened_for_a_new_version(
        self, desk: Workspace, opened: OpenFiling, status: FilingStatus
    ) -> None:
        filing = self.moved(desk, opened, status)
        with pytest.raises(InputError, match=f"这份表{status.label}，不能直接修改"):
            edit(desk, filing, annual_target="乙")
        reopened = filings.reopen(desk, filing)
        assert reopened.filing.status is FilingStatus.DRAFT
        assert edit(desk, reopened, annual_target="乙").filing.answers["annual_target"] == "乙"

    @pytest.mark.parametrize(
        "status", [FilingStatus.IN_REVIEW, FilingStatus.PASSED, FilingStatus.ENLISTED, FilingStatus.APPROVED]
    )
    def test_not_while_the_bureau_has_it(
        self, desk: Workspace, opened: OpenFiling, status: FilingStatus
    ) -> None:
        filing = self.moved(desk, opened, status)
        with pytest.raises(InputError, match=f"这份表{status.label}，现在不能修改"):
            filings.reopen(desk, filing)

    def test_what_is_open_already(self, desk: Workspace, opened: OpenFiling) -> None:
        filing = self.moved(desk, opened, FilingStatus.RETURNED)
        assert filings.reopen(desk, filing) is filing

    def test_nothing_to_be_filed(self, desk: Workspace, opened: OpenFiling) -> None:
        task, project_id = opened.context.task, opened.filing.project_id
        with pytest.raises(InputError, match="没有写明原因"):
            filings.exempt(desk, task, project_id, "  ")
        done = filings.exempt(desk, task, project_id, " 项目已取消 ")
        assert (done.filing.status, done.filing.exempt_reason) == (FilingStatus.EXEMPT, "项目已取消")
        with pytest.raises(InputError, match="不能改为无需填报"):
            filings.exempt(desk, task, project_id, "再来")
        reopened = filings.reopen(desk, again(desk, opened))
        assert reopened.filing.exempt_reason == ""

    def test_a_returned_form_is_not_waved_away(self, desk: Workspace, opened: OpenFiling) -> None:
        self.moved(desk, opened, FilingStatus.RETURNED)
        with pytest.raises(InputError, match="不能改为无需填报"):
            filings.exempt(desk, opened.context.task, opened.filing.project_id, "原因")
