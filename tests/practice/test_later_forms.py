"""The later forms of the year in the practice county: filled in through the services, nothing left to mend."""

from __future__ import annotations

import pytest

from forms import registry
from models.domain.filing import Filing
from resources import practice_county as county
from services import filings, practice
from services.ports.store import FilingQuery
from services.practice_last_year import TARGETS, put_last_year
from services.workspaces import Workspace
from tests.fakes.clock import MovableClock
from tests.fakes.tools import FakeTools

pytestmark = pytest.mark.xdist_group("later forms")  # one worker fills the town in once


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("later")
    tools = FakeTools(MovableClock())
    bureau = practice.build_bureau(tools, folder / "bureau", folder, ("root-pass-1", "bureau-pass-1"))
    desk = practice.build_unit(
        tools, folder / "unit", bureau.kit_file, county.practice_main_unit(), "unit-pass-1"
    )
    put_last_year(desk)
    practice.fill(desk)
    return desk


def later(desk: Workspace) -> list[Filing]:
    with desk.store.reading() as work:
        return [one for one in work.filings.find(FilingQuery()) if one.form_id not in TARGETS]


def test_every_form_the_kit_asks_for_is_filled_in(town: Workspace) -> None:
    asked = {task.form_id for task in town.current_kit().kit.tasks} - set(TARGETS)
    assert {filing.form_id for filing in later(town)} == asked


def test_nothing_is_left_to_mend_or_to_explain(town: Workspace) -> None:
    for filing in later(town):
        opened = filings.open_filing(town, filing.task_id, filing.project_id)
        report = filings.check(opened, filing.answers)
        counts = filings.count_findings(report.findings, filing.explanations)
        assert counts.allows_sealing, (filing.form_id, [finding.sentence for finding in report.findings])


def test_what_is_approved_stands_read_only_in_the_later_forms(town: Workspace) -> None:
    evaluation = next(filing for filing in later(town) if filing.form_id == "self_evaluation")
    opened = filings.open_filing(town, evaluation.task_id, evaluation.project_id)
    approved = opened.context.approved
    assert approved is not None
    assert approved.document_number == "示财预〔2025〕3号"
    names = [row["third_level"] for row in approved.answers["indicators"]]
    assert [row["third_level"] for row in evaluation.answers["indicators"]] == names
    third = registry.form("self_evaluation").table("indicators").column("third_level")
    assert third.is_closed(opened.context, evaluation.answers["indicators"][0])


def test_amounts_are_whole_fen_and_every_call_gives_the_same() -> None:
    wanted = ("ex_ante_evaluation", county.practice_main_unit(), "99000027T000820000110", 2027)
    found, again = (county.practice_later_entries(*wanted) for _ in range(2))
    assert found is not None
    assert found == again
    assert found.entries["submitted_fen"] == 96_500_000
    assert county.practice_later_entries("monitoring", "205001", "", 2026) is None
    assert county.practice_approval(2027) is None
