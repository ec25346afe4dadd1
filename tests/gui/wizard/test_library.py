"""The indicator library over the wizard: by keyboard alone, into the right level, undone, kept, dropped."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from forms.findings import Place
from models.domain.indicator import Comparator
from models.domain.indicator_library import LibraryIndicator, LibraryOrigin
from resources.builtin_library import builtin_library
from tests.forms import cases
from tests.forms.cases import CLEANING, KIT_10, ROADS, context
from tests.gui.pages.wizard_page import CTRL, WizardPage
from tests.gui.wizard.opening import blank
from ui.wizard.library_dialog import LibraryDialog

pytestmark = pytest.mark.gui

ROWS = len(ROADS["indicators"])


def _open(wizard: WizardPage, answers=ROADS, given=None, **options) -> None:
    wizard.open(given or context(library=builtin_library()), answers, **options)
    wizard.go_step("indicators")


def _library(wizard: WizardPage) -> LibraryDialog:
    """Ctrl+L."""
    wizard.press(Qt.Key.Key_L, CTRL)
    dialog = wizard.view.frame.assistance.library.dialog()
    assert dialog is not None
    dialog.activateWindow()
    wizard.qtbot.waitUntil(dialog.field.hasFocus)
    return dialog


def _names(dialog: LibraryDialog) -> list[str]:
    return [hit.indicator.name for hit in dialog.hits()]


def test_by_keyboard_alone_an_indicator_comes_into_its_level(wizard) -> None:
    _open(wizard)
    wizard.go_cell(0, "third_level")
    used: list[str] = []
    wizard.view.library_used.connect(used.append)
    dialog = _library(wizard)
    dialog.field.setText("班车")
    assert _names(dialog) == ["客运班车通行保障率"]
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    assert used == ["rural_roads.bus"]
    assert "已加入“客运班车通行保障率”" in dialog.told.words()
    QTest.keyClick(dialog.field, Qt.Key.Key_Escape)
    QTest.keyClick(dialog.field, Qt.Key.Key_Escape)
    wizard.settle()
    assert wizard.view.frame.assistance.library.dialog() is None
    assert wizard.cells("third_level")[5:7] == ["沿线受益人口", "客运班车通行保障率"]
    row = wizard.view.session.rows("indicators")[6]
    assert (row["second_level"], row["comparator"], row["planned_value"], row["measure_unit"]) == (
        "social_benefit",
        "≥",
        "98",
        "%",
    )
    assert row["library_code"] == "rural_roads.bus"
    assert wizard.current_cell() == (6, "planned_value")
    wizard.undo()
    assert len(wizard.cells("third_level")) == ROWS


def test_a_row_not_written_into_yet_is_filled_first(wizard) -> None:
    blank(wizard, context(library=builtin_library()))
    wizard.go_step("indicators")
    wizard.table().actions_.add_row()
    wizard.settle()
    dialog = _library(wizard)
    for _ in range(2):
        QTest.keyClick(dialog.field, Qt.Key.Key_Return)
        QTest.keyClick(dialog.field, Qt.Key.Key_Down)
    dialog.reject()
    wizard.settle()
    assert len(wizard.cells("third_level")) == 2
    assert all(wizard.cells("third_level"))


def test_arrows_walk_and_lists_narrow_down(wizard) -> None:
    _open(wizard)
    dialog = _library(wizard)
    first = _names(dialog)[0]
    QTest.keyClick(dialog.field, Qt.Key.Key_Down)
    assert first not in dialog.detail.text()
    QTest.keyClick(dialog.field, Qt.Key.Key_Up)
    assert first in dialog.detail.text()
    assert dialog.area.itemText(1) == "农村公路养护"
    dialog.area.setCurrentIndex(1)
    dialog.level.setCurrentIndex(dialog.level.findData("timeliness"))
    assert _names(dialog) == ["水毁路段修复及时率", "一般病害处置时限"]
    dialog.field.setText("没有这样的")
    assert not dialog.take.isEnabled()
    assert dialog.count.text() == "没有找到，请换几个字"
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    assert wizard.view.session.rows("indicators") == ROADS["indicators"]
    dialog.reject()


def test_everything_one_must_know_stands_beside(wizard) -> None:
    _open(wizard)
    dialog = _library(wizard)
    dialog.field.setText("路况优良率")
    text = dialog.detail.text()
    for words in (
        "≥85%　正向指标",
        "产出指标 · 质量指标",
        "优良里程÷评定里程×100%",
        "路况评定报告",
        "行业标准",
    ):
        assert words in text
    dialog.field.setText("农村公路养护里程")
    assert "例：=12公里" in dialog.detail.text()
    dialog.reject()


def test_a_sample_value_is_left_to_be_filled_in(wizard) -> None:
    _open(wizard)
    dialog = _library(wizard)
    dialog.field.setText("清理边沟长度")
    dialog.take.click()
    dialog.reject()
    wizard.settle()
    row, column = wizard.current_cell()
    assert (wizard.cell(row, "third_level"), wizard.cell(row, "planned_value"), column) == (
        "清理边沟长度",
        "",
        "planned_value",
    )


@pytest.mark.parametrize(
    ("given", "answers", "level", "value"),
    [
        (context(KIT_10, library=builtin_library()), CLEANING, "cost", None),
        (context(cases.in_one_cell(), library=builtin_library()), CLEANING, "cost", "≤100%"),
    ],
    ids=["cost under output", "sign and unit in one cell"],
)
def test_other_frames_get_rows_their_own_way(wizard, given, answers, level, value) -> None:
    _open(wizard, answers, given)
    dialog = _library(wizard)
    dialog.field.setText("预算成本控制率" if value else "保洁员月人均劳务成本")
    dialog.take.click()
    dialog.reject()
    row = next(r for r in wizard.view.session.rows("indicators") if r.get("library_code"))
    assert row["second_level"] == level
    assert row["planned_value"] == value
    assert wizard.wait_checked() is not None
    assert "C23" not in wizard.codes()


def test_help_tells_how_a_library_row_is_worked_out(wizard) -> None:
    _open(wizard)
    dialog = _library(wizard)
    dialog.field.setText("班车")
    dialog.take.click()
    dialog.reject()
    wizard.settle()
    wizard.press(Qt.Key.Key_F1)
    assert "计算公式：正常通行天数÷应通行天数×100%" in wizard.view.frame.help.text()
    wizard.go_cell(0, "third_level")
    assert "计算公式" not in wizard.view.frame.help.text()


def test_a_changed_library_row_is_found_at_once(wizard) -> None:
    _open(wizard)
    dialog = _library(wizard)
    dialog.field.setText("班车")
    dialog.take.click()
    dialog.reject()
    wizard.settle()
    wizard.view.session.set_value(Place("indicators", "r9", "measure_unit"), "班")
    assert "C23" in {finding.code for finding in wizard.wait_checked()}


def test_a_row_can_be_kept_and_the_units_own_dropped(wizard) -> None:
    own = LibraryIndicator(
        "unit.1",
        "维护路灯盏数",
        "output",
        "quantity",
        Comparator.AT_LEAST,
        "60",
        "盏",
        origin=LibraryOrigin.UNIT,
    )
    _open(wizard, given=context(library=(*builtin_library(), own)))
    wizard.go_cell(1, "third_level")
    with wizard.qtbot.waitSignal(wizard.view.library_keep_requested) as kept:
        wizard.table().library.keep.trigger()
    assert kept.args[0]["third_level"] == "养护里程"
    dialog = _library(wizard)
    dialog.field.setText("班车")
    assert dialog.drop.isHidden()
    dialog.field.setText("路灯盏数")
    assert _names(dialog)[0] == "维护路灯盏数"
    assert "来自本单位" in dialog.detail.text()
    with wizard.qtbot.waitSignal(wizard.view.library_drop_requested) as dropped:
        dialog.drop.click()
    assert dropped.args == ["unit.1"]
    flow = wizard.view.frame.assistance.library
    flow.drop_own("unit.1")
    assert "维护路灯盏数" not in _names(dialog)
    flow.add_own(replace(own, code="unit.2", name="更换路灯盏数"))
    flow.show_uses({"unit.2": 7})
    dialog.field.setText("更换路灯")
    assert "本单位用过 7 次" in dialog.detail.text()
    dialog.reject()


def test_nothing_is_offered_to_a_reader(wizard) -> None:
    _open(wizard, read_only=True)
    wizard.press(Qt.Key.Key_L, CTRL)
    assert wizard.view.frame.assistance.library.dialog() is None
    assert wizard.table().library is None


def test_the_window_goes_with_the_form(wizard) -> None:
    _open(wizard)
    _library(wizard)
    wizard.view.close_form()
    QApplication.processEvents()
    left = [one for one in QApplication.topLevelWidgets() if isinstance(one, LibraryDialog)]
    assert not any(one.isVisible() for one in left)
