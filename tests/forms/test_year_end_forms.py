"""Rectification, reviews and summaries: what they begin with, what they reckon, and that rows without a change stay."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from forms import registry
from forms.rectification_rows import COMPLETED
from models.domain.issue import RegisteredIssue
from models.domain.project import FilingTask, Unit
from tests.forms import summary_cases as cases
from tests.forms.cases import KIT_10, KIT_101
from tests.forms.review_cases import FORM as REVIEW_FORM
from tests.forms.review_cases import REVIEW, reviewed

# Rectification ------------------------------------------------------------------------------------


def _problems(**changes):
    return cases.begun("rectification", cases.context("rectification", **changes))["problems"]


def test_low_scores_and_unmet_indicators_are_problems_to_begin_with():
    found = _problems()
    assert [row["project_name"] for row in found] == ["农村公路养护", "农村公路养护"]
    assert "78.5 分，等级“中”，低于 80 分" in found[0]["issue"]
    assert found[1]["issue"] == "“路况优良率”没有达到指标值：应为 ≥85%，实际完成 72%"
    assert found[1]["measure"] == "汛期路面损坏，已列入下年修补计划"
    assert {row["deadline_on"] for row in found} == {"2026-07-31"}


def test_the_kit_says_which_score_is_low_and_how_many_days():
    given = cases.context("rectification")
    assert given.kit.rectification is not None
    rule = replace(
        given.kit.rectification, low_score=given.kit.rectification.low_score - 10, deadline_days=60
    )
    other = replace(given, kit=replace(given.kit, rectification=rule))
    found = cases.begun("rectification", other)["problems"]
    assert len(found) == 1
    assert found[0]["deadline_on"] == "2026-08-30"


def test_what_was_not_settled_last_year_comes_along():
    old = [
        {"row_id": "r1", "project_name": "农村公路养护", "issue": "台账不全", "state": "ongoing"},
        {"row_id": "r2", "project_name": "农村公路养护", "issue": "验收晚", "state": COMPLETED},
    ]
    found = _problems(previous_answers={"problems": old}, unit_filings=())
    assert [(row["issue"], row["remark"]) for row in found] == [("台账不全", "上年未完成整改")]


def test_problems_of_audits_and_fiscal_evaluations_come_from_the_bureaus_register():
    given = cases.context("rectification", unit_filings=())
    year = given.budget_year
    issues = (
        RegisteredIssue(given.unit.code, year, "审计", "专项资金滞留 12 万元", deadline_on=date(2026, 8, 1)),
        RegisteredIssue(
            given.unit.code, year, "财政评价", "档案不全", project_name="农村公路养护", requirement="补齐档案"
        ),
        RegisteredIssue(given.unit.code, year, "财政评价", "档案 不全。", project_name="农村公路养护"),
        RegisteredIssue("999999", year, "审计", "别的单位的问题"),
        RegisteredIssue(given.unit.code, year - 1, "审计", "以前年度的问题"),
    )
    noticed = tuple(
        replace(one, notice_number="示审〔2026〕3号", notice_on=date(2026, 7, 1)) for one in issues
    )
    begun = cases.begun("rectification", replace(given, kit=replace(given.kit, issues=noticed)))
    assert [(row["project_name"], row["origin"], row["issue"]) for row in begun["problems"]] == [
        (given.unit.name, "审计", "专项资金滞留 12 万元"),
        ("农村公路养护", "财政评价", "档案不全"),
    ]
    assert begun["problems"][0]["deadline_on"] == "2026-08-01"
    assert begun["problems"][1]["requirement"] == "补齐档案"
    assert (begun["notice_number"], begun["notice_on"]) == ("示审〔2026〕3号", "2026-07-01")


def test_what_monitoring_doubted_is_a_problem_with_the_reason_given_then():
    rows = [
        {"third_level": "养护里程", "planned_value": "≥12公里", "comparator": "≥", "likelihood": "impossible"}
        | {"forecast_value": "8", "reason": "汛期停工"},
        {"third_level": "路况优良率", "planned_value": "≥85%", "likelihood": "certain"},
    ]
    monitored = replace(cases.FILINGS[0], form_id="monitoring", answers={"indicators": rows})
    (found,) = _problems(unit_filings=(monitored,))
    assert found["origin"] == "绩效监控"
    assert found["issue"] == "“养护里程”监控认为完全不可能完成：指标值 ≥12公里，全年预计 8"
    assert found["measure"] == "汛期停工"


@pytest.mark.parametrize("broken", [None, "text", [None, 3], [{"weight": "x", "score": []}]])
def test_filings_that_cannot_be_read_are_no_problem(broken):
    odd = replace(cases.FILINGS[3], answers={"indicators": broken}, score=None)
    assert _problems(unit_filings=(odd,)) == []


# Review -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("points", "total", "grade", "words"),
    [
        ({}, "92", "优", "进入下一步"),
        ({"normal": "8"}, "90", "优", "进入下一步"),
        ({"normal": "7.9"}, "89.9", "良", "协商完善"),
        ({"relevant": "2", "scientific": "3"}, "70", "中", "退回申报单位"),
        ({"relevant": "0", "scientific": "0", "reasonable": "0"}, "51", "差", "不得进入"),
    ],
)
def test_points_give_total_grade_and_what_follows(points, total, grade, words):
    answers = reviewed(**points)
    assert (answers["total_score"], answers["grade"]) == (total, grade)
    assert words in answers["consequence"]


def test_a_review_not_finished_has_no_result():
    answers = reviewed(normal=None)
    assert [answers.get(key) for key in ("total_score", "grade", "consequence")] == [None] * 3


def test_a_review_reckoned_anew_is_the_very_same():
    answers = reviewed()
    assert REVIEW_FORM.derive(REVIEW, answers) is answers
    assert answers["annual_total_fen"] == 128_000_000


def test_the_items_are_the_kits():
    assert [kit.target_review for kit in (KIT_10, KIT_101)] == [REVIEW.kit.target_review] * 2
    rule = REVIEW.kit.target_review
    assert rule is not None
    by_dimension: dict[str, int] = {}
    for item in rule.items:
        by_dimension[item.dimension] = by_dimension.get(item.dimension, 0) + int(item.full_score)
    assert by_dimension == {"完整性": 20, "相关性": 30, "适当性": 30, "可行性": 20}
    assert [grade.may_enter for grade in rule.grades] == [True, True, False, False]


def test_reviews_are_filed_by_departments_alone():
    tasks = {task.form_id: task for task in KIT_101.tasks}
    department, below = Unit("820", "镇"), Unit("820001", "校", department_code="820")
    for form_id in ("target_review", *cases.SUMMARIES):
        assert tasks[form_id].is_due_from(department)
        assert not tasks[form_id].is_due_from(below)
    assert tasks["rectification"].is_due_from(below)


def test_old_tasks_are_everybodys_and_due():
    task = KIT_101.tasks[0]
    plain = FilingTask(task.task_id, task.name, task.form_id, 2027, task.opens_on, task.closes_on)
    assert (plain.filer.value, plain.is_optional) == ("unit", False)


# Summaries ----------------------------------------------------------------------------------------


def test_targets_are_summed_up_with_their_source():
    answers = cases.begun("target_summary")
    first, second = answers["summary_rows"]
    assert (first["row_id"], first["project_code"], first["project_name"]) == (
        "p1",
        cases.CODES[0],
        "农村公路养护",
    )
    assert (first["annual_total_fen"], first["indicator_count"]) == (cases.FEN, "2")
    assert second["filing_source"] == "绩效目标（已接收）"
    assert (answers["total_sum_fen"], answers["other_sum_fen"], answers["project_count"]) == (
        2 * cases.FEN,
        0,
        "2",
    )


def test_results_are_summed_up_with_rate_and_average():
    answers = cases.begun("self_evaluation_summary")
    first, second = answers["summary_rows"]
    assert (first["total_score"], first["grade"], first["execution_rate"]) == ("78.5", "中", "1.0000")
    assert first["problems"] == "未达到指标值：路况优良率"
    assert "problems" not in second or second["problems"] is None
    assert (answers["budget_sum_fen"], answers["rate_of_sums"], answers["average_score"]) == (
        2 * cases.FEN,
        "1.0000",
        "89.25",
    )


@pytest.mark.parametrize("form_id", cases.SUMMARIES)
def test_a_summary_follows_the_filings_and_keeps_remarks(form_id):
    form, given, answers = registry.form(form_id), cases.context(form_id), cases.begun(form_id)
    assert form.derive(given, answers) is answers
    noted = [{**answers["summary_rows"][0], "remark": "年中追加"}, answers["summary_rows"][1]]
    renamed = tuple(
        replace(item, project_name="农村公路养护工程") if item.project_id == "p1" else item
        for item in cases.FILINGS
    )
    after = form.derive(replace(given, unit_filings=renamed), {**answers, "summary_rows": noted})
    assert (after["summary_rows"][0]["project_name"], after["summary_rows"][0]["remark"]) == (
        "农村公路养护工程",
        "年中追加",
    )
    assert after["summary_rows"][1] is answers["summary_rows"][1]


@pytest.mark.parametrize("form_id", cases.SUMMARIES)
def test_without_filings_at_hand_the_summary_stays(form_id):
    answers = cases.begun(form_id)
    assert registry.form(form_id).derive(cases.context(form_id, unit_filings=()), answers) is answers
