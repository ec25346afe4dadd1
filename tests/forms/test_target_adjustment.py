"""绩效目标调整: the old side follows the approval, the new side is told apart, and the target that comes out of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from forms.target_adjustment_rows import adjusted_answers
from tests.forms.adjustment_cases import (
    APPROVED,
    FORM,
    ROWS,
    WAN,
    begun,
    changed,
    context,
    indicator,
    with_money,
)


def _row(answers, row_id):
    return next(row for row in answers["indicators"] if row["row_id"] == row_id)


def test_a_new_adjustment_begins_with_the_approved_target_on_both_sides():
    answers = begun()
    assert (answers["approved_document"], answers["approved_on"]) == ("示财预〔2026〕12号", "2026年2月18日")
    assert (answers["old_total_fen"], answers["annual_total_fen"]) == (128 * WAN, 128 * WAN)
    assert (answers["old_fiscal_fen"], answers["old_other_fen"]) == (118 * WAN, 10 * WAN)
    assert answers["old_target"] == answers["annual_target"] == APPROVED.answers["annual_target"]
    assert [row["old_value"] for row in answers["indicators"]] == ["≥12公里", "≥85%", "≥90%"]
    assert {row["change"] for row in answers["indicators"]} == {"不变"}
    assert answers["adjustment_number"] == "1"


def test_nothing_computed_anew_is_the_very_same():
    answers = begun()
    assert FORM.derive(context(), answers) is answers


@pytest.mark.parametrize(
    ("cells", "word"),
    [({"planned_value": "10"}, "修改"), ({"weight": "35"}, "修改"), ({"third_level": "养护里程"}, "修改")],
)
def test_what_differs_is_marked(cells, word):
    answers = changed("r1", **cells)
    assert _row(answers, "r1")["change"] == word
    assert _row(answers, "r2")["change"] == "不变"


def test_rows_without_a_change_stay_the_same_objects():
    answers = begun()
    first, *others = answers["indicators"]
    after = FORM.derive(context(), {**answers, "indicators": [{**first, "planned_value": "9"}, *others]})
    assert all(one is other for one, other in zip(after["indicators"][1:], others, strict=True))


def test_a_cancelled_indicator_loses_its_points_and_gets_them_back():
    cancelled = changed("r2", is_cancelled="yes")
    assert (_row(cancelled, "r2")["change"], _row(cancelled, "r2")["weight"]) == ("取消", "0")
    rows = [
        {**row, "is_cancelled": None} if row["row_id"] == "r2" else row for row in cancelled["indicators"]
    ]
    back = _row(FORM.derive(context(), {**cancelled, "indicators": rows}), "r2")
    assert (back["change"], back["weight"]) == ("不变", "30")


def test_a_deleted_row_of_the_approval_comes_back():
    answers = begun()
    after = FORM.derive(context(), {**answers, "indicators": answers["indicators"][1:]})
    assert [row["row_id"] for row in after["indicators"]] == ["r1", "r2", "r3"]


def test_a_row_of_ones_own_is_new():
    answers = begun()
    added = indicator("r4", "output/quality", "水毁修复验收合格率", "100", "%", "10")
    after = FORM.derive(context(), {**answers, "indicators": [*answers["indicators"], added]})
    assert after["indicators"][-1]["change"] == "新增"


def test_money_is_compared_with_the_approved_budget():
    answers = with_money(160)
    assert (answers["change_fen"], answers["change_rate"]) == (32 * WAN, "0.2500")


def test_no_approval_nothing_to_adjust():
    answers = begun(context(None))
    assert answers["indicators"] == []
    assert "old_total_fen" not in answers


def test_once_approved_the_old_side_stays_what_it_was():
    answers = changed("r1", planned_value="10")
    after = replace(
        APPROVED,
        answers=adjusted_answers(APPROVED.answers, answers),
        adjustments=1,
        document_number="示财预〔2026〕40号",
    )
    again = FORM.derive(context(after), answers)
    assert again is answers
    assert _row(again, "r1")["old_value"] == "≥12公里"


def test_another_approval_noted_meanwhile_is_followed():
    corrected = replace(APPROVED, document_number="示财预〔2026〕13号", amount_fen=100 * WAN)
    again = FORM.derive(context(corrected), begun())
    assert (again["approved_document"], again["old_total_fen"]) == ("示财预〔2026〕13号", 100 * WAN)


def test_the_adjusted_target_is_the_declaration_with_the_new_side():
    answers = changed("r2", is_cancelled="yes")
    answers = {**answers, "annual_target": "完成 10 公里。", "annual_total_fen": 90 * WAN}
    target = adjusted_answers(APPROVED.answers, answers)
    assert target["annual_target"] == "完成 10 公里。"
    assert (target["annual_total_fen"], target["medium_term_target"]) == (90 * WAN, "三年完成 36 公里。")
    assert list(target["indicators"]) == [ROWS[0], ROWS[2]]


@pytest.mark.parametrize("broken", [None, "text", [1, "x"], [{"row_id": "r1"}]])
def test_broken_rows_are_no_reason_to_stop(broken):
    answers = FORM.derive(context(), {**begun(), "indicators": broken})
    assert [row["row_id"] for row in answers["indicators"]] == ["r1", "r2", "r3"]
