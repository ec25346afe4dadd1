"""审核 before the department has: a mark on the line, a filter, a sentence why; with a reason where the kit allows it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from main import Adapters
from models.domain.review import ReviewOutcome
from services import bureau_keys, intake, kit_issue, practice, sealing
from services.job import JobContext
from services.key_registration import register_and_receive
from services.kit_issue import draft_from
from services.review.queue import QueueFilter, line_of
from tests.gui.bureau.conftest import UNIT_PASSWORD, County
from tests.gui.pages.bureau_desk import BureauDeskPage
from tests.gui.pages.review_page import ReviewPage

pytestmark = pytest.mark.slow
SCHOOL = "205002"


def test_a_form_that_came_directly_waits_for_its_department(
    desk: BureauDeskPage, county: County, clock, tmp_path: Path
) -> None:
    workspace = desk.workspace
    (kit_file,) = (county.folder / "stick").glob("*parameter_kit*")
    school = practice.build_unit(Adapters(clock), tmp_path / "school", kit_file, SCHOOL, UNIT_PASSWORD)
    ready = practice.sealable(school, practice.fill(school, limit=1))
    package = sealing.seal(school, ready, tmp_path, UNIT_PASSWORD, JobContext()).written.path
    school.close()
    intake.receive(workspace, [package], JobContext())
    keys = bureau_keys.unlock_keys(workspace, desk.ROOT, desk.BUREAU)
    (waiting,) = intake.quarantine(workspace)
    register_and_receive(workspace, keys, waiting, JobContext(), lambda _row: None)

    review = ReviewPage(desk)
    review.show(QueueFilter.AWAITS_DEPARTMENT)
    assert review.view.queue.shown.text() == "等主管部门 1 ▾"
    (line,) = review.lines()
    assert (line.unit.code, line.awaits_department) == (SCHOOL, True)
    shown = review.view.queue.list.lines
    assert "等主管部门审核" in str(shown.index(0).data())
    bar = review.view.decision
    kit = workspace.current_kit().kit
    assert kit.review is not None
    strict = replace(kit, review=replace(kit.review, bureau_may_precede=False))
    kit_issue.issue_kit(workspace, replace(draft_from(workspace, kit), template=strict), keys, tmp_path)
    review.opened()
    desk.until(lambda: bool(bar.obstacle_label.words()))
    assert bar.obstacle_label.words() == "主管部门还没有审核，请等汇总报送或催办"
    assert not any(button.isVisible() for button in bar.buttons.values())

    kit_issue.issue_kit(workspace, replace(draft_from(workspace, kit), template=kit), keys, tmp_path)
    review.opened()
    desk.until(bar.buttons[ReviewOutcome.PASS].isVisible)
    assert "确需先行办理的，请在审核意见里写明理由" in bar.caution.text()
    review.decide(ReviewOutcome.PASS)
    assert "请在审核意见里写明理由" in review.problem()
    review.decide(ReviewOutcome.PASS, "资金急需，先行审核。")
    assert review.lines() == []
    after = line_of(workspace, line.filing.filing_id)
    assert after is not None
    assert not after.awaits_department
