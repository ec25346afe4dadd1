"""What a monitoring form takes over and computes: the target's rows, money, periods, the short way, its sheet."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given as sampled
from hypothesis import strategies as st

from forms import registry
from forms.answers import blank_answers
from forms.context import FormContext
from forms.monitoring_period import earlier, month_of, period_text
from forms.monitoring_rows import derived, synced
from forms.monitoring_sources import known_budget
from models.domain.background import ApprovedTarget, PeriodFiling
from models.domain.project import RegisterEntry
from tests.forms import cases
from tests.forms import monitoring_cases as july
from tests.forms.cases import KIT_101, ROADS, TOWN
from tests.forms.full_answers import full_answers
from tests.forms.monitoring_cases import IN_STEP, JULY, TOWN_JULY, WAN

FORM = registry.form("monitoring")


def _cell(given: FormContext, answers: Any, label: str) -> list[Any]:
    """Values of the cells with a text in them, for counting."""
    return [cell for cell in FORM.build_sheet(FORM, given, answers).cells if cell.value == label]


class TestTakingOver:
    def test_a_new_filing_has_the_targets_rows_text_and_money(self) -> None:
        answers = july.blank(JULY)
        assert [row["third_level"] for row in answers["indicators"]] == [
            row["third_level"] for row in ROADS["indicators"]
        ]
        assert answers["indicators"][1]["planned_value"] == "≥12公里"
        assert answers["annual_target"] == ROADS["annual_target"]
        assert [row.get("initial_budget_fen") for row in answers["funds"]] == [
            128_400_000,
            120_000_000,
            8_400_000,
        ]

    def test_a_declaration_stands_in_until_there_is_an_approval(self) -> None:
        given = july.context(target=None, related={"performance_target": ROADS})
        assert len(july.blank(given)["indicators"]) == 8

    def test_without_a_target_rows_are_typed(self) -> None:
        given = july.context(target=None)
        answers = july.blank(given)
        assert answers["indicators"] == []
        table = FORM.table("indicators")
        assert not table.has_fixed_rows(given)
        assert not table.column("planned_value").is_closed(given, {"row_id": "r1"})

    def test_an_adjustment_comes_through_and_entries_stay(self) -> None:
        changed = cases.row_changed(ROADS, "r2", planned_value="10")
        given = replace(JULY, approved=ApprovedTarget(changed, adjustments=1))
        row = derived(given, IN_STEP)["indicators"][1]
        assert (row["planned_value"], row["value_to_date"]) == ("≥10公里", "7")

    def test_an_indicator_taken_out_goes_unless_filled_in(self) -> None:
        without = {**ROADS, "indicators": ROADS["indicators"][1:]}
        given = replace(JULY, approved=ApprovedTarget(without))
        assert [row["row_id"] for row in derived(given, IN_STEP)["indicators"]][-1] == "r1"
        cleared = july.row(IN_STEP, "r1", value_to_date=None, forecast_value=None, likelihood=None)
        assert len(derived(given, cleared)["indicators"]) == 7

    def test_rows_typed_before_meet_their_indicator_by_name(self) -> None:
        typed = {"row_id": "r1", "third_level": "养护里程", "planned_value": "12公里", "value_to_date": "7"}
        rows = synced(JULY, [typed])
        assert len(rows) == 8
        met = next(row for row in rows if row["third_level"] == "养护里程")
        assert (met["value_to_date"], met["planned_value"], met["row_id"]) == ("7", "≥12公里", "r1")
        assert len({row["row_id"] for row in rows}) == 8

    def test_the_overall_form_takes_the_units_target(self) -> None:
        form = registry.form("overall_expenditure_monitoring")
        answers = blank_answers(form, TOWN_JULY)
        assert [row["source"] for row in answers["funds"]] == ["年度资金总额", "其中：基本支出", "项目支出"]
        assert answers["funds"][0]["initial_budget_fen"] == 224_900_000
        assert len(answers["indicators"]) == len(TOWN["indicators"])

    def test_an_approval_of_less_leaves_the_sources_open(self) -> None:
        given = replace(JULY, approved=ApprovedTarget(ROADS, amount_fen=100 * WAN))
        assert [row.get("initial_budget_fen") for row in july.blank(given)["funds"]] == [
            100 * WAN,
            None,
            None,
        ]

    def test_a_budget_adjusted_stands_beside_the_opening_one(self) -> None:
        given = replace(JULY, approved=ApprovedTarget(ROADS, amount_fen=100 * WAN, adjustments=1))
        total = july.blank(given)["funds"][0]
        assert (total["initial_budget_fen"], total["annual_budget_fen"]) == (128_400_000, 100 * WAN)

    def test_the_next_period_begins_with_the_budgets_of_the_last(self) -> None:
        before = july.fund(IN_STEP, "total", annual_budget_fen=130 * WAN)
        given = replace(JULY, periods=july.june(before))
        total = july.blank(given)["funds"][0]
        assert (total["annual_budget_fen"], total["previous_spending_fen"]) == (130 * WAN, 70_000_000)


class TestComputing:
    def test_twice_is_once_and_nothing_changed_is_the_same_object(self) -> None:
        assert derived(JULY, IN_STEP) is IN_STEP
        again = derived(JULY, IN_STEP)
        assert all(a is b for a, b in zip(again["indicators"], IN_STEP["indicators"], strict=True))
        changed = derived(JULY, july.row(IN_STEP, "r2", value_to_date="3"))
        same = [a is b for a, b in zip(changed["indicators"], IN_STEP["indicators"], strict=True)]
        assert same == [True, False, True, True, True, True, True, True]

    def test_rates_follow_the_adjusted_budget(self) -> None:
        assert [row["execution_rate"] for row in IN_STEP["funds"]] == ["0.5452", "0.5500", "0.4762"]
        changed = derived(JULY, july.fund(IN_STEP, "total", annual_budget_fen=140 * WAN))
        assert changed["funds"][0]["execution_rate"] == "0.5000"
        unread = derived(JULY, july.fund(IN_STEP, "total", spending_to_date_fen="七十"))
        assert unread["funds"][0]["execution_rate"] is None

    @pytest.mark.parametrize("broken", [None, "x", {"a": 1}, [{}]])
    def test_broken_shapes_are_left_alone(self, broken: Any) -> None:
        for key in ("funds", "indicators"):
            answers = {**IN_STEP, key: broken}
            assert isinstance(derived(JULY, answers), dict)

    def test_three_hundred_rows_cost_a_keystroke_little(self) -> None:
        rows = [
            {**row, "row_id": f"r{n}", "third_level": f"{row['third_level']}{n}"}
            for n, row in enumerate(ROADS["indicators"] * 38)
        ]
        given = july.context(target={**ROADS, "indicators": rows})
        answers = july.blank(given)
        answers["indicators"] = [{**row, "value_to_date": "7"} for row in answers["indicators"]]
        answers = derived(given, answers)
        best = min(_timed(given, july.row(answers, "r7", value_to_date=str(n))) for n in range(5))
        assert best < 0.05


def _timed(given: FormContext, answers: Any) -> float:
    start = perf_counter()
    derived(given, answers)
    return perf_counter() - start


class TestPeriods:
    @pytest.mark.parametrize(
        ("month", "period", "text"),
        [(7, "1—7月", "1—7月"), (1, "", "1月"), (0, "", "1—N月"), (0, "一季度", "一季度")],
    )
    def test_words_of_the_period(self, month: int, period: str, text: str) -> None:
        given = replace(JULY, task=replace(JULY.task, period_month=month, period=period))
        assert period_text(given) == text

    def test_the_clerk_names_the_month_where_the_task_does_not(self) -> None:
        given = replace(JULY, task=replace(JULY.task, period_month=0))
        assert FORM.field("period_month").is_visible(given)
        assert month_of(given, {"period_month": "11"}) == 11
        assert month_of(given, {"period_month": "13"}) is None
        assert period_text(given, {"period_month": "11"}) == "1—11月"
        assert not FORM.field("period_month").is_visible(JULY)

    def test_the_latest_before_counts(self) -> None:
        filings = tuple(PeriodFiling("", month, {}) for month in (3, 6, 7, 10))
        found = earlier(replace(JULY, periods=filings))
        assert found is not None
        assert found.month == 6


class TestTheShortWay:
    @pytest.fixture
    def simple(self) -> FormContext:
        assert KIT_101.monitoring is not None
        rule = replace(KIT_101.monitoring, key_amount_fen=200 * WAN)
        return july.context(replace(KIT_101, monitoring=rule))

    def test_only_money_and_a_summary(self, simple: FormContext) -> None:
        assert not FORM.table("indicators").is_visible(simple)
        assert FORM.field("progress_summary").is_visible(simple)
        assert {f.code for f in cases.report(simple, july.blank(simple)).findings} == {"C1", "C24"}
        sheet = FORM.build_sheet(FORM, simple, {**july.blank(simple), "progress_summary": "养护 7 公里"})
        values = {cell.value for cell in sheet.cells}
        assert "养护 7 公里" in values
        assert "三级指标" not in values
        assert sheet.head_rows is None

    def test_a_big_project_is_followed_in_full(self, simple: FormContext) -> None:
        entry = RegisterEntry("", "农村公路养护", "820001", 2026, budget_fen=300 * WAN)
        big = replace(simple, approved=None, register_entry=entry)
        assert known_budget(big) == 300 * WAN
        assert FORM.table("indicators").is_visible(big)

    def test_the_unit_as_a_whole_always_is(self, simple: FormContext) -> None:
        form = registry.form("overall_expenditure_monitoring")
        given = july.context(simple.kit, "overall_expenditure_monitoring", TOWN)
        assert form.table("indicators").is_visible(given)


class TestThePlacesWords:
    @pytest.fixture
    def own(self) -> FormContext:
        assert KIT_101.monitoring is not None
        rule = replace(
            KIT_101.monitoring,
            likelihood_labels={"certain": "能完成"},
            cause_labels={"funds": "资金保障"},
            answers=("继续执行", "调剂", "取消"),
            answer_days=10,
        )
        return july.context(replace(KIT_101, monitoring=rule))

    def test_labels_and_answers_of_the_kit(self, own: FormContext) -> None:
        answers = {**july.filled(own), "alarm_answer": "调剂", "alarm_measures": "调减 20 万元"}
        values = [cell.value for cell in FORM.build_sheet(FORM, own, answers).cells]
        for word in ("能完成", "资金保障", "有可能", "制度保障", "预警答复", "调剂", "调减 20 万元"):
            assert word in values
        assert "确定能" not in values

    def test_its_own_word_for_certain_is_still_certain(self, own: FormContext) -> None:
        answers = july.row(july.filled(own), "r2", forecast_value="9")
        assert [f.code for f in cases.report(own, answers).findings] == ["C26"]

    def test_no_answers_are_asked_where_the_place_asks_none(self) -> None:
        assert not FORM.field("alarm_answer").is_visible(JULY)


class TestTheSheet:
    def test_likelihood_is_a_tick_under_its_word(self) -> None:
        answers = july.row(IN_STEP, "r2", likelihood="possible", reason="连续降雨")
        ticks = [cell.column for cell in _cell(JULY, answers, "√")]
        assert ticks.count(13) == 7
        assert ticks.count(14) == 1

    def test_nothing_of_the_screen_is_printed(self) -> None:
        given = replace(JULY, periods=july.june(july.row(IN_STEP, "r2", value_to_date="6.5")))
        sheet = FORM.build_sheet(FORM, given, july.filled(given))
        values = {str(cell.value) for cell in sheet.cells}
        assert not values & {"绿灯", "红灯", "green", "6.5", "上期（1—6月）", "预警"}

    def test_an_adjusted_budget_is_told_beside_its_row(self) -> None:
        answers = july.fund(IN_STEP, "total", annual_budget_fen=140 * WAN)
        assert _cell(JULY, answers, "年度资金总额：\n（调整后 140.00）")

    def test_heads_of_two_rows_are_repeated(self) -> None:
        sheet = FORM.build_sheet(FORM, JULY, full_answers(FORM, JULY))
        assert sheet.head_rows is not None
        first, last = sheet.head_rows
        assert last == first + 1
        group = next(cell for cell in sheet.cells if cell.value == "偏差原因分析")
        assert (group.row, group.column_span) == (first, 6)


def test_a_filing_in_step_passes_without_a_word() -> None:
    assert cases.report(JULY, IN_STEP).findings == ()


_TYPED = st.sampled_from([None, "", "7", "0", "12.5", "约十", "√", "新增的指标", "≥12公里"])
_COLUMNS = ("value_to_date", "forecast_value", "cause_funds", "reason", "third_level", "planned_value")
_STRANGER = {"row_id": "r90", "third_level": "目标里没有的", "value_to_date": "3"}


@pytest.mark.parametrize("target", [ROADS, None])
@sampled(
    st.lists(
        st.tuples(st.sampled_from(["r1", "r2", "r8", "r90"]), st.sampled_from(_COLUMNS), _TYPED), max_size=12
    )
)
def test_row_by_row_comes_to_the_same_as_the_whole(target: Any, edits: list[tuple[str, str, Any]]) -> None:
    before = PeriodFiling("1—6月", 6, {"indicators": IN_STEP["indicators"]})
    given = july.context(target=target, periods=(before,))
    answers = derived(given, {**IN_STEP, "indicators": [*IN_STEP["indicators"], _STRANGER]})
    for row_id, column, value in edits:
        changed = cases.row_changed(answers, row_id, **{column: value})
        answers = derived(given, changed)
        assert answers == derived(july.context(target=target, periods=(before,)), changed)
        assert derived(given, answers) is answers
