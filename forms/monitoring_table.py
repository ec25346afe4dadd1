"""The parts both monitoring forms share (监控表共用部分): money, annual target, indicators, answers to an alarm."""

from __future__ import annotations

from dataclasses import replace

from forms.context import FormContext
from forms.indicator_table import (
    COMPARATOR,
    DIRECTION,
    FIRST_LEVEL,
    MEASURE_UNIT,
    SECOND_LEVEL,
    THIRD_LEVEL,
    WEIGHT,
)
from forms.monitoring_light_columns import LIGHT, LIGHT_NOTE
from forms.monitoring_period import (
    MONTH_FIELD,
    earlier_label,
    has_earlier,
    has_no_month,
    month_choices,
    value_label,
)
from forms.monitoring_rows import CAUSES
from forms.monitoring_sources import (
    INDICATORS,
    has_target,
    has_target_text,
    is_full,
    is_simple,
    target_text,
)
from forms.schema import Choice, FieldKind, FieldSpec, Row, SectionSpec, TableSpec, never

_TARGET_NOTE = "取自本年度绩效目标"
_CAUSE_LABELS = ("经费保障", "制度保障", "人员保障", "硬件条件保障", "其他")
LIKELIHOODS = {"certain": "确定能", "possible": "有可能", "impossible": "完全不可能"}
"""完成目标可能性 as the national form prints it."""


def cause_label(context: FormContext, key: str) -> str:
    """The label of a cause: the kit's, else the national form's."""
    rule = context.kit.monitoring
    own = rule.cause_labels.get(key.removeprefix("cause_"), "") if rule else ""
    return own or dict(zip(CAUSES, _CAUSE_LABELS, strict=True))[key]


def likelihood_label(context: FormContext, code: str) -> str:
    """The word for a likelihood: the kit's, else the national form's; "" for no known code."""
    rule = context.kit.monitoring
    return (rule.likelihood_labels.get(code, "") if rule else "") or LIKELIHOODS.get(code, "")


def _likelihoods(context: FormContext, _row: Row) -> tuple[Choice, ...]:
    return tuple(Choice(code, likelihood_label(context, code)) for code in LIKELIHOODS)


def _asks_answer(context: FormContext) -> bool:
    return context.kit.monitoring is not None and bool(context.kit.monitoring.answers)


def _answers(context: FormContext, _row: Row) -> tuple[Choice, ...]:
    rule = context.kit.monitoring
    return tuple(Choice(word, word) for word in (rule.answers if rule else ()))


def _of_target(_context: FormContext, row: Row) -> bool:
    """Whether a row was taken from the target."""
    return bool(row.get("target_row"))


MONTH = FieldSpec(
    MONTH_FIELD,
    "监控截至月份",
    FieldKind.CHOICE,
    help="数据截至几月底",
    choices=month_choices,
    is_visible=has_no_month,
    is_printed=False,
)


def _cause(key: str, label: str) -> FieldSpec:
    def label_of(context: FormContext) -> str:
        return cause_label(context, key)

    return FieldSpec(key, label, FieldKind.TICK, help="有这方面原因的打√", width=8, label_of=label_of)


_HIDDEN = tuple(replace(column, is_visible=never) for column in (COMPARATOR, MEASURE_UNIT, WEIGHT, DIRECTION))
"""Sign, unit, weight and direction of the target: carried along for checks and lights, shown joined."""

_COLUMNS = (
    *(
        replace(column, is_locked_in_row=_of_target, lock_note=_TARGET_NOTE, width=width)
        for column, width in ((FIRST_LEVEL, 10), (SECOND_LEVEL, 13), (THIRD_LEVEL, 18))
    ),
    FieldSpec(
        "planned_value",
        "年度指标值",
        FieldKind.TEXT,
        help="连同符号和计量单位一起写",
        example="≥12公里",
        is_required=True,
        is_locked_in_row=_of_target,
        lock_note=_TARGET_NOTE,
        width=11,
    ),
    *_HIDDEN,
    FieldSpec(
        "target_row",
        "目标行",
        FieldKind.TEXT,
        help="自动记下，不显示也不打印",
        max_length=80,
        is_visible=never,
        is_printed=False,
    ),
    FieldSpec(
        "value_to_date",
        "执行情况",
        FieldKind.PLANNED_VALUE,
        help="年初到本期末累计完成的数；定性指标写完成程度",
        example="7",
        is_required=True,
        width=12,
        label_of=value_label,
    ),
    FieldSpec(
        "previous_value",
        "上期执行情况",
        FieldKind.PLANNED_VALUE,
        help="上一期填报的执行情况，供对照",
        is_visible=has_earlier,
        lock_note="取自上一期监控表",
        is_computed=True,
        is_printed=False,
        width=12,
        label_of=earlier_label,
    ),
    LIGHT,
    LIGHT_NOTE,
    FieldSpec(
        "forecast_value",
        "全年预计完成情况",
        FieldKind.PLANNED_VALUE,
        help="预计到年底能完成的数",
        example="12",
        is_required=True,
        width=12,
    ),
    *(_cause(key, label) for key, label in zip(CAUSES, _CAUSE_LABELS, strict=True)),
    FieldSpec(
        "reason",
        "原因说明",
        FieldKind.TEXT,
        help="有偏差的写清楚原因和措施",
        example="6月连续降雨，路基工程顺延，8月起增加两个班组赶工",
        max_length=500,
        width=22,
    ),
    FieldSpec(
        "likelihood",
        "完成目标可能性",
        FieldKind.CHOICE,
        help="预计年底能不能完成年度指标值",
        choices=_likelihoods,
        is_required=True,
        width=11,
    ),
    FieldSpec(
        "remark",
        "备注",
        FieldKind.TEXT,
        help="预计年底不能完成的原因和拟采取的措施",
        example="已商主管部门调剂",
        max_length=300,
        width=14,
    ),
)

INDICATOR_TABLE = TableSpec(
    key=INDICATORS,
    label="绩效指标",
    columns=_COLUMNS,
    help="逐条填写执行情况，可以从 Excel 复制后粘贴",
    is_indicator_table=True,
    is_visible=is_full,
    has_fixed_rows=has_target,
    fixed_note="指标取自本年度绩效目标，不能增减；目标里没有的行，清空填写的内容后自动去掉",
)

TARGET_SECTION = SectionSpec(
    "年度总体目标",
    (
        FieldSpec(
            "annual_target",
            "年度总体目标",
            FieldKind.LONG_TEXT,
            help="与批复的年度绩效目标一致",
            example="完成 12 公里村道日常养护，路况优良率达到 85%以上",
            is_required=True,
            max_length=2000,
            prefill=target_text,
            is_locked=has_target_text,
            lock_note=_TARGET_NOTE,
        ),
    ),
)

SUMMARY_SECTION = SectionSpec(
    "执行情况小结",
    (
        FieldSpec(
            "progress_summary",
            "执行情况小结",
            FieldKind.LONG_TEXT,
            help="资金用到哪里、目标完成到什么程度、存在什么问题、下一步怎么办",
            example="截至7月底养护村道 7 公里，占全年任务的 58%；预计年底能够完成，无偏差",
            is_required=True,
            max_length=1000,
            is_visible=is_simple,
        ),
    ),
    help="简易跟踪的项目填写",
)

ANSWER_SECTION = SectionSpec(
    "预警答复",
    (
        FieldSpec(
            "alarm_answer",
            "预警答复",
            FieldKind.CHOICE,
            help="低于警戒线的选择处理意见，没有预警不用填",
            choices=_answers,
            is_visible=_asks_answer,
        ),
        FieldSpec(
            "alarm_measures",
            "答复说明",
            FieldKind.TEXT,
            help="写明理由和措施",
            example="9月底前完成招标，10月支付 40 万元",
            max_length=300,
            is_visible=_asks_answer,
        ),
    ),
)
