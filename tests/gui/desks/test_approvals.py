"""登记批复 in the running program: from the matrix and from the project's page, corrected, shown again."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.gui.desks.county import PASSWORD
from tests.gui.pages.approval import ApprovalPage
from ui.filer.approval_dialog import ApprovalDialog

PROJECT = "生活垃圾清运"
NUMBER = "示财预〔2026〕12号"


def _page(clerk) -> ApprovalPage:
    return ApprovalPage(clerk.qtbot, clerk.dialog(ApprovalDialog))


def _sealed(clerk, tmp_path) -> str:
    """The name of a project whose target was sealed just now."""
    folder = tmp_path / "盘"
    folder.mkdir()
    clerk.seal(folder, PASSWORD)
    clerk.settle()
    rows = clerk.matrix.rows()
    return next(row for row in rows if clerk.matrix.word(row, 2) == "已封装")


def test_from_the_matrix_and_again_from_the_projects_page(clerk, tmp_path):
    project = _sealed(clerk, tmp_path)
    clerk.choose(project, 2, "登记批复…")
    page = _page(clerk)
    page.fill(NUMBER, "2026年8月20日", "66.5")
    page.submit()
    clerk.settle()
    assert not clerk.has_dialog(ApprovalDialog)
    assert NUMBER in clerk.notice()
    assert clerk.matrix.word(project, 2) == "已批复"
    assert NUMBER in clerk.matrix.index(project, 2).data(Qt.ItemDataRole.ToolTipRole)
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


def test_a_refusal_keeps_the_dialog(clerk, tmp_path):
    project = _sealed(clerk, tmp_path)
    clerk.choose(project, 2, "登记批复…")
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
