"""登记批复 in the running program: from the matrix and from the project's page, corrected, shown again."""

from __future__ import annotations

from PySide6.QtCore import Qt

from models.domain.background import ApprovedTarget
from models.domain.filing import FilingStatus
from services import approval_notes
from services.approval_notes import ApprovalNote
from services.approvals import note_approval
from tests.gui.desks.county import PASSWORD
from tests.gui.pages.approval import ApprovalPage
from tests.services.year_forms import fill, filled_targets
from ui.filer.approval_dialog import ApprovalDialog

NUMBER = "示财预〔2026〕12号"


def _page(clerk) -> ApprovalPage:
    return ApprovalPage(clerk.qtbot, clerk.dialog(ApprovalDialog))


def _sealed(clerk, tmp_path) -> tuple[str, int]:
    """A project whose target was sealed just now, and the matrix's column of targets."""
    (made,) = filled_targets(clerk.workspace)
    name = made.context.project.name
    folder = tmp_path / "盘"
    folder.mkdir()
    clerk.settle()
    clerk.seal(folder, PASSWORD, name)
    clerk.settle()
    column = next(n for n, head in enumerate(clerk.matrix.heads()) if head.startswith("绩效目标申报"))
    assert clerk.matrix.word(name, column) == "已封装"
    return name, column


def test_from_the_matrix_and_again_from_the_projects_page(clerk, tmp_path):
    project, column = _sealed(clerk, tmp_path)
    clerk.choose(project, column, "登记批复…")
    page = _page(clerk)
    page.fill(NUMBER, "2026年8月20日", "66.5")
    page.submit()
    clerk.settle()
    assert not clerk.has_dialog(ApprovalDialog)
    assert NUMBER in clerk.notice()
    assert clerk.matrix.word(project, column) == "已批复"
    assert NUMBER in clerk.matrix.index(project, column).data(Qt.ItemDataRole.ToolTipRole)
    clerk.matrix.click(project, 0)
    clerk.settle()
    shown = clerk.desk.projects.page
    assert [r.document_number for r in shown.approvals.records._records] == [NUMBER]
    clerk.qtbot.mouseClick(shown.approval_button, Qt.MouseButton.LeftButton)
    again = _page(clerk)
    assert again.typed() == (NUMBER, "2026年8月20日", "66.50")
    again.fill("示财预〔2026〕13号", "2026年8月21日", "66.5")
    again.submit()
    clerk.settle()
    assert [r.document_number for r in shown.approvals.records._records] == ["示财预〔2026〕13号", NUMBER]
    clerk.go_to("工作台")
    form = clerk.open_form(project, column)
    assert form.view.session.read_only
    approved = "批复文号 示财预〔2026〕13号，2026年8月21日，批复金额 66.50 万元。"
    assert approved in form.view.frame.notice.words.text()
    assert "确需调整的，请填报绩效目标调整申请（审批）表" in form.view.frame.notice.words.text()
    assert form.view.frame.notice.action.isHidden()


def test_a_refusal_keeps_the_dialog(clerk, tmp_path):
    project, column = _sealed(clerk, tmp_path)
    clerk.choose(project, column, "登记批复…")
    page = _page(clerk)
    page.fill(NUMBER, "2027年2月18日", "66.5")
    page.submit()
    clerk.settle()
    assert "晚于今天" in page.dialog.problem()
    assert page.typed()[0] == NUMBER


def test_the_unit_has_a_page_of_its_own(clerk):
    clerk.matrix.click("部门（单位）整体支出", 0)
    clerk.settle()
    page = clerk.desk.projects.page
    assert clerk.page() == "project"
    assert not page.bin_button.isVisible()
    assert not page.approval_button.isEnabled()
    assert page.model.rowCount() >= 1


def test_an_approved_adjustment_offers_the_next_one(clerk):
    task_id = "target_adjustment_2026"
    made = fill(
        clerk.workspace, task_id, _adjustable(clerk.workspace), lambda _opened: {"reason": "汛期塌方"}
    )
    with clerk.workspace.store.writing() as work:
        work.filings.set_status(made.filing.filing_id, FilingStatus.SEALED, clerk.workspace.tools.clock.now())
        work.commit()
    note = ApprovalNote("示财预〔2026〕40号", clerk.workspace.today, 70_000_000)
    approval_notes.note_by_hand(clerk.workspace, task_id, made.filing.project_id, note)
    clerk.desk.pages.refresh()
    clerk.settle()
    name = made.context.project.name
    column = next(n for n, head in enumerate(clerk.matrix.heads()) if head.startswith("绩效目标调整"))
    assert clerk.matrix.word(name, column) == "已批复"

    form = clerk.open_form(name, column)
    bar = form.view.frame.notice
    assert bar.action.text() == "再次办理：绩效目标调整（第2次）"
    clerk.qtbot.mouseClick(bar.action, Qt.MouseButton.LeftButton)
    clerk.settle()
    answers = clerk.form.view.session.answers
    assert (answers["adjustment_number"], answers["approved_document"]) == ("2", "示财预〔2026〕40号")

    clerk.leave_form()
    clerk.matrix.click(name, 0)
    clerk.settle()
    page = clerk.desk.projects.page
    page.approvals.record_opened.emit(page.approvals.records._records[0])
    clerk.settle()
    assert clerk.form.view.session.answers["adjustment_number"] == "1"


def _adjustable(workspace) -> str:
    """A project whose target of this year's budget is approved."""
    (target,) = filled_targets(workspace)
    approved = ApprovedTarget(target.filing.answers, NUMBER, workspace.today, 60_000_000)
    note_approval(workspace, target.filing.unit_code, target.filing.project_id, 2026, approved)
    return target.filing.project_id
