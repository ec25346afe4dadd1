"""The monitoring form on screen: boxes ticked by click, key and paste; lights explained; the period before beside it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from forms.findings import Place
from forms.registry import form
from models.domain.monitoring_rule import Light, MonitoringRule
from tests.forms import monitoring_cases as july
from tests.forms.cases import KIT_101
from tests.forms.monitoring_cases import IN_STEP, JULY

pytestmark = pytest.mark.gui


@pytest.fixture
def roads(wizard):
    """July of the road project, cursor at the indicators."""
    wizard.open(JULY, IN_STEP)
    wizard.go_step("indicators")
    return wizard


def click(page, row: int, column: str) -> None:
    """Click into the middle of a cell."""
    view, model = page.table().view, page.table().model
    index = model.index_of(Place("indicators", model.row_id(row), column))
    view.scrollTo(index)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())
    page.settle()


def kept(page, row: int, column: str):
    model = page.table().model
    return page.view.session.value(Place("indicators", model.row_id(row), column))


def test_a_click_ticks_and_another_takes_the_tick_away(roads):
    click(roads, 1, "cause_funds")
    assert (kept(roads, 1, "cause_funds"), roads.cell(1, "cause_funds")) == ("yes", "√")
    click(roads, 1, "cause_funds")
    assert (kept(roads, 1, "cause_funds"), roads.cell(1, "cause_funds")) == (None, "")


def test_two_quick_clicks_are_two_turns(roads):
    view, model = roads.table().view, roads.table().model
    index = model.index_of(Place("indicators", "r2", "cause_staff"))
    view.scrollTo(index)
    point = view.visualRect(index).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert kept(roads, 1, "cause_staff") == "yes"
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert kept(roads, 1, "cause_staff") is None
    assert view.editor() is None


def test_space_ticks_letters_do_nothing_and_enter_goes_on(roads):
    roads.go_cell(1, "cause_system")
    roads.press(Qt.Key.Key_Space)
    assert roads.cell(1, "cause_system") == "√"
    roads.type("abc")
    assert roads.table().view.editor() is None
    assert roads.cell(1, "cause_system") == "√"
    roads.enter()
    assert roads.current_cell() == (1, "cause_staff")
    roads.type("√")
    assert roads.cell(1, "cause_staff") == "√"
    roads.press(Qt.Key.Key_Delete)
    assert roads.cell(1, "cause_staff") == ""


def test_a_tick_is_undone_like_everything_else(roads):
    click(roads, 2, "cause_other")
    roads.undo()
    assert roads.cell(2, "cause_other") == ""
    roads.redo()
    assert roads.cell(2, "cause_other") == "√"


def test_dragging_over_boxes_ticks_none(roads):
    view, model = roads.table().view, roads.table().model
    first, last = (
        view.visualRect(model.index_of(Place("indicators", row, "cause_funds"))).center()
        for row in ("r1", "r3")
    )
    view.scrollTo(model.index_of(Place("indicators", "r3", "cause_other")))
    first, last = (
        view.visualRect(model.index_of(Place("indicators", row, "cause_funds"))).center()
        for row in ("r1", "r3")
    )
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=first)
    QTest.mouseMove(view.viewport(), last)
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=last)
    assert [kept(roads, row, "cause_funds") for row in range(3)] == [None, None, None]


def test_ticks_come_from_excel_in_any_spelling(roads):
    roads.go_cell(0, "cause_funds")
    roads.paste("√\t\t是\t✔\t\n\t☑\t否\t1\t□\n")
    causes = ("cause_funds", "cause_system", "cause_staff", "cause_hardware", "cause_other")
    assert [[roads.cell(row, key) for key in causes] for row in (0, 1)] == [
        ["√", "", "√", "√", ""],
        ["", "√", "", "√", ""],
    ]


def test_what_is_no_tick_stays_and_is_marked(roads):
    roads.go_cell(0, "cause_funds")
    roads.paste("资金不足\t√")
    assert roads.cell(0, "cause_funds") == "资金不足"
    assert {f.code for f in roads.wait_checked()} >= {"C55"}
    click(roads, 0, "cause_funds")
    assert roads.cell(0, "cause_funds") == "√"


def test_indicators_come_from_the_target_and_are_closed(roads):
    assert roads.cells("third_level") == [row["third_level"] for row in IN_STEP["indicators"]]
    assert roads.cell(1, "planned_value") == "≥12公里"
    roads.go_cell(1, "planned_value")
    roads.type("99")
    assert roads.cell(1, "planned_value") == "≥12公里"
    assert not roads.table().actions_.add.isVisible()
    assert roads.table().library is None
    assert roads.table().weights() == ""


def test_labels_say_the_period(roads):
    heads = [
        str(roads.table().model.headerData(n, Qt.Orientation.Horizontal))
        for n in range(roads.table().model.columnCount())
    ]
    assert "1—7月执行情况" in heads
    assert "年度指标值" in heads
    assert roads.step_note("targets").startswith("完成")


def test_the_light_of_the_row_is_explained_under_the_table(roads, qtbot):
    roads.go_cell(1, "value_to_date")
    assert roads.cell(1, "light") == "绿灯"
    assert roads.table().lights.text() == (
        "绿灯　养护里程：目前 7 公里，是序时应完成 7 公里（12 公里×7÷12）的 100%，在 80%（含）至 120%之间，进度正常。"
    )
    roads.type("3")
    roads.wait_followed()
    assert roads.cell(1, "light") == "红灯"
    assert "不到 60%，进度明显落后" in roads.table().lights.text()
    index = roads.table().model.index_of(Place("indicators", "r2", "light"))
    assert index.data(Qt.ItemDataRole.ToolTipRole) in roads.table().lights.text()
    roads.press(Qt.Key.Key_Escape)
    roads.go_cell(6, "value_to_date")
    assert "定性指标不判定" in roads.table().lights.text()


def test_every_light_is_painted_with_its_own_look(roads, qtbot):
    looks = set()
    for value in ("1", "5", "7", "12"):
        roads.go_cell(1, "value_to_date")
        roads.type(value)
        roads.enter()
        model = roads.table().model
        looks.add(model.look(model.index_of(Place("indicators", "r2", "light"))).light)
        roads.table().view.viewport().grab()
    assert looks == {light.value for light in Light}


def test_money_is_reckoned_and_lit_while_typing(wizard, qtbot):
    wizard.open(JULY, IN_STEP)
    wizard.go_step("funds")
    assert [wizard.cell(row, "source", "funds") for row in range(3)] == [
        "年度资金总额",
        "其中：本年一般公共预算拨款",
        "其他资金",
    ]
    wizard.go_cell(0, "spending_to_date_fen", "funds")
    wizard.type("40")
    wizard.wait_followed()
    assert wizard.cell(0, "execution_rate", "funds") == "31.15%"
    assert wizard.cell(0, "light", "funds") == "红灯"
    assert "低于 6 月底的警戒线 40%" in wizard.table("funds").lights.text()


def test_the_period_before_stands_beside_and_cannot_be_written(wizard):
    given = replace(JULY, periods=july.june(july.row(IN_STEP, "r2", value_to_date="6")))
    wizard.open(given, july.filled(given))
    wizard.go_step("indicators")
    assert wizard.cell(1, "previous_value") == "6"
    heads = [spec.label_in(given) for spec in wizard.table().model.column_specs()]
    assert "上期（1—6月）" in heads
    wizard.go_cell(1, "previous_value")
    wizard.type("9")
    assert wizard.cell(1, "previous_value") == "6"
    wizard.go_step("funds")
    assert wizard.cell(0, "previous_spending_fen", "funds") == "70.00"


def test_the_short_way_shows_money_and_a_summary(wizard):
    rule = KIT_101.monitoring
    assert isinstance(rule, MonitoringRule)
    kit = replace(KIT_101, monitoring=replace(rule, key_amount_fen=200 * july.WAN))
    given = july.context(kit)
    wizard.open(given, july.blank(given))
    wizard.go_step("targets")
    wizard.fill("progress_summary", "养护 7 公里")
    assert wizard.view.session.value(Place("progress_summary")) == "养护 7 公里"
    assert not form("monitoring").table("indicators").is_visible(given)


def test_help_on_a_box_and_a_light_says_how(roads):
    roads.go_cell(1, "cause_funds")
    roads.press(Qt.Key.Key_F1)
    assert "按空格打√" in roads.view.frame.help.text()


def test_the_strip_names_its_row_and_says_why_words_have_no_light(roads):
    roads.go_cell(1, "value_to_date")
    roads.press(Qt.Key.Key_Delete)
    roads.type("一般")
    roads.enter()
    roads.go_cell(1, "remark")
    roads.wait_followed()
    assert roads.table().lights.text() == (
        "养护里程：没有预警灯：按数字考核的指标填了数字才能判定，定性指标不判定。"
    )


def test_rows_are_named_beside_their_numbers_while_their_names_are_out_of_sight(roads):
    def head(row: int) -> str:
        return str(roads.table().model.headerData(row, Qt.Orientation.Vertical))

    roads.go_cell(1, "likelihood")
    assert head(1) == "2　养护里程"
    wide = roads.table().view.verticalHeader().width()
    roads.go_cell(1, "third_level")
    assert head(1) == "2"
    assert roads.table().view.verticalHeader().width() < wide
