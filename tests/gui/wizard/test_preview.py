"""The form as it will be printed: every cell once, pages that break between rows, clicks that lead back."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from forms.findings import Place
from forms.number_format import shown_number
from forms.registry import form
from tests.forms.cases import GOOD_FORMS, KIT_101, ROADS, TARGET, TOWN, context
from ui.preview.layout import lay_out
from ui.preview.type_setting import lines_of

pytestmark = pytest.mark.gui


def pages_of(given, answers):
    return lay_out(form(given.task.form_id).build_sheet(form(given.task.form_id), given, answers))


def texts_of(pages):
    cells = ["".join(placed.lines) for page in pages for placed in page.cells]
    return cells + [text.text for page in pages for text in page.texts]


@pytest.mark.parametrize(("given", "answers"), GOOD_FORMS.values(), ids=GOOD_FORMS.keys())
def test_every_form_stands_on_its_page_inside_the_margins(dressed, given, answers):
    pages = pages_of(given, answers)
    assert len(pages) == 1
    for placed in pages[0].cells:
        assert placed.rect.left() > 0
        assert placed.rect.right() < pages[0].width
        assert placed.rect.bottom() < pages[0].height
    areas = [placed.rect for placed in pages[0].cells]
    overlaps = [
        (a, b) for n, a in enumerate(areas) for b in areas[n + 1 :] if a.adjusted(1, 1, -1, -1).intersects(b)
    ]
    assert overlaps == []


def test_labels_and_answers_of_the_official_form_are_there(dressed):
    texts = texts_of(pages_of(context(), ROADS))
    for wanted in (
        "项目支出绩效目标申报表",
        "（2027年度）",
        "项目名称",
        "农村公路养护",
        "128.40",
        "绩效指标",
        "养护里程",
        "联系电话：0379-6333 1234",
    ):
        assert wanted in texts
    assert "385.20" in texts


def test_many_rows_break_between_rows_with_the_head_again(dressed):
    rows = [{**ROADS["indicators"][1], "row_id": f"r{n}", "third_level": f"指标{n}"} for n in range(120)]
    pages = pages_of(context(), {**ROADS, "indicators": rows})
    assert len(pages) > 2
    for page in pages[1:]:
        heads = [placed for placed in page.cells if "".join(placed.lines) == "三级指标"]
        assert len(heads) == 1
        assert all(placed.rect.bottom() <= page.height - 500 for placed in page.cells)
    names = [text for text in texts_of(pages) if text.startswith("指标") and text != "指标值"]
    assert names == [f"指标{n}" for n in range(120)]


def test_a_text_longer_than_a_page_goes_on_and_loses_nothing(dressed):
    long = "".join(f"目标{n}：完成养护任务并达到合格标准。" for n in range(400))
    pages = pages_of(context(), {**ROADS, "annual_target": long})
    parts = [
        "".join(placed.lines)
        for page in pages
        for placed in page.cells
        if placed.cell.place == "annual_target"
    ]
    assert len(parts) > 1
    assert "".join(parts) == long


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        ("128.4", "#,##0.00####", "128.40"), ("1234567.891234", "#,##0.00####", "1,234,567.891234"),
        ("1200.5", "#,##0.00", "1,200.50"), ("10", "0", "10"), ("22.5", "0.0", "22.5"), ("-3", "#,##0.00", "-3.00"),
    ],
)  # fmt: skip
def test_numbers_stand_as_the_workbook_shows_them(value, number_format, text):
    assert shown_number(Decimal(value), number_format) == text


def test_lines_fit_their_column_and_keep_every_character(dressed):
    text = "完成 12 公里村道日常养护；路况优良率达到 85%以上，😀方便沿线 8600 名群众出行。"
    lines = lines_of(text, 2000, 105)
    assert len(lines) > 2
    assert "".join(lines) == text


def test_the_window_marks_drafts_and_practice_and_counts_pages(wizard):
    given = context(replace(KIT_101, is_practice=True))
    wizard.open(given, {**ROADS, "annual_target": ""})
    wizard.wait_checked()
    wizard.view.show_preview()
    window = wizard.view.preview()
    assert window.isVisible()
    assert window.canvas._mark == "演示数据　草稿"
    assert window.page_label.text() == "第 1 页，共 1 页"
    window.close()


def test_a_form_that_may_be_sent_is_no_draft_as_on_paper(wizard):
    wizard.open(context(), ROADS)
    wizard.wait_checked()
    assert wizard.view.counts().blocking == 0
    wizard.view.show_preview()
    assert wizard.view.preview().canvas._mark == ""
    wizard.view.preview().hide()
    wizard.fill("annual_target", "")
    wizard.wait_checked()
    wizard.view.show_preview()
    assert wizard.view.preview().canvas._mark == "草稿"
    wizard.view.preview().close()


def test_what_the_bureau_reads_is_no_draft(wizard):
    wizard.open(context(), ROADS, read_only=True)
    wizard.view.show_preview()
    assert wizard.view.preview().canvas._mark == ""
    wizard.view.preview().close()


def test_a_click_leads_to_the_field_and_to_the_cell(wizard):
    wizard.open(context(), ROADS)
    wizard.view.show_preview()
    canvas = wizard.view.preview().canvas
    for path, place in (
        ("annual_target", Place("annual_target")),
        ("indicators[r4].planned_value", Place("indicators", "r4", "planned_value")),
        ("medium_total_fen", Place("medium_total_fen")),
    ):
        centre = canvas.centre_of(path)
        QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(int(centre.x()), int(centre.y())))
        wizard.settle()
        assert wizard.focused_place() == place
    wizard.view.preview().close()


def test_labels_lead_nowhere(wizard):
    wizard.open(context(), ROADS)
    wizard.view.show_preview()
    canvas = wizard.view.preview().canvas
    chosen = []
    canvas.place_chosen.connect(chosen.append)
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert chosen == []
    wizard.view.preview().close()


def test_it_zooms_by_keys_and_fits_the_width(wizard):
    wizard.open(context(), ROADS)
    wizard.view.show_preview()
    window = wizard.view.preview()
    fitting = window.zoom()
    QTest.keyClick(window, Qt.Key.Key_Plus)
    assert window.zoom() == pytest.approx(fitting * 1.15)
    QTest.keyClick(window, Qt.Key.Key_Minus)
    QTest.keyClick(window, Qt.Key.Key_Minus)
    assert window.zoom() < fitting
    QTest.keyClick(window, Qt.Key.Key_0)
    assert window.zoom() == pytest.approx(fitting)
    for _ in range(60):
        window.zoom_by(2)
    assert window.zoom() == 0.5
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_it_follows_what_is_typed_while_it_is_open(wizard, qtbot):
    wizard.open(context(), ROADS)
    wizard.view.show_preview()
    window = wizard.view.preview()
    before = window.canvas._pages
    wizard.view.session.set_typed(Place("project_name"), "乡村道路养护")
    with qtbot.waitSignal(wizard.view.checked):
        pass
    assert window.canvas._pages is not before
    assert "乡村道路养护" in texts_of(window.canvas._pages)
    window.close()


def test_pages_are_turned(wizard):
    rows = [{**ROADS["indicators"][1], "row_id": f"r{n}"} for n in range(120)]
    wizard.open(context(), {**ROADS, "indicators": rows})
    wizard.view.show_preview()
    window = wizard.view.preview()
    QApplication.processEvents()
    QTest.keyClick(window, Qt.Key.Key_PageDown)
    assert window.page_label.text().startswith("第 2 页")
    QTest.keyClick(window, Qt.Key.Key_PageUp)
    assert window.page_label.text().startswith("第 1 页")
    window.close()


def test_the_whole_unit_s_form_shows_its_totals(dressed):
    texts = texts_of(pages_of(context(form_id="overall_expenditure_target"), TOWN))
    assert "224.90" in texts
    assert form(TARGET).title not in texts
