"""Rules of a kit on the bureau's page: typed or chosen in place, refused with a sentence, kept with the draft."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from models.domain.project import Filer
from services import kit_drafts
from tests.gui.pages.bureau_desk import BureauDeskPage
from ui.bureau.rule_table import EMPTY, VALUE, RuleModel
from ui.bureau.task_dialog import TaskDialog

pytestmark = pytest.mark.gui
NOTICE = "签名到期前多少天提醒续期"


def _index(model: RuleModel, label: str):
    row = next(n for n in range(model.rowCount()) if model.record(n).label == label)
    return model.index(row, VALUE)


def test_rules_are_typed_and_kept(desk: BureauDeskPage):
    view = desk.kit()
    page = view.kit
    view.tabs.setCurrentWidget(page)
    if page.draft().template.ex_ante is None:
        page.basics.ex_ante.click()
        page.basics.amount.edit.setText("400")
    model = page.rules.rules
    growth = _index(model, "延续项目比上年增长多少要评估")
    assert model.setData(growth, "30")
    growth = _index(model, "延续项目比上年增长多少要评估")
    assert growth.data() == "30"
    assert model.setData(growth, "三成")
    assert "不是数字" in page.rule_problem.text()
    assert _index(model, "延续项目比上年增长多少要评估").data() == "30"
    assert model.setData(_index(model, "延续项目比上年增长多少要评估"), "")
    assert _index(model, "延续项目比上年增长多少要评估").data() == EMPTY
    assert model.setData(_index(model, "多少金额的项目作为重点跟踪"), "200")
    assert not page.rule_problem.isVisible()
    assert not page.rules.rules.setData(_index(model, NOTICE), "60"), "as it was"
    model.setData(_index(model, NOTICE), "3")
    assert "7 到 365" in page.rule_problem.text()
    desk.until(lambda: not page.rule_problem.visibleRegion().isEmpty())
    model.setData(_index(model, NOTICE), "90")
    desk.desk.save_drafts()
    kept = kit_drafts.kept_draft(desk.workspace).template
    assert kept.renewal_notice_days == 90
    assert kept.ex_ante is not None
    assert kept.ex_ante.growth_share is None
    assert kept.monitoring is not None
    assert kept.monitoring.key_amount_fen == 200_000_000
    assert kept.rectification is None or kept.rectification.low_score == Decimal(80)


def test_what_is_chosen_comes_from_a_list(desk: BureauDeskPage):
    page = desk.kit().kit
    page.rules.setFocus()
    index = _index(page.rules.rules, "哪些自评表要附自评报告")
    page.rules.setCurrentIndex(index)
    page.rules.edit(index)
    (combo,) = (box for box in page.rules.findChildren(QComboBox) if box.isVisibleTo(page.rules))
    combo.setCurrentText("绩效自评")
    combo.activated.emit(combo.currentIndex())
    desk.settle()
    assert _index(page.rules.rules, "哪些自评表要附自评报告").data(Qt.ItemDataRole.DisplayRole) == "绩效自评"
    rule = page.draft().template.self_evaluation
    assert rule is not None
    assert rule.report_forms == ("self_evaluation",)
    desk.desk.save_drafts()


def test_a_task_keeps_who_files_it_and_how_often(desk: BureauDeskPage):
    page = desk.kit().kit
    page.tasks.add_button.click()
    dialog = desk.dialog(TaskDialog)
    dialog.filer.setCurrentIndex(dialog.filer.findText("主管部门"))
    dialog.how_often.setCurrentIndex(dialog.how_often.findText("有需要才报，一年可以几次"))
    dialog.accept_button.click()
    made = page.draft().tasks[-1]
    assert (made.filer, made.is_optional, made.is_repeatable) == (Filer.DEPARTMENT, True, True)
    page.tasks.edit(made)
    desk.dialog(TaskDialog).accept_button.click()
    assert page.draft().tasks[-1] == made
    desk.desk.save_drafts()
