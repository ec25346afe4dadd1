"""Several tables together (多张表互相核对): a self-evaluation beside the target it answers, and one handed in twice."""

from __future__ import annotations

from dataclasses import replace

from forms.findings import Severity
from forms.hand_filled.audit_together import together
from tests.forms.hand_filled.clean_table import CLEAN, audited, changed
from tests.forms.hand_filled.published import row

TARGET = replace(
    CLEAN,
    file="目标.xlsx",
    form="performance_target",
    indicators=tuple(replace(one, actual_text="", actual_value=None) for one in CLEAN.indicators),
)


def test_a_self_evaluation_of_the_same_targets_is_left_alone() -> None:
    assert together([audited(CLEAN), audited(TARGET)]) == {}


def test_a_changed_target_and_an_indicator_left_out_are_asked_about() -> None:
    eased = changed(0, planned_text="≥10公里", planned_value=None)
    one, target = audited(replace(eased, indicators=eased.indicators[:-1])), audited(TARGET)
    found = together([one, target])[id(one)]
    assert [(f.code, f.severity, f.place.path) for f in found] == [
        ("C28", Severity.EXPLAIN, "indicators[0].planned_text"),
        ("C29", Severity.EXPLAIN, "indicators"),
    ]
    assert "绩效目标申报表（目标.xlsx）是“≥12公里”" in found[0].message
    assert id(target) not in together([one, target])


def test_an_indicator_of_its_own() -> None:
    more = replace(
        CLEAN, indicators=(*CLEAN.indicators, row("效益/社会效益指标", "带动就业", "≥3人", "3人", "5", "5"))
    )
    one = audited(more)
    assert [f.code for f in together([one, audited(TARGET)])[id(one)]] == ["C29"]


def test_other_projects_years_and_units_never_meet() -> None:
    one = audited(CLEAN)
    eased = replace(TARGET, indicators=TARGET.indicators[:1])
    for stranger in (
        replace(eased, project_name="环境整治"),
        replace(eased, fiscal_year=2024),
        replace(eased, implementing_unit="示例县桃源镇人民政府"),
        replace(eased, fiscal_year=None),
    ):
        assert together([one, audited(stranger)]) == {}
    assert together([one, audited(eased)]) != {}


def test_the_same_project_evaluated_twice() -> None:
    first, second = audited(CLEAN), audited(replace(CLEAN, file="公路（改）.xlsx"))
    found = together([first, second])
    assert list(found) == [id(second)]
    assert [(f.code, f.place.path) for f in found[id(second)]] == [("C42", "project_name")]
    assert "公路.xlsx" in found[id(second)][0].message


def test_of_two_targets_neither_counts() -> None:
    eased = replace(TARGET, indicators=TARGET.indicators[:1])
    assert together([audited(CLEAN), audited(TARGET), audited(eased)]) == {}
