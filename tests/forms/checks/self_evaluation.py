"""Examples of C28 to C41 and C52: a self-evaluation against its target, its money, its rule and its evidence."""

from __future__ import annotations

from dataclasses import replace

from forms.context import FormContext
from models.domain.background import LedgerLine, UnitFiling
from models.domain.filing import FilingStatus
from tests.forms import cases
from tests.forms.cases import KIT_101, line
from tests.forms.checks.examples import E, Fails, Passes, W
from tests.forms.self_evaluations import (
    altered,
    begun,
    changed,
    context,
    filled,
    spent,
    typed,
)

GIVEN = context()
PAID = context(ledger=LedgerLine(118_000_000, source="2025年12月"))
PAID_LESS = context(ledger=LedgerLine(110_000_000, source="2025年12月"))
UNAPPROVED = context(approved=None)


def _added() -> dict[str, object]:
    rows = [*filled()["indicators"], line(9, "output.quantity", "清理边沟长度", "≥5", "公里", "0")]
    return {**filled(), "indicators": rows}


def _removed() -> dict[str, object]:
    return {**filled(), "indicators": [row for row in filled()["indicators"] if row["row_id"] != "r3"]}


def _exactly() -> dict[str, object]:
    answers = filled()
    for row_id, value in {
        "r1": "9.6",
        "r2": "12",
        "r3": "36",
        "r4": "85",
        "r5": "96",
        "r6": "8600",
        "r8": "90",
    }.items():
        answers = typed(GIVEN, answers, ("indicators", row_id, "actual_value"), value)
    return answers


def _unspent() -> dict[str, object]:
    answers = filled()
    for row_id in ("total", "fiscal", "carryover", "other"):
        answers = altered(answers, row_id, "funds", spending_fen=None, rate=None)
    return altered(answers, "total", "funds", score=None)


def _for_nothing() -> dict[str, object]:
    answers = typed(GIVEN, spent(0), ("funds", "other", "spending_fen"), 0)
    return {**answers, "execution_reason": "资金没有下达，全部工作由镇里垫付完成。"}


def _late(**changes: object) -> dict[str, object]:
    """Done after its time, in a row with words for a value."""
    answers = typed(UNAPPROVED, filled(), ("indicators", "r7", "planned_value"), "2025年11月底前")
    answers = typed(UNAPPROVED, answers, ("indicators", "r7", "actual_value"), "2025年12月15日")
    for column, value in changes.items():
        answers = typed(UNAPPROVED, answers, ("indicators", "r7", column), value)
    return answers


def _given_and_spread() -> dict[str, object]:
    """Points a person gave where no grade tells them, and another row that does not apply."""
    return typed(UNAPPROVED, _late(score="4"), ("indicators", "r3", "actual_value"), "不适用")


def _in_yuan() -> dict[str, object]:
    """Budget and spending typed in 元."""
    return typed(GIVEN, spent(1_180_000_000_000), ("funds", "fiscal", "annual_fen"), 1_200_000_000_000)


def _unread() -> dict[str, object]:
    return typed(GIVEN, filled(), ("funds", "fiscal", "spending_fen"), "十来万")


def _fail(code, name, answers, severity, place, *says, given=GIVEN) -> Fails:
    return Fails(code, name, answers, severity, place, says, given)


def _whole(**changes: object) -> FormContext:
    """The town's overall self-evaluation beside those of its projects."""
    projects = (
        UnitFiling("self_evaluation", "p1", "01", "农村公路养护", FilingStatus.SEALED, {}, 128_400_000),
        UnitFiling("self_evaluation", "p2", "02", "生活垃圾清运", FilingStatus.SEALED, {}, 96_500_000),
    )
    return cases.context(
        KIT_101, "overall_expenditure_self_evaluation", **{"unit_filings": projects, **changes}
    )


def _town(given: FormContext, project_fen: int | None = None) -> dict[str, object]:
    answers = begun(given)
    return (
        answers
        if project_fen is None
        else typed(given, answers, ("funds", "project", "annual_fen"), project_fen)
    )


WHOLE = _whole()
UNEVALUATED = _whole(
    unit_filings=(
        *WHOLE.unit_filings,
        UnitFiling("performance_target", "p3", "03", "森林防火", FilingStatus.APPROVED, {}),
    )
)
TWICE = _whole(
    unit_filings=(*WHOLE.unit_filings, replace(WHOLE.unit_filings[1], project_id="p4", amount_fen=0))
)

FAILING = [
    _fail("C42", "another sum", _town(WHOLE, 200_000_000), E, "funds[project].annual_fen", "200 万元", "224.90 万元", "相差 24.90 万元", given=WHOLE),
    _fail("C42", "a project missing", _town(UNEVALUATED), E, "funds[project].fund_source", "“森林防火”", given=UNEVALUATED),
    _fail("C42", "a code twice", _town(TWICE), E, "funds[project].spending_fen", "项目代码重复", "02", given=TWICE),
    _fail("C28", "another value", altered(filled(), "r2", planned_value="11"), E, "indicators[r2].planned_text", "“≥11公里”", "“≥12公里”"),
    _fail("C28", "another sign", altered(filled(), "r1", comparator="≥"), E, "indicators[r1].planned_text", "≤9.6"),
    _fail("C28", "another weight", altered(filled(), "r3", weight="9"), E, "indicators[r3].weight", "9 分", "8 分"),
    _fail("C29", "added", _added(), E, "indicators[r9].third_level", "清理边沟长度", "绩效目标调整"),
    _fail("C29", "missing", _removed(), E, "indicators", "安全设施维修数量", "没有自评"),
    _fail("C30", "no spending", _unspent(), E, "funds[fiscal].spending_fen", "还没有填写全年执行数"),
    _fail("C30", "overspent", spent(130_000_000), E, "funds[fiscal].spending_fen", "108.33%", "多于全年预算数"),
    _fail("C30", "wrong rate", altered(filled(), "total", "funds", rate="0.9"), E, "funds[total].rate", "90.00%", "98.44%"),
    _fail("C31", "wrong points", altered(filled(), "total", "funds", score="9"), E, "funds[total].score", "9 分", "9.84 分"),
    _fail("C31", "above full marks", altered(filled(), "total", "funds", score="12"), E, "funds[total].score", "超过分值 10 分"),
    _fail("C32", "above", altered(filled(), "r2", score="11"), E, "indicators[r2].score", "超过分值 10 分"),
    _fail("C32", "below nought", altered(filled(), "r2", score="-1"), E, "indicators[r2].score", "小于 0"),
    _fail("C33", "other than the rule", altered(filled(), "r2", score="10"), E, "indicators[r2].score", "10 × 11.20 ÷ 12 = 9.33"),
    _fail("C33", "outside the grade", changed("r7", score="5"), E, "indicators[r7].score", "6.40 至 8.00 分"),
    _fail("C33", "not to be reckoned", changed("r2", actual_value="基本完成"), E, "indicators[r2].actual_value", "基本完成", "算不出得分"),
    _fail("C33", "blank", altered(filled(), "r2", score=None), E, "indicators[r2].score", "9.33"),
    _fail("C34", "points beyond 100", altered(filled(), "r3", weight="18"), E, "indicators", "110 分", "应为 100 分", given=UNAPPROVED),
    _fail("C10", "no indicator at all", {**filled(), "indicators": []}, E, "indicators", "一条指标也没有填写", given=UNAPPROVED),
    _fail("C34", "another total", {**filled(), "total_score": "98"}, E, "indicators", "99.17", "相差 1.17 分"),
    _fail("C34", "no total", {**filled(), "total_score": None}, E, "indicators", "加起来是 99.17 分"),
    _fail("C34", "another grade", {**filled(), "grade": "良"}, E, "indicators", "“良”", "“优”"),
    _fail("C34", "a sign copied", changed("r2", actual_value="≥12"), E, "indicators[r2].actual_value", "带着符号“≥”"),
    _fail("C35", "no reason", changed("r2", deviation_reason=None), E, "indicators[r2].deviation_reason", "没有达到，没有说明原因"),
    _fail("C35", "nothing said", changed("r2", deviation_reason="已完成"), W, "indicators[r2].deviation_reason", "只写了“已完成”"),
    _fail("C35", "not applicable without a reason", changed("r3", actual_value="不适用"), E, "indicators[r3].deviation_reason", "没有写明原因"),
    _fail("C36", "low", spent(90_000_000), E, "execution_reason", "76.64%", "低于 90%"),
    _fail("C36", "budget changed", typed(GIVEN, filled(), ("funds", "fiscal", "initial_fen"), 150_000_000), W, "execution_reason", "年中调整了"),
    _fail("C37", "far beyond", changed("r3", actual_value="60"), W, "indicators[r3].deviation_reason", "超出 66.67%"),
    _fail("C38", "words of the target", changed("r7", actual_value="健全"), W, "indicators[r7].actual_value", "一字不差"),
    _fail("C38", "no grade", changed("r7", actual_value="建了三项制度"), E, "indicators[r7].actual_value", "建了三项制度", "达成预期指标"),
    _fail("C38", "too late", _late(), E, "indicators[r7].actual_value", "晚于“2025年11月底前”", "得分栏", given=UNAPPROVED),
    _fail("C36", "in 元 instead of 万元", _in_yuan(), W, "execution_reason", "像是按元填写了"),
    _fail("C30", "in 元 instead of 万元", spent(1_180_000_000_000), E, "funds[fiscal].spending_fen", "像是按元填写了，按万元应填 118.00"),
    _fail("C55", "a source nobody can read", _unread(), E, "funds[fiscal].spending_fen", "“十来万”不是金额"),
    _fail("C39", "exactly at the target", _exactly(), W, "indicators", "7 条定量指标"),
    _fail("C40", "another unit", changed("r2", actual_value="11200平方米"), W, "indicators[r2].actual_value", "平方米", "公里"),
    _fail("C41", "output for nothing", _for_nothing(), W, "funds[total].spending_fen", "一分钱也没有执行"),
    _fail("C52", "another figure", filled(PAID_LESS), W, "funds[fiscal].spending_fen", "118 万元", "110 万元", "相差 8 万元", given=PAID_LESS),
]  # fmt: skip

PASSING = [
    Passes("C42", "the sum of the projects", _town(WHOLE), WHOLE),
    Passes("C42", "projects not known", _town(_whole(unit_filings=()), 1), _whole(unit_filings=())),
    Passes("C28", "the unit spelled out", altered(filled(), "r2", planned_value="12000", measure_unit="米"), GIVEN),
    Passes("C28", "nothing approved", altered(filled(), "r2", planned_value="11"), UNAPPROVED),
    Passes("C29", "as approved", filled(), GIVEN),
    Passes("C29", "nothing approved", _removed(), UNAPPROVED),
    Passes("C30", "nothing carried over", filled(), GIVEN),
    Passes("C31", "by the rule", filled(), GIVEN),
    Passes("C32", "full marks", changed("r2", actual_value="12"), GIVEN),
    Passes("C33", "within the grade", changed("r7", score="6.8"), GIVEN),
    Passes("C33", "not applicable", changed("r3", actual_value="不适用", deviation_reason="设施已移交县公路局养护"), GIVEN),
    Passes("C34", "not applicable, points spread", changed("r3", actual_value="不适用", deviation_reason="设施已移交县公路局养护"), GIVEN),
    Passes("C34", "nothing to add up yet", {**filled(), "indicators": [], "total_score": None}, UNAPPROVED),
    Passes("C34", "points people gave", changed("r7", score="6.8"), GIVEN),
    Passes("C34", "points people gave beside points spread", _given_and_spread(), UNAPPROVED),
    Passes("C38", "too late, judged by people", _late(score="4"), UNAPPROVED),
    Passes("C41", "what is spent cannot be read", _unread(), GIVEN),
    Passes("C52", "what is spent cannot be read", _unread(), PAID),
    Passes("C35", "a reason", filled(), GIVEN),
    Passes("C36", "low with a reason", spent(90_000_000, execution_reason="尾款于次年一月支付，今后提前办理结算。"), GIVEN),
    Passes("C37", "a little more", changed("r3", actual_value="40"), GIVEN),
    Passes("C38", "a grade", filled(), GIVEN),
    Passes("C39", "files behind every row", filled(), GIVEN),
    Passes("C40", "metres for kilometres", changed("r2", actual_value="11200米"), GIVEN),
    Passes("C41", "spent and done", filled(), GIVEN),
    Passes("C52", "as paid", filled(PAID), PAID),
    Passes("C52", "no payment list", filled(), GIVEN),
]  # fmt: skip
