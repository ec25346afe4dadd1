"""Dialogs of the filer's desk: they hand over what was typed, say what is missing, and keep every word."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt

import resources
from services.kits import RootChange
from services.projects import NewProject, RegisterChoice
from tests.gui.filer.sample import ENTRIES
from ui.filer.exempt_dialog import ExemptDialog
from ui.filer.kit_offer_dialog import KitOfferDialog
from ui.filer.new_project_dialog import NewProjectDialog
from ui.filer.register_picker_dialog import RegisterPickerDialog
from ui.widgets.reading_dialog import ReadingDialog


@pytest.fixture
def opened(qtbot):
    def show(dialog):
        qtbot.addWidget(dialog)
        dialog.open()
        return dialog

    return show


@pytest.fixture
def new_project(opened):
    return opened(NewProjectDialog([2026, 2027], 2027, ["民生保障", "基础设施"]))


def test_a_new_project_by_keyboard(new_project, qtbot):
    new_project.name.insert(" 农村公路养护 ")
    qtbot.keyClicks(new_project.code, "99000027T000000000001")
    new_project.category.setCurrentText("民生保障")
    qtbot.keyClicks(new_project.amount.edit, "128.4")
    with qtbot.waitSignal(new_project.submitted) as told:
        qtbot.keyClick(new_project.amount.edit, Qt.Key.Key_Return)
    assert told.args == [NewProject("农村公路养护", 2027, "99000027T000000000001", "民生保障", 128_400_000)]
    assert new_project.isVisible(), "whoever asked closes it"


def test_tab_goes_through_the_fields_then_to_the_buttons(new_project, qtbot):
    seen = []
    qtbot.waitUntil(new_project.name.hasFocus)
    for _ in range(7):
        seen.append(new_project.focusWidget())
        qtbot.keyClick(new_project.focusWidget(), Qt.Key.Key_Tab)
    assert seen == [
        new_project.name,
        new_project.code,
        new_project.category,
        new_project.year,
        new_project.amount.edit,
        new_project.reject_button,
        new_project.accept_button,
    ]


def test_only_the_name_is_needed(new_project, qtbot):
    new_project.name.setText("森林防火")
    with qtbot.waitSignal(new_project.submitted) as told:
        new_project.accept_button.click()
    assert told.args == [NewProject("森林防火", 2027, "", "", None)]


def test_without_a_name_it_says_so(new_project, qtbot):
    with qtbot.assertNotEmitted(new_project.submitted):
        new_project.accept_button.click()
    assert new_project._name_field.problem() == "请填写项目名称"
    new_project.name.setText("x")
    assert new_project._name_field.problem() == ""


def test_a_wrong_amount_is_kept_and_not_handed_over(new_project, qtbot):
    new_project.name.setText("森林防火")
    new_project.amount.edit.setText("十八万")
    with qtbot.assertNotEmitted(new_project.submitted):
        new_project.accept_button.click()
    assert new_project.amount.edit.text() == "十八万"


def test_a_refusal_keeps_the_dialog_and_its_words(new_project):
    new_project.name.setText("森林防火")
    new_project.show_problem("已经有项目“森林防火”。请换一个名称。")
    assert new_project.problem() == "已经有项目“森林防火”。请换一个名称。"
    assert new_project.name.text() == "森林防火"


def test_the_non_secret_reminder_is_there(new_project):
    assert "非涉密" in new_project.intro.text()


@pytest.fixture
def picker(opened):
    by_year = {2027: [RegisterChoice(ENTRIES[0], True), RegisterChoice(ENTRIES[1], False)], 2026: []}
    return opened(RegisterPickerDialog(by_year, 2027))


def test_register_projects_not_yet_taken_are_ticked(picker, qtbot):
    assert picker.count_label.text() == "已选 1 个，共 2 个"
    with qtbot.waitSignal(picker.submitted) as told:
        picker.accept_button.click()
    assert told.args == [(ENTRIES[1],)]


def test_taken_ones_cannot_be_ticked(picker):
    first = picker.model.index(0, 0)
    assert not picker.model.setData(first, Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert picker.model.index(0, 4).data() == "已在本机"
    picker.table.grab()


def test_nothing_ticked_nothing_to_take(picker):
    picker.all_box.click()
    assert not picker.accept_button.isEnabled()
    picker.all_box.click()
    assert picker.accept_button.isEnabled()


def test_a_year_without_projects_says_what_to_do(picker):
    picker.year.choose(2026)
    assert "没有本单位 2026 年的项目" in picker.count_label.text()
    assert not picker.accept_button.isEnabled()


def test_a_reason_is_asked_for(opened, qtbot):
    dialog = opened(ExemptDialog("农村公路养护", "绩效目标申报（一上）"))
    with qtbot.assertNotEmitted(dialog.submitted):
        dialog.accept_button.click()
    assert dialog._field.problem()
    dialog.reason.setPlainText(" 项目已并入其他项目 ")
    with qtbot.waitSignal(dialog.submitted) as told:
        dialog.accept_button.click()
    assert told.args == ["项目已并入其他项目"]


def _offer(*, compare, differences=()):
    from datetime import date

    kit = SimpleNamespace(
        name="示例县 2026 年任务参数包",
        version=3,
        issuer_name="示例县财政局",
        issued_on=date(2026, 8, 18),
        working_year=2026,
    )
    return SimpleNamespace(
        path=Path("kit.asice"),
        kit=kit,
        check_code="ABCDEFGHIJKLMNOP",
        needs_comparison=compare,
        differences=differences,
        root_change=RootChange.UNKNOWN if compare else RootChange.NONE,
    )


def test_a_first_kit_is_compared_before_it_is_taken(opened, qtbot):
    offer = _offer(compare=True)
    dialog = opened(KitOfferDialog(offer))
    assert not dialog.accept_button.isEnabled()
    dialog.confirm.setChecked(True)
    with qtbot.waitSignal(dialog.submitted) as told:
        dialog.accept_button.click()
    assert told.args == [offer]


def test_a_later_kit_shows_what_changes(opened):
    dialog = opened(KitOfferDialog(_offer(compare=False, differences=("由第 2 版更新为第 3 版",))))
    assert dialog.accept_button.isEnabled()
    assert not dialog.confirm.isVisible()
    from PySide6.QtWidgets import QLabel

    assert any("由第 2 版更新为第 3 版" in label.text() for label in dialog.findChildren(QLabel))


def test_licences_can_be_read(opened):
    dialog = opened(ReadingDialog("许可说明", resources.path("help", "licences.md")))
    assert "LGPL-3.0" in dialog.text.toPlainText()
    dialog.accept_button.click()
    assert not dialog.isVisible()


def test_a_ground_of_the_kit_goes_before_the_reason(opened, qtbot):
    dialog = opened(ExemptDialog("农村公路养护", "事前绩效评估", None, ("应急、救灾等特殊事项",)))
    dialog.grounds.setCurrentText("应急、救灾等特殊事项")
    with qtbot.assertNotEmitted(dialog.submitted):
        dialog.accept_button.click()
    dialog.reason.setPlainText("抢修水毁道路，柳政发〔2026〕9号")
    with qtbot.waitSignal(dialog.submitted) as told:
        dialog.accept_button.click()
    assert told.args == ["应急、救灾等特殊事项：抢修水毁道路，柳政发〔2026〕9号"]
