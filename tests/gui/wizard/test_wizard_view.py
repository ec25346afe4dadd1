"""The wizard as the desk embeds it: what it tells, what it shows, its keys, and the bureau's read-only view."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from forms.findings import Place
from models.domain.project import RegisterEntry
from tests.forms.cases import KIT_101, ROADS, context
from tests.gui.pages.wizard_page import CTRL
from tests.gui.wizard.opening import blank
from ui.wizard.step_states import CHECK_STEP

pytestmark = pytest.mark.gui


# What it tells


def test_each_keystroke_is_told_and_batches_of_them(wizard, qtbot):
    blank(wizard)
    keys, batches = [], []
    wizard.view.answer_changed.connect(lambda place, value: keys.append((place.path, value)))
    wizard.view.answers_changed.connect(batches.append)
    wizard.view.go_to(Place("annual_total_fen"))
    wizard.type("128")
    assert keys == [
        ("annual_total_fen", 1_000_000),
        ("annual_total_fen", 12_000_000),
        ("annual_total_fen", 128_000_000),
    ]
    assert batches == []
    qtbot.waitUntil(lambda: len(batches) == 1)
    assert batches[0]["annual_total_fen"] == 128_000_000


def test_typing_without_a_pause_is_handed_on_within_a_second(wizard, qtbot):
    blank(wizard)
    batches = []
    wizard.view.answers_changed.connect(batches.append)
    wizard.view.go_to(Place("project_name"))
    typed = []

    def type_on() -> bool:
        typed.append(1)
        wizard.type("a")
        return bool(batches)

    qtbot.waitUntil(type_on, timeout=4000)
    assert len(typed) > 5


def test_leaving_the_page_hands_on_what_is_pending(wizard):
    blank(wizard)
    batches = []
    wizard.view.answers_changed.connect(batches.append)
    wizard.fill("project_name", "甲")
    wizard.view.hide()
    assert batches[-1]["project_name"] == "甲"


def test_rows_are_told_as_a_whole_table(wizard):
    wizard.open(context(), ROADS)
    told = []
    wizard.view.answer_changed.connect(lambda place, value: told.append((place, len(value))))
    wizard.go_step("indicators")
    wizard.press(Qt.Key.Key_Insert)
    assert told == [(Place("indicators"), 9)]


def test_ctrl_s_hands_on_first_and_then_asks_to_save(wizard, qtbot):
    blank(wizard)
    order = []
    wizard.view.answers_changed.connect(lambda _: order.append("answers"))
    wizard.view.save_requested.connect(lambda: order.append("save"))
    wizard.fill("project_name", "甲")
    wizard.press(Qt.Key.Key_S, CTRL)
    assert order == ["answers", "save"]


def test_history_is_asked_for_a_field_and_for_a_cell(wizard):
    wizard.open(context(), ROADS)
    asked = []
    wizard.view.history_requested.connect(asked.append)
    wizard.view.go_to(Place("period_from"))
    wizard.press(Qt.Key.Key_F1)
    wizard.view.frame.help.history_requested.emit()
    wizard.view.go_to(Place("indicators", "r2", "weight"))
    wizard.view.frame.help.history_requested.emit()
    assert asked == [Place("period_from"), Place("indicators", "r2", "weight")]


# What it shows


def test_head_names_project_form_and_year(wizard):
    blank(wizard)
    head = wizard.view.frame.head
    assert (head.subject.words(), head.title.words(), head.year.text()) == (
        "农村公路养护", "项目支出绩效目标申报表", "2027年度",
    )  # fmt: skip
    assert not head.practice.isVisible()


def test_practice_recovery_and_notices_are_marked(wizard):
    from dataclasses import replace

    given_context = context(replace(KIT_101, is_practice=True))
    blank(
        wizard,
        given_context,
        recovered_note="已恢复到 10:31 填写的内容。",
        notices=("已退回修改。", "请在 10 月 20 日前报送。"),
    )
    frame = wizard.view.frame
    assert frame.head.practice.isVisible()
    assert frame.recovered.words.text() == "已恢复到 10:31 填写的内容。"
    assert frame.notice.words.text() == "已退回修改。\n请在 10 月 20 日前报送。"


def test_saved_time_and_save_problem_stand_in_the_foot(wizard):
    blank(wizard)
    wizard.view.set_saved("10:32:07")
    assert wizard.view.frame.foot.saved.words() == "已自动保存 10:32:07"
    wizard.view.set_save_problem("磁盘已满，没有保存。请清理磁盘。")
    assert wizard.view.frame.foot.saved.words() == "磁盘已满，没有保存。请清理磁盘。"


def test_steps_follow_what_is_typed(wizard):
    blank(wizard)
    assert wizard.step_note("funds") == "未填"
    wizard.fill("annual_total_fen", "128.4")
    wizard.wait_checked()
    assert wizard.step_note("funds") == "有必改 1"
    wizard.fill("annual_fiscal_fen", "128.4")
    wizard.wait_checked()
    assert wizard.step_note("funds") == "完成"
    assert wizard.view.frame.side.card.progress_label.text() != "0%"


def test_buttons_lead_through_all_steps_to_the_checklist(wizard, qtbot):
    wizard.open(context(), ROADS)
    foot = wizard.view.frame.foot
    visited = [wizard.step()]
    while foot.forward.isVisible():
        qtbot.mouseClick(foot.forward, Qt.MouseButton.LeftButton)
        visited.append(wizard.step())
    assert visited == ["basics", "funds", "targets", "indicators", CHECK_STEP]
    assert not wizard.view.frame.findings.isVisible()
    wizard.press(Qt.Key.Key_PageUp, CTRL)
    assert wizard.step() == "indicators"


def test_locked_fields_say_why(wizard):
    entry = RegisterEntry("51000027T000000012345", "农村公路养护", "820001", 2027)
    blank(wizard, context(register_entry=entry))
    field = wizard.field("project_name")
    assert field._lock.text() == "取自年度预算项目名录"
    wizard.view.go_to(Place("project_name"))
    wizard.type("改")
    assert wizard.view.session.value(Place("project_name")) == "农村公路养护"


# Undo


def test_undo_and_redo_cross_fields_and_steps(wizard):
    blank(wizard)
    wizard.fill("project_name", "甲项目")
    wizard.fill("annual_total_fen", "128")
    wizard.undo()
    assert wizard.view.session.value(Place("annual_total_fen")) is None
    assert wizard.field("annual_total_fen").text() == ""
    while wizard.view.session.can_undo:
        wizard.undo()
    assert wizard.view.session.value(Place("project_name")) == "农村公路养护"
    assert wizard.field("project_name").text() == "农村公路养护"
    while wizard.view.session.can_redo:
        wizard.redo()
    assert wizard.field("project_name").text() == "甲项目"
    assert wizard.field("annual_total_fen").text() == "128.00"


def test_undo_buttons_are_offered_when_there_is_something(wizard, qtbot):
    blank(wizard)
    head = wizard.view.frame.head
    assert not head.undo.isEnabled()
    wizard.fill("project_name", "甲")
    assert head.undo.isEnabled()
    qtbot.mouseClick(head.undo, Qt.MouseButton.LeftButton)
    assert head.redo.isEnabled()


# Findings
