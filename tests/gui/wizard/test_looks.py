"""What keeps a form's screen and preview legible: notes beside the title, lines that begin well, rows in sight."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QListView

from forms.registry import form
from forms.sheet import Cell, Orientation, Sheet
from forms.target_review_rows import TABLE
from tests.forms import review_cases
from tests.forms.cases import KIT_10, OVERALL, context
from ui.item_models.cell_delegate import CellDelegate
from ui.item_models.column_widths import fitting_widths, headings
from ui.item_models.form_table_model import FormTableModel
from ui.preview.layout import lay_out
from ui.theme import font
from ui.wizard.bars import HeadBar
from ui.wizard.findings.delegate import FindingDelegate
from ui.wizard.session import WizardSession
from ui.wizard.step_page import StepPage

_SHEET = Sheet("表", "题", "（2025年度）", (Cell(0, 0, "甲"),), (170.0,), Orientation.PORTRAIT)


@pytest.fixture
def reviewed(dressed) -> WizardSession:
    return WizardSession(review_cases.FORM, review_cases.REVIEW, review_cases.reviewed(), {}, read_only=True)


@pytest.mark.parametrize(
    ("note", "shares"), [("单位：万元", True), ("指标按示财预〔2025〕3号批复" * 3, False)]
)
def test_a_long_note_goes_below_the_line_under_the_title(dressed, note, shares):
    (page,) = lay_out(replace(_SHEET, corner=note))
    under, corner = page.texts[1:3]
    assert (under.text, corner.text) == ("（2025年度）", note)
    assert (under.at.y() == corner.at.y()) is shares
    assert page.cells[0].rect.top() > corner.at.y()


def test_text_is_never_wrapped_before_a_full_stop(dressed, qtbot):
    """A column as wide as the sentence without its full stop: the stop takes a character along."""
    delegate = CellDelegate(dressed)
    sentence, line = "逐项列出责任和时限。", delegate.em_width() * 9
    assert delegate.height_for(sentence, line + 20) == delegate.height_for("逐项列出责任和时限逐", line + 20)
    assert delegate.height_for("9" * 60, line) > delegate.height_for("9" * 10, line)


def test_a_table_among_fields_shows_all_its_rows(reviewed, qtbot):
    step = next(step for step in reviewed.form.steps if step.key == "items")
    page = StepPage(reviewed, step)
    qtbot.addWidget(page)
    page.resize(960, 420)
    page.show()
    (panel,) = page.tables().values()
    qtbot.waitUntil(lambda: panel.view.minimumHeight() >= panel.view.whole_height() - 20)
    assert panel.view.verticalScrollBar().maximum() <= 20


def test_columns_fill_the_room_and_never_cut_a_heading(reviewed, dressed):
    model = FormTableModel(reviewed.form.table(TABLE), reviewed)
    wide = fitting_widths(model, 2000)
    assert 1990 <= sum(wide) <= 2000
    narrow = fitting_widths(model, 100)
    assert len(narrow) == len(headings(model))
    assert all(width >= 30 for width in narrow)


@pytest.mark.parametrize("width", [820, 900, 968, 1100, 1500])
def test_the_units_name_yields_to_the_title(dressed, qtbot, width):
    bar = HeadBar()
    qtbot.addWidget(bar)
    bar.show_form(form("overall_expenditure_target"), context(KIT_10, OVERALL), read_only=False)
    bar.resize(width, 40)
    bar.show()
    assert bar.title.text() == bar.title.words()


def test_a_title_without_room_is_told_in_short_unless_the_place_calls_it_otherwise(dressed, qtbot):
    spec = form("overall_expenditure_target")
    bar = HeadBar()
    qtbot.addWidget(bar)
    bar.show_form(spec, context(KIT_10, OVERALL), read_only=False)
    bar.resize(560, 40)
    bar.show()
    assert (bar.title.text(), bar.title.toolTip()) == (spec.short_title, spec.title)
    local = "本地单位整体支出绩效目标申报表格"
    settings = tuple(replace(one, title=local) for one in KIT_10.form_settings if one.form_id == OVERALL)
    bar.show_form(spec, context(replace(KIT_10, form_settings=settings), OVERALL), read_only=False)
    assert bar.title.text().startswith(local[:2])


def test_a_sentence_too_long_for_its_line_ends_there(dressed, qtbot):
    view = QListView()
    qtbot.addWidget(view)
    delegate = FindingDelegate(view, read_only=True)
    line = QFontMetrics(font(10)).lineSpacing()
    text = "“820001270003”共 12 位，应为 21 位：6 位数字（区划）＋2 位数字（年度）＋1 位大写字母。" * 3
    layout, rest = delegate._laid_out(text, QRect(0, 0, 220, 3 * line + 5), 60)
    assert (layout.lineCount(), rest > 0) == (3, True)
    layout, rest = delegate._laid_out("共 12 位", QRect(0, 0, 220, 3 * line + 5), 60)
    assert (layout.lineCount(), rest) == (1, -1)
