"""Kits after five places: each states what its report states, and is a fit ground for a bureau's own kit."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

import resources
from forms import registry
from forms.checks.settings import setting_faults
from forms.ex_ante_rule import ExAnteFacts, needs_ex_ante
from models.domain.ex_ante_rule import ExAnteRule
from models.domain.kit import ParameterKit
from models.domain.kit_json import kit_from_json, kit_to_json
from models.domain.project import DeclarationStage
from resources.builtin_kits import PLACE_KITS, builtin_kits, place_kits

KITS = dict(zip(PLACE_KITS, place_kits(2026), strict=True))
XIGONG_RULE = ExAnteRule(
    20_000_000,
    inclusive=False,
    form_name="财政支出事前论证报告",
    source="西工区2022年预算绩效工作开展情况说明",
)
each_kit = pytest.mark.parametrize("kit", KITS.values(), ids=KITS)


def periods(kit: ParameterKit, form_id: str) -> list[int]:
    return [task.period_month for task in kit.tasks if task.form_id == form_id]


@each_kit
def test_a_place_travels_like_an_issued_kit_and_lacks_nothing(kit: ParameterKit) -> None:
    assert kit_from_json(kit_to_json(kit)) == kit
    assert setting_faults(kit) == []
    assert kit.is_builtin
    assert "参照" in kit.name


@each_kit
def test_every_task_asks_for_a_form_there_is_with_its_setting(kit: ParameterKit) -> None:
    assert len({task.task_id for task in kit.tasks}) == len(kit.tasks)
    for task in kit.tasks:
        assert task.opens_on <= task.closes_on
        head = registry.head(task.form_id)
        setting = kit.form_setting(task.form_id, task.budget_year)
        assert setting is not None, task.name
        assert setting.form_version == head.version
        kit.scheme(setting.scheme_id)
        kit.frame(setting.frame_id)


@pytest.mark.parametrize("name", PLACE_KITS)
def test_what_is_stated_and_what_is_not_is_said_in_words(name: str) -> None:
    template = json.loads(resources.path("kits", "places", f"{name}.json").read_text(encoding="utf-8"))
    assert template["source"]
    assert template["stated"]
    assert template["not_stated"]


def test_xigong_evaluates_itself_from_august_to_the_tenth_of_september() -> None:
    kit = KITS["xigong"]
    for form_id in ("self_evaluation", "overall_expenditure_self_evaluation"):
        (task,) = [task for task in kit.tasks if task.form_id == form_id]
        assert (task.budget_year, task.opens_on, task.closes_on) == (
            2025,
            date(2026, 8, 1),
            date(2026, 9, 10),
        )


def test_shangyou_monitors_quarterly_then_every_month_of_the_fourth_quarter() -> None:
    kit = KITS["shangyou"]
    assert periods(kit, "monitoring") == [3, 6, 9, 10, 11, 12]
    assert periods(kit, "overall_expenditure_monitoring") == [3, 6, 9, 12]


def test_two_places_name_their_grades_their_own_way() -> None:
    for name in ("baoji", "wujing"):
        assert [grade.name for grade in KITS[name].schemes[0].grades][:2] == ["优秀", "良好"]
    assert [grade.name for grade in KITS["baoji"].schemes[0].grades][2] == "一般"
    assert next(grade.name for grade in KITS["xigong"].schemes[0].grades) == "优"


def test_xigong_argues_beforehand_what_is_more_than_twenty() -> None:
    kit = KITS["xigong"]
    assert kit.ex_ante == XIGONG_RULE
    assert kit.form_title("ex_ante_evaluation", 2027, "") == "财政支出事前论证报告"
    assert kit.ex_ante_scheme is not None
    names = [dimension.name for dimension in kit.ex_ante_scheme.object_of("project").dimensions]
    assert names[0] == "项目立项实施必要性"
    assert names[-1] == "财政支持方式科学性"


def test_shangyou_looks_at_amount_growth_and_years() -> None:
    rule = KITS["shangyou"].ex_ante
    assert rule is not None
    assert (rule.amount_fen, rule.inclusive, rule.attributes) == (400_000_000, True, ("new",))
    assert (rule.growth_share, rule.growth_fen, rule.years) == (Decimal("0.3"), 400_000_000, 3)
    assert len(rule.exemptions) == 2


def test_xigong_asks_above_twenty_wan_for_its_own_report() -> None:
    kit = KITS["xigong"]
    assert kit.ex_ante is not None
    assert (kit.ex_ante.amount_fen, kit.ex_ante.inclusive) == (20_000_000, False)
    setting = kit.form_setting("ex_ante_evaluation", 2027)
    assert setting is not None
    assert setting.title == "财政支出事前论证报告"
    assert kit.ex_ante_scheme is not None
    project = next(one for one in kit.ex_ante_scheme.objects if one.kind == "project")
    assert [dimension.name for dimension in project.dimensions] == [
        "项目立项实施必要性",
        "投入经济性",
        "实施方案可行性",
        "绩效目标合理性",
        "财政支持方式科学性",
    ]


def test_shangyou_asks_by_amount_growth_and_years_with_its_exemptions() -> None:
    rule = KITS["shangyou"].ex_ante
    assert rule is not None
    assert (rule.amount_fen, rule.inclusive, rule.years) == (400_000_000, True, 3)
    assert (str(rule.growth_share), rule.growth_fen) == ("0.30", 400_000_000)
    assert len(rule.exemptions) == 2


@each_kit
def test_what_a_report_does_not_state_stays_the_usual(kit: ParameterKit) -> None:
    usual = builtin_kits(2026)[0]
    forms = {task.form_id for task in kit.tasks}
    assert forms == {task.form_id for task in usual.tasks}
    assert {setting.form_id for setting in kit.form_settings} == forms
    assert kit.frames == usual.frames
    assert kit.rectification == usual.rectification
    adjustment = next(task for task in kit.tasks if task.form_id == "target_adjustment")
    assert adjustment.is_repeatable


def test_xigong_names_its_argument_and_asks_the_unit_as_a_whole_too() -> None:
    kit = KITS["xigong"]
    (argument,) = [task for task in kit.tasks if task.form_id == "ex_ante_evaluation"]
    assert argument.name == "财政支出事前论证〔2027年预算〕"
    (summary,) = [task for task in kit.tasks if task.form_id == "self_evaluation_summary"]
    assert summary.closes_on >= date(2026, 9, 10)
    assert kit.ex_ante is not None
    exact = needs_ex_ante(kit.ex_ante, ExAnteFacts(2027, 20_000_000))
    above = needs_ex_ante(kit.ex_ante, ExAnteFacts(2027, 85_000_000))
    assert (exact.is_needed, above.is_needed) == (False, True)
    assert above.sentence == "预算 85 万元，超过 20 万元，需要报送财政支出事前论证报告"


@pytest.mark.parametrize(
    ("facts", "is_needed"),
    [
        (ExAnteFacts(2027, 400_000_000, attribute="new"), True),
        (ExAnteFacts(2027, 399_999_999, None, "new", 2027, 2027), False),
        (ExAnteFacts(2027, 130_000_000, 100_000_000, "continuing"), True),
        (ExAnteFacts(2027, 129_000_000, 100_000_000, "continuing", 2026, 2027), False),
        (ExAnteFacts(2027, 5_400_000_000, 5_000_000_000, "continuing"), True),
        (ExAnteFacts(2027, 10_000_000, 10_000_000, "continuing", 2027, 2029), True),
        (ExAnteFacts(2027, 10_000_000, 10_000_000, "continuing", 2027, 2028), False),
    ],
)
def test_shangyou_draws_its_lines_where_its_report_does(facts: ExAnteFacts, is_needed: bool) -> None:
    rule = KITS["shangyou"].ex_ante
    assert rule is not None
    assert needs_ex_ante(rule, facts).is_needed is is_needed


def test_shangyou_asks_for_targets_with_money_added_during_the_year() -> None:
    stages = {t.stage: t for t in KITS["shangyou"].tasks if t.form_id == "performance_target"}
    added = stages[DeclarationStage.SUPPLEMENT]
    assert (added.budget_year, added.is_optional) == (2026, True)
    assert stages[DeclarationStage.FIRST_ROUND].budget_year == 2027


def test_wujing_follows_key_projects_closely_and_the_others_shortly() -> None:
    rule = KITS["wujing"].monitoring
    assert rule is not None
    assert (rule.is_key(rule.key_amount_fen), rule.is_key(199_999_999)) == (True, False)
    assert "示范值" in rule.source


def test_shanghai_monitors_at_least_once_and_knows_policies() -> None:
    kit = KITS["shanghai"]
    assert periods(kit, "monitoring") == [7]
    assert kit.ex_ante is None
    assert kit.ex_ante_scheme is not None
    assert {one.kind for one in kit.ex_ante_scheme.objects} == {"project", "policy"}
