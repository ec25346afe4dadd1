"""Declaration of 绩效目标调整申请（审批）表 (domain §0.3): old and new target, old and new budget, reason, opinions.

The old side comes read-only from the approved target; once the adjustment is noted as approved, later forms
compare with the adjusted target.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from forms import indicator_table as columns
from forms.catalog.target_adjustment_sheet import build_sheet
from forms.context import FormContext
from forms.schema import (
    FieldKind,
    FieldSpec,
    FormSpec,
    FormSubject,
    Prefill,
    Row,
    SectionSpec,
    StepSpec,
    SumRule,
    TableSpec,
    never,
)
from forms.sheet import Orientation
from forms.signature_block import SIGNATURE_SECTION
from forms.target_adjustment_rows import TABLE, approved_copy, derive, new_values
from forms.unit_head_fields import PROJECT_HEAD

_BY_APPROVAL = "取自批复的绩效目标"


def _begun(key: str) -> Prefill:
    """What the new side of a field begins with."""
    return lambda context: new_values(context).get(key)


def _is_approved_row(_context: FormContext, row: Row) -> bool:
    """Whether a row stands for an approved indicator: it keeps its place in the frame."""
    return bool(row.get("old_third_level"))


def _is_new_row(_context: FormContext, row: Row) -> bool:
    """Whether a row was added here: there is nothing to cancel."""
    return not row.get("old_third_level")


def _old(key: str, label: str, kind: FieldKind, *, required: bool = False) -> FieldSpec:
    return FieldSpec(
        key,
        label,
        kind,
        help="批复的内容，自动带入",
        is_required=required,
        is_computed=True,
        lock_note=_BY_APPROVAL,
        max_length=1000,
    )


_DOCUMENT = SectionSpec(
    "原批复",
    (
        replace(
            _old("approved_document", "原批复文号", FieldKind.TEXT, required=True),
            lock_note="取自批复的绩效目标；没有带入的，先在项目页登记批复",
        ),
        _old("approved_on", "原批复日期", FieldKind.DATE),
        FieldSpec(
            "adjustment_number",
            "本年第几次调整",
            FieldKind.TEXT,
            help="按已批复的调整次数自动计算",
            is_computed=True,
            lock_note=_BY_APPROVAL,
        ),
    ),
)

_REASON = SectionSpec(
    "调整理由",
    (
        FieldSpec(
            "reason",
            "调整原因",
            FieldKind.LONG_TEXT,
            help="写明为什么要调整，对完成年度工作有什么影响",
            example="汛期两处塌方，新增 2 公里水毁修复，原定 12 公里日常养护减为 10 公里",
            is_required=True,
            max_length=800,
        ),
        FieldSpec(
            "basis_document",
            "调整依据",
            FieldKind.TEXT,
            help="会议纪要、上级文件等的名称和文号",
            example="镇党委会议纪要〔2026〕7号",
            is_required=True,
            max_length=200,
        ),
    ),
)


def _amount(key: str, label: str, *, required: bool = False) -> FieldSpec:
    return FieldSpec(
        key,
        label,
        FieldKind.MONEY,
        help="调整后的全年预算；没有变化的与原来相同",
        example="128.40",
        is_required=required,
        prefill=_begun(key),
    )


_FUNDS = (
    SectionSpec(
        "原批复预算",
        (
            _old("old_total_fen", "原年度资金总额", FieldKind.MONEY),
            _old("old_fiscal_fen", "原财政拨款", FieldKind.MONEY),
            _old("old_other_fen", "原其他资金", FieldKind.MONEY),
        ),
    ),
    SectionSpec(
        "调整后预算",
        (
            _amount("annual_total_fen", "年度资金总额", required=True),
            _amount("annual_fiscal_fen", "其中：财政拨款"),
            _amount("annual_other_fen", "其他资金"),
            FieldSpec(
                "change_fen",
                "增减金额",
                FieldKind.MONEY,
                help="调整后减原批复，减少为负数",
                is_computed=True,
                lock_note="自动计算",
            ),
            FieldSpec(
                "change_rate",
                "增减比例",
                FieldKind.RATE,
                help="增减金额占原批复预算的比例",
                is_computed=True,
                lock_note="自动计算",
            ),
        ),
    ),
)

_TARGETS = SectionSpec(
    "年度目标",
    (
        _old("old_target", "原年度目标", FieldKind.LONG_TEXT),
        FieldSpec(
            "annual_target",
            "调整后年度目标",
            FieldKind.LONG_TEXT,
            help="目标不变的照原文，有变化的写明变化后的数量和效果",
            example="目标1：完成 10 公里村道日常养护和 2 公里水毁修复；目标2：路况优良率达到 85%以上",
            is_required=True,
            max_length=1000,
            prefill=_begun("annual_target"),
        ),
    ),
)

_LOCKED = "原有指标不能换类别；要换的，取消后另加一条"

_INDICATORS = TableSpec(
    key=TABLE,
    label="绩效指标",
    columns=(
        replace(columns.FIRST_LEVEL, is_locked_in_row=_is_approved_row, lock_note=_LOCKED),
        replace(columns.SECOND_LEVEL, is_locked_in_row=_is_approved_row, lock_note=_LOCKED),
        replace(_old("old_third_level", "原三级指标", FieldKind.TEXT), width=18),
        replace(_old("old_value", "原指标值", FieldKind.TEXT), width=12),
        replace(columns.THIRD_LEVEL, label="调整后三级指标", width=20),
        columns.COMPARATOR,
        replace(columns.PLANNED_VALUE, label="调整后指标值"),
        columns.MEASURE_UNIT,
        columns.WEIGHT,
        columns.DIRECTION,
        FieldSpec(
            "is_cancelled",
            "取消",
            FieldKind.TICK,
            help="不再考核的原有指标打勾，不要删去整行",
            is_locked_in_row=_is_new_row,
            lock_note="新增的指标不要的，直接删去这一行",
            width=6,
        ),
        FieldSpec(
            "change",
            "变动",
            FieldKind.TEXT,
            help="与批复的指标比较得出",
            is_computed=True,
            lock_note="自动比较",
            width=7,
        ),
        replace(
            columns.WEIGHT, key="old_weight", label="原分值", help="随批复带入，不显示", is_visible=never
        ),
        columns.LIBRARY_CODE,
    ),
    help="原有指标已带入，改动右边的内容即可；新增的指标另加一行",
    is_indicator_table=True,
    blank_row=columns.blank_indicator,
    prefill=approved_copy,
)


def _opinion(key: str, label: str) -> FieldSpec:
    return FieldSpec(
        key,
        label,
        FieldKind.LONG_TEXT,
        help="在纸质表上签署的可以不填",
        example="同意调整。",
        max_length=300,
    )


OPINIONS = (
    _opinion("unit_opinion", "申请单位意见"),
    _opinion("department_opinion", "主管部门意见"),
    _opinion("office_opinion", "财政部门业务股室意见"),
)


def _amount_of(answers: Mapping[str, Any]) -> int | None:
    """The adjusted annual budget in 分, None while it is no amount."""
    value = answers.get("annual_total_fen")
    return value if isinstance(value, int) else None


TARGET_ADJUSTMENT = FormSpec(
    form_id="target_adjustment",
    version="1",
    title="绩效目标调整申请（审批）表",
    short_title="目标调整",
    subject=FormSubject.PROJECT,
    orientation=Orientation.PORTRAIT,
    steps=(
        StepSpec(
            "basics",
            "基本情况",
            (SectionSpec("项目信息", PROJECT_HEAD), _DOCUMENT, _REASON, SIGNATURE_SECTION),
        ),
        StepSpec("funds", "预算调整", _FUNDS),
        StepSpec("targets", "年度目标", (_TARGETS,)),
        StepSpec("indicators", "绩效指标", (SectionSpec("绩效指标", (_INDICATORS,)),)),
        StepSpec("opinions", "审批意见", (SectionSpec("审批意见", OPINIONS),)),
    ),
    checks=("C1", "C3", "C6", "C10", "C11", "C12", "C13", "C14", "C16", "C17", "C18", "C19", "C20", "C21")
    + ("C28", "C29", "C50", "C51", "C53", "C55"),
    build_sheet=build_sheet,
    amount_of=_amount_of,
    source="各地绩效目标调整申请（审批）表的通行内容；批复与调整见财预〔2015〕88号",
    sum_rules=(SumRule("annual_total_fen", ("annual_fiscal_fen", "annual_other_fen")),),
    derive=derive,
)
