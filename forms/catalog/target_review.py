"""Declaration of 项目支出绩效目标审核表 (财预〔2015〕88号; domain §0.3, §1.1): items, points, grade, what follows.

Filed by the department for each project's target; items, points and grades are data of the kit.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forms.catalog.target_review_sheet import build_sheet
from forms.context import FormContext
from forms.schema import FieldKind, FieldSpec, FormSpec, FormSubject, SectionSpec, StepSpec, TableSpec, always
from forms.sheet import Orientation
from forms.signature_block import SIGNATURE_SECTION
from forms.target_review_explanations import target_review_explainer
from forms.target_review_rows import TABLE, derive, first_rows
from forms.unit_head_fields import PROJECT_HEAD

_BY_KIT = "审核内容和分值由任务参数包规定"
_COMPUTED = "按各项得分自动计算"


def _declared_amount(context: FormContext) -> int | None:
    """The annual total of the target under review, else the project's budget."""
    declared = context.related.get("performance_target", {}).get("annual_total_fen")
    if isinstance(declared, int):
        return declared
    return context.project_year.budget_fen if context.project_year else None


def _fixed(key: str, label: str, kind: FieldKind, width: int) -> FieldSpec:
    return FieldSpec(
        key,
        label,
        kind,
        help="任务参数包规定",
        max_length=300,
        is_locked=always,
        lock_note=_BY_KIT,
        width=width,
    )


_ITEMS = TableSpec(
    key=TABLE,
    label="审核内容",
    columns=(
        _fixed("dimension", "审核内容", FieldKind.TEXT, 14),
        _fixed("item_name", "审核要点", FieldKind.TEXT, 16),
        _fixed("standard", "具体要求", FieldKind.TEXT, 44),
        _fixed("full_score", "分值", FieldKind.WEIGHT, 8),
        FieldSpec(
            "score",
            "得分",
            FieldKind.WEIGHT,
            help="0 到分值之间，可以有小数",
            example="8.5",
            is_required=True,
            max_length=8,
            width=8,
        ),
        FieldSpec(
            "problem",
            "存在问题",
            FieldKind.TEXT,
            help="扣分的写明扣在哪里",
            example="数量指标没有写明养护路段",
            max_length=300,
            width=26,
        ),
    ),
    help="逐项打分，总分、等级和结论自动得出",
    prefill=first_rows,
    has_fixed_rows=always,
    fixed_note=_BY_KIT,
)


def _result(key: str, label: str, kind: FieldKind, help_text: str) -> FieldSpec:
    return FieldSpec(key, label, kind, help=help_text, max_length=300, is_computed=True, lock_note=_COMPUTED)


_RESULT = SectionSpec(
    "审核结果",
    (
        _result("total_score", "总分", FieldKind.WEIGHT, "各项得分之和"),
        _result("grade", "审核等级", FieldKind.TEXT, "按总分对应的等级"),
        _result("consequence", "审核结论", FieldKind.TEXT, "等级决定能不能进入下一步"),
        FieldSpec(
            "opinion",
            "审核意见",
            FieldKind.LONG_TEXT,
            help="总的评价和要修改的地方，退回修改的要一条一条写清楚",
            example="目标明确，指标与资金匹配。质量指标请补充路况优良率的评定标准。",
            is_required=True,
            max_length=1000,
        ),
        FieldSpec(
            "reviewed_by",
            "审核人员",
            FieldKind.TEXT,
            help="参加审核的人",
            example="李强、王芳",
            max_length=80,
        ),
        FieldSpec(
            "reviewed_on", "审核日期", FieldKind.DATE, help="写年月日", example="2026年9月20日", max_length=20
        ),
    ),
)

_AMOUNT = FieldSpec(
    "annual_total_fen",
    "申报年度资金",
    FieldKind.MONEY,
    help="送审的绩效目标申报表上的年度资金总额",
    example="128.40",
    is_required=True,
    prefill=_declared_amount,
)


def _amount_of(answers: Mapping[str, Any]) -> int | None:
    """The amount under review in 分, None while it is no amount."""
    value = answers.get("annual_total_fen")
    return value if isinstance(value, int) else None


TARGET_REVIEW = FormSpec(
    form_id="target_review",
    version="1",
    title="项目支出绩效目标审核表",
    short_title="目标审核",
    subject=FormSubject.PROJECT,
    orientation=Orientation.PORTRAIT,
    steps=(
        StepSpec(
            "basics", "基本情况", (SectionSpec("项目信息", (*PROJECT_HEAD, _AMOUNT)), SIGNATURE_SECTION)
        ),
        StepSpec("items", "逐项审核", (SectionSpec("审核内容", (_ITEMS,)), _RESULT)),
    ),
    checks=("C1", "C32", "C34", "C35", "C53", "C55"),
    build_sheet=build_sheet,
    amount_of=_amount_of,
    source="财预〔2015〕88号附件",
    derive=derive,
    explainer=target_review_explainer,
)
