"""Declaration of 项目支出绩效自评表 (财预〔2020〕10号 annex, the most common shape; domain §4.1).

Indicators, values and, where the kit fixes them, points come from the approved target and are read-only;
scores, rates, total and grade are computed by the kit's scheme.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from forms import choices
from forms.catalog.self_evaluation_sheet import build_sheet
from forms.context import FormContext
from forms.form_scoring import FormScoring
from forms.indicator_table import FIRST_LEVEL, SECOND_LEVEL
from forms.schema import (
    FieldKind,
    FieldSpec,
    FormSpec,
    FormSubject,
    Row,
    SectionSpec,
    StepSpec,
    TableSpec,
    never,
)
from forms.score_explanations import SelfEvaluationExplainer
from forms.self_evaluation_derive import SelfEvaluationForm
from forms.self_evaluation_report import REPORT_STEP, draft, report_sheets
from forms.self_evaluation_rows import (
    TARGET_FORM,
    cells_of,
    has_approved_weight,
    is_approved,
    is_in_line,
    prefilled_rows,
    source_note,
    synced_rows,
)
from forms.self_evaluation_scores import TABLE, read_rows, sheet_of, text_of
from forms.self_evaluation_tables import (
    ENTERED_TABLE,
    EXECUTION_REASON,
    completion_choices,
    funds_table,
    result_section,
)
from forms.sheet import Orientation
from forms.signature_block import SIGNATURE_SECTION
from models.domain.filing import Answers

_BY_APPROVAL = "按批复的绩效目标，只读"
SOURCES = (
    ("total", "年度资金总额"),
    ("fiscal", "其中：当年财政拨款"),
    ("carryover", "　　　上年结转资金"),
    ("other", "　　　其他资金"),
)
"""Rows of the money as the national form has them."""


def _project_name(context: FormContext) -> str | None:
    return context.project.name if context.project else None


def _department(context: FormContext) -> str:
    return context.unit.department_name or context.unit.name


def _unit_name(context: FormContext) -> str:
    return context.unit.name


def _is_registered(context: FormContext) -> bool:
    return context.register_entry is not None


def _is_typed(context: FormContext) -> bool:
    """Whether indicators are typed in here, without an approved target behind them."""
    return not is_approved(context)


def _is_typed_apart(column: str) -> Any:
    """Whether a part of the value has a column of its own: the kit's frame uses it, and no approval gives the row."""

    def condition(context: FormContext) -> bool:
        return _is_typed(context) and column in context.frame.columns

    return condition


def _has_approved_target(context: FormContext) -> bool:
    return is_approved(context) and bool(
        text_of(context.approved.answers if context.approved else {}, "annual_target")
    )


def _expected_target(context: FormContext) -> str | None:
    """The annual target as approved, else as declared."""
    answers: Answers = context.approved.answers if context.approved else context.related.get(TARGET_FORM, {})
    return text_of(answers, "annual_target") or None


def _fixed_fields(context: FormContext) -> Mapping[str, Any]:
    """What follows the approval outside the table."""
    return {"expected_target": _expected_target(context)} if _has_approved_target(context) else {}


def _known_amounts(context: FormContext) -> Mapping[str, Mapping[str, int]]:
    """Money known beforehand: the approved (else declared) budget by source, and what the treasury paid."""
    approved = context.approved
    answers: Answers = approved.answers if approved else context.related.get(TARGET_FORM, {})
    total = (
        approved.amount_fen
        if approved and approved.amount_fen is not None
        else answers.get("annual_total_fen")
    )
    other = answers.get("annual_other_fen")
    known: dict[str, dict[str, int]] = {}
    if isinstance(total, int):
        has_other = isinstance(other, int) and 0 <= other <= total
        fiscal = total - (other if has_other and isinstance(other, int) else 0)
        known["fiscal"] = {"initial_fen": fiscal, "annual_fen": fiscal}
        if has_other and isinstance(other, int) and other:
            known["other"] = {"initial_fen": other, "annual_fen": other}
    if context.ledger is not None:
        known.setdefault("fiscal", {})["spending_fen"] = context.ledger.spending_fen
    return known


def _is_reckoned(context: FormContext, row: Row) -> bool:
    """Whether the rule alone gives a row's points, so that nobody types there."""
    return not read_rows(context, [row], cells_of)[0].leaves_choice


_BASICS = SectionSpec(
    "项目信息",
    (
        FieldSpec(
            "project_name",
            "项目名称",
            FieldKind.TEXT,
            help="与批复的绩效目标一致",
            example="农村公路养护",
            is_required=True,
            max_length=180,
            prefill=_project_name,
            is_locked=_is_registered,
            lock_note="取自年度预算项目名录",
        ),
        FieldSpec(
            "supervising_department",
            "主管部门",
            FieldKind.TEXT,
            help="一级预算单位的全称",
            example="示例县交通运输局",
            is_required=True,
            prefill=_department,
        ),
        FieldSpec(
            "implementing_unit",
            "实施单位",
            FieldKind.TEXT,
            help="具体组织实施项目的单位全称",
            example="示例县柳林镇人民政府",
            is_required=True,
            prefill=_unit_name,
        ),
    ),
)

_TARGETS = SectionSpec(
    "年度总体目标",
    (
        FieldSpec(
            "expected_target",
            "预期目标",
            FieldKind.LONG_TEXT,
            help="年初批复的年度目标",
            example="目标1：完成 12 公里村道日常养护；目标2：路况优良率达到 85%以上",
            is_required=True,
            max_length=1000,
            prefill=_expected_target,
            is_locked=_has_approved_target,
            lock_note=_BY_APPROVAL,
        ),
        FieldSpec(
            "actual_result",
            "实际完成情况",
            FieldKind.LONG_TEXT,
            help="对照预期目标逐条写做成了什么，没有完成的也要写明",
            example="目标1：完成 11.2 公里村道日常养护，0.8 公里因塌方未完成；目标2：路况优良率 88.4%",
            is_required=True,
            max_length=1000,
        ),
    ),
)


def _level(spec: FieldSpec, width: int) -> FieldSpec:
    """A level as in the target declaration, not to be changed once it is approved."""
    return replace(spec, is_locked=is_approved, lock_note=_BY_APPROVAL, width=width)


_INDICATORS = TableSpec(
    key=TABLE,
    label="绩效指标",
    columns=(
        _level(FIRST_LEVEL, 11),
        _level(SECOND_LEVEL, 14),
        FieldSpec(
            "third_level",
            "三级指标",
            FieldKind.TEXT,
            help="与批复的绩效目标一致",
            example="养护里程",
            is_required=True,
            max_length=100,
            is_locked=is_approved,
            lock_note=_BY_APPROVAL,
            width=20,
        ),
        FieldSpec(
            "comparator",
            "符号",
            FieldKind.CHOICE,
            choices=choices.comparators,
            help="不少于选“≥”，不超过选“≤”，不能用数字表示的选“定性”",
            example="≥",
            is_required=True,
            is_visible=_is_typed_apart("comparator"),
            width=7,
        ),
        FieldSpec(
            "planned_value",
            "年度指标值",
            FieldKind.PLANNED_VALUE,
            help="年初定的指标值，只填数字；定性指标填可判断的程度",
            example="12",
            is_required=True,
            max_length=200,
            is_visible=_is_typed,
            width=12,
        ),
        FieldSpec(
            "measure_unit",
            "计量单位",
            FieldKind.TEXT,
            help="例如 公里、人、%、万元",
            example="公里",
            max_length=20,
            is_visible=_is_typed_apart("measure_unit"),
            width=9,
        ),
        FieldSpec(
            "planned_text",
            "年度指标值",
            FieldKind.PLANNED_VALUE,
            help="批复的指标值，符号、数值和单位连写",
            example="≥12公里",
            max_length=300,
            is_visible=is_approved,
            is_locked=is_approved,
            lock_note=_BY_APPROVAL,
            width=12,
        ),
        FieldSpec(
            "actual_value",
            "实际完成值",
            FieldKind.CHOICE,
            help="填实际做到的数字，单位与指标值相同；定性指标选完成档次；不适用的填“不适用”，在右边写明原因",
            example="11.20",
            choices=completion_choices,
            is_open_choice=True,
            is_required=True,
            max_length=200,
            width=13,
        ),
        FieldSpec(
            "weight",
            "分值",
            FieldKind.WEIGHT,
            help="各条指标的分值，与预算执行率的分值合计 100",
            example="10",
            max_length=8,
            is_required=True,
            is_locked_in_row=has_approved_weight,
            lock_note=_BY_APPROVAL,
            width=7,
        ),
        FieldSpec(
            "score",
            "得分",
            FieldKind.WEIGHT,
            help="按计分规则自动计算；定性指标可在完成档次的分值区间内评定",
            example="9.33",
            max_length=8,
            is_locked_in_row=_is_reckoned,
            lock_note="按计分规则自动计算",
            width=10,
        ),
        FieldSpec(
            "deviation_reason",
            "偏差原因分析及改进措施",
            FieldKind.TEXT,
            help="没有达到指标值的，写明原因和改进措施；超出很多的也要说明",
            example="汛期两处塌方，0.8 公里未完成；今后汛前先行加固",
            max_length=500,
            width=24,
        ),
        FieldSpec(
            "direction",
            "方向",
            FieldKind.CHOICE,
            choices=choices.directions,
            help="随绩效目标带入，不显示也不打印",
            is_visible=never,
        ),
        FieldSpec(
            "library_code",
            "指标库编码",
            FieldKind.TEXT,
            help="随绩效目标带入，不显示也不打印",
            max_length=80,
            is_visible=never,
        ),
        FieldSpec(
            "rule_score",
            "规则得分",
            FieldKind.WEIGHT,
            help="规则给的分数，用来分辨评定的得分，不显示也不打印",
            is_visible=never,
            is_computed=True,
            lock_note="按计分规则自动计算",
        ),
    ),
    help="填实际完成值，得分自动计算",
    is_indicator_table=True,
    prefill=prefilled_rows,
    has_fixed_rows=is_approved,
    fixed_note="指标按批复的绩效目标，不能增减；要改的先办绩效目标调整",
    note=source_note,
    blank_row=lambda _context: {"comparator": "≥"},
)

_FORM = SelfEvaluationForm(
    synced=synced_rows, cells_of=cells_of, is_in_line=is_in_line, fixed_fields=_fixed_fields
)


def _labels(context: FormContext) -> Mapping[str, str]:
    return {first.code: first.label for first in context.frame.firsts}


def _amount_of(answers: Mapping[str, Any]) -> int | None:
    """The full-year budget in 分, None while it is no amount."""
    rows = answers.get("funds") or ()
    total = next((row.get("annual_fen") for row in rows if row.get("row_id") == "total"), None)
    return total if isinstance(total, int) else None


SELF_EVALUATION = FormSpec(
    form_id="self_evaluation",
    version="1",
    title="项目支出绩效自评表",
    short_title="绩效自评",
    subject=FormSubject.PROJECT,
    orientation=Orientation.PORTRAIT,
    steps=(
        StepSpec("basics", "基本情况", (_BASICS, SIGNATURE_SECTION)),
        StepSpec(
            "funds",
            "资金执行情况",
            (
                SectionSpec("项目资金", (funds_table(SOURCES, _known_amounts),)),
                SectionSpec("执行情况说明", (EXECUTION_REASON,)),
                SectionSpec("另行评定的得分", (ENTERED_TABLE,)),
            ),
        ),
        StepSpec("targets", "目标完成情况", (_TARGETS,)),
        StepSpec("indicators", "绩效指标", (SectionSpec("绩效指标", (_INDICATORS,)), result_section())),
        REPORT_STEP,
    ),
    checks=("C1", "C3", "C10", "C20", "C21", "C28", "C29", "C30", "C31", "C32", "C33", "C34", "C35", "C36")
    + ("C37", "C38", "C39", "C40", "C41", "C52", "C53", "C55"),
    build_sheet=build_sheet,
    amount_of=_amount_of,
    source="财预〔2020〕10号附件",
    derive=_FORM.derive,
    draft=draft,
    annexes=report_sheets,
    scoring=FormScoring(sheet=lambda context, answers: sheet_of(context, answers, cells_of), labels=_labels),
    explainer=SelfEvaluationExplainer,
)
