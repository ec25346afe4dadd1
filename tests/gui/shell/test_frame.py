"""The frame: pages by mouse and keys, whose desk it is, what the bars say, and asking before it closes."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit

import ui.shell.frame as frame_module
from tests.gui.pages.frame import FramePage
from ui.shell.frame import PRACTICE_WORDS, DeskFrame
from ui.shell.records import FILER_NAVIGATION, DeskIdentity
from ui.shell.status_strip import SaveState
from ui.widgets import shortcuts


@pytest.fixture
def page(qtbot, monkeypatch):
    monkeypatch.setattr(shortcuts, "AFTER_MS", 0)
    frame = DeskFrame()
    frame.set_navigation(FILER_NAVIGATION)
    frame.set_identity(DeskIdentity("填报端", "示例县柳林镇人民政府", "张敏", "填报人"))
    for key in ("home", "sent"):
        frame.add_page(key, QLabel(key))
    frame.show_page("home")
    return FramePage(qtbot, frame)


def test_an_empty_frame_waits_for_its_desk_with_the_keys(qtbot, monkeypatch):
    """They cost the start what nobody can press yet: help and the places come with the desk."""
    wished: list[str] = []
    monkeypatch.setattr(frame_module, "add_shortcut", lambda _frame, keys, _works: wished.append(keys))
    frame = DeskFrame()
    qtbot.addWidget(frame)
    assert wished == []
    frame.set_navigation(FILER_NAVIGATION)
    assert wished == ["HelpContents", *(f"Alt+{number}" for number in range(1, len(FILER_NAVIGATION) + 1))]


def test_whose_desk_it_is(page):
    bar = page.frame.top_bar
    assert bar.desk_label.text() == "填报端"
    assert bar.unit_label.words() == "示例县柳林镇人民政府"
    assert bar.person_label.text() == "张敏 · 填报人"
    assert page.frame.windowTitle() == "示例县柳林镇人民政府（填报端）"


def test_places_and_the_page_in_front(page, qtbot):
    assert page.places() == ["工作台", "项目", "报送", "回执与退回", "设置", "帮助"]
    with qtbot.waitSignal(page.frame.page_shown) as told:
        page.go_to("报送")
    assert told.args == ["sent"]
    assert page.frame.current_page() == "sent"
    assert page.frame.navigation.current() == "sent"


def test_a_place_without_a_page_is_only_told(page, qtbot):
    with qtbot.waitSignal(page.frame.page_shown) as told:
        page.go_to("设置")
    assert told.args == ["settings"]
    assert page.frame.current_page() == "home"


def test_a_form_leaves_the_mark_where_it_was(page):
    page.frame.add_page("filing", QLineEdit())
    page.frame.show_page("filing")
    assert page.frame.current_page() == "filing"
    assert page.frame.navigation.current() == "home"


def test_the_keyboard_goes_to_the_page(page, qtbot):
    field = QLineEdit()
    page.frame.add_page("filing", field)
    page.frame.show_page("filing")
    qtbot.waitUntil(field.hasFocus)


def test_alt_and_a_figure_jump(page, qtbot):
    with qtbot.waitSignal(page.frame.page_shown) as told:
        page.press(Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert told.args == ["sent"]


def test_arrow_keys_walk_through_the_places(page, qtbot):
    first = page.frame.navigation.button("home")
    first.setFocus()
    page.press(Qt.Key.Key_Down, widget=first)
    qtbot.waitUntil(page.frame.navigation.button("projects").hasFocus)
    page.press(Qt.Key.Key_Up, widget=page.frame.navigation.button("projects"))
    page.press(Qt.Key.Key_Up, widget=first)
    qtbot.waitUntil(page.frame.navigation.button("help").hasFocus)


def test_f1_asks_for_help(page, qtbot):
    with qtbot.waitSignal(page.frame.help_requested):
        page.press(Qt.Key.Key_F1)


def test_badges_count_what_waits(page):
    page.frame.navigation.set_badge("inbox", 2)
    assert page.badge("inbox") == "2"
    page.frame.navigation.set_badge("inbox", 0)
    assert page.badge("inbox") == ""
    page.frame.navigation.set_badge("inbox", 2271)
    assert page.badge("inbox") == "999+"


def test_a_year_is_chosen(page, qtbot):
    bar = page.frame.top_bar
    bar.set_years([2026, 2025], 2026)
    assert bar.year_button.text() == "工作年度 2026 年 ▾"
    other = next(action for action in bar.year_button.menu().actions() if action.text() == "2025 年")
    with qtbot.waitSignal(page.frame.year_chosen) as told:
        other.trigger()
    assert told.args == [2025]
    assert bar.year_button.text() == "工作年度 2025 年 ▾"
    with qtbot.assertNotEmitted(page.frame.year_chosen):
        other.trigger()


def test_the_status_bar(page):
    strip = page.frame.status
    assert page.status_words() == []
    strip.set_saved(SaveState.SAVED, datetime(2026, 9, 1, 10, 32, 7))
    strip.set_kit("示例县 2026 年第 3 版")
    strip.set_backup(datetime(2026, 9, 1, 8, 30), date(2026, 9, 1))
    assert page.status_words() == ["已自动保存 10:32:07", "示例县 2026 年第 3 版", "上次备份 今天 08:30"]
    strip.set_saved(SaveState.FAILED)
    strip.set_backup(None, date(2026, 9, 1))
    assert page.status_words()[0] == "没有保存成功"
    assert page.status_words()[-1] == "还没有备份"


def test_practice_is_marked_on_every_page(page):
    page.frame.set_practice(True)
    for key in ("home", "sent"):
        page.frame.show_page(key)
        assert page.frame.banner.isVisible()
        assert PRACTICE_WORDS.startswith("演示数据")
        assert page.status_words()[-1] == "演示数据"
    page.frame.set_practice(False)
    assert not page.frame.banner.isVisible()


def test_notices_can_be_acted_on_and_closed(page, qtbot):
    notice = page.frame.notice
    notice.show_notice("已恢复", action="打开")
    assert notice.isVisible()
    with qtbot.waitSignal(notice.action_requested):
        notice.action.click()
    with qtbot.waitSignal(notice.closed):
        notice.close_notice()
    assert not notice.isVisible()
    with qtbot.assertNotEmitted(notice.closed):
        notice.close_notice()


def test_the_guard_is_asked_before_closing(page, qtbot):
    answers = [False, True]
    page.frame.set_close_guard(lambda: answers.pop(0))
    page.frame.close()
    assert page.frame.isVisible()
    with qtbot.waitSignal(page.frame.closed):
        page.frame.close()
    assert answers == []


def test_a_page_under_a_known_key_takes_its_place(page):
    other = QLabel("neu")
    page.frame.add_page("sent", other)
    page.frame.show_page("sent")
    assert page.frame.stack.currentWidget() is other
    assert page.frame.stack.count() == 2


def test_another_workspace_of_this_machine_is_chosen(page, qtbot):
    bar = page.frame.top_bar
    assert not bar.switch_button.isVisible()
    bar.set_workspaces([("D:/数据/990002", "示例县桃园镇人民政府")])
    assert bar.switch_button.isVisible()
    actions = {action.text(): action for action in bar.switch_button.menu().actions() if action.text()}
    with qtbot.waitSignal(bar.workspace_chosen) as told:
        actions["示例县桃园镇人民政府"].trigger()
    assert told.args == ["D:/数据/990002"]
    with qtbot.waitSignal(bar.other_workspace_requested):
        actions["新建或打开其他工作区…"].trigger()


def test_a_tall_page_behind_makes_no_other_scroll(page, qtbot):
    bar = page.frame.room.verticalScrollBar()
    tall = QLabel("hoch")
    tall.setMinimumHeight(3_000)
    page.frame.add_page("tall", tall)
    page.frame.show_page("sent")
    qtbot.waitUntil(lambda: bar.maximum() == 0)
    page.frame.show_page("tall")
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    page.frame.show_page("sent")
    qtbot.waitUntil(lambda: bar.maximum() == 0)
