"""Built-in kits: read for any working year, complete, and a fit ground for every form."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from forms import registry
from forms.checks.evidence_settings import EvidenceSetting
from forms.checks.settings import RECORDS, setting_faults
from forms.context import FormContext
from models.domain.errors import KitProblem
from models.domain.kit import FrameLayout, ParameterKit
from models.domain.kit_json import kit_from_json, kit_to_json
from models.domain.project import DeclarationStage, Unit
from resources.builtin_kits import base_check_settings, builtin_kits, kit_of_template

KITS = builtin_kits(2026)
OFFSETS = {
    "performance_target": 1,
    "overall_expenditure_target": 1,
    "monitoring": 0,
    "overall_expenditure_monitoring": 0,
    "self_evaluation": -1,
    "overall_expenditure_self_evaluation": -1,
    "ex_ante_evaluation": 1,
    "target_adjustment": 0,
    "rectification": -1,
    "target_review": 1,
    "target_summary": 1,
    "self_evaluation_summary": -1,
}
"""From the working year to the budget year of a form's task (domain §0.1)."""
each_kit = pytest.mark.parametrize("kit", KITS, ids=lambda kit: kit.kit_id)


def test_there_are_two_under_the_names_officials_know() -> None:
    assert [kit.name for kit in KITS] == ["通用示范（参照10号）", "通用示范（参照101号）"]
    assert all(kit.is_builtin and not kit.is_practice for kit in KITS)


@pytest.mark.parametrize("year", [2024, 2026, 2031])
@pytest.mark.parametrize("index", [0, 1])
def test_years_and_dates_follow_the_working_year(index: int, year: int) -> None:
    kit = builtin_kits(year)[index]
    assert (kit.working_year, kit.issued_on) == (year, date(year, 1, 1))
    targets = [task for task in kit.tasks if task.stage is DeclarationStage.FIRST_ROUND]
    assert [task.name for task in targets] == [
        f"绩效目标申报〔{year + 1}年预算〕",
        f"整体支出绩效目标申报〔{year + 1}年预算〕",
    ]
    assert all(task.opens_on == date(year, 8, 1) and task.closes_on == date(year, 10, 31) for task in targets)
    for task in kit.tasks:
        assert task.budget_year == year + OFFSETS[task.form_id]
        assert str(task.budget_year) in task.task_id
        assert f"〔{task.budget_year}年" in task.name


@each_kit
def test_monitoring_of_august_looks_at_seven_months(kit: ParameterKit) -> None:
    monitored = [task for task in kit.tasks if "monitoring" in task.form_id]
    assert len(monitored) == 2
    assert {(task.period, task.period_month) for task in monitored} == {("1—7月", 7)}
    assert {(task.opens_on, task.closes_on) for task in monitored} == {(date(2026, 8, 1), date(2026, 8, 31))}
    assert kit.monitoring is not None
    assert [(band.light.value, str(band.lower)) for band in kit.monitoring.bands] == [
        ("red", "0"),
        ("yellow", "0.6"),
        ("green", "0.8"),
        ("blue", "1.2"),
    ]


def test_task_ids_never_meet_across_years_but_stay_when_the_kit_is_changed() -> None:
    ids = [{task.task_id for task in kit.tasks} for kit in (*builtin_kits(2026), *builtin_kits(2027))]
    assert ids[0] == ids[1]
    assert ids[0] & ids[2] == set()


@each_kit
def test_a_kit_travels_like_an_issued_one(kit: ParameterKit) -> None:
    assert kit_from_json(kit_to_json(kit)) == kit
    assert setting_faults(kit) == []


@each_kit
def test_every_form_finds_its_setting_frame_and_scheme(kit: ParameterKit) -> None:
    for form in registry.all_forms():
        task = next(task for task in kit.tasks if task.form_id == form.form_id)
        context = FormContext(kit, task, Unit("820001", "示例县柳林镇人民政府"))
        assert context.setting.form_version == form.version
        for table in form.tables():
            if table.is_indicator_table:
                known = {column.key for column in table.columns}
                assert set(context.frame.columns) <= known
        by_frame = form.form_id == "overall_expenditure_self_evaluation"
        assert context.has_weights is (kit.kit_id == "general_101" and not by_frame)


@each_kit
def test_levels_are_spelled_as_the_glossary_spells_them(kit: ParameterKit) -> None:
    known = {
        *("cost", "economic_cost", "social_cost", "ecological_cost", "output", "quantity", "quality"),
        *("timeliness", "benefit", "economic_benefit", "social_benefit", "ecological_benefit"),
        *("sustainable_impact", "satisfaction", "client_satisfaction"),
    }
    for frame in kit.frames:
        codes = {first.code for first in frame.firsts} | {s.code for f in frame.firsts for s in f.seconds}
        assert codes <= known
        assert all(first.label.endswith("指标") for first in frame.firsts)
    seconds = {second.code for frame in kit.frames for first in frame.firsts for second in first.seconds}
    for rule in kit.required_indicators:
        assert set(rule.second_levels) <= seconds
        assert rule.category in ("", "整体支出", *kit.project_categories)


@each_kit
def test_weights_and_grades_are_whole(kit: ParameterKit) -> None:
    firsts = {first.code for frame in kit.frames for first in frame.firsts}
    for scheme in kit.schemes:
        assert scheme.full_total == 100
        for default in scheme.first_level_weights:
            assert sum(default.values()) == scheme.declaration_total
            assert set(default) <= firsts
        assert [(grade.name, grade.lower) for grade in scheme.grades] == [
            ("优", Decimal(90)),
            ("良", Decimal(80)),
            ("中", Decimal(60)),
            ("差", Decimal(0)),
        ]


def test_where_the_two_differ() -> None:
    ten, hundred_one = KITS
    assert ten.frame("annual_10").second("output", "cost") is not None
    assert hundred_one.frame("annual_101").first("cost") is not None
    assert ten.frame("two_halves_10").layout is FrameLayout.TWO_HALVES
    alternatives = [dict(a) for a in hundred_one.scheme("scheme_101").first_level_weights]
    assert {"cost": 20, "output": 40, "benefit": 20, "satisfaction": 10} in alternatives
    assert {"output": 50, "benefit": 30, "satisfaction": 10} in alternatives
    assert {"cost": 20, "output": 40, "benefit": 30} in alternatives
    assert ten.ex_ante is None
    assert hundred_one.ex_ante is not None
    assert "economic_cost" in hundred_one.required_for("特定目标类（工程、修缮、购置）")


def test_base_settings_are_merged_key_by_key_under_a_kits_own() -> None:
    base = base_check_settings()
    assert {record.KEY for record in (*RECORDS, EvidenceSetting)} <= set(base)
    own = {"C14": {"low": "85"}, "C98": {"own": 1}}
    kit = kit_of_template({**_template(), "check_settings": own}, 2026)
    assert kit.check_settings["C14"] == {**base["C14"], "low": "85"}
    assert kit.check_settings["C98"] == {"own": 1}
    assert kit.check_settings["C16"] == base["C16"]


def _template() -> dict[str, Any]:
    """The least template."""
    lists = ("tasks", "frames", "schemes", "form_settings", "required_indicators")
    return {
        **dict.fromkeys(("kit_id", "name", "division_code", "issuer_name"), "x"),
        **{key: [] for key in lists},
        "version": 1,
        "issued_month_day": "01-01",
        "trust_mode": "simple",
        "check_settings": {},
    }


def test_a_template_that_cannot_be_read_is_a_kit_problem() -> None:
    with pytest.raises(KitProblem, match="frames"):
        kit_of_template({**_template(), "frames": [1]}, 2026)
