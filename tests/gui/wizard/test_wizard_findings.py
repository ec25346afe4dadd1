"""Findings in the wizard: led to, explained, filtered, folded, and what stands against sealing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit

from forms.checks.engine import CheckReport
from forms.findings import Finding, Place, Severity
from tests.forms.cases import ROADS, context
from tests.gui.pages.wizard_page import SHIFT
from tests.gui.wizard.opening import FAULTY
from ui.wizard.findings.delegate import EXPLAIN, GO, WHY
from ui.wizard.step_states import CHECK_STEP

pytestmark = pytest.mark.gui


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
    frame = wizard.view.frame
    panel, page, split = frame.findings, frame.pages, frame.findings.parentWidget()
    before = page.height()
    panel.set_open(False)
    assert not panel.list.isVisible()
    wizard.settle()
    assert page.height() > before
    assert panel.geometry().bottom() == split.rect().bottom()
    wizard.press(Qt.Key.Key_F8)
    assert panel.list.isVisible()


def test_a_list_folded_away_takes_its_open_line_along(wizard):
    wizard.open(context(), FAULTY)
    panel = wizard.view.frame.findings
    wizard.click_link(0, WHY)
    assert wizard.field("project_code").property("spoken") is True
    panel.set_open(False)
    assert panel.list.open_card() is None
    assert wizard.field("project_code").property("spoken") is False


def test_a_good_form_says_so(wizard):
    wizard.open(context(), ROADS)
    assert wizard.view.frame.findings._nothing.isVisible()


def test_reports_made_elsewhere_are_shown_as_they_are(wizard):
    wizard.open(context(), ROADS, read_only=True)
    finding = Finding(
        "C5", Severity.EXPLAIN, Place("annual_total_fen"), "年度资金总额", "相差一万倍", "请核对"
    )
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
