"""Examples of the monitoring checks (监控校验样例), C24 to C27, C52, and C3 between money rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from forms.context import FormContext
from models.domain.background import LedgerLine
from tests.forms import monitoring_cases as july
from tests.forms.checks.examples import E, Fails, Passes, W
from tests.forms.monitoring_cases import IN_STEP, JULY, WAN, fund, row

_SPENT = "funds[total].spending_to_date_fen"
_NO_MONTH = replace(JULY, task=replace(JULY.task, period_month=0, period=""))
_AFTER_JUNE = replace(JULY, periods=july.june(row(IN_STEP, "r2", value_to_date="8")))
_SLOW = july.filled(
    JULY, {"total": (128_400_000, 40_000_000, 128_400_000), "fiscal": (120_000_000, 36_000_000, 120_000_000)}
)
_BY_HAND = july.context(target=None)


def _hand_filled() -> dict[str, object]:
    """A filing without a target: the clerk types the indicator as well."""
    typed = {
        "row_id": "r1",
        "first_level": "output",
        "second_level": "quantity",
        "third_level": "养护里程",
        "planned_value": "≥12公里",
        "value_to_date": "7",
        "forecast_value": "12",
        "likelihood": "certain",
    }
    return {**IN_STEP, "indicators": [typed]}


def _paid(amount: int, month: int, day: int) -> FormContext:
    """July with a payment progress list of a day, in 万元."""
    until = date(JULY.budget_year, month, day)
    return replace(JULY, ledger=LedgerLine(amount * WAN, until, "国库月报"))


FAILING = [
    Fails("C52", "another figure than the month's list", IN_STEP, W, "funds[fiscal].spending_to_date_fen",
          ("1—7月执行数", "66 万元", "60 万元", "相差 6 万元"), _paid(60, 7, 31)),
    Fails("C52", "more than a later list has paid", IN_STEP, W, "funds[fiscal].spending_to_date_fen",
          ("60 万元",), _paid(60, 9, 30)),
    Fails("C3", "money rows", fund(IN_STEP, "other", spending_to_date_fen=5 * WAN), E, _SPENT,
          ("年度资金总额的1—7月执行数", "其他资金 5 万元", "相差 1 万元"), JULY),
    Fails("C3", "total row left out", fund(IN_STEP, "total", initial_budget_fen=None), E,
          "funds[total].initial_budget_fen", ("还没有填写", "应为 128.40 万元"), JULY),
    Fails("C10", "no indicator at all", {**IN_STEP, "indicators": []}, E, "indicators", ("一条指标也没有填写",), _BY_HAND),
    Fails("C24", "overspent", fund(fund(IN_STEP, "total", spending_to_date_fen=130 * WAN), "fiscal",
                                   spending_to_date_fen=126 * WAN),
          E, _SPENT, ("已执行 130 万元", "多于全年预算 128.40 万元"), JULY),
    Fails("C24", "source overspent", fund(fund(IN_STEP, "other", spending_to_date_fen=10 * WAN), "fiscal",
                                          spending_to_date_fen=60 * WAN),
          E, "funds[other].spending_to_date_fen", ("其他资金的执行数", "多于全年预算 8.40 万元"), JULY),
    Fails("C24", "nothing filled in", {**IN_STEP, "funds": [{"row_id": "total", "source": "年度资金总额"}]}, E,
          "funds[total].initial_budget_fen", ("还没有填写年初预算数、执行数、全年预计执行数",), JULY),
    Fails("C24", "no month", IN_STEP, E, "period_month", ("还没有填写截至几月",), _NO_MONTH),
    Fails("C24", "behind", _SLOW, W, _SPENT,
          ("占全年预算 128.40 万元的 31.15%", "低于 6 月底的警戒线 40%", "慢", "个百分点"), JULY),
    Fails("C24", "money runs ahead", row(row(IN_STEP, "r2", value_to_date="3"), "r6", value_to_date="2000"), W,
          _SPENT, ("比绩效目标完成进度", "快"), JULY),
    Fails("C25", "in doubt", row(IN_STEP, "r2", likelihood="possible"), E, "indicators[r2].reason",
          ("养护里程", "“有可能”", "没有填偏差原因"), JULY),
    Fails("C25", "impossible", row(IN_STEP, "r3", likelihood="impossible"), E, "indicators[r3].reason",
          ("“完全不可能”",), JULY),
    Fails("C25", "a cause though certain", row(IN_STEP, "r2", cause_funds="yes"), W, "indicators[r2].likelihood",
          ("“经费保障”", "“确定能”"), JULY),
    Fails("C26", "forecast short", row(IN_STEP, "r2", forecast_value="10"), W, "indicators[r2].forecast_value",
          ("“10”", "“≥12公里”", "“确定能”"), JULY),
    Fails("C26", "cost over", row(IN_STEP, "r1", forecast_value="9.8"), W, "indicators[r1].forecast_value",
          ("“≤9.6万元”",), JULY),
    Fails("C24", "in 元 instead of 万元", fund(fund(IN_STEP, "total", spending_to_date_fen=700_004 * WAN), "fiscal",
                                               spending_to_date_fen=700_000 * WAN),
          E, "funds[fiscal].spending_to_date_fen", ("像是按元填写了，按万元应填 70.00",), JULY),
    Fails("C25", "in doubt, and no cause", row(IN_STEP, "r2", likelihood="possible", reason="无"), E,
          "indicators[r2].reason", ("没有填偏差原因",), JULY),
    Fails("C26", "words for a number", row(IN_STEP, "r2", value_to_date="一般"), W, "indicators[r2].value_to_date",
          ("“一般”读不出数", "“≥12公里”"), JULY),
    Fails("C26", "words for a forecast", row(IN_STEP, "r2", forecast_value="能完成"), W, "indicators[r2].forecast_value",
          ("“能完成”读不出数",), JULY),
    Fails("C27", "fewer than before", IN_STEP, W, "indicators[r2].value_to_date",
          ("填的是 7公里", "上期（1—6月）是 8公里"), _AFTER_JUNE),
]  # fmt: skip

PASSING = [
    Passes("C52", "as paid by the month's end", IN_STEP, _paid(66, 7, 31)),
    Passes("C52", "a later list has paid more", IN_STEP, _paid(90, 9, 30)),
    Passes("C52", "an earlier list tells nothing", IN_STEP, _paid(50, 6, 30)),
    Passes("C3", "money rows that add up", IN_STEP, JULY),
    Passes("C3", "no other funds", fund(fund(IN_STEP, "total", spending_to_date_fen=66 * WAN), "other",
                                        spending_to_date_fen=None), JULY),
    Passes("C24", "in step", IN_STEP, JULY),
    Passes("C24", "within the adjusted budget",
           fund(fund(IN_STEP, "total", initial_budget_fen=60 * WAN, annual_budget_fen=128_400_000), "fiscal",
                initial_budget_fen=52 * WAN, annual_budget_fen=120 * WAN), JULY),
    Passes("C24", "month chosen by the clerk", {**IN_STEP, "period_month": "7"}, _NO_MONTH),
    Passes("C25", "certain", IN_STEP, JULY),
    Passes("C25", "in doubt with a cause", row(IN_STEP, "r2", likelihood="possible", cause_funds="yes"), JULY),
    Passes("C25", "in doubt with a reason", row(IN_STEP, "r2", likelihood="possible", reason="连续降雨，顺延"), JULY),
    Passes("C25", "certain, and says so", row(IN_STEP, "r2", reason="无偏差"), JULY),
    Passes("C26", "a stroke for no number yet", row(IN_STEP, "r2", value_to_date="—"), JULY),
    Passes("C26", "in doubt says so", row(IN_STEP, "r2", forecast_value="10", likelihood="possible"), JULY),
    Passes("C26", "within the cost", IN_STEP, JULY),
    Passes("C10", "rows of a target", IN_STEP, JULY),
    Passes("C26", "typed by hand", _hand_filled(), _BY_HAND),
    Passes("C27", "more than before", IN_STEP, replace(JULY, periods=july.june(row(IN_STEP, "r2", value_to_date="6")))),
    Passes("C27", "a rate may fall", IN_STEP, replace(JULY, periods=july.june(row(IN_STEP, "r4", value_to_date="90")))),
    Passes("C27", "costs may fall", IN_STEP, replace(JULY, periods=july.june(row(IN_STEP, "r1", value_to_date="9.5")))),
    Passes("C27", "nothing before", IN_STEP, JULY),
]  # fmt: skip
