"""Rows of a monitoring period (监控指标行): C25 likelihood and causes, C26 forecasts and what is no number, C27 values that fell back."""

from __future__ import annotations

from collections.abc import Iterator

from forms.checks.monitoring_lines import MonitoredLine, is_cumulative
from forms.checks.monitoring_settings import CumulativeSetting, LikelihoodSetting
from forms.checks.self_evaluation_lines import is_blank_text
from forms.checks.settings import CheckSettings, SharedWords
from forms.checks.wording import clipped, number_text
from forms.findings import Finding, Severity
from forms.scoring.comparison import reaches_planned


def likelihood_findings(line: MonitoredLine, settings: CheckSettings) -> Iterator[Finding]:
    """C25: in doubt without a cause, or a cause though all is certain."""
    setting = settings.find(LikelihoodSetting)
    if setting is None:
        return
    has_cause = line.has_cause and setting.names_cause(line.cause_text)
    if line.likelihood in setting.doubtful and not has_cause:
        yield Finding(
            code="C25",
            severity=Severity.BLOCKING,
            place=line.place(line.columns.reason),
            subject=line.subject,
            message=f"完成目标可能性是“{line.likelihood}”，没有填偏差原因",
            remedy="请填写偏差原因和措施",
            why="可能完不成的，要写明原因。",
            also=(line.place(line.columns.likelihood),),
        )
    elif line.likelihood in setting.certain and has_cause:
        yield Finding(
            code="C25",
            severity=Severity.EXPLAIN,
            place=line.place(line.columns.likelihood),
            subject=line.subject,
            message=f"填了偏差原因“{clipped(line.cause_text)}”，完成目标可能性却是“{line.likelihood}”",
            remedy="请核对可能性；确实能完成的，请说明",
            why="有偏差原因的，要核实能不能完成。",
            also=(line.place(line.columns.reason),),
        )


def forecast_findings(line: MonitoredLine, settings: CheckSettings) -> Iterator[Finding]:
    """C26: a forecast short of the target that is said to be certain."""
    setting = settings.find(LikelihoodSetting)
    if setting is None or line.likelihood not in setting.certain or not line.forecast.actual_text:
        return
    if reaches_planned(line.forecast) is not False:
        return
    expected, planned = clipped(line.forecast.actual_text), clipped(line.forecast.planned_text)
    yield Finding(
        code="C26",
        severity=Severity.EXPLAIN,
        place=line.place(line.columns.forecast),
        subject=line.subject,
        message=f"全年预计完成“{expected}”，达不到指标值“{planned}”，完成目标可能性却是“{line.likelihood}”",
        remedy="请核对预计完成情况和可能性；确实能完成的，请说明",
        why="预计达不到指标值的，不能填确定能完成。",
        also=(line.place(line.columns.likelihood),),
    )


def unread_findings(line: MonitoredLine) -> Iterator[Finding]:
    """C26, second half: words where the indicator is measured by a number, so that no progress can be told."""
    told = (
        (line.to_date, line.columns.value, "执行情况"),
        (line.forecast, line.columns.forecast, "全年预计完成情况"),
    )
    for read, column, label in told:
        is_measured = read.comparator.is_numeric and read.planned_value is not None
        if not is_measured or read.actual_value is not None or is_blank_text(read.actual_text):
            continue
        yield Finding(
            code="C26",
            severity=Severity.EXPLAIN,
            place=line.place(column),
            subject=f"{line.subject}的{label}",
            message=f"“{clipped(read.actual_text)}”读不出数，指标值“{clipped(read.planned_text)}”是按数字考核的",
            remedy="请填数字，情况写在原因说明或备注里；确实还没有数的，请说明",
            why="不填数字，判断不了进度，也亮不出预警灯。",
        )


def fallen_findings(line: MonitoredLine, settings: CheckSettings) -> Iterator[Finding]:
    """C27: a value that adds up over the year and is lower than in the period before."""
    setting, words = settings.find(CumulativeSetting), settings.find(SharedWords)
    value = line.to_date.actual_value
    if setting is None or words is None or line.previous is None or value is None:
        return
    if value >= line.previous or not is_cumulative(line.to_date, setting, words):
        return
    unit = line.to_date.measure_unit
    yield Finding(
        code="C27",
        severity=Severity.EXPLAIN,
        place=line.place(line.columns.value),
        subject=line.subject,
        message=f"填的是 {number_text(value)}{unit}，上期（{line.previous_period}）是 "
        f"{number_text(line.previous)}{unit}，比上期还少",
        remedy="请核对，填年初以来的累计数；确实减少的，请说明原因",
        why="累计完成的数，后一期不应当比前一期少。",
        values=(("本期", f"{number_text(value)}{unit}"), ("上期", f"{number_text(line.previous)}{unit}")),
    )
