"""The coach beside the page: follows the cursor, is taken with one press, goes from row to row, never in the way."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from resources.builtin_library import builtin_library
from tests.forms.cases import ROADS, context
from tests.forms.checks.test_published_tables import CADRES
from tests.gui.pages.wizard_page import ALT, SHIFT, WizardPage

pytestmark = pytest.mark.gui


def _open(wizard: WizardPage, answers=CADRES, **options) -> None:
    wizard.open(context(library=builtin_library()), answers, **options)
    wizard.go_step("indicators")
    wizard.go_cell(0, "third_level")


def _panel(wizard: WizardPage):
    return wizard.view.frame.assistance.panel


def test_f6_opens_it_and_goes_from_row_to_row(wizard) -> None:
    _open(wizard)
    wizard.press(Qt.Key.Key_F6)
    panel = _panel(wizard)
    assert panel.isVisible()
    assert "第 1 行　维护社会稳定" in panel.text()
    assert "矛盾纠纷就地化解率 ≥95%" in panel.text()
    assert "另有 5 行有建议" in panel.text()
    wizard.press(Qt.Key.Key_F6)
    assert wizard.current_cell() == (2, "second_level")
    assert "第 3 行　按时发放" in panel.text()
    wizard.press(Qt.Key.Key_F6, SHIFT)
    assert wizard.current_cell()[0] == 0
    wizard.press(Qt.Key.Key_F6, SHIFT)
    assert wizard.current_cell()[0] == 6


def test_a_suggestion_is_taken_with_one_press_and_taken_back(wizard) -> None:
    _open(wizard)
    wizard.press(Qt.Key.Key_F6)
    with wizard.qtbot.waitSignal(_panel(wizard).taken):
        wizard.press(Qt.Key.Key_1, ALT)
    assert wizard.cell(0, "third_level") == "矛盾纠纷就地化解率"
    assert "按 Ctrl+Z 可以恢复" in wizard.table().told()
    wizard.wait_checked()
    wizard.settle()
    assert "这一行没有要改的建议" in _panel(wizard).text()
    assert not [f for f in wizard.view.session.report.findings if f.code == "C50" and f.place.row_id == "r1"]
    wizard.go_cell(0, "third_level")
    wizard.undo()
    assert wizard.cell(0, "third_level") == "维护社会稳定"
    wizard.wait_checked()
    wizard.settle()
    assert "矛盾纠纷就地化解率 ≥95%" in _panel(wizard).text()


def test_a_value_that_is_left_open_gets_the_cursor(wizard) -> None:
    _open(wizard)
    wizard.go_cell(3, "third_level")
    wizard.press(Qt.Key.Key_F6)
    panel = _panel(wizard)
    take = next(t for t in panel.takes if "（待填）" in t.accessibleName())
    take.click()
    wizard.settle()
    assert wizard.current_cell() == (3, "planned_value")
    assert wizard.cell(3, "planned_value") == ""


def test_points_off_the_total_are_put_right_with_one_press(wizard) -> None:
    rows = [{**row, "weight": "9"} if row["row_id"] == "r4" else row for row in ROADS["indicators"]]
    _open(wizard, {**ROADS, "indicators": rows})
    wizard.press(Qt.Key.Key_F6)
    assert "每公里养护成本 分值 20 → 23" in _panel(wizard).text()
    with wizard.qtbot.waitSignal(_panel(wizard).taken):
        wizard.press(Qt.Key.Key_1, ALT)
    assert wizard.cell(0, "weight") == "23"
    assert wizard.current_cell() == (0, "weight")
    assert not [f for f in wizard.wait_checked() if f.code == "C20" and not f.place.row_id]


def test_a_doubled_row_is_taken_out(wizard) -> None:
    _open(wizard, {**ROADS, "indicators": [*ROADS["indicators"], {**ROADS["indicators"][1], "row_id": "r9"}]})
    wizard.go_cell(8, "third_level")
    wizard.press(Qt.Key.Key_F6)
    assert "删除第 9 行（与前面重复）" in _panel(wizard).text()
    _panel(wizard).takes[0].click()
    wizard.settle()
    assert len(wizard.cells("third_level")) == len(ROADS["indicators"])


def test_it_follows_the_cursor_and_gives_way(wizard) -> None:
    _open(wizard)
    wizard.table().library.coach.trigger()
    wizard.settle()
    panel = _panel(wizard)
    wizard.go_cell(1, "third_level")
    assert "这一行没有要改的建议" in panel.text()
    wizard.go_cell(4, "third_level")
    assert "名称里写了“230人”" in panel.text()
    assert "✗" not in panel.text()
    wizard.go_cell(2, "third_level")
    assert "对照例子" in panel.text()
    wizard.press(Qt.Key.Key_F1)
    assert wizard.view.frame.help.isVisible()
    assert panel.isHidden()
    wizard.press(Qt.Key.Key_F6)
    assert wizard.view.frame.help.isHidden()
    wizard.press(Qt.Key.Key_Escape)
    assert panel.isHidden()


def test_a_form_without_faults_has_nothing_to_suggest(wizard) -> None:
    _open(wizard, ROADS)
    wizard.press(Qt.Key.Key_F6)
    text = _panel(wizard).text()
    assert "把光标放到别的行" in text
    assert not _panel(wizard).before.isEnabled()
    wizard.press(Qt.Key.Key_F6)
    assert wizard.current_cell()[0] == 0


def test_a_reader_gets_no_suggestions(wizard) -> None:
    _open(wizard, read_only=True)
    wizard.press(Qt.Key.Key_F6)
    assert _panel(wizard).isHidden()
