"""The monitoring checks in the catalogue (监控校验目录): C24 to C27."""

from __future__ import annotations

from forms.checks import monitoring, monitoring_settings
from forms.checks.engine import Check
from forms.checks.settings import SharedWords
from forms.findings import Severity

MONITORING_CHECKS = (
    Check(
        "C24",
        "监控资金与进度",
        "执行数不能多于全年（调整后）预算数，不能小于 0，要写明截至几月；执行率低于当月警戒线，或者与绩效目标完成进度相差过大的，要说明。",
        (Severity.BLOCKING, Severity.EXPLAIN),
        of_form=monitoring.money_of_period,
        records=(monitoring_settings.AlarmSetting, monitoring_settings.CumulativeSetting, SharedWords),
    ),
    Check(
        "C25",
        "可能性与偏差原因",
        "完成目标可能性是“有可能”“完全不可能”的，要勾选偏差原因或写原因说明；有偏差原因却填“确定能”的，要说明。",
        (Severity.BLOCKING, Severity.EXPLAIN),
        of_row=monitoring.row_of_period,
        records=(monitoring_settings.LikelihoodSetting,),
    ),
    Check(
        "C26",
        "预计完成情况与可能性",
        "全年预计完成情况达不到年度指标值的，不应填“确定能”；按数字考核的指标，执行情况和预计完成情况要填数字。",
        (Severity.EXPLAIN,),
        of_row=monitoring.forecast_of_row,
        records=(monitoring_settings.LikelihoodSetting,),
    ),
    Check(
        "C27",
        "与上期比较",
        "累计完成的数不应比上一期少。",
        (Severity.EXPLAIN,),
        of_row=monitoring.fallen_row,
        needs="上一期的监控表",
        is_runnable=monitoring.has_period_before,
        records=(monitoring_settings.CumulativeSetting, SharedWords),
    ),
)
"""In the order of their numbers."""
