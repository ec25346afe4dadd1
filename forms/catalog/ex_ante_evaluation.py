"""Declaration of 事前绩效评估报告: what is evaluated, how, the rated items, opinions, conclusion, attachments (domain §2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forms import choices
from forms import ex_ante_sources as sources
from forms.catalog.ex_ante_evaluation_sheet import build_sheet
from forms.catalog.ex_ante_evaluation_texts import (
    CONCLUSION_TEXTS,
    FUND_TEXTS,
    OBJECT_TEXTS,
    OPINION_TEXTS,
    WORK_TEXTS,
)
from forms.ex_ante_explanations import ex_ante_explainer
from forms.ex_ante_scores import derived
from forms.ex_ante_tables import ATTACHMENT_TABLE, EXPERT_TABLE, RATING_TABLE
from forms.schema import (
    FieldKind,
    FieldSpec,
    FormSpec,
    FormSubject,
    SectionSpec,
    StepSpec,
    SumRule,
)
from forms.sheet import Orientation
from forms.signature_block import SIGNATURE_SECTION

_FROM_REGISTER = "取自年度预算项目名录"
_BY_RATINGS = "由程序按评分表计算"
_BY_AMOUNTS = "由程序按送审金额和审定金额计算"

_OBJECT = SectionSpec(
    "评估对象",
    (
        FieldSpec(
            "object_kind",
            "评估对象类别",
            FieldKind.CHOICE,
            help="政策按政策的维度评估；换了类别，评分要重新评",
            choices=sources.object_kinds,
            is_required=True,
            prefill=sources.first_object,
        ),
        FieldSpec(
            "project_name",
            "项目（政策）名称",
            FieldKind.TEXT,
            help="与预算申报的名称一致",
            example="农村公路养护",
            is_required=True,
            max_length=180,
            prefill=sources.project_name,
            is_locked=sources.is_registered,
            lock_note=_FROM_REGISTER,
        ),
        FieldSpec(
            "project_code",
            "项目代码",
            FieldKind.CODE,
            help="21 位；还没有代码可以不填",
            example="51000027T000000012345",
            max_length=40,
            prefill=sources.project_code,
            is_locked=sources.is_registered,
            lock_note=_FROM_REGISTER,
        ),
        FieldSpec(
            "project_attribute",
            "项目属性",
            FieldKind.CHOICE,
            help="第一次申请预算选“新增项目”，以前年度安排过选“延续项目”",
            choices=choices.project_attributes,
            is_required=True,
            prefill=sources.attribute,
        ),
        FieldSpec(
            "supervising_department",
            "主管部门",
            FieldKind.TEXT,
            help="一级预算单位的全称",
            example="示例县交通运输局",
            is_required=True,
            prefill=sources.department,
        ),
        FieldSpec(
            "implementing_unit",
            "项目单位",
            FieldKind.TEXT,
            help="申请预算、组织实施的单位全称",
            example="示例县柳林镇人民政府",
            is_required=True,
            prefill=sources.unit_name,
        ),
        FieldSpec(
            "period_from",
            "项目期起始年",
            FieldKind.YEAR,
            help="从哪一年开始",
            example="2027",
            is_required=True,
            prefill=sources.year_from,
        ),
        FieldSpec(
            "period_to",
            "项目期结束年",
            FieldKind.YEAR,
            help="只做一年的与起始年相同",
            example="2029",
            is_required=True,
            prefill=sources.year_to,
        ),
    ),
)

_FUNDS = SectionSpec(
    "送审和审定",
    (
        FieldSpec(
            "submitted_fen",
            "送审金额",
            FieldKind.MONEY,
            help="申请的年度预算，等于财政拨款加其他资金",
            example="128.40",
            is_required=True,
            prefill=sources.submitted,
        ),
        FieldSpec(
            "submitted_fiscal_fen",
            "其中：财政拨款",
            FieldKind.MONEY,
            help="没有填 0",
            example="120.00",
            prefill=sources.amount_from_target("annual_fiscal_fen"),
        ),
        FieldSpec(
            "submitted_other_fen",
            "其他资金",
            FieldKind.MONEY,
            help="没有填 0",
            example="8.40",
            prefill=sources.amount_from_target("annual_other_fen"),
        ),
        FieldSpec(
            "approved_fen",
            "审定金额",
            FieldKind.MONEY,
            help="评估后认为应当安排的金额；不予支持的填 0",
            example="110.00",
            is_required=True,
        ),
        FieldSpec(
            "reduced_fen",
            "审减金额",
            FieldKind.MONEY,
            help="送审金额减审定金额",
            example="18.40",
            is_computed=True,
            lock_note=_BY_AMOUNTS,
        ),
        FieldSpec(
            "reduction_rate",
            "审减率",
            FieldKind.RATE,
            help="审减金额除以送审金额",
            example="14.33",
            is_computed=True,
            lock_note=_BY_AMOUNTS,
        ),
        FieldSpec(
            "last_year_fen",
            "上年预算数",
            FieldKind.MONEY,
            help="延续项目填上年安排的预算，新增项目不填",
            example="96.00",
            prefill=sources.last_year,
        ),
    ),
    help="审减金额和审减率由程序计算",
)

_CONCLUSION = SectionSpec(
    "评估结论",
    (
        FieldSpec(
            "total_score",
            "总分",
            FieldKind.WEIGHT,
            help="全部评完后算出",
            example="85.00",
            is_computed=True,
            lock_note=_BY_RATINGS,
        ),
        FieldSpec(
            "suggested_conclusion",
            "按评分应得的结论",
            FieldKind.TEXT,
            help="由总分和否决事项得出",
            example="予以支持",
            is_computed=True,
            lock_note=_BY_RATINGS,
        ),
        FieldSpec(
            "assessment_conclusion",
            "评估结论",
            FieldKind.CHOICE,
            help="与按评分应得的结论不一致的，要说明理由",
            choices=sources.conclusions,
            is_required=True,
        ),
        FieldSpec(
            "dimension_scores",
            "各维度得分",
            FieldKind.LONG_TEXT,
            help="每个维度的小计／满分",
            max_length=500,
            is_computed=True,
            lock_note=_BY_RATINGS,
        ),
        FieldSpec(
            "score_note",
            "为什么是这个分",
            FieldKind.LONG_TEXT,
            help="总分怎么来的、属于哪一档、有没有否决事项",
            max_length=1000,
            is_computed=True,
            lock_note=_BY_RATINGS,
            is_printed=False,
        ),
    ),
)


def _amount_of(answers: Mapping[str, Any]) -> int | None:
    """The amount submitted in 分, None while it is no amount."""
    value = answers.get("submitted_fen")
    return value if isinstance(value, int) else None


EX_ANTE_EVALUATION = FormSpec(
    form_id="ex_ante_evaluation",
    version="1",
    title="事前绩效评估报告",
    short_title="事前绩效评估",
    subject=FormSubject.PROJECT,
    orientation=Orientation.PORTRAIT,
    steps=(
        StepSpec("object", "评估对象", (_OBJECT, OBJECT_TEXTS, SIGNATURE_SECTION)),
        StepSpec("funds", "资金", (_FUNDS, FUND_TEXTS)),
        StepSpec("work", "评估工作", (WORK_TEXTS,)),
        StepSpec("ratings", "评分", (SectionSpec("评分表", (RATING_TABLE,)),)),
        StepSpec("opinions", "评估内容", (OPINION_TEXTS,)),
        StepSpec("conclusion", "结论和建议", (_CONCLUSION, CONCLUSION_TEXTS)),
        StepSpec(
            "attachments",
            "附件和签名",
            (SectionSpec("附件清单", (ATTACHMENT_TABLE,)), SectionSpec("评估人员", (EXPERT_TABLE,))),
        ),
    ),
    checks=("C1", "C2", "C3", "C53", "C55", "C56", "C57", "C58", "C59"),
    build_sheet=build_sheet,
    amount_of=_amount_of,
    source="事前绩效评估报告（通用样式：评估对象、评估工作、评估内容与结论、建议、其他说明、附件和签名）",
    sum_rules=(SumRule("submitted_fen", ("submitted_fiscal_fen", "submitted_other_fen")),),
    derive=derived,
    explainer=ex_ante_explainer,
)
