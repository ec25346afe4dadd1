"""Declaration of 部门（单位）整体支出绩效目标申报表 (national base, domain §1.6)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forms.catalog.overall_expenditure_target_sheet import build_sheet
from forms.context import FormContext
from forms.indicator_table import indicator_table
from forms.schema import (
    FieldKind,
    FieldSpec,
    FormSpec,
    FormSubject,
    SectionSpec,
    StepSpec,
    SumRule,
    TableSpec,
    always,
)
from forms.sheet import Orientation
from forms.signature_block import SIGNATURE_SECTION


def _unit_name(context: FormContext) -> str:
    return context.unit.name


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
    ),
)

_TASKS = TableSpec(
    key="annual_tasks",
    label="年度主要任务",
    columns=(
        FieldSpec(
            "task_name",
            "任务名称",
            FieldKind.TEXT,
            help="一项重点工作一行",
            example="农村人居环境整治",
            is_required=True,
            width=20,
        ),
        FieldSpec(
            "content",
            "主要内容",
            FieldKind.TEXT,
            help="这项工作做什么",
            example="清运 11 个村生活垃圾，整治沟渠 6 公里",
            is_required=True,
            max_length=500,
            width=40,
        ),
        FieldSpec(
            "total_fen",
            "总额",
            FieldKind.MONEY,
            help="这项任务的全部资金",
            example="96.50",
            is_required=True,
            width=14,
        ),
        FieldSpec("fiscal_fen", "财政拨款", FieldKind.MONEY, help="没有填 0", example="96.50", width=14),
        FieldSpec("other_fen", "其他资金", FieldKind.MONEY, help="没有填 0", example="0", width=14),
    ),
    help="总额等于财政拨款加其他资金",
    total_columns=("total_fen", "fiscal_fen", "other_fen"),
    sum_rules=(SumRule("total_fen", ("fiscal_fen", "other_fen")),),
)

_TARGET = SectionSpec(
    "年度总体目标",
    (
        FieldSpec(
            "annual_target",
            "年度总体目标",
            FieldKind.LONG_TEXT,
            help="全单位这一年要达到的目标，分条写",
            example="目标1：保障 11 个行政村正常运转；目标2：人居环境群众满意度达到 90%以上",
            is_required=True,
            max_length=2000,
        ),
    ),
)


def _amount_of(answers: Mapping[str, Any]) -> int | None:
    """Sum of the tasks' totals in 分, None while there is none."""
    amounts = [row.get("total_fen") for row in answers.get("annual_tasks") or ()]
    whole = [amount for amount in amounts if isinstance(amount, int)]
    return sum(whole) if whole else None


OVERALL_EXPENDITURE_TARGET = FormSpec(
    form_id="overall_expenditure_target",
    version="1",
    title="部门（单位）整体支出绩效目标申报表",
    short_title="整体绩效目标",
    subject=FormSubject.UNIT,
    orientation=Orientation.PORTRAIT,
    steps=(
        StepSpec("basics", "基本情况", (_HEAD, SIGNATURE_SECTION)),
        StepSpec("tasks", "年度主要任务", (SectionSpec("年度主要任务", (_TASKS,)),)),
        StepSpec("targets", "年度总体目标", (_TARGET,)),
        StepSpec(
            "indicators",
            "绩效指标",
            (SectionSpec("年度绩效指标", (indicator_table("indicators", "年度绩效指标", always),)),),
        ),
    ),
    checks=("C1", "C3", "C6", "C8", "C9", "C10", "C11", "C12", "C13", "C14", "C15", "C16", "C17", "C18")
    + ("C19", "C20", "C21", "C23", "C50", "C51", "C53", "C55"),
    build_sheet=build_sheet,
    amount_of=_amount_of,
    source="部门（单位）整体支出绩效目标申报表（全国通用样式）",
)
