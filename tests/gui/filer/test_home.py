"""The filer's home: the matrix tells every state, opens the right form, and finds what is looked for."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton

from models.domain.filing import FilingStatus
from tests.gui.filer.sample import OVERALL, ROWS, TARGET, cell, many, matrix
from tests.gui.pages.home import HomePage
from ui.filer.home_view import HomeView
from ui.filer.matrix_model import MatrixModel
from ui.filer.matrix_words import StatusGroup, card_note, cell_look, group_of, task_head
from ui.widgets.chip_delegate import CHIP_ROLE


@pytest.fixture
def page(qtbot):
    made = HomePage(qtbot, HomeView())
    made.view.set_matrix(matrix())
    return made


def test_the_model_is_sound(qtmodeltester):
    model = MatrixModel()
    qtmodeltester.check(model)
    model.set_matrix(matrix())
    qtmodeltester.check(model)


def test_rows_heads_and_amounts(page):
    assert page.rows()[0] == "村组干部报酬"
    assert page.rows()[-1] == "部门（单位）整体支出"
    assert page.heads() == [
        "项目",
        "2027年预算\n（万元）",
        "绩效目标申报\n2027年预算",
        "整体支出绩效目标申报\n2027年预算",
    ]
    assert page.word("村组干部报酬", 1) == "330.98"
    assert page.word("森林防火", 1) == ""
    assert page.word("部门（单位）整体支出", 3) == "未填"


@pytest.mark.parametrize(
    ("word", "tone", "status", "progress", "icon"),
    [
        ("—", "none", None, 0, ""),
        ("未填", "open", None, 0, "empty"),
        ("填至 68%", "accent", FilingStatus.DRAFT, 68, "edit"),
        ("可报送", "accent", FilingStatus.DRAFT, 100, "check"),
        ("必改 3 条", "bad", FilingStatus.DRAFT, 100, "problem_solid"),
        ("需说明 1 条", "care", FilingStatus.DRAFT, 100, "care"),
        ("已封装", "good", FilingStatus.SEALED, 100, "lock"),
        ("已接收", "good", FilingStatus.RECEIVED, 100, "check"),
        ("退回修改", "bad", FilingStatus.RETURNED, 100, "returned"),
        ("无需填报", "none", FilingStatus.EXEMPT, 0, ""),
    ],
)
def test_every_state_has_word_and_sign(word, tone, status, progress, icon):
    look = cell_look(cell(TARGET, word, tone, status, progress))
    assert (look.word, look.icon) == (word, icon)


def test_cells_carry_chips_and_reasons(page):
    index = page.index("居家养老服务", 2)
    assert index.data(CHIP_ROLE).word == "无需填报"
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "预算低于 20 万元"
    page.view.table.grab()


def test_a_click_opens_the_form_of_the_cell(page, qtbot):
    with qtbot.waitSignal(page.view.filing_requested) as told:
        page.click("农村公路养护", 2)
    assert told.args == ["target", "p3"]
    with qtbot.waitSignal(page.view.filing_requested) as told:
        page.click("部门（单位）整体支出", 3)
    assert told.args == ["overall", ""]


def test_a_click_on_the_name_opens_the_project(page, qtbot):
    with qtbot.waitSignal(page.view.project_requested) as told:
        page.click("农村公路养护", 0)
    assert told.args == ["p3"]


def test_where_nothing_is_due_nothing_opens(page, qtbot):
    with qtbot.assertNotEmitted(page.view.filing_requested):
        page.click("部门（单位）整体支出", 2)


def test_a_click_on_the_unit_opens_its_page(page, qtbot):
    with qtbot.waitSignal(page.view.project_requested) as told:
        page.click("部门（单位）整体支出", 0)
    assert told.args == [""]


def test_the_keyboard_moves_and_opens(page, qtbot):
    page.view.focus_table()
    page.press(Qt.Key.Key_Down)
    page.press(Qt.Key.Key_Right)
    page.press(Qt.Key.Key_Right)
    with qtbot.waitSignal(page.view.filing_requested) as told:
        page.press(Qt.Key.Key_Return)
    assert told.args == ["target", "p2"]


def test_a_double_click_opens_once(page, qtbot):
    opened = []
    page.view.filing_requested.connect(lambda *args: opened.append(args))
    table = page.view.table
    place = table.visualRect(page.index("农村公路养护", 2)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert len(opened) <= 2
    assert set(opened) == {("target", "p3")}


def test_search_by_name_and_code(page):
    page.search("公路")
    assert page.rows() == ["农村公路养护"]
    page.search("99000027T000000000002")
    assert page.rows() == ["基层组织活动经费"]
    page.search("没有")
    assert page.view.nothing_found.isVisible()
    page.view.nothing_found.button.click()
    assert len(page.rows()) == len(ROWS)


@pytest.mark.parametrize(
    ("group", "names"),
    [
        (StatusGroup.TO_FILL, ["生活垃圾清运", "森林防火", "饮水安全", "部门（单位）整体支出"]),
        (StatusGroup.READY, ["农村公路养护"]),
        (StatusGroup.RETURNED, ["基层组织活动经费"]),
        (StatusGroup.SENT, ["村组干部报酬", "环境整治"]),
        (StatusGroup.EXEMPT, ["居家养老服务"]),
    ],
)
def test_filter_by_status(page, group, names):
    page.filter(group)
    assert page.rows() == names
    page.filter(StatusGroup.ALL)
    assert len(page.rows()) == len(ROWS)


def test_nothing_due_belongs_to_no_group():
    assert group_of(ROWS[0].cells[1]) is None


@pytest.mark.parametrize(
    ("project", "column", "actions"),
    [
        ("农村公路养护", 0, ["打开项目", "放入回收站"]),
        ("农村公路养护", 2, ["打开", "无需填报…"]),
        ("森林防火", 2, ["打开", "无需填报…"]),
        ("村组干部报酬", 2, ["打开", "登记批复…", "修改后重新报送"]),
        ("环境整治", 2, ["打开", "修改后重新报送"]),
        ("居家养老服务", 2, ["打开", "改为需要填报"]),
        ("部门（单位）整体支出", 0, ["打开单位各年度情况"]),
        ("部门（单位）整体支出", 2, []),
    ],
)
def test_the_menu_offers_what_can_be_done(page, project, column, actions):
    assert list(page.menu(project, column)) == actions


@pytest.mark.parametrize(
    ("project", "column", "action", "signal", "told"),
    [
        ("农村公路养护", 0, "打开项目", "project_requested", ["p3"]),
        ("农村公路养护", 0, "放入回收站", "bin_requested", ["p3"]),
        ("农村公路养护", 2, "打开", "filing_requested", ["target", "p3"]),
        ("农村公路养护", 2, "无需填报…", "exempt_requested", ["target", "p3"]),
        ("居家养老服务", 2, "改为需要填报", "reopen_requested", ["target", "p6"]),
        ("村组干部报酬", 2, "修改后重新报送", "reopen_requested", ["target", "p1"]),
        ("村组干部报酬", 2, "登记批复…", "approval_requested", ["target", "p1"]),
    ],
)
def test_the_menu_does_what_it_says(page, qtbot, project, column, action, signal, told):
    with qtbot.waitSignal(getattr(page.view, signal)) as seen:
        page.menu(project, column)[action].trigger()
    assert seen.args == told


@pytest.mark.qt_log_ignore("does not support", extend=True)
def test_the_menu_opens_by_key_without_blocking(page, qtbot):
    page.stand_at("农村公路养护", 2)
    place = page.view.table.rect().center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, place, page.view.table.mapToGlobal(place))
    QApplication.sendEvent(page.view.table, event)
    menu = next(m for m in page.view.table.findChildren(QMenu) if m.isVisible())
    assert menu.actions()[0].text() == "打开"
    menu.close()


@pytest.mark.parametrize(
    ("signal", "button"),
    [
        ("seal_requested", "seal_button"),
        ("platform_requested", "platform_button"),
        ("last_year_requested", "last_year_button"),
        ("workbook_requested", "workbook_button"),
        ("new_project_requested", "new_button"),
    ],
)
def test_buttons_tell_their_wish(page, qtbot, signal, button):
    with qtbot.waitSignal(getattr(page.view, signal)):
        qtbot.mouseClick(getattr(page.view, button), Qt.MouseButton.LeftButton)


def test_the_ways_in_stand_in_the_order_people_need_them(page):
    assert page.tools()[:4] == ["从一体化导出表带入…", "从上年带入", "从 Excel 导入…", "新建项目"]


@pytest.mark.parametrize(
    ("words", "signal"), [("取用名录项目…", "register_requested"), ("回收站", "recycle_bin_requested")]
)
def test_what_is_seldom_wanted_stands_behind_more(page, qtbot, words, signal):
    with qtbot.waitSignal(getattr(page.view, signal)):
        page.choose_more(words)


def test_cards_and_deadline(page):
    assert page.cards() == [
        ("绩效目标申报（一上）", "4 / 8", "2027年预算 · 10月15日截止"),
        ("整体支出绩效目标申报", "0 / 1", "2027年预算 · 10月15日截止"),
    ]
    assert page.deadline() == "离绩效目标申报（一上）截止还有 12 天"
    page.view.set_matrix(matrix(days_left=0))
    assert page.deadline() == "离绩效目标申报（一上）今天截止"
    page.view.set_matrix(matrix(days_left=-45))
    assert page.deadline() == "绩效目标申报（一上）已逾期 45 天"
    assert page.cards()[0][2] == "2027年预算 · 已逾期45天"


def test_a_finished_task_says_so():
    done = matrix(done=8).cards[0]
    assert card_note(done) == ("全部完成", "good")
    assert card_note(done._replace(done=0, total=0, days_left=-3)) == ("还没有要报的", "muted")


def test_a_task_without_brackets_takes_its_budget_year():
    from dataclasses import replace

    assert task_head(replace(OVERALL, name="运行监控", period="1—7月")) == ("运行监控（1—7月）", "2027年预算")


def test_nothing_on_the_desk_says_what_to_do(page, qtbot):
    page.view.set_matrix(matrix(rows=()))
    assert page.view.empty.isVisible()
    with qtbot.waitSignal(page.view.register_requested):
        page.view.empty.button.click()


def test_the_cell_one_was_at_stays(page):
    page.stand_at("生活垃圾清运", 2)
    page.view.set_matrix(matrix())
    here = page.view.table.currentIndex()
    assert (here.row(), here.column()) == (3, 2)


def test_sixty_projects_and_five_tasks_fit(page):
    page.view.set_matrix(many(60))
    assert page.view.model.rowCount() == 60
    header = page.view.table.horizontalHeader()
    total = sum(header.sectionSize(n) for n in range(7))
    assert total <= page.view.table.viewport().width() + 1
    page.view.table.grab()


def test_fewer_tasks_leave_no_card_behind(page):
    page.view.set_matrix(many(3))
    assert len(page.cards()) == 5
    page.view.set_matrix(matrix())
    assert len(page.cards()) == 2


def test_a_unit_without_projects_is_told_what_to_do_next(page, qtbot):
    page.view.set_matrix(matrix(ROWS[-1:]))
    assert page.view.first_steps.isVisible()
    assert "新建项目" in page.view.first_steps.findChild(QLabel).text()
    with qtbot.waitSignal(page.view.register_requested):
        page.view.first_steps.findChild(QPushButton).click()
    page.view.set_matrix(matrix())
    assert not page.view.first_steps.isVisible()
