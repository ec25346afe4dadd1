"""各次报送 and 绩效目标 beside a received form: any two versions compared, decided on, written out; findings lead there."""

from __future__ import annotations

from dataclasses import replace

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt

from forms.findings import Finding, Place, Severity
from services.approved_forms import target_beside
from services.version_list import Standing
from tests.gui.pages.bureau_desk import BureauDeskPage
from tests.gui.pages.review_page import ReviewPage
from ui.bureau.target_window import NOT_CHECKED, TargetWindow
from ui.bureau.version_decision_dialog import VersionDecisionDialog
from ui.bureau.version_list_dialog import VersionListDialog
from ui.desks.received_compare_flow import CompareFlow
from ui.wizard.step_states import CHECK_STEP

pytestmark = pytest.mark.slow


@pytest.fixture
def review(desk: BureauDeskPage) -> ReviewPage:
    """A form received, another of its number waiting."""
    desk.receive(desk.folder / "post")
    desk.receive(desk.folder / "contested")
    (desk.folder / "out").mkdir()
    return ReviewPage(desk)


def contested(review: ReviewPage) -> VersionListDialog:
    """The versions of the form that came twice."""
    for line in review.lines():
        review.choose(line)
        review.view.form.ask_versions()
        dialog = review.desk.dialog(VersionListDialog)
        if len(dialog.found.lines) > 1:
            return dialog
        dialog.accept()
        review.desk.settle()
    raise AssertionError("no form came twice")


def test_two_versions_compared_written_out_and_decided_there(review: ReviewPage):
    desk, dialog = review.desk, contested(review)
    shown = [(line.version, line.standing) for line in dialog.found.lines]
    assert shown == [(1, Standing.WAITING), (1, Standing.IN_FORCE)]
    assert "不同之处" in dialog.count_label.text()
    model = dialog.differences.records
    heads = [model.headerData(n, Qt.Orientation.Horizontal) for n in range(model.columnCount())]
    assert heads == ["位置", "第 1 版（现在采用）", "第 1 版（待决定）"]
    came = {model.record(row).place: model.record(row).came for row in range(model.rowCount())}
    assert "另一位审核人" in came.values()
    dialog.save_button.click()
    desk.choose(desk.folder / "out")
    desk.until(lambda: bool(review.written("*差异.xlsx")))
    desk.settle()
    sheet = load_workbook(review.written("*差异.xlsx")[0]).active
    assert sheet is not None
    assert sheet.max_row == model.rowCount() + 1
    dialog.versions.selectRow(1)
    assert not dialog.decide_button.isVisible()
    dialog.compare(dialog.found.lines[1], dialog.found.lines[1])
    assert dialog.lower_card.empty.isVisible()
    assert not dialog.save_button.isEnabled()
    dialog.versions.selectRow(0)
    dialog.decide_button.click()
    asked = desk.dialog(VersionDecisionDialog)
    asked.reason.setText("与单位电话核实")
    asked.accept_button.click()
    desk.until(lambda: [one.standing for one in dialog.found.lines].count(Standing.IN_FORCE) == 1)
    desk.until(lambda: dialog.found.lines[0].standing is not Standing.WAITING)
    assert {line.standing for line in dialog.found.lines} == {Standing.IN_FORCE, Standing.KEPT}
    assert all(line.decisions for line in dialog.found.lines)
    assert "与单位电话核实" in dialog.reason_label.words()
    dialog.accept()
    desk.settle()
    only_the_version_in_force_is_held_against_what_is_known(review)


def only_the_version_in_force_is_held_against_what_is_known(review: ReviewPage) -> None:
    """What the receiving desk has to say is about one version; while another is read it says so instead."""
    view = review.view
    fault = Finding("C45", Severity.EXPLAIN, Place(""), "报送时间", "逾期", "请核实", "要记录")
    view.show_findings((fault,))
    assert (len(view.remarks.notes), view.remarks.notes_aside.text()) == (1, "")
    button, current = view.form.version_button, view.form.version()
    past = next(action for action in button.menu().actions() if not action.isChecked())
    past.trigger()
    assert view.form.version() != current
    assert view.remarks.notes == []
    assert "（第 1 版）" in view.remarks.notes_aside.text()
    next(action for action in button.menu().actions() if not action.isChecked()).trigger()
    assert (len(view.remarks.notes), view.remarks.notes_aside.text()) == (1, "")


def test_a_finding_leads_to_its_place_and_one_on_the_whole_to_the_versions(review: ReviewPage):
    view = review.view
    review.choose(review.project_line())
    fault = Finding(
        "C44", Severity.EXPLAIN, Place("contact_phone"), "联系电话", "没有填写", "请补上", "要写全"
    )
    view.show_findings(
        (fault, Finding("C45", Severity.EXPLAIN, Place(""), "报送时间", "逾期", "请核实", "要记录"))
    )
    assert view.remarks.notes_label.text() == "接收核对 2"
    first, whole = view.remarks.notes
    first.why_button.click()
    assert first.why.text() == "要写全"
    first.opened.emit(first.finding)
    wizard = view.form.wizard()
    steps = wizard.session.form.steps
    (there,) = (
        step.key
        for step in steps
        if any(item.key == "contact_phone" for part in step.sections for item in part.items)
    )
    review.desk.until(lambda: wizard.frame.pages.current_key() == there)
    whole.opened.emit(whole.finding)
    review.desk.dialog(VersionListDialog).accept()
    review.desk.settle()


def test_a_target_is_opened_beside_the_form_that_stands_on_it(review: ReviewPage):
    review.choose(review.project_line())
    form = review.view.form
    assert form.target_button.isHidden()
    received = review.view.sheet
    assert received is not None
    flow = next(part for part in [review.desk.desk.findChild(CompareFlow)] if part is not None)
    flow.show_target(received.received)
    review.desk.until(lambda: flow.target is not None)
    window = flow.target
    assert window is not None
    assert "还没有登记批复" in window.words.words()
    assert window.wizard.session.read_only
    assert window.wizard.frame.pages.current_key() == "indicators"
    assert window.wizard.frame.pages.step_keys()[-1] == CHECK_STEP
    window.close()
    review.desk.until(lambda: flow.target is None)


def test_what_was_approved_is_not_checked_anew(review: ReviewPage, qtbot):
    review.choose(review.project_line())
    sheet = review.view.sheet
    assert sheet is not None
    target = target_beside(review.desk.workspace, sheet.received)
    faulty = {**target.answers, "annual_total_fen": 1}
    window = TargetWindow(replace(target, answers=faulty, words="示财预〔2026〕1号", is_approved=True))
    qtbot.addWidget(window)
    window.show()
    frame = window.wizard.frame
    assert not frame.findings.isVisible()
    assert CHECK_STEP not in frame.pages.step_keys()
    assert window.wizard.session.report.findings == ()
    assert window.aside.text() == NOT_CHECKED
    window.close()
