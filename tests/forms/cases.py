"""Contexts, indicator rows and filled forms the tests of forms and checks stand on (测试用填报内容)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from forms import registry
from forms.checks.catalog import runner
from forms.checks.engine import CheckReport
from forms.context import FormContext
from forms.findings import Finding
from models.domain.kit import ParameterKit
from models.domain.project import DeclarationStage, FilingTask, Project, ProjectYear, Unit
from resources.builtin_kits import builtin_kits

WORKING_YEAR = 2026
KIT_10, KIT_101 = builtin_kits(WORKING_YEAR)
TARGET, OVERALL = "performance_target", "overall_expenditure_target"

UNIT = Unit(
    code="820001",
    name="示例县柳林镇人民政府",
    department_code="820",
    department_name="示例县柳林镇人民政府",
    category="乡镇",
)

Answers = dict[str, Any]


def two_halves(kit: ParameterKit = KIT_10) -> ParameterKit:
    """The kit of circular 10 with the two-half layout chosen."""
    settings = tuple(replace(setting, frame_id="two_halves_10") for setting in kit.form_settings)
    return replace(kit, form_settings=settings)


def in_one_cell(kit: ParameterKit = KIT_10) -> ParameterKit:
    """The kit with no columns for sign, unit and direction: the value carries them (≥50个)."""
    kept = ("first_level", "second_level", "third_level", "planned_value")
    return replace(kit, frames=tuple(replace(frame, columns=kept) for frame in kit.frames))


def context(kit: ParameterKit = KIT_101, form_id: str = TARGET, **changes: Any) -> FormContext:
    """The background of a filing in a kit's task for a form."""
    task = next(task for task in kit.tasks if task.form_id == form_id)
    values: dict[str, Any] = {"kit": kit, "task": task, "unit": UNIT}
    if form_id == TARGET:
        values["project"] = Project("p1", "农村公路养护", UNIT.code)
    return FormContext(**{**values, **changes})


def line(
    number: int,
    levels: str,
    name: str,
    value: str | None,
    unit: str = "",
    weight: str | None = None,
) -> Answers:
    """An indicator row; the value begins with its sign, 定性 or 其他 (≥12, 定性健全)."""
    first, _, second = levels.partition(".")
    signs = {"定性": "qualitative", "其他": "other"} | {sign: sign for sign in "≥≤=><"}
    sign = next((mark for mark in signs if value and value.startswith(mark)), "")
    row: Answers = {
        "row_id": f"r{number}",
        "first_level": first,
        "second_level": second,
        "third_level": name,
        "comparator": signs.get(sign),
        "planned_value": value.removeprefix(sign) if value else None,
        "measure_unit": unit,
        "direction": "negative" if sign in {"≤", "<"} else "positive",
    }
    return row | ({"weight": weight} if weight is not None else {})


def _rows(*specs: tuple[Any, ...]) -> list[Answers]:
    return [line(number, *spec) for number, spec in enumerate(specs, 1)]


_HEAD: Answers = {
    "project_code": "51000027T000000012345",
    "project_category": "特定目标类",
    "project_attribute": "new",
    "supervising_department": "示例县柳林镇人民政府",
    "supervising_department_code": "820",
    "implementing_unit": "示例县柳林镇人民政府",
    "preparer_name": "张敏",
    "reviewer_name": "李强",
    "unit_head_name": "王建国",
    "contact_phone": "0379-6333 1234",
    "filled_on": "2026-09-15",
}

ROADS: Answers = {
    **_HEAD,
    "project_name": "农村公路养护",
    "period_from": "2027",
    "period_to": "2029",
    "annual_total_fen": 128_400_000,
    "annual_fiscal_fen": 120_000_000,
    "annual_other_fen": 8_400_000,
    "medium_total_fen": 385_200_000,
    "medium_fiscal_fen": 360_000_000,
    "medium_other_fen": 25_200_000,
    "annual_target": "目标1：完成 12 公里村道日常养护；目标2：路况优良率达到 85%以上，方便沿线 8600 名群众出行。",
    "medium_term_target": "三年完成 36 公里村道养护，路况优良率稳定在 85%以上，沿线群众出行条件得到保障。",
    "indicators": _rows(
        ("cost.economic_cost", "每公里养护成本", "≤9.6", "万元", "20"),
        ("output.quantity", "养护里程", "≥12", "公里", "10"),
        ("output.quantity", "安全设施维修数量", "≥36", "处", "8"),
        ("output.quality", "路况优良率", "≥85", "%", "12"),
        ("output.timeliness", "水毁修复及时率", "≥96", "%", "10"),
        ("benefit.social_benefit", "沿线受益人口", "≥8600", "人", "12"),
        ("benefit.sustainable_impact", "养护制度", "定性健全", "", "8"),
        ("satisfaction.client_satisfaction", "沿线群众满意度", "≥90", "%", "10"),
    ),
}
"""农村公路养护, three years, weights of 90: the form of the kit after circular 101."""

CLEANING: Answers = {
    **_HEAD,
    "project_name": "农村生活垃圾治理",
    "project_code": "51000024T000000020001",
    "project_attribute": "continuing",
    "period_from": "2024",
    "period_to": "2027",
    "annual_total_fen": 96_500_000,
    "annual_fiscal_fen": 96_500_000,
    "annual_other_fen": 0,
    "medium_total_fen": 386_000_000,
    "medium_fiscal_fen": 386_000_000,
    "medium_other_fen": 0,
    "annual_target": "全年清运 11 个行政村生活垃圾 4200 吨，垃圾无害化处理率达到 98%，农村人居环境得到保持。",
    "medium_term_target": "四年内建成覆盖全镇的收运体系，累计清运 16000 吨，群众满意度稳定在 90%以上。",
    "indicators": _rows(
        ("output.quantity", "清运生活垃圾数量", "≥4200", "吨"),
        ("output.quantity", "保洁行政村数量", "=11", "个"),
        ("output.quality", "垃圾无害化处理率", "≥98", "%"),
        ("output.timeliness", "垃圾清运完成时限", "≤1", "天"),
        ("output.cost", "每吨清运成本", "≤220", "元"),
        ("benefit.social_benefit", "受益人口数量", "≥23600", "人"),
        ("benefit.ecological_benefit", "环境卫生投诉次数", "≤5", "次"),
        ("satisfaction.client_satisfaction", "群众满意度", "≥90", "%"),
    ),
}
"""农村生活垃圾治理, a continuing project: the form of the kit after circular 10, without weights."""

VILLAGES: Answers = {
    **_HEAD,
    "project_name": "村级组织运转经费",
    "project_code": "51000027Y000000030002",
    "project_category": "运转类",
    "period_from": "2027",
    "period_to": "2027",
    "annual_total_fen": 66_000_000,
    "annual_fiscal_fen": 66_000_000,
    "annual_other_fen": 0,
    "annual_target": "保障 11 个行政村正常运转，按月足额拨付运转经费，组织服务活动 132 场次。",
    "indicators": _rows(
        ("output.quantity", "补助行政村数量", "=11", "个", "15"),
        ("output.quantity", "开展服务活动场次", "≥132", "场次", "10"),
        ("output.quality", "经费使用合规率", "=100", "%", "15"),
        ("output.timeliness", "经费拨付时间", "其他每月10日前", "", "10"),
        ("benefit.social_benefit", "受益村民人数", "≥18400", "人", "30"),
        ("satisfaction.client_satisfaction", "村民满意度", "≥92", "%", "10"),
    ),
}
"""村级组织运转经费, one year, no cost indicator: 50/30/10 of the kit after circular 101."""

TOWN: Answers = {
    "unit_name": "示例县柳林镇人民政府",
    "preparer_name": "张敏",
    "contact_phone": "13800001234",
    "filled_on": "2026-10-31",
    "annual_tasks": [
        {
            "row_id": "t1",
            "task_name": "农村人居环境整治",
            "content": "清运 11 个村生活垃圾，整治沟渠 6 公里",
            "total_fen": 96_500_000,
            "fiscal_fen": 96_500_000,
            "other_fen": 0,
        },
        {
            "row_id": "t2",
            "task_name": "农村公路养护",
            "content": "养护村道 12 公里",
            "total_fen": 128_400_000,
            "fiscal_fen": 120_000_000,
            "other_fen": 8_400_000,
        },
    ],
    "annual_target": "保障 11 个行政村正常运转，养护村道 12 公里，人居环境群众满意度达到 90%以上。",
    "indicators": _rows(
        ("cost.economic_cost", "部门预算支出", "≤224.9", "万元", "20"),
        ("output.quantity", "整治沟渠长度", "≥6", "公里", "10"),
        ("output.quantity", "养护村道里程", "≥12", "公里", "10"),
        ("output.quality", "工程验收合格率", "=100", "%", "12"),
        ("output.timeliness", "重点工作按期完成率", "≥95", "%", "8"),
        ("benefit.social_benefit", "受益人口", "≥23600", "人", "12"),
        ("benefit.ecological_benefit", "沟渠水质达标率", "≥85", "%", "8"),
        ("satisfaction.client_satisfaction", "群众满意度", "≥90", "%", "10"),
    ),
}
"""示例县柳林镇 as a whole, in the kit after circular 101."""

MEDIUM_ROWS = _rows(
    ("output.quantity", "累计清运生活垃圾数量", "≥16000", "吨"),
    ("benefit.social_benefit", "收运体系覆盖村数", "=11", "个"),
    ("satisfaction.client_satisfaction", "群众满意度", "≥90", "%"),
)
"""Medium-term indicators for the two-half layout of CLEANING."""

GOOD_FORMS = {
    "roads": (context(KIT_101), ROADS),
    "villages": (context(KIT_101), VILLAGES),
    "town": (context(KIT_101, OVERALL), TOWN),
    "cleaning": (context(KIT_10), CLEANING),
    "cleaning in two halves": (context(two_halves()), CLEANING | {"medium_term_indicators": MEDIUM_ROWS}),
}
"""Forms an official would pass: no check may say anything about them."""


def row_changed(answers: Mapping[str, Any], row_id: str, **changes: Any) -> Answers:
    """The answers with cells of one indicator row changed."""
    rows = [{**row, **changes} if row["row_id"] == row_id else row for row in answers["indicators"]]
    return {**answers, "indicators": rows}


def row_added(answers: Mapping[str, Any], *spec: Any) -> Answers:
    """The answers with one more indicator row, as `line` takes it."""
    rows = list(answers["indicators"])
    return {**answers, "indicators": [*rows, line(len(rows) + 1, *spec)]}


def report(given: FormContext, answers: Any) -> CheckReport:
    """All findings of the answers."""
    return runner(registry.form(given.task.form_id), given).run(answers)


def found(given: FormContext, answers: Any, code: str) -> list[Finding]:
    """The findings of one check."""
    return [finding for finding in report(given, answers).findings if finding.code == code]


@cache
def second_round() -> FilingTask:
    """A task no built-in kit hands out."""
    return FilingTask(
        "other", "二上申报", TARGET, 2027, date(2026, 11, 1), date(2026, 12, 1), DeclarationStage.SECOND_ROUND
    )


def project_year(fen: int) -> ProjectYear:
    """A project year with a known budget."""
    return ProjectYear("p1", 2027, fen)
