"""The session of an open form, without any window: edits, undo, rows, explanations, checks."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from forms.answers import blank_answers
from forms.findings import Place, Severity
from forms.registry import form
from forms.schema import FormSpec
from tests.forms.cases import OVERALL, ROADS, TARGET, context
from tests.forms.hostile import answers_of
from ui.item_models.rows import is_blank_row
from ui.wizard.session import WizardSession

TOTAL = Place("annual_total_fen")
NAME = Place("project_name")


def session(answers=None, form_id=TARGET, **options) -> WizardSession:
    given_context = context(form_id=form_id)
    spec: FormSpec = form(form_id)
    begun = blank_answers(spec, given_context) if answers is None else answers
    return WizardSession(spec, given_context, begun, options.pop("explanations", {}), **options)


def test_money_is_kept_in_fen_and_text_as_typed():
    made = session()
    assert made.set_typed(TOTAL, "128.40").value == 128_400_000
    assert made.value(TOTAL) == 128_400_000
    made.set_typed(NAME, "  农村公路养护 ")
    assert made.value(NAME) == "  农村公路养护 "


@pytest.mark.parametrize(
    "typed", ["=1+1", "1e999", "1e999999", "😀😀", "abc", "12.345678901", "nan", "９" * 40, "一百二十万"]
)
def test_what_is_no_amount_stays_as_typed_and_is_explained(typed):
    made = session()
    reading = made.set_typed(TOTAL, typed)
    assert made.value(TOTAL) == typed
    assert reading.problem
    assert made.problem(TOTAL)


def test_ten_thousand_characters_are_kept_and_said_to_be_too_long():
    made = session()
    made.set_typed(NAME, "长" * 10_000)
    assert made.value(NAME) == "长" * 10_000
    assert "10000" in made.problem(NAME)


def test_full_width_digits_and_negative_amounts_are_read():
    made = session()
    made.set_typed(TOTAL, "１２．５")
    assert made.value(TOTAL) == 12_500_000
    made.set_typed(TOTAL, "-3")
    assert made.value(TOTAL) == -3_000_000


def test_answers_handed_out_never_change_afterwards():
    made = session(ROADS)
    before = made.answers
    rows = before["indicators"]
    made.set_typed(Place("indicators", "r1", "planned_value"), "10")
    made.add_row("indicators")
    assert before["indicators"] is rows
    assert rows[0]["planned_value"] == "9.6"
    assert len(rows) == 8


def test_keystrokes_into_one_place_are_one_step_until_the_run_ends():
    made = session()
    for text in ("1", "12", "128"):
        made.set_typed(TOTAL, text)
    made.end_run()
    made.set_typed(TOTAL, "1284")
    made.set_typed(NAME, "路")
    assert made.undo()
    assert made.value(NAME) is None or made.value(NAME) != "路"
    assert made.undo()
    assert made.value(TOTAL) == 128_000_000
    assert made.undo()
    assert made.value(TOTAL) is None
    assert not made.undo()
    for _ in range(3):
        assert made.redo()
    assert made.value(TOTAL) == 1_284_000_000
    assert made.value(NAME) == "路"
    assert not made.redo()


def test_a_new_edit_forgets_what_was_undone():
    made = session()
    made.set_typed(NAME, "甲")
    made.undo()
    made.set_typed(NAME, "乙")
    assert not made.can_redo
    assert made.value(NAME) == "乙"


def test_typing_after_undo_does_not_join_the_undone_step():
    made = session()
    made.set_typed(NAME, "甲")
    made.undo()
    made.redo()
    made.set_typed(NAME, "甲乙")
    made.undo()
    assert made.value(NAME) == "甲"


def test_listeners_hear_place_before_and_after():
    made = session()
    heard = []
    made.listen(heard.append)
    made.set_typed(NAME, "路")
    made.set_typed(NAME, "路")
    made.undo()
    assert [(change.place, change.touched()) for change in heard] == [
        (NAME, ["project_name"]),
        (None, ["project_name"]),
    ]


def test_a_second_level_alone_brings_its_first_level():
    made = session()
    row_id = made.add_row("indicators")
    made.set_typed(Place("indicators", row_id, "second_level"), "数量指标")
    row = made.rows("indicators")[0]
    assert (row["first_level"], row["second_level"]) == ("output", "quantity")


def test_another_first_level_drops_a_second_level_not_under_it_and_undo_brings_it_back():
    made = session(ROADS)
    first = Place("indicators", "r2", "first_level")
    made.set_typed(first, "效益")
    assert made.value(first) == "benefit"
    assert made.value(Place("indicators", "r2", "second_level")) is None
    made.undo()
    assert made.value(Place("indicators", "r2", "second_level")) == "quantity"


def test_a_half_typed_first_level_leaves_the_second_level_alone():
    made = session(ROADS)
    made.set_typed(Place("indicators", "r2", "first_level"), "效")
    assert made.value(Place("indicators", "r2", "second_level")) == "quantity"
    assert "不在可选范围内" in made.problem(Place("indicators", "r2", "first_level"))


def test_rows_come_go_and_come_back_as_single_steps():
    made = session(ROADS)
    made.add_row("indicators", 0)
    assert made.rows("indicators")[0]["row_id"] == "r9"
    assert is_blank_row(made.table("indicators"), made.context, made.rows("indicators")[0])
    made.set_rows("indicators", made.rows("indicators")[:3])
    made.undo()
    made.undo()
    assert [row["row_id"] for row in made.rows("indicators")] == [f"r{n}" for n in range(1, 9)]


def test_clearing_cells_is_one_step_and_spares_locked_ones():
    made = session(ROADS)
    made.clear_cells("indicators", [("r1", "weight"), ("r2", "weight"), ("r2", "measure_unit")])
    assert [row["weight"] for row in made.rows("indicators")[:2]] == [None, None]
    made.undo()
    assert made.value(Place("indicators", "r2", "measure_unit")) == "公里"


def test_sorting_follows_the_frame():
    mixed = {**ROADS, "indicators": list(reversed(ROADS["indicators"]))}
    made = session(mixed)
    made.sort_rows("indicators")
    assert [row["first_level"] for row in made.rows("indicators")] == (
        ["cost"] + ["output"] * 4 + ["benefit"] * 2 + ["satisfaction"]
    )


def test_nothing_changes_in_a_read_only_session():
    made = session(ROADS, read_only=True)
    before = made.answers
    made.set_typed(NAME, "别的")
    made.set_rows("indicators", [])
    made.add_row("indicators")
    made.clear_cells("indicators", [("r1", "weight")])
    made.explain("C2@project_code", "说明")
    assert made.answers is before
    assert made.explanations == {}
    assert not made.can_undo


def test_explanations_settle_findings_and_blank_ones_are_taken_away():
    made = session({**ROADS, "project_code": "123"})
    finding = next(f for f in made.check().findings if f.severity is Severity.EXPLAIN)
    assert made.counts.to_explain == 1
    made.explain(finding.explanation_key, "系统尚未分配")
    assert made.counts.to_explain == 0
    made.explain(finding.explanation_key, "  ")
    assert made.explanations == {}


def test_checks_in_slices_find_what_a_whole_run_finds():
    made = session({**ROADS, "annual_total_fen": 1})
    whole = made.check()
    slices = 0
    for _ in made.check_in_slices():
        slices += 1
    assert slices > 10
    assert made.report == whole
    assert any(f.code == "C3" for f in whole.findings)


def test_undo_forgets_the_oldest_steps_only():
    made = session()
    for number in range(600):
        made.set_typed(NAME, str(number))
        made.end_run()
    steps = 0
    while made.undo():
        steps += 1
    assert steps == 500
    assert made.value(NAME) == "99"


@settings(max_examples=40, deadline=None)
@given(answers_of(form(OVERALL)))
def test_any_answers_of_a_package_can_be_opened(answers):
    made = session(answers, OVERALL, read_only=True)
    made.check()
    for table in made.form.tables():
        assert isinstance(made.rows(table.key), (list, tuple))
