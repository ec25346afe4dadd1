"""Declaration of 项目支出绩效目标申报表 (财预〔2015〕88号 annex; annual single half as in later practice).

Fields and layout: domain §1.1–§1.4; the two-half layout is chosen by the kit's frame.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forms import choices
from forms.catalog.performance_target_sheet import build_sheet
from forms.context import FormContext
from forms.indicator_table import indicator_table
from forms.schema import FieldKind, FieldSpec, FormSpec, FormSubject, SectionSpec, StepSpec, SumRule, always
from forms.sheet import Orientation
from forms.signature_block import SIGNATURE_SECTION


def _project_name(context: FormContext) -> str | None:
    return context.project.name if context.project else None


def _project_code(context: FormContext) -> str | None:
    return (context.project.project_code or None) if context.project else None


def _project_category(context: FormContext) -> str | None:
    return (context.project.category or None) if context.project else None


def _department(context: FormContext) -> str:
    return context.unit.department_name or context.unit.name


def _department_code(context: FormContext) -> str:
    return context.unit.department_code or context.unit.code


def _unit_name(context: FormContext) -> str:
    return context.unit.name


def _annual_budget(context: FormContext) -> int | None:
    return context.project_year.budget_fen if context.project_year else None


def _budget_year(context: FormContext) -> str:
    return str(context.budget_year)


def _is_registered(context: FormContext) -> bool:
    return context.register_entry is not None


def _two_halves(context: FormContext) -> bool:
    return context.has_two_halves


_BASICS = SectionSpec(
    "项目信息",
    (
        FieldSpec(
            "project_name",
            "项目名称",
            FieldKind.TEXT,
            help="与预算项目名称一致，不要写单位名称和年度",
            example="农村公路养护",
            is_required=True,
            max_length=180,
            prefill=_project_name,
            is_locked=_is_registered,
            lock_note="取自年度预算项目名录",
        ),
        FieldSpec(
            "project_code",
            "项目代码",
            FieldKind.CODE,
            help="21 位，一体化系统里的项目代码；新项目还没有代码可以不填",
            example="51000027T000000012345",
            max_length=40,
            prefill=_project_code,
            is_locked=_is_registered,
            lock_note="取自年度预算项目名录",
        ),
        FieldSpec(
            "project_category",
            "项目类别",
            FieldKind.CHOICE,
            help="按预算编制时确定的类别选择",
            choices=choices.project_categories,
            is_open_choice=True,
            prefill=_project_category,
        ),
        FieldSpec(
            "project_attribute",
            "项目属性",
            FieldKind.CHOICE,
            help="第一次安排预算选“新增项目”，以前年度安排过选“延续项目”",
            choices=choices.project_attributes,
            is_required=True,
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
        FieldSpec(
            "period_from",
            "项目期起始年",
            FieldKind.YEAR,
            help="项目从哪一年开始",
            example="2027",
            is_required=True,
            prefill=_budget_year,
        ),
        FieldSpec(
            "period_to",
            "项目期结束年",
            FieldKind.YEAR,
            help="只做一年的项目与起始年相同",
            example="2027",
            is_required=True,
            prefill=_budget_year,
        ),
    ),
)

_FUNDS = (
    SectionSpec(
        "年度资金",
        (
            FieldSpec(
                "annual_total_fen",
                "年度资金总额",
                FieldKind.MONEY,
                help="本预算年度申请的全部资金，等于财政拨款加其他资金",
                example="128.40",
                is_required=True,
                prefill=_annual_budget,
            ),
            FieldSpec(
                "annual_fiscal_fen", "其中：财政拨款", FieldKind.MONEY, help="没有填 0", example="128.40"
            ),
            FieldSpec("annual_other_fen", "其他资金", FieldKind.MONEY, help="没有填 0", example="0"),
        ),
    ),
    SectionSpec(
        "中期资金",
        (
            FieldSpec(
                "medium_total_fen",
                "中期资金总额",
                FieldKind.MONEY,
                help="整个项目期的资金；只做一年的项目可以不填",
                example="385.20",
            ),
            FieldSpec(
                "medium_fiscal_fen", "其中：财政拨款", FieldKind.MONEY, help="没有填 0", example="385.20"
            ),
            FieldSpec("medium_other_fen", "其他资金", FieldKind.MONEY, help="没有填 0", example="0"),
        ),
        help="项目期超过一年时填写",
    ),
)

_TARGETS = SectionSpec(
    "总体目标",
    (
        FieldSpec(
            "annual_target",
            "年度目标",
            FieldKind.LONG_TEXT,
            help="这一年花这笔钱要做成什么，写明数量和效果",
            example="目标1：完成 12 公里村道日常养护；目标2：路况优良率达到 85%以上，方便沿线 8600 名群众出行",
            is_required=True,
            max_length=1000,
        ),
        FieldSpec(
            "medium_term_target",
            "中期目标",
            FieldKind.LONG_TEXT,
            help="整个项目期要达到的目标；只做一年的项目可以不填",
            example="目标1：三年完成 36 公里村道养护，路况优良率稳定在 85%以上",
            max_length=1000,
        ),
    ),
)


def _amount_of(answers: Mapping[str, Any]) -> int | None:
    """The annual total in 分, None while it is no amount."""
    value = answers.get("annual_total_fen")
    return value if isinstance(value, int) else None


PERFORMANCE_TARGET = FormSpec(
    form_id="performance_target",
    version="1",
    title="项目支出绩效目标申报表",
    short_title="绩效目标",
    subject=FormSubject.PROJECT,
    orientation=Orientation.PORTRAIT,
    steps=(
        StepSpec("basics", "基本情况", (_BASICS, SIGNATURE_SECTION)),
        StepSpec("funds", "项目资金", _FUNDS),
        StepSpec("targets", "总体目标", (_TARGETS,)),
        StepSpec(
            "indicators",
            "绩效指标",
            (
                SectionSpec("年度绩效指标", (indicator_table("indicators", "年度绩效指标", always),)),
                SectionSpec(
                    "中期绩效指标", (indicator_table("medium_term_indicators", "中期绩效指标", _two_halves),)
                ),
            ),
        ),
    ),
    checks=("C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "C9", "C10", "C11", "C12", "C13", "C14", "C15")
    + ("C16", "C17", "C18", "C19", "C20", "C21", "C22", "C23", "C50", "C51", "C53", "C55"),
    build_sheet=build_sheet,
    amount_of=_amount_of,
    source="财预〔2015〕88号附件；指标分类参照财预〔2021〕101号",
    sum_rules=(
        SumRule("annual_total_fen", ("annual_fiscal_fen", "annual_other_fen")),
        SumRule("medium_total_fen", ("medium_fiscal_fen", "medium_other_fen")),
    ),
)
