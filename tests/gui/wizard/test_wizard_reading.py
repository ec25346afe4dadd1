"""Finding text, help, the bureau's read-only view, opening and closing."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from forms.findings import Place
from forms.registry import form
from tests.forms.cases import OVERALL, ROADS, TARGET, TOWN, context
from tests.forms.hostile import answers_of
from tests.gui.pages.wizard_page import CTRL
from tests.gui.wizard.opening import FAULTY, blank
from ui.wizard.step_states import CHECK_STEP

pytestmark = pytest.mark.gui


def test_find_walks_from_place_to_place_and_back(wizard):
    wizard.open(context(), ROADS)
    wizard.view.go_to(Place("period_from"))
    wizard.press(Qt.Key.Key_F, CTRL)
    wizard.type("路况")
    bar = wizard.view.frame.find_bar
    assert bar.count_label.text() == "共 3 处"
    wizard.press(Qt.Key.Key_Return)
    assert wizard.focused_place() == Place("annual_target")
    bar.field.take_focus()
    wizard.press(Qt.Key.Key_Return)
    wizard.press(Qt.Key.Key_F3)
    assert wizard.focused_place() == Place("indicators", "r4", "third_level")
    assert bar.count_label.text() == "第 3 处，共 3 处"
    bar.field.take_focus()
    wizard.press(Qt.Key.Key_Escape)
    wizard.press(Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert not isinstance(wizard.focus, QLineEdit) or wizard.focus is not bar.field


def test_find_says_when_there_is_nothing(wizard):
    wizard.open(context(), ROADS)
    wizard.press(Qt.Key.Key_F, CTRL)
    wizard.type("zzz")
    assert wizard.view.frame.find_bar.count_label.text() == "没有找到"


def test_help_follows_the_cursor(wizard):
    blank(wizard)
    wizard.view.go_to(Place("annual_total_fen"))
    wizard.press(Qt.Key.Key_F1)
    shown = wizard.view.frame.help.text()
    assert "年度资金总额" in shown
    assert "金额单位是万元" in shown
    assert "检查规则" in shown
    wizard.view.go_to(Place("filled_on"))
    assert "20260915" in wizard.view.frame.help.text()
    wizard.press(Qt.Key.Key_Escape)
    assert not wizard.view.frame.help.isVisible()


def test_help_on_a_table_before_any_cell_was_entered(wizard):
    wizard.open(context(form_id=OVERALL), TOWN)
    wizard.go_step("tasks")
    wizard.view.frame.beside.place = None
    wizard.view.frame.toggle_help()
    assert "任务名称" in wizard.view.frame.help.text()


# Read only


def test_the_bureau_reads_the_same_form_and_changes_nothing(wizard):
    explanations = {"C2@project_code": "系统尚未分配代码"}
    wizard.open(context(), FAULTY, explanations, read_only=True)
    frame = wizard.view.frame
    assert frame.head.read_only.isVisible()
    assert not frame.head.undo.isVisible()
    before = wizard.view.answers()
    for key in ("project_name", "annual_total_fen", "annual_target", "filled_on", "project_category"):
        wizard.view.go_to(Place(key))
        QApplication.sendEvent(wizard.field(key).editor, _key("x"))
    wizard.view.go_to(Place("indicators", "r2", "weight"))
    for key in (Qt.Key.Key_F2, Qt.Key.Key_Delete, Qt.Key.Key_Insert, Qt.Key.Key_D):
        wizard.press(key)
    wizard.type("9")
    wizard.paste("1\t2\n3\t4\n")
    assert wizard.view.answers() is before
    assert wizard.view.explanations() == explanations
    assert wizard.codes() == {"C2", "C3", "C10"}


def test_the_bureau_sees_explanations_and_no_button_to_seal(wizard):
    wizard.open(context(), FAULTY, {"C2@project_code": "系统尚未分配代码"}, read_only=True)
    wizard.go_step(CHECK_STEP)
    page = wizard.view.frame.pages.check_page
    card = next(card for card in page.cards() if card.finding.code == "C2")
    assert card.editor.toPlainText() == "系统尚未分配代码"
    assert card.editor.isReadOnly()
    assert not page.seal_button.isVisible()


def test_enter_walks_cells_of_a_read_only_table_without_adding(wizard):
    wizard.open(context(), ROADS, read_only=True)
    wizard.view.go_to(Place("indicators", "r8", "direction"))
    wizard.enter()
    assert wizard.table().model.rowCount() == 8


def _key(text: str):
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent

    return QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_X, Qt.KeyboardModifier.NoModifier, text)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answers=answers_of(form(TARGET)))
def test_whatever_a_package_carries_can_be_looked_at(wizard, answers):
    wizard.open(context(), answers, read_only=True)
    for key in wizard.view.frame.pages.step_keys():
        wizard.view.show_step(key)


# Opening and closing


def test_another_form_takes_the_place_of_the_first(wizard):
    blank(wizard)
    wizard.fill("project_name", "甲")
    wizard.open(context(form_id=OVERALL), TOWN)
    assert wizard.view.frame.head.title.words() == "部门（单位）整体支出绩效目标申报表"
    assert wizard.view.session.value(Place("unit_name")) == TOWN["unit_name"]
    assert not wizard.view.session.can_undo


def test_no_window_flashes_up_while_a_form_is_opened(wizard, qtbot):
    from PySide6.QtCore import QEvent, QObject
    from PySide6.QtWidgets import QWidget

    shown = []

    class Watch(QObject):
        def eventFilter(self, watched, event):
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                shown.append(type(watched).__name__)
            return False

    watch = Watch()
    QApplication.instance().installEventFilter(watch)
    try:
        wizard.open(context(), FAULTY, recovered_note="已恢复。", notices=("请修改。",))
        for key in wizard.view.frame.pages.step_keys():
            wizard.view.show_step(key)
    finally:
        QApplication.instance().removeEventFilter(watch)
    assert shown == []


def test_nothing_keeps_running_when_the_form_is_closed(wizard):
    blank(wizard)
    wizard.fill("project_name", "甲")
    wizard.view.close_form()
    assert not wizard.view.is_open()
    wizard.view.flush()
