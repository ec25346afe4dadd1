"""登记批复: the dialog hands over what was copied and says what is missing; the project's page lists what was noted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt

from models.domain.approval import Approval
from services.approval_notes import ApprovalNote, ApprovalSheet
from tests.gui.filer.sample import PROJECTS
from tests.gui.pages.approval import ApprovalPage
from ui.filer.approval_dialog import ApprovalDialog
from ui.filer.project_page import ProjectPage

NUMBER = "示财预〔2027〕1号"
APPROVAL = Approval(
    "990001",
    "p1",
    2027,
    "performance_target",
    NUMBER,
    date(2027, 2, 18),
    128_400_000,
    {},
    datetime(2027, 3, 2, 9, 30),
    "张敏",
    is_by_hand=True,
)
SHEET = ApprovalSheet(
    "农村公路养护",
    "绩效目标申报〔2027年预算〕",
    ApprovalNote(NUMBER, date(2027, 2, 18), 128_400_000),
    (APPROVAL,),
    corrects=True,
)
FIRST = ApprovalSheet("农村公路养护", "绩效目标申报〔2027年预算〕", ApprovalNote("", None, 128_400_000), ())


@pytest.fixture
def opened(qtbot):
    def show(sheet: ApprovalSheet) -> ApprovalPage:
        dialog = ApprovalDialog(sheet)
        qtbot.addWidget(dialog)
        dialog.open()
        return ApprovalPage(qtbot, dialog)

    return show


def test_what_was_copied_is_handed_over(opened, qtbot):
    page = opened(FIRST)
    assert page.typed() == ("", "", "128.40")
    page.fill(f" {NUMBER} ", "2027.2.18", "120")
    with qtbot.waitSignal(page.dialog.submitted) as told:
        page.submit()
    assert told.args == [ApprovalNote(NUMBER, date(2027, 2, 18), 120_000_000)]
    assert page.dialog.isVisible(), "whoever asked closes it"


@pytest.mark.parametrize(
    ("number", "day", "amount", "problem"),
    [
        ("", "2027年2月18日", "120", "文号"),
        (NUMBER, "", "120", "请填写日期"),
        (NUMBER, "二月", "120", "不是日期"),
        (NUMBER, "2027年2月18日", "很多", "金额"),
    ],
)
def test_what_is_missing_is_said_and_kept(opened, qtbot, number, day, amount, problem):
    page = opened(FIRST)
    page.fill(number, day, amount)
    with qtbot.assertNotEmitted(page.dialog.submitted):
        page.submit()
    assert any(problem in words for words in page.problems())
    assert page.typed() == (number, day, amount)


def test_the_amount_may_be_left_out(opened, qtbot):
    page = opened(FIRST)
    page.fill(NUMBER, "20270218")
    with qtbot.waitSignal(page.dialog.submitted) as told:
        page.submit()
    assert told.args[0].amount_fen is None


def test_a_correction_begins_with_what_was_noted(opened):
    page = opened(SHEET)
    assert page.typed() == (NUMBER, "2027年2月18日", "128.40")
    assert page.history() == [NUMBER]
    assert "更正" in page.dialog.intro.text()


def test_a_date_is_shown_back_in_full(opened, qtbot):
    page = opened(FIRST)
    page.dialog.day.edit.setFocus()
    qtbot.waitUntil(page.dialog.day.edit.hasFocus)
    page.dialog.day.edit.insert("2027/2/18")
    qtbot.keyClick(page.dialog.day.edit, Qt.Key.Key_Tab)
    assert page.typed()[1] == "2027年2月18日"


def test_a_projects_page_lists_what_was_noted_and_asks_for_the_target_one_stands_at(qtbot):
    from tests.gui.filer.test_pages import SHEET as YEARS

    page = ProjectPage()
    qtbot.addWidget(page)
    page.set_sheet(replace(YEARS, approvals=(APPROVAL,)))
    assert page.approvals.records.record(0) is APPROVAL
    with qtbot.waitSignal(page.approval_requested) as told:
        page.approval_button.click()
    assert told.args == ["target", PROJECTS[2].project_id]
    page.set_sheet(replace(YEARS, years=YEARS.years[:1]))
    assert not page.approval_button.isEnabled()
