"""The wizard as the desk embeds it: what it tells, what it shows, its keys, and the bureau's read-only view."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from forms.answers import blank_answers
from forms.checks.engine import CheckReport
from forms.findings import Finding, Place, Severity
from forms.registry import form
from models.domain.project import RegisterEntry
from tests.forms.cases import KIT_101, OVERALL, ROADS, TARGET, TOWN, context, row_changed
from tests.forms.hostile import answers_of
from tests.gui.pages.wizard_page import CTRL, SHIFT
from ui.wizard.findings.delegate import EXPLAIN, GO, WHY
from ui.wizard.step_states import CHECK_STEP

pytestmark = pytest.mark.gui

FAULTY = {
    **row_changed(ROADS, "r2", measure_unit=None),
    "project_code": "123",
    "annual_fiscal_fen": 1_000_000,
}
"""C2 to be explained, C3 and C10 to be mended."""


def blank(wizard, given_context=None, **options):
    """Open a fresh project form."""
    opened = given_context or context()
    wizard.open(opened, blank_answers(form(TARGET), opened), **options)
    return wizard


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
    blank(wizard, given_context, recovered_note="已恢复到 10:31 填写的内容。", notices=("已退回修改。", "请在 10 月 20 日前报送。"))
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


def test_every_finding_leads_to_its_place(wizard):
    wizard.open(context(), FAULTY)
    assert wizard.codes() == {"C2", "C3", "C10"}
    model = wizard.view.frame.findings.list.finding_model()
    for row in range(model.rowCount()):
        finding = model.finding(model.index(row))
        wizard.click_link(row, GO)
        assert wizard.focused_place() == finding.place
        assert wizard.step() == wizard.view.session.form.step_of(finding.place.field).key


def test_f8_walks_through_findings_and_round(wizard):
    wizard.open(context(), FAULTY)
    places = []
    for _ in range(4):
        wizard.press(Qt.Key.Key_F8)
        places.append(wizard.focused_place())
    findings = wizard.view.session.report.findings
    assert places == [*(f.place for f in findings), findings[0].place]
    wizard.press(Qt.Key.Key_F8, SHIFT)
    assert wizard.focused_place() == findings[-1].place


def test_a_finding_is_settled_by_its_explanation(wizard):
    wizard.open(context(), FAULTY)
    told = []
    wizard.view.explanation_changed.connect(lambda key, text: told.append((key, text)))
    row = next(n for n, f in enumerate(wizard.view.session.report.findings) if f.code == "C2")
    wizard.click_link(row, EXPLAIN)
    assert isinstance(wizard.focus, QPlainTextEdit)
    wizard.type("系统尚未分配代码")
    finding = wizard.view.session.report.findings[row]
    assert told[-1] == (finding.explanation_key, "系统尚未分配代码")
    assert wizard.view.counts().to_explain == 0
    assert wizard.view.frame.findings.chips[Severity.EXPLAIN].text() == "需说明 0"
    wizard.press(Qt.Key.Key_Escape)
    assert wizard.view.frame.findings.list.open_card() is None


def test_an_open_explanation_survives_new_findings(wizard):
    wizard.open(context(), FAULTY)
    row = next(n for n, f in enumerate(wizard.view.session.report.findings) if f.code == "C2")
    wizard.click_link(row, EXPLAIN)
    wizard.type("尚未分配")
    wizard.fill("annual_fiscal_fen", "120")
    assert {f.code for f in wizard.wait_checked()} == {"C2", "C10"}
    card = wizard.view.frame.findings.list.open_card()
    assert card is not None
    assert card.editor.toPlainText() == "尚未分配"


def test_why_tells_rule_and_figures_and_tints_every_place(wizard):
    wizard.open(context(), FAULTY)
    row = next(n for n, f in enumerate(wizard.view.session.report.findings) if f.code == "C3")
    finding = wizard.view.session.report.findings[row]
    wizard.click_link(row, WHY)
    card = wizard.view.frame.findings.list.open_card()
    shown = "\n".join(label.text() for label in card.why.findChildren(type(card.why.children()[1])))
    assert "规则：" in shown
    assert all(value in shown for _, value in finding.values)
    assert finding.also
    for place in (finding.place, *finding.also):
        assert wizard.field(place.field).property("spoken") is True
    wizard.view.frame.findings.list.fold()
    assert wizard.field(finding.place.field).property("spoken") is False


def test_keys_of_the_list_do_what_its_links_do(wizard):
    wizard.open(context(), FAULTY)
    view = wizard.view.frame.findings.list
    view.setFocus()
    view.setCurrentIndex(view.finding_model().index(0))
    wizard.press(Qt.Key.Key_Space)
    assert view.open_card().why.isVisible()
    wizard.press(Qt.Key.Key_F2)
    view.setFocus()
    wizard.press(Qt.Key.Key_Return)
    assert wizard.focused_place() == Place("project_code")


def test_counts_filter_the_list(wizard, qtbot):
    wizard.open(context(), FAULTY)
    panel = wizard.view.frame.findings
    assert panel.chips[Severity.BLOCKING].text() == "必改 2"
    qtbot.mouseClick(panel.chips[Severity.BLOCKING], Qt.MouseButton.LeftButton)
    assert wizard.codes() == {"C2"}
    qtbot.mouseClick(panel.chips[Severity.BLOCKING], Qt.MouseButton.LeftButton)
    assert wizard.codes() == {"C2", "C3", "C10"}


def test_the_list_folds_away(wizard):
    wizard.open(context(), FAULTY)
    panel = wizard.view.frame.findings
    panel.set_open(False)
    assert not panel.list.isVisible()
    wizard.press(Qt.Key.Key_F8)
    assert panel.list.isVisible()


def test_a_good_form_says_so(wizard):
    wizard.open(context(), ROADS)
    assert wizard.view.frame.findings._nothing.isVisible()


def test_reports_made_elsewhere_are_shown_as_they_are(wizard):
    wizard.open(context(), ROADS, read_only=True)
    finding = Finding("C5", Severity.EXPLAIN, Place("annual_total_fen"), "年度资金总额", "相差一万倍", "请核对")
    wizard.view.set_check_report(CheckReport((finding,), (("指标库核对", "绩效指标库"),)))
    assert wizard.codes() == {"C5"}
    wizard.view.show_step("funds")
    assert wizard.field("annual_total_fen").mark_text() == "需说明"


# Checklist


def test_the_checklist_groups_findings_and_names_what_was_not_checked(wizard):
    wizard.open(context(), FAULTY)
    wizard.go_step(CHECK_STEP)
    page = wizard.view.frame.pages.check_page
    assert [card.finding.severity for card in page.cards()] == [Severity.BLOCKING] * 2 + [Severity.EXPLAIN]
    assert "还有 2 处必改，1 处需说明" in page.verdict()
    assert not page.seal_button.isEnabled()
    texts = [label.text() for label in page.findChildren(type(page._verdict))]
    assert any("未检查" in text for text in texts)
    assert any("缺少绩效指标库" in text for text in texts)


def test_sealing_is_asked_for_only_when_nothing_stands_against_it(wizard, qtbot):
    wizard.open(context(), {**ROADS, "project_code": "123"})
    asked = []
    wizard.view.seal_requested.connect(lambda: asked.append(1))
    wizard.go_step(CHECK_STEP)
    page = wizard.view.frame.pages.check_page
    card = page.cards()[0]
    card.editor.setFocus()
    wizard.type("尚未分配")
    assert page.seal_button.isEnabled()
    qtbot.mouseClick(page.seal_button, Qt.MouseButton.LeftButton)
    assert asked == [1]
    assert "可以生成报送文件" in page.verdict()


def test_what_was_typed_a_moment_ago_still_stops_sealing(wizard):
    wizard.open(context(), ROADS)
    asked = []
    wizard.view.seal_requested.connect(lambda: asked.append(1))
    wizard.go_step(CHECK_STEP)
    wizard.view.session.set_typed(Place("annual_fiscal_fen"), "1")
    wizard.view.frame.pages.check_page.seal_button.click()
    assert asked == []
    assert wizard.view.counts().blocking == 1


def test_many_findings_are_laid_out_in_portions(wizard):
    rows = [{**ROADS["indicators"][1], "row_id": f"r{n}", "measure_unit": None} for n in range(90)]
    wizard.open(context(), {**ROADS, "indicators": rows})
    wizard.go_step(CHECK_STEP)
    page = wizard.view.frame.pages.check_page
    assert len(page.cards()) == 40
    page._show_more()
    assert len(page.cards()) == 80


# Find and help


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
    wizard.view.frame.place = None
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
    for key in wizard.view.frame.pages.keys():
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
        for key in wizard.view.frame.pages.keys():
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
