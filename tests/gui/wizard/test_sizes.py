"""1366 × 768 at 100, 125 and 150 %: no word is cut off anywhere in the wizard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from forms.registry import form
from tests.forms.cases import KIT_10, OVERALL, ROADS, TARGET, TOWN, context, row_changed, two_halves
from tests.gui.pages.cut_off import cut_off, settle
from ui.shell.frame import DeskFrame
from ui.theme import apply_theme
from ui.wizard.step_states import CHECK_STEP
from ui.wizard.view import WizardView

pytestmark = pytest.mark.gui

FAULTY = {**row_changed(ROADS, "r2", measure_unit=None), "project_code": "123", "annual_total_fen": 900}


@pytest.fixture(params=[1.0, 1.25, 1.5])
def framed(request, dressed, qtbot) -> Iterator[WizardView]:
    """The wizard in the desk's frame at a text size."""
    apply_theme(dressed, request.param)
    frame = DeskFrame()
    qtbot.addWidget(frame)
    view = WizardView()
    frame.add_page("form", view)
    frame.show_page("form")
    frame.resize(1366, 768)
    frame.show()
    yield view
    view.close_form()
    frame.close()
    apply_theme(dressed, 1.0)


FORMS = {
    "project": (context(), FAULTY, TARGET),
    "unit": (context(form_id=OVERALL), TOWN, OVERALL),
    "two halves": (context(two_halves(KIT_10)), ROADS, TARGET),
}


@pytest.mark.parametrize("name", FORMS)
def test_no_word_is_cut_off(framed, name):
    given, answers, form_id = FORMS[name]
    framed.open(
        form(form_id),
        given,
        answers,
        {},
        recovered_note="上次没有正常退出，已恢复到 10:31 填写的内容，请核对。",
    )
    framed.set_saved("10:32:07")
    for key in framed.frame.pages.step_keys():
        framed.show_step(key)
        settle()
        assert cut_off(framed) == [], key
    framed.show_step("basics")
    framed.frame.toggle_help()
    framed.frame.find_bar.begin()
    settle()
    assert cut_off(framed) == []


def test_open_findings_are_whole(framed):
    framed.open(form(TARGET), context(), FAULTY, {})
    view = framed.frame.findings.list
    for row in range(view.finding_model().rowCount()):
        view.open_line(view.finding_model().index(row), "why")
        settle()
        assert [words for words in cut_off(view) if not words.startswith("below")] == []
    assert framed.frame.pages.step_keys()[-1] == CHECK_STEP


def test_another_text_size_is_taken_with_the_next_form(dressed, qtbot):
    view = WizardView()
    qtbot.addWidget(view)
    view.open(form(TARGET), context(), ROADS, {})
    before = view.styleSheet()
    apply_theme(dressed, 1.5)
    view.open(form(TARGET), context(), ROADS, {})
    apply_theme(dressed, 1.0)
    assert view.styleSheet() != before
    view.close_form()
