"""Forms returned to the clerk: told at home, open at the remarks, answered, and sent again; nothing typed is lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from models.domain.filing import FilingStatus
from models.domain.review import CommentState
from services.ports.store import FilingQuery
from services.review.remarks import RemarkDraft
from tests.gui.desks.county import PASSWORD
from tests.gui.desks.returning import slip_for
from tests.gui.pages.desk_clerk import Sealing
from tests.gui.pages.home import TARGETS
from tests.gui.pages.remarks import RemarksPage
from ui.desks.since_sent_dialog import SinceSentDialog
from ui.filer.matrix_words import StatusGroup
from ui.filer.records import InboxKind
from ui.filer.seal_dialog import SealDialog
from ui.widgets.chip_delegate import CHIP_ROLE
from ui.wizard.taking_over import TakeWish

OPEN, CLOSED = "农村公路养护", "村组干部报酬"
NEW = "全年养护农村公路 62 公里，路况优良率稳定在 86% 以上。"
REMARKS = [
    RemarkDraft("annual_target", "年度目标", "请写明验收标准", "原来的目标"),
    RemarkDraft("indicators[r1].planned_value", "绩效指标第 1 行的指标值", "与上年持平，请说明", "4000"),
]


@pytest.fixture
def slip(clerk, county, tools, tmp_path):
    """Two forms were sent, both come back."""
    stick = tmp_path / "U盘"
    stick.mkdir()
    return slip_for(county, clerk.seal(stick, PASSWORD, OPEN, CLOSED), tmp_path, tools, REMARKS)


def stored(clerk):
    """Both target declarations by the project's name."""
    with clerk.workspace.store.reading() as work:
        found = work.filings.find(FilingQuery(form_id="performance_target"))
        return {str(filing.answers.get("project_name")): filing for filing in found}


def comments(clerk, filing_id):
    with clerk.workspace.store.reading() as work:
        return list(work.reviews.comments([filing_id]))


def test_from_the_slip_to_the_next_submission(clerk, slip):
    # One form is open and being changed when the slip comes in: what was typed is kept, the remarks come up.
    clerk.open_form(OPEN).view.frame.notice.action.click()
    clerk.settle()
    clerk.form.fill("annual_target", NEW)
    clerk.desk.inbox.take(slip)
    clerk.settle()
    mine = stored(clerk)[OPEN]
    assert (mine.answers["annual_target"], mine.status) == (NEW, FilingStatus.RETURNED)
    assert clerk.form.view.answers()["annual_target"] == NEW
    remarks = RemarksPage(clerk.form)
    assert remarks.panel.isVisible()
    assert sorted(remarks.states()) == ["供参考", "已改", "未处理"]
    waiting = next(c for c in comments(clerk, mine.filing_id) if c.place.startswith("indicators"))
    remarks.answer(waiting, "上年水毁较多，标准不变")
    clerk.form.view.flush()
    clerk.settle()
    kept = next(c for c in comments(clerk, mine.filing_id) if c.comment_id == waiting.comment_id)
    assert (kept.state, kept.answer) == (CommentState.ANSWERED, "上年水毁较多，标准不变")
    assert "已答复" in remarks.states()
    clerk.form.view.taking_over_wished.emit(TakeWish.COMPARE)
    clerk.settle()
    dialog = clerk.dialog(SinceSentDialog)
    assert [one.came for one in (dialog.table.records.record(0),)] == [NEW]
    clerk.accept(dialog)
    clerk.leave_form()

    # Both stand out at home, with the day they are wanted back.
    bar = clerk.matrix.view.returned
    assert bar.isVisible()
    assert bar.words.text() == "有 2 份表被退回修改，请在9月6日前改好重新报送（还有 5 天）。"
    model = clerk.matrix.view.model
    bar.action.click()
    assert model.rowCount() == 2
    look = next(
        look
        for column in range(model.columnCount())
        if (look := model.index(0, column).data(CHIP_ROLE)) and look.word == "退回修改"
    )
    assert look.is_solid
    clerk.go_to("回执与退回")
    line = clerk.desk.inbox.view.table.records.record(0)
    assert (line.kind, line.note) == (InboxKind.RETURN, "退回 2 份表，还有 2 份待改，9月6日前报送")
    clerk.matrix.view.status_filter.choose(StatusGroup.ALL)
    clerk.desk.inbox.view.table.record_opened.emit(line)
    assert clerk.page() == "home"
    assert model.rowCount() == 2

    # Sealing names what is still open and leads to it.
    clerk.go_to("工作台")
    other = stored(clerk)[CLOSED]
    clerk.desk.sealing.begin((other.filing_id,))
    sealing = Sealing(clerk.qtbot, clerk.dialog(SealDialog))
    page = sealing.dialog.choose_page
    ticks = page.table.ticks
    shown = [ticks.record(row) for row in range(ticks.rowCount())]
    obstacles = {line.subject: line.obstacle for line in shown if line.form_title.startswith("项目支出")}
    assert obstacles[CLOSED] == "还有 2 条审核意见没有修改或答复，请逐条处理"
    assert obstacles[OPEN] == ""
    clerk.qtbot.mouseClick(page.open_button, Qt.MouseButton.LeftButton)
    clerk.settle()
    assert clerk.page() == "filing"
    assert not clerk.form.view.session.read_only
    assert RemarksPage(clerk.form).count() == "还有 2 条未处理，共 3 条"
    clerk.leave_form()
    assert clerk.matrix.word(CLOSED, TARGETS) == "退回修改"
