"""Tables as clerks use them: keys of Excel, rows moved about, pasted blocks, choices by first letters."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from forms.answers import blank_answers
from forms.findings import Place
from forms.registry import form
from tests.forms.cases import KIT_10, OVERALL, ROADS, TARGET, TOWN, context, two_halves
from tests.gui.pages.wizard_page import ALT, CTRL, SHIFT
from ui.widgets.labels import ElidedLabel

pytestmark = pytest.mark.gui


@pytest.fixture
def roads(wizard):
    """The indicators of a filled form, cursor in the table."""
    wizard.open(context(), ROADS)
    wizard.go_step("indicators")
    return wizard


@pytest.fixture
def empty(wizard):
    """The indicators of a fresh form."""
    wizard.open(context(), blank_answers(form(TARGET), context()))
    wizard.go_step("indicators")
    return wizard


def names(page):
    return page.cells("third_level")


def test_an_empty_table_says_what_to_do_and_its_button_begins(empty):
    panel = empty.table()
    assert panel.is_empty()
    assert "Ctrl+V 粘贴" in panel._empty.hint_label.text()
    empty.press(Qt.Key.Key_Space)
    assert not panel.is_empty()
    assert empty.current_cell() == (0, "first_level")
    assert empty.cell(0, "comparator") == "≥"


def test_rows_are_pasted_where_the_empty_table_says_so_and_what_was_told_goes_with_them(empty):
    assert empty.table().is_empty()
    empty.paste("产出指标\t数量指标\t行政村数量\n")
    assert names(empty) == ["行政村数量"]
    assert empty.table().told().startswith("已粘贴 1 行")
    empty.undo()
    assert empty.table().is_empty()
    assert empty.table().told() == ""


def test_a_row_is_filled_by_keys_alone_and_enter_makes_the_next(empty):
    empty.press(Qt.Key.Key_Space)
    for text in ("产出", "数量", "养护里程", ">=", "12", "公里", "10", "正向"):
        empty.type(text)
        empty.enter()
    assert empty.table().model.rowCount() == 2
    assert empty.current_cell() == (1, "first_level")
    shown = [empty.cell(0, spec.key) for spec in empty.table().model.column_specs()]
    assert shown == ["产出指标", "数量指标", "养护里程", "≥", "12", "公里", "10", "正向"]


def test_a_second_level_chosen_first_brings_its_first_level(empty):
    empty.press(Qt.Key.Key_Space)
    empty.tab()
    empty.type("社会效益")
    empty.enter()
    assert (empty.cell(0, "first_level"), empty.cell(0, "second_level")) == ("效益指标", "社会效益指标")


def test_every_keystroke_is_kept_before_the_cell_is_left(roads):
    roads.go_cell(1, "planned_value")
    roads.type("4")
    assert roads.view.session.value(Place("indicators", "r2", "planned_value")) == "4"
    roads.type("5")
    assert roads.view.session.value(Place("indicators", "r2", "planned_value")) == "45"
    assert roads.table().view.editor() is not None


def test_escape_goes_back_to_what_was_there(roads):
    roads.go_cell(1, "planned_value")
    roads.type("99")
    roads.press(Qt.Key.Key_Escape)
    assert roads.cell(1, "planned_value") == "12"
    assert roads.table().view.editor() is None


def test_f2_edits_at_the_end_and_arrows_lead_up_and_down(roads):
    roads.go_cell(1, "planned_value")
    roads.press(Qt.Key.Key_F2)
    roads.press(Qt.Key.Key_End)
    roads.type("0")
    roads.press(Qt.Key.Key_Down)
    assert roads.cell(1, "planned_value") == "120"
    assert roads.current_cell() == (2, "planned_value")
    roads.press(Qt.Key.Key_F2)
    roads.press(Qt.Key.Key_Up)
    assert roads.current_cell() == (1, "planned_value")


def test_tab_walks_through_cells_and_leaves_the_table_at_its_ends(roads):
    roads.go_cell(0, "first_level")
    roads.tab()
    assert roads.current_cell() == (0, "second_level")
    roads.press(Qt.Key.Key_Backtab, SHIFT)
    assert roads.current_cell() == (0, "first_level")
    roads.press(Qt.Key.Key_Backtab, SHIFT)
    assert not roads.table().view.hasFocus()
    roads.go_cell(7, "direction")
    roads.tab()
    assert not roads.table().view.hasFocus()
    assert roads.table().model.rowCount() == 8


def test_shift_enter_goes_back(roads):
    roads.go_cell(2, "first_level")
    roads.press(Qt.Key.Key_Return, SHIFT)
    assert roads.current_cell() == (1, "direction")


def test_delete_clears_the_selected_cells_in_one_step(roads):
    roads.go_cell(1, "planned_value")
    roads.press(Qt.Key.Key_Right, SHIFT)
    roads.press(Qt.Key.Key_Down, SHIFT)
    roads.press(Qt.Key.Key_Delete)
    assert [roads.cell(row, key) for row in (1, 2) for key in ("planned_value", "measure_unit")] == [""] * 4
    roads.undo()
    assert roads.cell(2, "measure_unit") == "处"


def test_rows_are_added_inserted_copied_moved_and_deleted_by_keys(roads):
    roads.go_cell(1, "third_level")
    roads.press(Qt.Key.Key_D, CTRL)
    assert names(roads)[1:3] == ["养护里程", "养护里程"]
    assert roads.current_cell() == (2, "third_level")
    roads.press(Qt.Key.Key_Delete, CTRL)
    assert len(names(roads)) == 8
    assert "已删除 1 行" in roads.table().told()
    roads.go_cell(1, "third_level")
    roads.press(Qt.Key.Key_Down, ALT)
    assert names(roads)[1:3] == ["安全设施维修数量", "养护里程"]
    assert roads.current_cell() == (2, "third_level")
    roads.press(Qt.Key.Key_Up, ALT)
    roads.press(Qt.Key.Key_Insert)
    assert names(roads)[1:3] == ["", "养护里程"]
    roads.press(Qt.Key.Key_Return, CTRL)
    assert names(roads)[-1] == ""
    assert roads.current_cell()[0] == 9


def test_buttons_do_what_keys_do_and_sorting_follows_the_frame(roads):
    panel = roads.table()
    roads.go_cell(7, "third_level")
    for _ in range(7):
        panel.actions_.up.trigger()
    assert names(roads)[0] == "沿线群众满意度"
    panel.actions_.sort.trigger()
    assert names(roads)[-1] == "沿线群众满意度"
    roads.undo()
    assert names(roads)[0] == "沿线群众满意度"


def test_several_selected_rows_go_together(roads):
    roads.go_cell(1, "third_level")
    roads.press(Qt.Key.Key_Down, SHIFT)
    roads.press(Qt.Key.Key_Delete, CTRL)
    assert names(roads)[:2] == ["每公里养护成本", "路况优良率"]
    roads.undo()
    assert len(names(roads)) == 8


def test_ctrl_z_in_an_open_cell_takes_back_the_forms_last_step(roads):
    roads.go_cell(1, "planned_value")
    roads.type("77")
    roads.undo()
    assert roads.cell(1, "planned_value") == "12"
    assert roads.table().view.editor().text() == "12"
    roads.redo()
    assert roads.cell(1, "planned_value") == "77"


def test_a_copied_block_is_what_excel_reads(roads):
    roads.go_cell(0, "third_level")
    roads.press(Qt.Key.Key_Right, SHIFT)
    roads.press(Qt.Key.Key_Down, SHIFT)
    roads.press(Qt.Key.Key_C, CTRL)
    assert QApplication.clipboard().text() == "每公里养护成本\t≤\n养护里程\t≥\n"


def test_cut_copies_and_clears(roads):
    roads.go_cell(1, "measure_unit")
    roads.press(Qt.Key.Key_X, CTRL)
    assert QApplication.clipboard().text() == "公里\n"
    assert roads.cell(1, "measure_unit") == ""


SHAPES = {
    "with header": "三级指标\t符号\t指标值\t计量单位\n行政村数量\t等于\t11\t个\n保洁面积\t不少于\t3.5\t万平方米\n",
    "without header": "行政村数量\t=\t11\t个\n保洁面积\t>=\t3.5\t万平方米\n",
    "value in one cell": "三级指标\t年度指标值\n行政村数量\t=11个\n保洁面积\t≥3.5万平方米\n",
    "quoted lines": '"行政村数量"\t=\t11\t个\r\n"保洁面积"\t≥\t3.5\t"万平方米"\r\n',
}


@pytest.mark.parametrize("text", SHAPES.values(), ids=SHAPES.keys())
def test_four_clipboard_shapes_come_to_the_same(empty, text):
    empty.press(Qt.Key.Key_Space)
    empty.go_cell(0, "third_level")
    empty.paste(text)
    keys = ("third_level", "comparator", "planned_value", "measure_unit")
    rows = [[empty.cell(row, key) for key in keys] for row in range(2)]
    assert rows == [["行政村数量", "=", "11", "个"], ["保洁面积", "≥", "3.5", "万平方米"]]
    assert empty.table().told().startswith("已粘贴 2 行（新增 1 行）")
    empty.undo()
    assert empty.table().model.rowCount() == 1


def test_merged_levels_are_filled_down_on_paste(empty):
    empty.press(Qt.Key.Key_Space)
    empty.paste("产出指标\t数量指标\t甲\n\t\t乙\n\t质量指标\t丙\n效益指标\t社会效益指标\t丁\n")
    assert empty.cells("first_level") == ["产出指标"] * 3 + ["效益指标"]
    assert empty.cells("second_level") == ["数量指标", "数量指标", "质量指标", "社会效益指标"]


def test_a_block_pasted_into_an_open_cell_goes_into_the_table(roads):
    roads.go_cell(1, "planned_value")
    roads.press(Qt.Key.Key_F2)
    roads.paste("21\n22\n")
    assert roads.cells("planned_value")[1:3] == ["21", "22"]
    roads.press(Qt.Key.Key_F2)
    roads.paste("5")
    assert roads.cells("planned_value")[1].count("5") == 1


def test_nothing_on_the_clipboard_is_said_in_words(roads):
    roads.go_cell(1, "planned_value")
    roads.paste("")
    assert "剪贴板里没有内容" in roads.table().told()


def test_the_list_of_choices_opens_and_is_picked_with_arrows(roads):
    roads.go_cell(1, "comparator")
    roads.press(Qt.Key.Key_Space)
    editor = roads.table().view.editor()
    popup = editor.completer().popup()
    assert popup.isVisible()
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert roads.cell(1, "comparator") == "≤"


def test_points_are_summed_beside_the_heading_while_typing(roads, qtbot):
    panel = roads.table()
    assert panel.weights() == "分值 90 / 90 ✓"
    roads.go_cell(1, "weight")
    roads.type("7")
    qtbot.waitUntil(lambda: panel.weights() == "分值 87 / 90")


def test_money_columns_have_their_totals_below(wizard, qtbot):
    wizard.open(context(form_id=OVERALL), TOWN)
    wizard.go_step("tasks")
    panel = wizard.table("annual_tasks")
    assert list(panel._totals.totals().values()) == ["224.90", "216.50", "8.40"]
    wizard.go_cell(0, "total_fen", "annual_tasks")
    wizard.type("100")
    qtbot.waitUntil(lambda: next(iter(panel._totals.totals().values())) == "228.40")
    assert panel.weights() == ""


def test_long_task_texts_take_several_lines(wizard):
    wizard.open(context(form_id=OVERALL), TOWN)
    wizard.go_step("tasks")
    wizard.go_cell(0, "content", "annual_tasks")
    wizard.press(Qt.Key.Key_F2)
    wizard.press(Qt.Key.Key_End, CTRL)
    wizard.press(Qt.Key.Key_Return, ALT)
    wizard.type("第二行")
    wizard.enter()
    assert wizard.cell(0, "content", "annual_tasks") == "清运 11 个村生活垃圾，整治沟渠 6 公里\n第二行"
    assert wizard.current_cell("annual_tasks") == (0, "total_fen")
    view = wizard.table("annual_tasks").view
    assert view.rowHeight(0) > view.rowHeight(1)


def test_two_halves_show_both_tables_and_points_on_none(wizard):
    given = context(two_halves(KIT_10))
    wizard.open(given, blank_answers(form(TARGET), given))
    wizard.go_step("indicators")
    assert wizard.table("indicators").isVisible()
    assert wizard.table("medium_term_indicators").isVisible()
    assert wizard.table("indicators").weights() == ""


def test_a_kit_with_one_half_shows_one_table(roads):
    page = roads.view.frame.pages.page("indicators")
    assert page.item_keys() == ["indicators"]


@pytest.mark.parametrize("text", ["长" * 10_000, "😀🏳️‍🌈", "=1+1", "＝１＋１", "-5", "1e999", "\u202e倒写"])
def test_absurd_cell_text_is_kept(roads, text):
    roads.go_cell(1, "third_level")
    roads.paste(text)
    roads.press(Qt.Key.Key_F2)
    assert roads.view.session.value(Place("indicators", "r2", "third_level")) == text


def test_how_to_fill_a_table_in_is_told_only_where_that_can_be_done(wizard):
    for is_closed in (False, True):
        wizard.open(context(), ROADS, read_only=is_closed)
        wizard.go_step("indicators")
        said = [one.words() for one in wizard.table().findChildren(ElidedLabel)]
        assert any("复制" in text for text in said) is not is_closed
