"""The self-evaluation checks in the catalogue (自评校验目录): C28 to C41."""

from __future__ import annotations

from forms.checks import adjustment, self_evaluation_form, self_evaluation_settings, target_review
from forms.checks.by_form import by_form
from forms.checks.engine import Check
from forms.checks.settings import SharedWords
from forms.findings import Severity

SELF_EVALUATION_CHECKS = (
    Check(
        "C28",
        "与批复的指标值一致",
        "指标值、符号、单位（任务参数包规定申报时定分值的，还有分值）要与批复的绩效目标一致，改动要先办绩效目标调整。",
        (Severity.BLOCKING,),
        of_form=by_form(self_evaluation_form.other_values, target_adjustment=adjustment.old_values),
        needs="批复的绩效目标",
        is_runnable=self_evaluation_form.has_approved,
    ),
    Check(
        "C29",
        "与批复的指标一致",
        "批复的指标都要自评，不能增加或减少。",
        (Severity.BLOCKING,),
        of_form=by_form(self_evaluation_form.other_indicators, target_adjustment=adjustment.old_indicators),
        needs="批复的绩效目标",
        is_runnable=self_evaluation_form.has_approved,
    ),
    Check(
        "C30",
        "执行率",
        "执行率等于全年执行数除以全年（调整后）预算数，执行数不能多于预算数，两个数都要填写。",
        (Severity.BLOCKING,),
        of_form=self_evaluation_form.rates,
        records=(self_evaluation_settings.ExecutionSetting,),
    ),
    Check(
        "C31",
        "预算执行得分",
        "预算执行得分按计分规则计算，不超过分值。",
        (Severity.BLOCKING,),
        of_form=self_evaluation_form.execution_points,
        records=(self_evaluation_settings.ExecutionSetting,),
    ),
    Check(
        "C32",
        "得分范围",
        "每条指标的得分在 0 和分值之间。",
        (Severity.BLOCKING,),
        of_form=by_form(self_evaluation_form.points_in_range, target_review=target_review.points),
    ),
    Check(
        "C33",
        "指标得分",
        "指标得分按计分规则计算；定性指标在完成档次的分值区间内评定；实际完成值要能计分。",
        (Severity.BLOCKING,),
        of_form=self_evaluation_form.points_by_rule,
        records=(self_evaluation_settings.RowScoreSetting,),
    ),
    Check(
        "C34",
        "分值、总分和等级",
        "各行分值连同预算执行合计要等于计分方案的总分，总分等于各项得分之和，等级与总分相符；实际完成值不带符号。",
        (Severity.BLOCKING,),
        of_form=by_form(self_evaluation_form.totals, target_review=target_review.result),
        records=(self_evaluation_settings.TotalSetting, SharedWords),
    ),
    Check(
        "C35",
        "偏差原因和改进措施",
        "没有完成的指标要写明原因和改进措施；不适用的指标要写明理由；目标审核扣了分的要写明存在的问题。",
        (Severity.BLOCKING, Severity.EXPLAIN),
        of_form=by_form(self_evaluation_form.reasons, target_review=target_review.deductions),
        records=(self_evaluation_settings.ReasonSetting,),
    ),
    Check(
        "C36",
        "执行率偏低和预算调整",
        "执行率低于界限的要写明原因；年中调整预算较多的要说明。",
        (Severity.BLOCKING, Severity.EXPLAIN),
        of_form=self_evaluation_form.low_rates,
        records=(self_evaluation_settings.LowExecutionSetting, self_evaluation_settings.ReasonSetting),
    ),
    Check(
        "C37",
        "超额完成",
        "超额完成太多的要说明；说明是指标值偏低的，要核减得分。",
        (Severity.EXPLAIN,),
        of_form=self_evaluation_form.excess,
        records=(self_evaluation_settings.ReasonSetting,),
    ),
    Check(
        "C38",
        "完成情况的文字",
        "定性指标要选规定的完成档次，不能照抄指标值。",
        (Severity.BLOCKING, Severity.EXPLAIN),
        of_form=self_evaluation_form.completion_words,
    ),
    Check(
        "C39",
        "完成情况过于整齐",
        "填了满意度没有调查依据、得分很高没有佐证材料、各条指标都恰好等于指标值的，要说明。",
        (Severity.EXPLAIN,),
        of_form=self_evaluation_form.unlikely,
        records=(self_evaluation_settings.TooGoodSetting,),
    ),
    Check(
        "C40",
        "完成值的单位",
        "实际完成值与指标值用同一单位，人数不用“个”，相差一万倍的要核对。",
        (Severity.EXPLAIN,),
        of_form=self_evaluation_form.units,
        records=(SharedWords,),
    ),
    Check(
        "C41",
        "资金与完成情况",
        "一分钱没有执行却有完成数量，或资金全部执行却有指标没有完成的，要说明。",
        (Severity.EXPLAIN,),
        of_form=self_evaluation_form.money_and_results,
    ),
)
"""In the order of their numbers."""
