"""Declaration of 部门（单位）整体支出绩效自评表: there is no national form, so its items are the kit's (domain §4.7)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forms.catalog.overall_expenditure_self_evaluation_sheet import build_sheet
from forms.context import FormContext
from forms.form_scoring import FormScoring
from forms.overall_rows import cells_of, frame_rows, is_figure, synced_rows, with_figures
from forms.schema import (
    FieldKind,
    FieldSpec,
    FormSpec,
    FormSubject,
    Row,
    SectionSpec,
    StepSpec,
    TableSpec,
    always,
    never,
)
from forms.score_explanations import SelfEvaluationExplainer
from forms.self_evaluation_derive import SelfEvaluationForm
from forms.self_evaluation_report import REPORT_STEP, draft, report_sheets
from forms.self_evaluation_scores import TABLE, read_rows, sheet_of, text_of
from forms.self_evaluation_tables import ENTERED_TABLE, EXECUTION_REASON, funds_table, result_section
from forms.sheet import Orientation
from forms.signature_block import SIGNATURE_SECTION
from models.domain.filing import Answers

_TARGET_FORM = "overall_expenditure_target"
_PROJECT_FORM = "self_evaluation"
_BY_FRAME = "按任务参数包的指标体系"
_BY_RULE = "按评分标准自动计算"

SOURCES = (("total", "支出总额"), ("basic", "其中：基本支出"), ("project", "　　　项目支出"))
"""Rows of the money: the unit's whole expenditure, basic and for projects."""


def _unit_name(context: FormContext) -> str:
    return context.unit.name


def _department(context: FormContext) -> str:
    return context.unit.department_name or context.unit.name


def _expected_target(context: FormContext) -> str | None:
    """The annual target of the unit as approved, else as declared."""
    answers: Answers = context.approved.answers if context.approved else context.related.get(_TARGET_FORM, {})
    return text_of(answers, "annual_target") or None


def _known_amounts(context: FormContext) -> Mapping[str, Mapping[str, int]]:
    """What the projects' own self-evaluations add up to."""
    amounts = [f.amount_fen for f in context.unit_filings if f.form_id == _PROJECT_FORM]
    known = [amount for amount in amounts if amount is not None]
    return {"project": {"annual_fen": sum(known)}} if known else {}


def _is_reckoned(context: FormContext, row: Row) -> bool:
    """Whether the rule alone gives a row's points."""
    return not read_rows(context, [row], cells_of)[0].leaves_choice


def _of_frame(key: str, label: str, width: int, max_length: int = 200) -> FieldSpec:
    return FieldSpec(
        key,
        label,
        FieldKind.TEXT,
        help=_BY_FRAME,
        max_length=max_length,
        is_locked=always,
        lock_note=_BY_FRAME,
        width=width,
    )


_HEAD = SectionSpec(
    "单位信息",
    (
        FieldSpec(
            "unit_name",
            "部门（单位）名称",
            FieldKind.TEXT,
            help="单位全称",
            example="示例县柳林镇人民政府",
            is_required=True,
            prefill=_unit_name,
        ),
        FieldSpec(
            "supervising_department",
            "主管部门",
            FieldKind.TEXT,
            help="一级预算单位的全称",
            example="示例县柳林镇人民政府",
            is_required=True,
            prefill=_department,
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
            help="年初批复的整体绩效目标",
            example="目标1：保障 11 个行政村正常运转；目标2：人居环境群众满意度达到 90%以上",
            is_required=True,
            max_length=2000,
            prefill=_expected_target,
        ),
        FieldSpec(
            "actual_result",
            "实际完成情况",
            FieldKind.LONG_TEXT,
            help="对照预期目标逐条写做成了什么，没有完成的也要写明",
            example="目标1：11 个行政村运转经费足额到位；目标2：人居环境群众满意度 92%",
            is_required=True,
            max_length=2000,
        ),
    ),
)

_ITEMS = TableSpec(
    key=TABLE,
    label="整体支出绩效指标",
    columns=(
        _of_frame("first_level", "一级指标", 10),
        _of_frame("second_level", "二级指标", 10),
        _of_frame("third_level", "三级指标", 14),
        FieldSpec(
            "weight",
            "分值",
            FieldKind.WEIGHT,
            help=_BY_FRAME,
            is_locked=always,
            lock_note=_BY_FRAME,
            width=6,
        ),
        _of_frame("standard", "评分标准", 26, 500),
        FieldSpec(
            "actual_value",
            "实际完成情况",
            FieldKind.TEXT,
            help="评分标准要数字的填数字，其余用一两句话写做到了什么；不适用的填“不适用”",
            example="98%",
            is_required=True,
            max_length=300,
            is_locked_in_row=is_figure,
            lock_note="按项目资金自动计算",
            width=16,
        ),
        FieldSpec(
            "score",
            "得分",
            FieldKind.WEIGHT,
            help="对照评分标准评分，不超过分值；能计算的自动计算",
            example="4.5",
            is_required=True,
            max_length=8,
            is_locked_in_row=_is_reckoned,
            lock_note=_BY_RULE,
            width=7,
        ),
        FieldSpec(
            "deviation_reason",
            "扣分原因及改进措施",
            FieldKind.TEXT,
            help="没有得满分的，写明原因和改进措施",
            example="监控报告晚报 5 天；今后明确专人按时报送",
            max_length=500,
            width=18,
        ),
        FieldSpec(
            "rule_score",
            "规则得分",
            FieldKind.WEIGHT,
            help="规则给的分数，用来分辨评定的得分，不显示也不打印",
            is_visible=never,
            is_computed=True,
            lock_note=_BY_RULE,
        ),
    ),
    help="对照评分标准逐项评分",
    prefill=frame_rows,
    has_fixed_rows=always,
    fixed_note="指标体系由任务参数包规定，不能增减",
)

_FORM = SelfEvaluationForm(synced=synced_rows, cells_of=cells_of, prepared=with_figures)


def _labels(_context: FormContext) -> Mapping[str, str]:
    """First levels stand in the rows by name."""
    return {}


def _amount_of(answers: Mapping[str, Any]) -> int | None:
    """The full-year budget in 分, None while it is no amount."""
    rows = answers.get("funds") or ()
    total = next((row.get("annual_fen") for row in rows if row.get("row_id") == "total"), None)
    return total if isinstance(total, int) else None


OVERALL_EXPENDITURE_SELF_EVALUATION = FormSpec(
    form_id="overall_expenditure_self_evaluation",
    version="1",
    title="部门（单位）整体支出绩效自评表",
    short_title="整体绩效自评",
    subject=FormSubject.UNIT,
    orientation=Orientation.PORTRAIT,
    steps=(
        StepSpec("basics", "基本情况", (_HEAD, SIGNATURE_SECTION)),
        StepSpec(
            "funds",
            "资金执行情况",
            (
                SectionSpec("支出情况", (funds_table(SOURCES, _known_amounts),)),
                SectionSpec("执行情况说明", (EXECUTION_REASON,)),
                SectionSpec("另行评定的得分", (ENTERED_TABLE,)),
            ),
        ),
        StepSpec("targets", "目标完成情况", (_TARGETS,)),
        StepSpec("indicators", "绩效指标", (SectionSpec("整体支出绩效指标", (_ITEMS,)), result_section())),
        REPORT_STEP,
    ),
    checks=("C1", "C3", "C30", "C31", "C32", "C33", "C34", "C35", "C36", "C39", "C42", "C53", "C55"),
    build_sheet=build_sheet,
    amount_of=_amount_of,
    source="本级任务参数包的整体支出绩效评价指标体系（没有全国统一表样）",
    derive=_FORM.derive,
    draft=draft,
    annexes=report_sheets,
    scoring=FormScoring(sheet=lambda context, answers: sheet_of(context, answers, cells_of), labels=_labels),
    explainer=SelfEvaluationExplainer,
)
