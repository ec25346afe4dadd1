"""Declaration of 部门（单位）整体支出绩效运行监控表 (after 财预〔2019〕136号; the money by 基本支出 and 项目支出)."""

from __future__ import annotations

from forms.catalog.monitoring_sheet import build_unit_sheet
from forms.context import FormContext
from forms.form_head import FormSubject
from forms.monitoring_funds_table import funds_table, initial_total
from forms.monitoring_rows import derived
from forms.monitoring_table import (
    ANSWER_SECTION,
    INDICATOR_TABLE,
    MONTH,
    TARGET_SECTION,
)
from forms.schema import FieldKind, FieldSpec, FormSpec, SectionSpec, StepSpec
from forms.sheet import Orientation
from forms.signature_block import SIGNATURE_SECTION

FUND_SOURCES = (
    ("total", "年度资金总额"),
    ("basic", "其中：基本支出"),
    ("projects", "项目支出"),
)


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
        MONTH,
    ),
)

OVERALL_EXPENDITURE_MONITORING = FormSpec(
    form_id="overall_expenditure_monitoring",
    version="1",
    title="部门（单位）整体支出绩效运行监控表",
    short_title="整体运行监控",
    subject=FormSubject.UNIT,
    orientation=Orientation.LANDSCAPE,
    steps=(
        StepSpec("basics", "基本情况", (_HEAD, SIGNATURE_SECTION)),
        StepSpec(
            "funds",
            "部门资金",
            (SectionSpec("部门资金", (funds_table(FUND_SOURCES),)), ANSWER_SECTION),
        ),
        StepSpec("targets", "年度总体目标", (TARGET_SECTION,)),
        StepSpec("indicators", "绩效指标", (SectionSpec("绩效指标执行情况", (INDICATOR_TABLE,)),)),
    ),
    checks=("C1", "C3", "C10", "C24", "C25", "C26", "C27", "C53", "C55"),
    build_sheet=build_unit_sheet,
    amount_of=initial_total,
    source="参照财预〔2019〕136号附件",
    derive=derived,
)
