"""审核 at the bureau's desk: the queue, remarks at cells, decisions and their way back, messages, the approval list."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import Qt

from forms.findings import Place
from models.domain.filing import FilingStatus
from models.domain.review import ReviewLevel, ReviewOutcome
from services.desk_people import present_user
from services.review.deciding import DecisionDraft, decide
from services.review.queue import QueueFilter, QueueQuery, queue
from tests.gui.bureau.conftest import KNOWN
from tests.gui.pages.bureau_desk import BureauDeskPage
from tests.gui.pages.letters import LettersPage
from tests.gui.pages.review_page import ReviewPage
from ui.bureau.approval_list_dialog import ApprovalListDialog
from ui.bureau.bulk_decision_dialog import BulkDecisionDialog, BulkResultDialog
from ui.bureau.files_dialog import FilesDialog
from ui.bureau.message_choice_dialog import MessageChoiceDialog
from ui.bureau.reason_dialog import ReasonDialog
from ui.bureau.review_panes import QUEUE
from ui.bureau.review_queue_panel import APPROVAL_LETTERS, APPROVE, ENLIST, NOTICE
from ui.widgets.confirm_dialog import ConfirmDialog

pytestmark = pytest.mark.slow
PASS = DecisionDraft(ReviewOutcome.PASS, "同意。")
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def review(desk: BureauDeskPage) -> ReviewPage:
    """The page with the known unit's forms waiting."""
    desk.receive(desk.folder / "post")
    (desk.folder / "out").mkdir()
    return ReviewPage(desk)


def passed(review: ReviewPage) -> None:
    """Everything that waits passes every level."""
    workspace = review.desk.workspace
    who = present_user(workspace)
    while waiting := queue(workspace, QueueQuery()):
        for line in waiting:
            decide(workspace, who, line.filing.filing_id, line.file.revision, PASS)
    review.show(QueueFilter.DONE)


def test_the_queue_and_its_filters(review: ReviewPage):
    view, lines = review.view, review.lines()
    assert len(lines) >= 2
    assert {line.unit.code for line in lines} == {KNOWN}
    assert view.queue.shown.text() == f"待审 {len(lines)} ▾"
    assert view.sheet is not None
    assert view.form.wizard().session.read_only
    project = review.project_line().subject
    view.queue.search.setText(project)
    review.opened()
    assert {line.subject for line in review.lines()} == {project}
    view.queue.search.setText("没有这个项目")
    review.opened()
    assert view.queue.empty.isVisible()
    assert "没有符合条件" in view.queue.empty.text_label.text()
    assert not view.decision.isVisible()
    view.queue.search.clear()
    review.show(QueueFilter.DONE)
    assert review.lines() == []


def test_a_remark_at_a_cell_travels_back_with_the_return(review: ReviewPage):
    desk, view = review.desk, review.view
    review.choose(review.project_line())
    row_id = view.form.wizard().session.rows("indicators")[1]["row_id"]
    place = Place("indicators", str(row_id), "planned_value")
    review.stand_at(place)
    review.write("  ")
    assert "意见是空的" in view.remarks.editor.problem.text()
    review.write("请写明测算过程。", "12")
    ((where, words, state),) = review.remarks()
    assert "第 2 行" in where
    assert (words, state) == ("请写明测算过程。", "未处理")
    (card,) = view.remarks.cards()
    assert (card.comment.place, card.comment.proposed, card.comment.is_compulsory) == (place.path, "12", True)
    assert card.comment.seen != ""
    card.reword_button.click()
    view.remarks.editor.text.setPlainText("请写明依据。")
    view.remarks.editor.save_button.click()
    review.opened()
    assert [item[1] for item in review.remarks()] == ["请写明依据。"]
    view.form.wizard().show_step(view.form.wizard().session.form.steps[0].key)
    review.press(Qt.Key.Key_F7)
    assert view.form.wizard().frame.pages.current_key() == "indicators"
    returned = view.sheet
    assert returned is not None
    review.decide(ReviewOutcome.RETURN)
    assert view.sheet is not None
    assert view.sheet.line.filing.filing_id != returned.line.filing.filing_id
    view.queue.slips_button.click()
    desk.dialog(MessageChoiceDialog).accept_button.click()
    desk.give_signature()
    desk.choose(desk.folder / "out")
    written = desk.dialog(FilesDialog)
    assert written.list.count() == len(review.written("*.asice")) == 1
    written.accept()
    review.opened()
    assert not view.queue.slips_button.isEnabled()


def test_passing_by_the_keyboard_and_taking_it_back(review: ReviewPage):
    view, desk = review.view, review.desk
    first, second = review.lines()[:2]
    review.choose(first)
    review.press(Qt.Key.Key_Return, CTRL)
    assert view.sheet is not None
    assert view.sheet.line.filing.filing_id == second.filing.filing_id
    assert first.subject in view.decision.told_label.words()
    review.choose(next(line for line in review.lines() if line.subject == first.subject))
    assert view.sheet.step is not None
    assert view.sheet.step.level is ReviewLevel.PERFORMANCE
    (back,) = view.remarks.withdraw_buttons.values()
    back.click()  # type: ignore[attr-defined]
    dialog = desk.dialog(ReasonDialog)
    dialog.accept_button.click()
    desk.until(lambda: "理由" in dialog.problem())
    dialog.reason.setText("看错了一份")
    dialog.accept_button.click()
    desk.until(lambda: not desk.has_dialog(ReasonDialog))
    review.opened()
    assert view.sheet.step is not None
    assert view.sheet.step.level is ReviewLevel.OFFICE
    assert view.sheet.line.filing.status is FilingStatus.RECEIVED
    assert view.remarks.withdraw_buttons == {}


def test_what_was_begun_is_neither_lost_nor_left_behind(review: ReviewPage):
    """A remark not saved yet holds the decision up; both it and the opinion are there again after another form."""
    view = review.view
    first, second = review.lines()[:2]
    review.choose(first)
    view.remarks.write_button.click()
    view.remarks.editor.text.setPlainText("请写明测算过程。")
    view.decision.opinion.set_text("请修改。")
    review.choose(second)
    assert not view.remarks.editor.isVisible()
    assert view.decision.opinion.text() == ""
    review.choose(first)
    assert view.remarks.editor.text.toPlainText() == "请写明测算过程。"
    review.decide(ReviewOutcome.RETURN, view.decision.opinion.text())
    assert view.sheet.line.filing.filing_id == first.filing.filing_id
    assert "写了一半的意见还没有保存" in review.problem()
    view.remarks.editor.save_button.click()
    review.opened()
    view.panes.tabs.setCurrentIndex(QUEUE)
    view.decision.buttons[ReviewOutcome.RETURN].setFocus()
    review.decide(ReviewOutcome.RETURN, view.decision.opinion.text())
    assert view.sheet.line.filing.filing_id == second.filing.filing_id
    assert review.desk.frame.focusWidget() is view.queue.list
    view.queue.shown.choose(QueueFilter.ALL)
    review.choose(review.opened().lines()[[line.subject for line in review.lines()].index(first.subject)])
    assert [card.comment.text for card in view.remarks.cards()] == ["请写明测算过程。"]
    assert [decision.opinion for decision in view.sheet.line.decisions] == ["请修改。"]


def test_another_reviewer_was_faster(review: ReviewPage):
    view, workspace = review.view, review.desk.workspace
    assert view.sheet is not None
    line = view.sheet.line
    decide(workspace, present_user(workspace), line.filing.filing_id, line.file.revision, PASS)
    view.decision.opinion.set_text("目标清楚，同意。")
    view.decision.grade.points.setText("92")
    view.decision.buttons[ReviewOutcome.PASS].click()
    review.opened()
    assert view.decision.opinion.text() == "目标清楚，同意。"
    assert view.decision.grade.points.text() == ("" if view.decision.grade.isHidden() else "92")
    assert "另一位审核人员" in review.desk.frame.notice.words.text()
    assert view.sheet.line.file.revision == 1
    assert len(view.sheet.line.decisions) == 1
    assert view.decision.buttons[ReviewOutcome.PASS].isEnabled()


def test_what_another_desk_decided_is_there_after_reading_the_list_anew(review: ReviewPage, monkeypatch):
    """On a shared database nobody tells this window of it."""
    view, workspace = review.view, review.desk.workspace
    assert view.sheet is not None
    line = view.sheet.line
    with monkeypatch.context() as patch:
        patch.setattr(type(workspace.changes), "tell", lambda *_what, **_more: None)
        decide(workspace, present_user(workspace), line.filing.filing_id, line.file.revision, PASS)
    assert view.sheet.line.file.revision == 0
    review.press(Qt.Key.Key_F5)
    assert view.sheet.line.file.revision == 1


def test_what_another_reviewer_returned_meanwhile_stays_open(review: ReviewPage):
    """It is on the list no more: not another form, but this one with the other's decision stands there."""
    view, workspace = review.view, review.desk.workspace
    line = view.sheet.line
    returned = DecisionDraft(ReviewOutcome.RETURN, "请核实。")
    decide(workspace, present_user(workspace), line.filing.filing_id, line.file.revision, returned)
    view.decision.opinion.set_text("同意。")
    view.decision.buttons[ReviewOutcome.PASS].click()
    review.opened()
    assert view.queue.shown.value() is QueueFilter.ALL
    assert view.sheet.line.filing.filing_id == line.filing.filing_id
    assert [decision.opinion for decision in view.sheet.line.decisions] == ["请核实。"]
    assert f"“{line.subject}”刚刚由另一位审核人员处理过" in review.desk.frame.notice.words.text()


def test_many_at_once_say_what_was_left_alone(review: ReviewPage):
    view, desk, count = review.view, review.desk, len(review.lines())
    review.decide(ReviewOutcome.REFUSE)
    assert "不予通过的理由" in review.problem()
    view.queue.all_box.click()
    view.queue.bulk_button.click()
    dialog = desk.dialog(BulkDecisionDialog)
    dialog.accept_button.click()
    assert "选择结论" in dialog.problem()
    dialog.choices[ReviewOutcome.RETURN].setChecked(True)
    dialog.accept_button.click()
    result = desk.dialog(BulkResultDialog)
    assert f"已办理 0 份，{count} 份没有办理" in result.intro.text()
    result.accept()
    review.opened()
    view.queue.bulk_button.click()
    dialog = desk.dialog(BulkDecisionDialog)
    dialog.choices[ReviewOutcome.PASS].setChecked(True)
    dialog.opinion.set_text("同意。")
    dialog.accept_button.click()
    desk.until(lambda: any(f"已办理 {count} 份。" in d.intro.text() for d in desk._open(BulkResultDialog)))
    desk.dialog(BulkResultDialog).accept()
    review.opened()
    assert {line.file.level for line in review.lines()} == {ReviewLevel.PERFORMANCE}
    assert view.queue.list.lines.chosen() == (), "what was decided is not ticked for the next bulk action"


def test_enlisted_approved_from_a_table_and_told(review: ReviewPage):
    view, desk = review.view, review.desk
    passed(review)
    lines = view.queue.list.lines
    line = review.project_line()
    row = lines.row_of(line.filing.filing_id)
    view.queue.work_requested.emit(ENLIST)
    assert "先在左边" in desk.frame.notice.words.text()
    lines.setData(lines.index(row), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    view.queue.work_requested.emit(ENLIST)
    desk.dialog(ConfirmDialog).accept_button.click()
    review.opened()
    assert lines.line(lines.row_of(line.filing.filing_id)).filing.status is FilingStatus.ENLISTED
    view.queue.work_requested.emit(APPROVE)
    dialog = desk.dialog(ApprovalListDialog)
    desk.settle()
    assert [item.filing.filing_id for item in dialog.lines.chosen()] == [line.filing.filing_id]
    dialog.table_button.click()
    desk.choose(table(desk, line.subject))
    desk.until(dialog.faults_label.isVisible)
    assert "对上 1 项，1 行没有对上" in dialog.faults_label.text()
    amount = dialog.lines.index(0, 4)
    assert dialog.lines.data(amount) == "8.00"
    assert not dialog.lines.setData(amount, "八万")
    assert "八万" in dialog.problem()
    assert dialog.lines.setData(amount, "7.5")
    dialog.number.setText("示财预〔2027〕1号")
    dialog.day.edit.setText("2026年8月20日")
    dialog.accept_button.click()
    desk.until(lambda: not desk.has_dialog(ApprovalListDialog))
    review.opened()
    with desk.workspace.store.reading() as work:
        (approval,) = work.approvals.in_force(line.filing.budget_year)
        filing = work.filings.get(line.filing.filing_id)
    assert (approval.amount_fen, approval.document_number) == (7_500_000, "示财预〔2027〕1号")
    assert filing is not None
    assert filing.status is FilingStatus.APPROVED
    view.queue.work_requested.emit(NOTICE)
    desk.dialog(MessageChoiceDialog).accept_button.click()
    desk.give_signature()
    desk.choose(desk.folder / "out")
    told = desk.dialog(FilesDialog)
    assert told.list.count() == 1
    assert len(review.written("*.asice")) == 1
    assert told.offered.text() == "出具绩效目标批复函…"
    told.accept()
    approval_letters(review, line.subject)


def approval_letters(review: ReviewPage, subject: str) -> None:
    """The official letter about what is approved, from the page's menu, also after the notice."""
    review.view.queue.work_requested.emit(APPROVAL_LETTERS)
    page = LettersPage(review.desk)
    assert page.units() == [KNOWN]
    assert page.dialog.count_label.text() == "已选 1 个单位、1 项"
    preview = page.preview()
    assert "根据示财预〔2027〕1号，" in preview
    assert f"1．{subject}　项目支出绩效目标申报表　7.50" in preview
    assert "　　年度目标：" in preview
    (path,) = page.write(review.desk.folder / "out")
    assert path.name.startswith(f"绩效目标批复函_{KNOWN}_")
    assert path.read_bytes().startswith(b"%PDF")


def table(desk: BureauDeskPage, name: str) -> Path:
    """An approval list with one line that is here and one that is not."""
    book = Workbook()
    sheet = book.active
    sheet.append(["单位代码", "项目名称", "批复金额（万元）"])
    sheet.append([KNOWN, name, 8])
    sheet.append([KNOWN, "没有申报的项目", 3])
    path = desk.folder / "批复清单.xlsx"
    book.save(path)
    return path
