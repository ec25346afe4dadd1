"""Offices at the review page: everybody's own work first, reassigning, an opinion sheet out and back."""

from __future__ import annotations

import openpyxl
import pytest

from models.domain.desk_user import DeskUser, UserRole
from models.domain.review import ReviewLevel, ReviewOutcome
from services.desk_people import sit_down
from services.review.queue import QueueFilter, line_of
from tests.gui.bureau.conftest import KNOWN
from tests.gui.pages.bureau_desk import BureauDeskPage
from tests.gui.pages.review_page import ReviewPage
from tests.gui.pages.sign_in import choose
from ui.bureau.files_dialog import FilesDialog
from ui.bureau.opinion_sheet_dialogs import OfficeChoiceDialog, OpinionPreviewDialog
from ui.bureau.reassign_dialog import ReassignDialog

pytestmark = pytest.mark.slow
LEAD = DeskUser("U1", "周明", (UserRole.PERFORMANCE_REVIEWER, UserRole.ADMINISTRATOR))
OWN = DeskUser("U2", "王芳", (UserRole.OFFICE_REVIEWER,), "农业股")
CHIEF = DeskUser("U3", "赵局", (UserRole.LEADER,))


@pytest.fixture
def staffed(desk: BureauDeskPage) -> ReviewPage:
    """One package received, three people registered, the performance office signed in."""
    desk.receive(desk.folder / "post")
    with desk.workspace.store.writing() as work:
        for user in (LEAD, OWN, CHIEF):
            work.users.put(user)
        work.commit()
    sit_down(desk.workspace, LEAD)
    desk.settle()
    return ReviewPage(desk)


def work(page: ReviewPage, words: str) -> None:
    """Choose from the menu 股室审核."""
    menu = page.view.queue.offices_button.menu()
    next(action for action in menu.actions() if action.text() == words).trigger()
    page.desk.settle()


def sit(page: ReviewPage, user: DeskUser) -> None:
    sit_down(page.desk.workspace, user)
    page.opened()


def reassign(page: ReviewPage, office: str) -> None:
    dialog = page.desk.dialog(ReassignDialog)
    assert not dialog.accept_button.isEnabled()
    choose(dialog.office, office)
    dialog.reason.setText("归口调整")
    dialog.accept_button.click()
    page.desk.until(lambda: not page.desk.has_dialog(ReassignDialog))
    page.opened()


def test_everybody_begins_with_their_own_work(staffed: ReviewPage):
    queue = staffed.view.queue
    assert (queue.shown.value(), len(staffed.lines())) == (QueueFilter.WAITING, 2)
    work(staffed, "按单位改派…")
    reassign(staffed, "农业股")
    assert {line.file.office for line in staffed.lines()} == {"农业股"}
    queue.list.lines.tick_all(False)
    work(staffed, "勾选的改派…")
    assert "请先在左边的列表里勾选" in staffed.desk.frame.notice.words.text()
    first, second = staffed.lines()
    staffed.view.decision.opinion.set_text("周明写到一半的意见")
    sit(staffed, OWN)
    assert queue.shown.value() is QueueFilter.MINE
    assert queue.shown.text().startswith("本股室待办 2")
    assert staffed.view.decision.opinion.text() == "", "nobody's words stand under another's name"
    staffed.decide(ReviewOutcome.PASS, "同意。")
    assert len(staffed.lines()) == 1
    sit(staffed, CHIEF)
    assert queue.shown.text().startswith("待审定 0")
    assert staffed.lines() == []
    sit(staffed, LEAD)
    assert (queue.shown.value(), len(staffed.lines())) == (QueueFilter.WAITING, 2)
    assert {first.unit.code, second.unit.code} == {KNOWN}


def test_an_opinion_sheet_goes_out_and_comes_back(staffed: ReviewPage):
    desk = staffed.desk
    work(staffed, "按单位改派…")
    reassign(staffed, "农业股")
    work(staffed, "生成股室审核意见表…")
    desk.dialog(OfficeChoiceDialog).accept_button.click()
    folder = desk.folder / "out"
    folder.mkdir()
    desk.choose(folder)
    dialog = desk.dialog(FilesDialog)
    assert "已生成农业股的审核意见表" in dialog.windowTitle()
    dialog.accept_button.click()
    (path,) = folder.glob("股室审核意见表_农业股_*.xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    head = next(cell.row for cell in sheet["A"] if str(cell.value).startswith("columns:"))
    places = {str(cell.value): cell.column for cell in sheet[head] if cell.value}
    for row, outcome in ((head + 2, "审核通过"), (head + 3, "同意")):
        for key, value in (("outcome", outcome), ("reviewer", "孙立"), ("date", "2026-09-01")):
            sheet.cell(row, places[key]).value = value
    book.save(path)

    work(staffed, "收回审核意见表…")
    desk.choose(path)
    preview = desk.dialog(OpinionPreviewDialog)
    assert [preview.tabs.tabText(n) for n in range(preview.tabs.count())] == ["可以登记 1", "不登记 1"]
    assert "“同意”不能识别" in preview.left.records.record(0).problem
    (row,) = preview.ready.ticks.chosen()
    preview.accept_button.click()
    desk.until(lambda: not desk.has_dialog(OpinionPreviewDialog))
    staffed.opened()
    assert "已登记农业股的审核意见 1 份" in desk.frame.notice.words.text()
    line = line_of(desk.workspace, row.filing_id)
    assert line is not None
    said = line.last_decision(ReviewLevel.OFFICE)
    assert said is not None
    assert said.decided_by == "孙立（农业股）"
