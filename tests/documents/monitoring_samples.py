"""Monitoring forms as the golden records hold them (运行监控金样): filled in, the unit as a whole, the short way."""

from __future__ import annotations

from dataclasses import replace

from forms import registry
from forms.sheet import Sheet
from tests.forms import monitoring_cases as july
from tests.forms.cases import KIT_101
from tests.forms.full_answers import full_answers
from tests.forms.monitoring_cases import IN_STEP, JULY, TOWN_JULY, WAN


def monitoring() -> Sheet:
    """The road project in July, one indicator in doubt, the budget adjusted."""
    form = registry.form("monitoring")
    answers = july.row(
        IN_STEP,
        "r2",
        value_to_date="5",
        likelihood="possible",
        cause_funds="yes",
        cause_staff="yes",
        reason="6月连续降雨，路基工程顺延，8月起增加两个班组赶工",
        remark="已商主管部门",
    )
    answers = july.fund(answers, "total", annual_budget_fen=120 * WAN)
    return form.build_sheet(form, JULY, form.derive(JULY, answers))


def overall() -> Sheet:
    """The town as a whole, everything filled in."""
    form = registry.form("overall_expenditure_monitoring")
    return form.build_sheet(form, TOWN_JULY, full_answers(form, TOWN_JULY))


def short_way() -> Sheet:
    """A small project where the place follows only big ones in full, and asks for an answer to an alarm."""
    assert KIT_101.monitoring is not None
    rule = replace(KIT_101.monitoring, key_amount_fen=200 * WAN, answers=("继续执行", "调剂", "取消"))
    given = july.context(replace(KIT_101, monitoring=rule))
    form = registry.form("monitoring")
    answers = {
        **july.blank(given),
        "alarm_answer": "继续执行",
        "alarm_measures": "9月底前完成招标，10月支付 40 万元",
        "progress_summary": "截至7月底养护村道 7 公里，占全年任务的 58%；预计年底能够完成。",
    }
    return form.build_sheet(form, given, form.derive(given, answers))


MONITORING_SAMPLES = {
    "monitoring": monitoring,
    "overall_expenditure_monitoring": overall,
    "monitoring_short_way": short_way,
}
