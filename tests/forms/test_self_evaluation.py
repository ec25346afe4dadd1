"""What a self-evaluation fills in itself: idempotent, only what changed, in line with its approval, fast with many rows."""

from __future__ import annotations

import time
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given as sampled
from hypothesis import strategies as st

from forms import registry
from forms.answers import blank_answers
from forms.scoring.marks import ZERO
from models.domain.background import ApprovedTarget, LedgerLine
from tests.forms import cases
from tests.forms.cases import KIT_10, KIT_101, ROADS
from tests.forms.self_evaluations import APPROVED, altered, begun, context, filled, typed

FORM = registry.form("self_evaluation")
OVERALL = registry.form("overall_expenditure_self_evaluation")
VALUES = st.one_of(
    st.none(),
    st.sampled_from(
        ["", "0", "-1", "11.2", "12", "98%", "≥12", "达成预期指标", "未达成", "不适用", "约十", "1e9", "１２"]
    ),
    st.decimals(-1000, 100_000, places=2, allow_nan=False, allow_infinity=False).map(str),
)


def test_a_new_one_begins_with_the_approved_indicators_money_and_target() -> None:
    answers = begun(context())
    assert [row["third_level"] for row in answers["indicators"]] == [
        r["third_level"] for r in ROADS["indicators"]
    ]
    assert answers["indicators"][1]["planned_text"] == "≥12公里"
    assert [row["weight"] for row in answers["indicators"]] == [row["weight"] for row in ROADS["indicators"]]
    assert answers["expected_target"] == ROADS["annual_target"]
    money = {row["row_id"]: row.get("annual_fen") for row in answers["funds"]}
    assert money == {"total": 128_400_000, "fiscal": 120_000_000, "carryover": None, "other": 8_400_000}
    assert (answers["total_score"], answers["grade"]) == (None, None)


def test_what_the_treasury_paid_is_brought_in() -> None:
    answers = begun(context(ledger=LedgerLine(118_000_000)))
    assert {r["row_id"]: r.get("spending_fen") for r in answers["funds"]}["fiscal"] == 118_000_000


def test_weights_are_entered_here_where_the_kit_does_not_fix_them() -> None:
    given = context(KIT_10)
    assert all("weight" not in row for row in begun(given)["indicators"])
    column = FORM.table("indicators").column("weight")
    assert not any(column.is_closed(given, row) for row in begun(given)["indicators"])
    assert all(column.is_closed(context(), row) for row in begun(context())["indicators"])


def test_a_declared_target_is_proposed_and_stays_open_to_change() -> None:
    given = context(approved=None, related={"performance_target": ROADS})
    answers = begun(given)
    assert [row["planned_value"] for row in answers["indicators"]][:2] == ["9.6", "12"]
    assert not FORM.table("indicators").has_fixed_rows(given)
    assert "还没有登记批复" in FORM.table("indicators").note_in(given)
    changed = typed(given, answers, ("indicators", "r2", "planned_value"), "11")
    assert FORM.derive(given, changed) is changed or changed["indicators"][1]["planned_value"] == "11"


def test_deriving_twice_changes_nothing_and_other_rows_stay_the_same_objects() -> None:
    given, answers = context(), filled()
    assert FORM.derive(given, answers) == answers
    once = FORM.derive(given, answers)
    assert FORM.derive(given, once) is once
    after = typed(given, once, ("indicators", "r2", "actual_value"), "6")
    pairs = zip(once["indicators"], after["indicators"], strict=True)
    assert [one is other for one, other in pairs] == [True, False, True, True, True, True, True, True]
    assert after["funds"] is once["funds"]


def test_an_approval_that_comes_later_takes_over_by_name_and_keeps_what_was_filled_in() -> None:
    free = context(approved=None)
    row = {
        "row_id": "r1",
        "third_level": "养护 里程",
        "comparator": "≥",
        "planned_value": "10",
        "weight": "90",
    }
    answers = typed(free, {"indicators": [row]}, ("indicators", "r1", "actual_value"), "11.2")
    synced = FORM.derive(context(), answers)
    row = next(one for one in synced["indicators"] if one["third_level"] == "养护里程")
    assert (row["row_id"], row["planned_value"], row["actual_value"], row["weight"]) == (
        "r2",
        "12",
        "11.2",
        "10",
    )
    assert len(synced["indicators"]) == 8


def test_an_adjusted_target_changes_what_is_asked_and_the_score_with_it() -> None:
    lower = cases.row_changed(ROADS, "r2", planned_value="11")
    given = context(approved=replace(APPROVED, answers=lower, adjustments=1))
    answers = FORM.derive(given, filled())
    assert (answers["indicators"][1]["planned_text"], answers["indicators"][1]["score"]) == (
        "≥11公里",
        "10.00",
    )
    assert "已含第 1 次调整" in FORM.table("indicators").note_in(given)


def test_points_a_person_gave_stay_until_their_basis_changes() -> None:
    given = context()
    answers = typed(given, filled(), ("indicators", "r7", "score"), "7")
    assert answers["total_score"] == "98.17"
    answers = typed(given, answers, ("indicators", "r2", "actual_value"), "12")
    assert answers["indicators"][6]["score"] == "7"
    answers = typed(given, answers, ("indicators", "r7", "actual_value"), "部分达成")
    assert answers["indicators"][6]["score"] == "5.60"
    answers = typed(
        given, typed(given, answers, ("indicators", "r7", "score"), "5"), ("indicators", "r7", "score"), None
    )
    assert answers["indicators"][6]["score"] == "5.60"


def test_an_indicator_that_does_not_apply_gives_its_points_to_the_others() -> None:
    given = context()
    answers = typed(given, filled(), ("indicators", "r3", "actual_value"), "不适用")
    sheet = FORM.scoring.sheet(given, answers) if FORM.scoring else None
    assert sheet is not None
    assert answers["indicators"][2]["score"] is None
    assert sum((row.full_score for row in sheet.rows if row.is_counted), ZERO) == 90
    assert answers["total_score"] == str(sheet.total)


def test_a_broken_approval_gives_no_rows_and_no_exception() -> None:
    for indicators in (None, "x", [1, {"row_id": "r1"}, {"third_level": "无编号"}]):
        given = context(approved=ApprovedTarget({"indicators": indicators}))
        assert begun(given)["indicators"] == []
        assert not FORM.table("indicators").has_fixed_rows(given)


@sampled(st.lists(VALUES, min_size=8, max_size=8), st.lists(VALUES, min_size=8, max_size=8), VALUES)
def test_whatever_is_typed_the_form_stays_scored_and_settled(
    actuals: list[Any], scores: list[Any], spent: Any
) -> None:
    given, answers = context(), filled()
    for number, (actual, score) in enumerate(zip(actuals, scores, strict=True), 1):
        answers = altered(answers, f"r{number}", actual_value=actual, score=score)
    answers = altered(answers, "fiscal", "funds", spending_fen=spent)
    once = FORM.derive(given, answers)
    assert FORM.derive(given, once) is once
    assert 0 <= Decimal(once["total_score"] or 0) <= 100
    cases.report(given, once)


def test_the_overall_form_takes_its_items_from_the_kit_and_its_rate_from_the_money() -> None:
    given = cases.context(KIT_101, OVERALL.form_id)
    answers = blank_answers(OVERALL, given)
    assert sum(Decimal(row["weight"]) for row in answers["indicators"]) == 100
    answers = typed(given, answers, ("funds", "basic", "annual_fen"), 1_000_000)
    answers = typed(given, answers, ("funds", "basic", "spending_fen"), 921_000)
    row = next(row for row in answers["indicators"] if row["row_id"] == "execution_rate")
    assert (row["actual_value"], row["score"], answers["total_score"]) == ("92.10%", "9.21", "9.21")
    answers = typed(given, answers, ("indicators", "duty_performance", "score"), "14")
    assert answers["total_score"] == "23.21"
    assert OVERALL.derive(given, answers) is answers


@pytest.mark.parametrize("frame_id", ["effectiveness", "decision", "process"])
def test_every_frame_adds_up_and_is_scored(frame_id: str) -> None:
    rule = KIT_101.self_evaluation
    assert rule is not None
    given = cases.context(
        replace(KIT_101, self_evaluation=replace(rule, overall_frame_id=frame_id)), OVERALL.form_id
    )
    answers = blank_answers(OVERALL, given)
    total = sum(Decimal(row["weight"]) for row in answers["indicators"])
    assert {"effectiveness": 100, "decision": 100, "process": 100}[frame_id] == total
    assert answers["total_score"] is None


def test_three_hundred_rows_cost_one_row() -> None:
    rows = [
        {**ROADS["indicators"][1], "row_id": f"r{n}", "third_level": f"第{n}项", "weight": "0.3"}
        for n in range(1, 301)
    ]
    given = context(approved=ApprovedTarget({**ROADS, "indicators": rows}, "示财预〔2025〕1号"))
    answers = begun(given)
    reads = len(given.memory["scored_rows"])
    began = time.perf_counter()
    for number in range(50):
        answers = typed(given, answers, ("indicators", "r7", "actual_value"), str(number))
    assert (time.perf_counter() - began) / 50 < 0.05
    assert reads == len(given.memory["scored_rows"]) == 300


@pytest.mark.parametrize("approved", [APPROVED, None])
@sampled(
    st.lists(
        st.tuples(
            st.integers(1, 8),
            st.sampled_from(["actual_value", "score", "deviation_reason", "third_level", "weight"]),
            VALUES,
        ),
        max_size=12,
    )
)
def test_row_by_row_comes_to_the_same_as_the_whole(
    approved: ApprovedTarget | None, edits: list[tuple[int, str, Any]]
) -> None:
    given, answers = context(approved=approved, related={"performance_target": ROADS}), filled()
    answers = dict(FORM.derive(given, answers))
    for number, column, value in edits:
        before = cases.row_changed(answers, f"r{number}", **{column: value})
        answers = FORM.derive(given, before)
        afresh = context(approved=approved, related={"performance_target": ROADS})
        assert answers == FORM.derive(afresh, before)
