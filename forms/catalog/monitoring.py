"""Declaration of 项目支出绩效目标执行监控表 (财预〔2019〕136号 annex), domain §3.1."""

from __future__ import annotations

from forms.catalog.monitoring_sheet import build_sheet
from forms.context import FormContext
from forms.form_head import FormSubject
from forms.monitoring_funds_table import funds_table, initial_total
from forms.monitoring_rows import derived
from forms.monitoring_table import (
    ANSWER_SECTION,
    INDICATOR_TABLE,
    MONTH,
    SUMMARY_SECTION,
    TARGET_SECTION,
)
from forms.schema import FieldKind, FieldSpec, FormSpec, SectionSpec, StepSpec
from forms.sheet import Orientation
from forms.signature_block import SIGNATURE_SECTION

FUND_SOURCES = (
    ("total", "年度资金总额"),
    ("fiscal", "其中：本年一般公共预算拨款"),
    ("other", "其他资金"),
)


def _project_name(context: FormContext) -> str | None:
    return context.project.name if context.project else None


def _department(context: FormContext) -> str:
    return context.unit.department_name or context.unit.name


def _department_code(context: FormContext) -> str:
    return context.unit.department_code or context.unit.code


def _unit_name(context: FormContext) -> str:
    return context.unit.name


def _is_registered(context: FormContext) -> bool:
    return context.register_entry is not None


_HEAD = SectionSpec(
    "项目信息",
    (
        FieldSpec(
            "project_name",
            "项目名称",
            FieldKind.TEXT,
            help="与批复的预算项目名称一致",
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
            "supervising_department_code",
            "主管部门代码",
            FieldKind.CODE,
            help="主管部门在预算系统里的编码",
            example="219",
            max_length=21,
            prefill=_department_code,
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
        MONTH,
    ),
)

MONITORING = FormSpec(
    form_id="monitoring",
    version="1",
    title="项目支出绩效目标执行监控表",
    short_title="运行监控",
    subject=FormSubject.PROJECT,
    orientation=Orientation.LANDSCAPE,
    steps=(
        StepSpec("basics", "基本情况", (_HEAD, SIGNATURE_SECTION)),
        StepSpec(
            "funds",
            "项目资金",
            (SectionSpec("项目资金", (funds_table(FUND_SOURCES),)), ANSWER_SECTION),
        ),
        StepSpec("targets", "年度目标", (TARGET_SECTION, SUMMARY_SECTION)),
        StepSpec("indicators", "绩效指标", (SectionSpec("绩效指标执行情况", (INDICATOR_TABLE,)),)),
    ),
    checks=("C1", "C3", "C10", "C24", "C25", "C26", "C27", "C52", "C53", "C55"),
    build_sheet=build_sheet,
    amount_of=initial_total,
    source="财预〔2019〕136号附件",
    derive=derived,
)
