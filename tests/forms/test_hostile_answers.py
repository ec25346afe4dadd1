"""Checks, sheets and projections are total: whatever a package carries, they answer instead of raising."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms import registry
from forms.answers import progress
from forms.checks.catalog import runner
from forms.findings import Severity, place_of
from forms.sound_answers import broken_parts, sound_answers
from tests.forms import cases
from tests.forms.cases import KIT_10, KIT_101, OVERALL, ROADS, TARGET
from tests.forms.hostile import answers_of, json_values

CONTEXTS = [
    cases.context(KIT_101, previous_answers={"annual_target": ["no", {"text": 1}]}),
    cases.context(cases.two_halves(), unit=cases.UNIT, project_year=cases.project_year(10**9)),
    cases.context(KIT_101, OVERALL),
    cases.context(KIT_10, OVERALL),
]
RUNNERS = {
    index: runner(registry.form(context.task.form_id), context) for index, context in enumerate(CONTEXTS)
}
ANSWERS = {index: answers_of(checking.form) for index, checking in RUNNERS.items()}


@pytest.mark.parametrize("index", RUNNERS)
@given(data=st.data())
def test_checks_answer_whatever_they_are_given(index: int, data: st.DataObject) -> None:
    checking, answers = RUNNERS[index], data.draw(ANSWERS[index])
    report = checking.run(answers)
    assert report == checking.run(answers), "from memory the same"
    for finding in report.findings:
        assert place_of(finding.place.path).field == finding.place.field
        assert finding.sentence
        assert json.dumps(finding.to_json({}), ensure_ascii=True)


@pytest.mark.parametrize("index", RUNNERS)
@given(data=st.data())
def test_sheets_and_projections_stand_on_sound_answers(index: int, data: st.DataObject) -> None:
    context, form = CONTEXTS[index], RUNNERS[index].form
    sound = sound_answers(form, data.draw(ANSWERS[index]))
    assert sound_answers(form, sound) is sound
    assert broken_parts(form, sound) == []
    form.build_sheet(form, context, sound)
    amount = form.amount_of(sound)
    assert amount is None or isinstance(amount, int)
    assert 0 <= progress(form, context, sound) <= 100


@given(st.sampled_from([item.key for item in registry.form(TARGET).items()]), json_values)
def test_a_value_of_a_wrong_kind_always_blocks(key: str, value: Any) -> None:
    """No list, object or yes/no slips through as an answer, and none is taken for empty."""
    if not isinstance(value, (dict, list, bool)) or value == []:
        return
    if key.endswith("indicators") and isinstance(value, list):
        return
    if key == "medium_term_indicators":
        return
    findings = cases.report(cases.context(), {**ROADS, key: value}).findings
    blocking = [f for f in findings if f.code == "C55" and f.severity is Severity.BLOCKING]
    assert blocking, (key, value)
    assert not re.search("[A-Za-z]", blocking[0].message)
