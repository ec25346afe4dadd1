"""Answers: begun, read, set, compared and repaired, never changed in place."""

from __future__ import annotations

import copy
from dataclasses import replace

import pytest

from forms import answers, registry
from forms.findings import Finding, Place, Severity, count_findings, is_explained, place_of
from forms.indicator_table import blank_indicator
from forms.sound_answers import broken_parts, sound_answers
from models.domain.project import Project, RegisterEntry
from tests.forms import cases, self_evaluations
from tests.forms.cases import OVERALL, ROADS, TARGET, TOWN, UNIT

FORM = registry.form(TARGET)


def test_a_new_filing_begins_with_what_is_known() -> None:
    unit = replace(UNIT, contact_name="张敏", contact_phone="13800001234")
    project = Project("p1", "农村公路养护", UNIT.code, "51000027T000000012345", "特定目标类")
    given = cases.context(unit=unit, project=project, project_year=cases.project_year(128_400_000))
    begun = answers.blank_answers(FORM, given)
    assert begun["project_name"] == "农村公路养护"
    assert begun["annual_total_fen"] == 128_400_000
    assert (begun["period_from"], begun["period_to"]) == ("2027", "2027")
    assert (begun["preparer_name"], begun["contact_phone"]) == ("张敏", "13800001234")
    assert begun["indicators"] == []
    assert "medium_total_fen" not in begun


def test_fields_from_the_register_are_locked() -> None:
    entry = RegisterEntry("51000027T000000012345", "农村公路养护", "820001", 2027)
    name = FORM.field("project_name")
    assert name.is_locked(cases.context(register_entry=entry))
    assert not name.is_locked(cases.context())


def test_values_are_read_and_set_by_place() -> None:
    before = copy.deepcopy(ROADS)
    place = Place("indicators", "r2", "planned_value")
    changed = answers.with_value(ROADS, place, "15")
    assert answers.value_at(changed, place) == "15"
    assert answers.value_at(ROADS, place) == "12"
    assert answers.value_at(changed, Place("indicators", "r2"))["third_level"] == "养护里程"
    assert answers.value_at(changed, Place("indicators", "r99", "weight")) is None
    assert (
        answers.value_at(answers.with_value({}, Place("project_name"), "甲"), Place("project_name")) == "甲"
    )
    assert before == ROADS
    assert changed["indicators"][0] is ROADS["indicators"][0], "untouched rows stay the same objects"


def test_row_ids_are_never_given_twice() -> None:
    assert answers.next_row_id([]) == "r1"
    assert answers.next_row_id([{"row_id": "r1"}, {"row_id": "r3"}]) == "r4"
    assert answers.next_row_id([{"row_id": "r2"}]) == "r3"


def test_differences_name_every_changed_place() -> None:
    changed = answers.with_value(ROADS, Place("indicators", "r2", "planned_value"), "15")
    changed = {**changed, "project_name": "乡道养护", "indicators": changed["indicators"][1:]}
    changed["indicators"] = [*changed["indicators"], {"row_id": "r9", "third_level": "新"}]
    found = answers.differences(ROADS, changed)
    assert ("project_name", "农村公路养护", "乡道养护") in found
    assert ("indicators[r2].planned_value", "12", "15") in found
    assert ("indicators[r1]", ROADS["indicators"][0], None) in found
    assert ("indicators[r9]", None, {"row_id": "r9", "third_level": "新"}) in found
    assert len(found) == 4
    assert answers.differences(ROADS, ROADS) == []


def test_a_new_order_of_rows_is_a_change() -> None:
    turned = {**ROADS, "indicators": ROADS["indicators"][::-1]}
    [(path, before, after)] = answers.differences(ROADS, turned)
    assert path == "indicators"
    assert before == after[::-1]


def test_progress_counts_required_fields_and_cells() -> None:
    given = cases.context()
    assert answers.progress(FORM, given, {}, {}) == 0
    assert answers.progress(FORM, given, ROADS, {}) == 100
    half = {key: ROADS[key] for key in ("project_name", "project_attribute", "indicators")}
    assert 50 < answers.progress(FORM, given, half, {}) < 100
    town = registry.form(OVERALL)
    assert answers.progress(town, cases.context(form_id=OVERALL), TOWN, {}) == 100


def test_what_a_form_begins_with_is_no_progress() -> None:
    given, form = self_evaluations.context(), registry.form(self_evaluations.FORM_ID)
    begun = self_evaluations.begun(given)
    assert answers.progress(form, given, begun, begun) == 0
    one = answers.with_value(begun, Place("indicators", "r1", "actual_value"), "9.1")
    assert 0 < answers.progress(form, given, one, begun) < 50
    filled = self_evaluations.filled(given)
    assert answers.progress(form, given, filled, begun) == 100
    cleared = answers.with_value(filled, Place("project_name"), None)
    assert answers.progress(form, given, cleared, begun) < 100


def test_a_new_row_is_no_progress_before_something_is_typed() -> None:
    given = cases.context()
    row = {"row_id": "r1", **blank_indicator(given)}
    assert answers.progress(FORM, given, {"indicators": [row]}, {}) == 0
    nameless = [{**ROADS["indicators"][0], "row_id": None}, {"third_level": "养护里程"}]
    assert 0 < answers.progress(FORM, given, {"indicators": nameless}) < 100


@pytest.mark.parametrize("path", ["project_name", "indicators[r3]", "indicators[r3].planned_value"])
def test_paths_spell_places(path: str) -> None:
    assert place_of(path).path == path


def test_answers_of_sound_shape_stay_the_same_object() -> None:
    assert sound_answers(FORM, ROADS) is ROADS
    assert broken_parts(FORM, ROADS) == []


@pytest.mark.parametrize(
    ("raw", "rows", "broken"),
    [
        ({"indicators": "见附件"}, [], ["年度绩效指标"]),
        ({"indicators": {"r1": {}}}, [], ["年度绩效指标"]),
        ({"indicators": [{"row_id": "r1"}, 5, None, [1]]}, [{"row_id": "r1"}], ["年度绩效指标"]),
        ([1, 2], None, ["项目支出绩效目标申报表"]),
        (None, None, ["项目支出绩效目标申报表"]),
        ("", None, ["项目支出绩效目标申报表"]),
    ],
)
def test_broken_shapes_are_left_out_and_named(raw, rows, broken) -> None:
    assert sound_answers(FORM, raw).get("indicators") == rows
    assert broken_parts(FORM, raw) == broken


def test_findings_are_counted_and_explained() -> None:
    def finding(severity: Severity, field: str) -> Finding:
        return Finding("C16", severity, Place(field), "年度目标", "说明", "请修改")

    findings = [finding(severity, key) for severity in Severity for key in ("a", "b")]
    explanations = {"C16@a": "有文件依据", "C16@b": "  "}
    counts = count_findings(findings, explanations)
    assert (counts.blocking, counts.to_explain, counts.hints) == (2, 1, 2)
    assert not counts.allows_sealing
    assert count_findings(findings[2:3] + findings[4:], explanations).allows_sealing
    assert is_explained(findings[2], explanations)
    assert findings[2].to_json(explanations) == {
        "code": "C16",
        "severity": "explain",
        "where": "a",
        "message": "年度目标：说明。请修改。",
        "remedy": "请修改",
        "explanation": "有文件依据",
    }
    assert [severity.label for severity in sorted(Severity, key=lambda s: s.rank)] == [
        "必改",
        "需说明",
        "提示",
    ]
