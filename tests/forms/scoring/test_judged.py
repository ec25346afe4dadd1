"""Rules that leave a choice: grades of completion, yes or no, times, points given by people."""

from __future__ import annotations

from decimal import Decimal

import pytest

from forms.scoring.marks import Outcome
from tests.forms.scoring.cases import SCHEMES, read, row, scheme, scored


def _worded(text: str = "", **more: object):
    return row("qualitative", None, None, actual_text=text, **more)


@pytest.mark.parametrize(
    ("text", "points", "outcome"),
    [
        ("达成预期指标", "10.00", Outcome.MET),
        ("达成预期指标。", "10.00", Outcome.MET),
        ("达成", "10.00", Outcome.MET),
        ("是", "10.00", Outcome.MET),
        ("部分达成预期指标并具有一定效果", "7.00", Outcome.BAND),
        ("部分达成", "7.00", Outcome.BAND),
        ("基本达到", "7.00", Outcome.BAND),
        ("未达成且效果较差", "0.00", Outcome.BAND),
        ("没有完成", "0.00", Outcome.BAND),
        ("完成率低", "0.00", Outcome.TO_JUDGE),
        ("是否有利尚待观察", "0.00", Outcome.TO_JUDGE),
        ("", "0.00", Outcome.NO_ACTUAL),
    ],
)
def test_grades_of_completion_from_words(text: str, points: str, outcome: Outcome) -> None:
    found = scored(_worded(text))
    assert (str(found.score), found.outcome) == (points, outcome)


def test_the_limits_of_the_grades_are_data() -> None:
    to_50 = SCHEMES["scheme_20_80"]
    partly = {"completion": "部分达成"}
    assert scored(_worded(**partly)).allowed == (Decimal("6.00"), Decimal("7.99"))
    assert scored(_worded(**partly), to_50).allowed == (Decimal("5.00"), Decimal("7.99"))
    assert str(scored(_worded(**partly), to_50).score) == "6.50"
    assert scored(_worded(completion="达成")).allowed == (Decimal("8.00"), Decimal("10.00"))
    assert scored(_worded(completion="未达成")).allowed == (Decimal("0.00"), Decimal("5.99"))


@pytest.mark.parametrize(
    ("completion", "entered", "points"),
    [
        ("达成", "9.5", "9.50"),
        ("达成", "8", "8.00"),
        ("达成", "7", "8.00"),
        ("达成", "12", "10.00"),
        ("部分达成", "8", "7.99"),
        ("部分达成", "6", "6.00"),
        ("未达成", "-1", "0.00"),
        ("未达成", "5.5", "5.50"),
    ],
)
def test_points_given_stay_within_the_grade(completion: str, entered: str, points: str) -> None:
    found = scored(_worded(completion=completion, entered_score=Decimal(entered)))
    assert str(found.score) == points


def test_a_chosen_grade_goes_before_the_text() -> None:
    assert str(scored(_worded("达成预期指标", completion="部分达成")).score) == "7.00"


def test_the_planned_text_itself_counts_as_achieved() -> None:
    found = scored(_worded("显著提升", planned_text="显著 提升"))
    assert (str(found.score), found.is_met) == ("10.00", True)


def test_points_without_a_grade_are_taken_as_judged() -> None:
    found = scored(_worded("效果不错", entered_score=Decimal("8.456")))
    assert (str(found.score), found.outcome, found.allowed) == ("8.46", Outcome.JUDGED, (0, 10))


def test_a_scheme_without_grades_leaves_everything_to_people() -> None:
    bare = scheme(bands=())
    assert scored(_worded("达成"), bare).outcome is Outcome.TO_JUDGE
    assert str(scored(_worded("达成", entered_score=Decimal(99)), bare).score) == "10.00"


@pytest.mark.parametrize(
    ("text", "points"),
    [("是", "10.00"), ("已完成", "10.00"), ("否", "0.00"), ("未达成", "0.00"), ("没有完成", "0.00")],
)
def test_yes_or_no(text: str, points: str) -> None:
    found = scored(_worded(text, method="yes_no"))
    assert str(found.score) == points
    assert not found.is_open


def test_neither_yes_nor_no_waits() -> None:
    assert scored(_worded("大概", method="yes_no")).outcome is Outcome.TO_JUDGE
    assert scored(_worded("", method="yes_no")).outcome is Outcome.NO_ACTUAL
    assert str(scored(_worded("建成", planned_text="建成", method="yes_no")).score) == "10.00"


@pytest.mark.parametrize(
    ("entered", "points"), [("8", "8.00"), ("11", "10.00"), ("-1", "0.00"), ("7.005", "7.01")]
)
def test_points_entered_as_they_stand(entered: str, points: str) -> None:
    assert str(scored(_worded(method="entered", entered_score=Decimal(entered))).score) == points
    assert scored(_worded(method="entered")).outcome is Outcome.TO_JUDGE


@pytest.mark.parametrize(
    ("planned", "actual", "in_time"),
    [
        ("9月前", "7月", True),
        ("9月前", "9月", None),
        ("9月前", "10月", None),
        ("9月底前", "9月", True),
        ("12月底之前完成", "12月20日", True),
        ("2023年12月", "2024年1月", None),
        ("2023年12月", "2023.11", True),
        ("2023.07-2024.01", "2024年1月", True),
        ("2023年底", "2023年12月31日", True),
        ("2026年6月30日前", "2026-07-01", None),
        ("2026年6月30日前", "2026-06-30", True),
        ("上半年", "6月", True),
        ("上半年", "7月", None),
        ("第三季度", "9月下旬", True),
    ],
)
def test_in_time_is_full_and_late_is_left_to_people(planned: str, actual: str, in_time: bool | None) -> None:
    found = scored(read(planned, actual))
    if in_time:
        assert (str(found.score), found.is_met) == ("10.00", True)
    else:
        assert found.outcome is Outcome.TO_JUDGE
        late = scored(read(planned, actual, completion="部分达成", entered_score="6.5"))
        assert str(late.score) == "6.50"


def test_a_time_met_in_words_takes_the_grade() -> None:
    assert str(scored(read("2023年12月", "按时完成")).score) == "10.00"
    assert str(scored(read("在项目计划完成时间内完成", "达成预期指标")).score) == "10.00"


def test_a_method_nobody_knows_counts_as_none() -> None:
    assert str(scored(row("≥", "12", "11.20", method="no_such_rule")).score) == "9.33"


def test_a_scheme_may_bring_its_own_name_for_a_method() -> None:
    assert scored(row("≥", "10", "7", method="pass_line")).rule.name.startswith("按完成比例计分")
    assert scored(row("≥", "90", "90", measure_unit="%", method="steps")).rule.name.startswith("满意度分档")
    assert str(scored(row("≥", "10", "3", method="positive")).score) == "3.00"


def test_a_method_without_its_rule_in_the_scheme_leaves_the_row_to_its_sign() -> None:
    bare = scheme(rules=())
    for method in ("steps", "deduction", "yes_no"):
        assert str(scored(row("≥", "12", "11.20", method=method), bare).score) == "9.33"
