"""Filled reports of an ex-ante evaluation the tests stand on (测试用事前绩效评估报告): a project and a policy."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from forms import registry
from forms.context import FormContext
from models.domain.kit import ExAnteRule, ParameterKit
from models.domain.kit_json import record_from_json
from resources.builtin_kits import ex_ante_schemes
from tests.forms import cases
from tests.forms.cases import KIT_101, ROADS, Answers

EX_ANTE = "ex_ante_evaluation"
XIGONG = ExAnteRule(20_000_000, inclusive=False, form_name="财政支出事前论证报告")
"""西工区, domain §0.6: more than 20 万元."""

SHANGYOU = record_from_json(
    ExAnteRule,
    {
        "amount_fen": 400_000_000,
        "inclusive": True,
        "form_name": "事前绩效评估报告",
        "source": "上犹县本级支出事前绩效评估暂行办法",
        "attributes": ["new"],
        "growth_share": "0.30",
        "growth_fen": 400_000_000,
        "years": 3,
        "exemptions": ["应急、救灾等特殊事项", "上级党委、政府明文规定的政策和项目"],
    },
    "事前绩效评估范围",
)
"""上犹县, domain §0.6."""

_RATINGS = {"n1": "优", "n2": "优", "n3": "良", "n4": "良"} | {
    f"{dimension}{number}": ("优" if number < 3 else "良") for dimension in "etpf" for number in range(1, 5)
}
_EVIDENCE = "县交通规划第三章列入本项目，镇党委会议纪要〔2026〕7号"


def xigong_kit(kit: ParameterKit = KIT_101) -> ParameterKit:
    """A kit that calls the report 财政支出事前论证报告 and weighs the way of support (西工区)."""
    settings = tuple(
        replace(one, title="财政支出事前论证报告") if one.form_id == EX_ANTE else one
        for one in kit.form_settings
    )
    scheme = next(s for s in ex_ante_schemes() if s.scheme_id == "five_dimensions_support_mode")
    return replace(kit, ex_ante=XIGONG, ex_ante_scheme=scheme, form_settings=settings)


def context(kit: ParameterKit = KIT_101, **changes: Any) -> FormContext:
    """The background of a report on 农村公路养护, its declaration at hand."""
    values: dict[str, Any] = {"project": cases.context().project, "related": {cases.TARGET: ROADS}}
    return cases.context(kit, EX_ANTE, **{**values, **changes})


def derived(given: FormContext, answers: Answers) -> Answers:
    """The answers with everything the form fills in."""
    return dict(registry.form(EX_ANTE).derive(given, answers))


def rated(answers: Answers, ratings: dict[str, str | None], given: FormContext | None = None) -> Answers:
    """The answers with items rated otherwise, points and conclusion following."""
    rows = [{**row, "rating": ratings.get(row["row_id"], row.get("rating"))} for row in answers["ratings"]]
    return derived(given or context(), {**answers, "ratings": rows})


def without_derive(answers: Answers, **changes: Any) -> Answers:
    """The answers changed behind the form's back, as a foreign file might hold them."""
    return {**answers, **changes}


_TEXTS: Answers = {
    "overview": "全镇村道 86 公里，其中 12 公里路面破损严重，雨季多次中断，8600 名群众出行受影响。"
    "项目安排日常养护 12 公里、维修安全设施 36 处，由镇农业服务中心组织，委托养护队实施，每季度考核一次。",
    "target_text": f"{ROADS['annual_target']}主要绩效指标：养护里程≥12公里；路况优良率≥85%。",
    "funding_structure": "养护工程 115.20 万元，按每公里 9.6 万元、12 公里计算；安全设施维修 13.20 万元，共 36 处。"
    "县级财政安排 120 万元，镇自筹 8.40 万元。",
    "procedure": "2026年7月1日成立评估小组，7月5日至10日查阅资料，7月12日现场踏勘，7月15日召开评估会，7月20日形成报告。",
    "approach": "围绕该不该立、钱够不够省、目标能不能考核、方案做不做得成、资金合不合规五个方面，逐条评级。",
    "methods": "采用现场调研、查阅资料和专家会相结合的方式；对照周边乡镇每公里养护成本，走访群众 60 户。",
    "overall_conclusion": "项目立项必要，预算测算基本合理，方案可行，总分 90 分，建议予以支持。"
    "安全设施维修单价偏高，按县统一采购价重新测算，审减 8.40 万元，审定 120 万元。",
    "suggestions": "一是补做交通量调查，作为确定养护标准的依据；二是安全设施按县统一采购价采购，节余交回财政。",
}

_OPINIONS: Answers = {
    f"dimension_text_{number}": f"{words}评估小组查阅了规划、会议纪要和预算明细，并到现场核对，情况属实。"
    "存在的问题：资料归档不够及时，已要求在项目实施前补齐。"
    for number, words in enumerate(
        (
            "项目列入县交通规划和镇政府工作报告，与本镇职责相符，与其他项目没有重复。",
            "预算内容与养护任务相符，单价参照县交通运输局发布的养护定额，没有超标准支出。",
            "绩效目标明确具体，主要产出和效果都有量化指标，与申请的预算相匹配。",
            "实施内容、进度和分工清楚，养护队有固定人员和设备，汛期抢修有应急安排。",
            "资金来源为县级财政和镇自筹，程序合规，以后年度支出在财政承受能力之内。",
        ),
        1,
    )
}

_HEAD: Answers = {
    key: ROADS[key]
    for key in ("project_name", "project_code", "project_attribute", "supervising_department")
    + ("implementing_unit", "period_from", "period_to", "preparer_name", "reviewer_name", "unit_head_name")
    + ("contact_phone", "filled_on")
}


def _attachments(given: FormContext) -> list[Answers]:
    rows = registry.form(EX_ANTE).table("attachments").prefill
    assert rows is not None
    return [{**row, "provided": "paper", "remark": "随纸质件报送"} for row in rows(given)]


def _report() -> Answers:
    given = context()
    begun: Answers = {
        **_HEAD,
        **_TEXTS,
        **_OPINIONS,
        "object_kind": "project",
        "submitted_fen": 128_400_000,
        "submitted_fiscal_fen": 120_000_000,
        "submitted_other_fen": 8_400_000,
        "approved_fen": 120_000_000,
        "last_year_fen": 96_000_000,
        "assessment_conclusion": "予以支持",
        "ratings": [
            {"row_id": key, "rating": rating, "evidence_text": _EVIDENCE} for key, rating in _RATINGS.items()
        ],
        "attachments": _attachments(given),
        "experts": [
            {
                "row_id": "e1",
                "name": "周明",
                "workplace": "示例县交通运输局",
                "position": "高级工程师",
                "speciality": "公路养护",
            },
            {"row_id": "e2", "name": "陈静", "workplace": "示例县柳林镇财政所", "position": "所长"},
        ],
    }
    return derived(given, begun)


REPORT = _report()
"""农村公路养护: all sections written, 90 points, supported, 8.40 of 128.40 万元 cut."""

assert REPORT["total_score"] is not None


def _policy() -> Answers:
    given = context()
    begun = {**REPORT, "object_kind": "policy", "ratings": []}
    rows = derived(given, begun)["ratings"]
    filled = [{**row, "rating": "优", "evidence_text": _EVIDENCE} for row in rows]
    return derived(given, {**begun, "ratings": filled})


POLICY = _policy()
"""The same as a policy: other dimensions, full points."""
