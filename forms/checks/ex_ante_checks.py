"""The checks of ex-ante reports, C56 to C59 (事前绩效评估报告的校验), as the catalogue lists them."""

from __future__ import annotations

from forms.checks import ex_ante_report, ex_ante_result, ex_ante_settings
from forms.checks.engine import Check
from forms.findings import Severity

_E, _W = Severity.BLOCKING, Severity.EXPLAIN

EX_ANTE_CHECKS = (
    Check(
        "C56",
        "评估报告内容",
        "事前绩效评估报告的各部分要写，不能太短；高评级要有依据；必备材料要附上或写明原因。",
        (_E, _W),
        of_form=ex_ante_report.report_contents,
        records=(ex_ante_settings.ReportTextSetting,),
    ),
    Check(
        "C57",
        "评估得分和结论",
        "得分和总分要与评级一致；评估结论要与分档一致，不一致的要说明；有否决事项的只能不予支持。",
        (_E, _W),
        of_form=ex_ante_result.scores_and_conclusion,
        needs="任务参数包里的事前绩效评估评分方案",
        is_runnable=ex_ante_result.has_scheme,
    ),
    Check(
        "C58",
        "送审、审定和审减",
        "审减金额等于送审金额减审定金额，审定金额不能多于送审金额；不予支持的审定金额为 0。",
        (_E, _W),
        of_form=ex_ante_result.amounts,
        records=(ex_ante_settings.ReductionSetting,),
    ),
    Check(
        "C59",
        "评估报告与绩效目标申报",
        "评估报告的名称、金额、期限和目标要与同一项目的绩效目标申报表一致。",
        (_W,),
        of_form=ex_ante_report.agrees_with_target,
        needs="同一项目的绩效目标申报表",
        is_runnable=ex_ante_report.has_target,
    ),
)
"""In the order of their numbers."""
