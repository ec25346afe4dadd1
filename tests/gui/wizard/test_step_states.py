"""States of the steps, points, and the search in the form."""

from __future__ import annotations

import pytest

from forms.answers import blank_answers
from forms.checks.engine import CheckReport
from forms.findings import Finding, Place, Severity
from forms.registry import form
from tests.forms import adjustment_cases as adjustment
from tests.forms import self_evaluations, summary_cases
from tests.forms.cases import CLEANING, KIT_10, ROADS, TARGET, context, row_changed
from tests.forms.monitoring_cases import IN_STEP, JULY
from ui.theme import Tone
from ui.wizard.search import places_with
from ui.wizard.session import WizardSession
from ui.wizard.step_states import BROUGHT_IN, CHECK_STEP, OPTIONAL, step_states, weight_note

BASICS = ("preparer_name", "reviewer_name", "unit_head_name", "contact_phone", "filled_on")


def session(answers=None, kit_context=None, **explanations) -> WizardSession:
    given = kit_context or context()
    begun = blank_answers(form(TARGET), given) if answers is None else answers
    made = WizardSession(form(TARGET), given, begun, explanations)
    made.check()
    return made


def states(made: WizardSession) -> dict[str, tuple[str, str]]:
    return {state.key: (state.word, state.note) for state in step_states(made)}


def test_a_fresh_form_is_not_a_form_full_of_mistakes():
    found = states(session())
    assert [found[key][0] for key in ("funds", "targets", "indicators")] == ["未填"] * 3
    assert found[CHECK_STEP][0] == "有必改"


def test_a_good_form_is_complete_and_can_be_handed_in():
    found = states(session(ROADS))
    assert {word for word, _ in found.values()} == {"完成", "可以报送"}


def test_counts_stand_under_the_step_they_belong_to():
    made = session({**row_changed(ROADS, "r2", measure_unit=None), "project_code": "12"})
    found = states(made)
    assert found["indicators"] == ("有必改", "有必改 1")
    assert found["basics"] == ("完成", "完成，需说明 1")
    assert found[CHECK_STEP][1] == "有必改 1，需说明 1"
    finding = next(f for f in made.report.findings if f.code == "C2")
    made.explain(finding.explanation_key, "尚未分配代码")
    assert states(made)["basics"] == ("完成", "完成")


def test_a_step_half_filled_in_is_under_way():
    made = session()
    made.set_typed(Place("period_from"), "2026")
    made.report = type(made.report)(())
    assert states(made)["basics"][0] == "填写中"


def test_what_came_with_the_form_is_nobodys_work():
    """The indicators of a self-evaluation stand there from the target: a fresh one holds no mistakes."""
    given = self_evaluations.context()
    made = WizardSession(form("self_evaluation"), given, self_evaluations.begun(given), {})
    made.check()
    assert [states(made)[key][0] for key in ("funds", "targets", "indicators")] == ["未填"] * 3
    made.set_typed(Place("indicators", "r1", "actual_value"), "9.1")
    made.check()
    assert states(made)["indicators"][0] == "有必改"
    assert states(made)["funds"][0] == "未填"


def test_what_is_wrong_in_rows_nobody_wrote_is_told():
    """A summary is reckoned whole: what its checks find stays red though nobody has touched it."""
    given = summary_cases.context("target_summary")
    spec = form("target_summary")
    made = WizardSession(spec, given, blank_answers(spec, given), {})
    place = Place("summary_rows", str(made.rows("summary_rows")[0]["row_id"]), "project_code")
    found = Finding("C42", Severity.BLOCKING, place, "项目代码", "重复", "请核对")
    made.report = CheckReport((found,))
    assert states(made)["rows"][0] == "有必改"


def test_an_empty_row_is_not_content():
    made = session()
    made.add_row("indicators")
    assert states(made)["indicators"][0] == "未填"


@pytest.mark.parametrize(
    ("weight", "words", "tone"),
    [("10", "90 / 90", Tone.GOOD), ("7.5", "87.5 / 90", Tone.CARE), ("30", "110 / 90", Tone.BAD)],
)
def test_points_are_summed_live(weight, words, tone):
    made = session(ROADS)
    made.set_typed(Place("indicators", "r2", "weight"), weight)
    assert weight_note(made) == (words, tone)


def test_no_points_where_the_kit_sets_none_now():
    assert weight_note(session(CLEANING, context(KIT_10))) is None


def test_search_finds_labels_content_and_shown_choices_in_page_order():
    made = session(ROADS)
    assert places_with(made, "路况")[0] == Place("annual_target")
    assert Place("indicators", "r4", "third_level") in places_with(made, "路况优良率")
    assert places_with(made, "项目代码") == [Place("project_code")]
    assert Place("indicators", "r2", "second_level") in places_with(made, "数量指标")
    assert places_with(made, "１２８.40") == [Place("annual_total_fen")]
    assert places_with(made, "  ") == []
    assert places_with(made, "没有这样的字") == []


def test_a_step_that_was_brought_in_whole_says_so_and_holds_nothing_up():
    made = WizardSession(form("monitoring"), JULY, {**IN_STEP, **heads_of(JULY)}, {})
    made.check()
    assert states(made)["basics"][0] == BROUGHT_IN
    assert states(made)[CHECK_STEP][0] == "可以报送"


def test_a_step_that_asks_for_nothing_holds_nothing_up():
    """审批意见 of an adjustment is signed on paper."""
    made = WizardSession(adjustment.FORM, adjustment.context(), adjustment.begun(), {})
    made.check()
    assert states(made)["opinions"] == (OPTIONAL, OPTIONAL)
    made.report = CheckReport(())
    assert {word for key, (word, _) in states(made).items() if key != "opinions"} == {
        "完成",
        BROUGHT_IN,
        "可以报送",
    }
    made.set_value(Place("unit_opinion"), "同意。")
    assert states(made)["opinions"][0] == "完成"


def heads_of(given):
    """What a new form begins with."""
    begun = blank_answers(form("monitoring"), given)
    return {field: begun.get(field) for field in BASICS}
