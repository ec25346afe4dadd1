"""The mapping a user corrects and keeps: proposed with reasons, changed, stored, used for the next file."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from forms.hand_filled.mapping import ColumnMapping, mapping_from_json, mapping_to_json
from forms.hand_filled.reading import FoundTable
from models.domain.errors import KitProblem
from models.domain.money import AmountUnit
from tests.forms.hand_filled.facts import BREEDING, COMMISSIONED, INSURANCE, expected_rows, shown
from tests.forms.hand_filled.layouts import NATIONAL_HEADS, Layout, printed
from tests.forms.hand_filled.paper import Paper
from tests.forms.hand_filled.reader import FINDER

ODD_HEADS = {**NATIONAL_HEADS, "actual": "年终数", "stated_score": "自查"}
ACTUAL, SCORE = 6, 8
"""Columns of the odd heads in the national order."""


def propose(paper: Paper) -> FoundTable:
    (found,) = FINDER.propose(paper.grid())
    return found


def corrected(mapping: ColumnMapping) -> ColumnMapping:
    return mapping.corrected("indicators", ACTUAL, "actual").corrected("indicators", SCORE, "stated_score")


def test_every_column_says_what_it_is_and_why() -> None:
    found = propose(printed(COMMISSIONED, Layout()))
    told = {choice.role: (choice.head, choice.confidence, choice.why) for choice in found.mapping.choices}
    assert told["planned"] == ("年度\n指标值", Decimal(1), "表头“年度指标值”是常用写法")
    assert found.mapping.columns("indicators")["third_level"] == 4
    assert found.mapping.columns("funds")["annual_spending"] == 6
    assert (found.mapping.amount_unit, found.mapping.amount_unit_why) == (
        AmountUnit.WAN_YUAN,
        "“项目资金(万元)”",
    )
    assert found.preview(2)[0][1:4] == ("一级指标", "二级指标", "三级指标")
    assert found.preview(2)[1][3] == "指标1：委托业务数量"


def test_heads_nobody_knows_are_left_open_and_said() -> None:
    found = propose(printed(COMMISSIONED, Layout(heads=ODD_HEADS)))
    open_columns = {
        choice.column: choice.why
        for choice in found.mapping.choices
        if not choice.confidence and choice.block == "indicators"
    }
    assert open_columns == {ACTUAL: "不认识表头“年终数”", SCORE: "不认识表头“自查”"}
    (table,) = FINDER.read_with(found, found.mapping)
    assert {row.actual_text for row in table.indicators} == {""}
    assert [(item.text, item.message) for item in table.unread] == [
        ("自查", "资金栏的这几列没有对应的内容，没有读取"),
        ("年终数、自查", "没有找到实际完成值、得分一列，这些表头不认识"),
    ]
    in_funds = next(
        choice for choice in found.mapping.choices if choice.block == "funds" and not choice.confidence
    )
    (again,) = FINDER.read_with(found, found.mapping.corrected("funds", in_funds.column, "stated_score"))
    assert again.funds[0].stated_score.text
    assert len(again.unread) == 1


def test_a_corrected_mapping_reads_what_was_missing() -> None:
    found = propose(printed(COMMISSIONED, Layout(heads=ODD_HEADS)))
    (table,) = FINDER.read_with(found, corrected(found.mapping))
    assert shown(table) == expected_rows(COMMISSIONED)
    assert table.stated_total.value == Decimal(COMMISSIONED.total)


def test_a_correction_takes_the_role_from_the_column_that_had_it() -> None:
    mapping = propose(printed(COMMISSIONED, Layout())).mapping.corrected("indicators", 9, "planned")
    assert mapping.columns("indicators")["planned"] == 9
    former = next(choice for choice in mapping.choices if (choice.block, choice.column) == ("indicators", 5))
    assert (former.role, former.why) == ("other", "已改由另一列填写")


def test_the_unit_the_user_names_is_taken() -> None:
    paper = printed(INSURANCE, Layout(unit_place="nowhere"))
    found = propose(paper)
    assert found.mapping.amount_unit is None
    (asked,) = FINDER.read_with(found, found.mapping)
    assert [item.message for item in asked.unread] == ["表里没有写金额单位，按万元读取"]
    (table,) = FINDER.read_with(found, found.mapping.with_amount_unit(AmountUnit.YUAN))
    assert (table.unit_of_amount, table.unread) == (AmountUnit.YUAN, ())
    assert table.funds[0].annual_budget_fen == 6566


def test_a_kept_mapping_is_used_for_the_next_table_of_the_same_heads() -> None:
    layout = Layout(heads=ODD_HEADS)
    first = propose(printed(COMMISSIONED, layout))
    stored = json.loads(json.dumps(mapping_to_json(corrected(first.mapping)), ensure_ascii=False))
    kept = {first.mapping.fingerprint: mapping_from_json(stored)}
    for facts in (BREEDING, INSURANCE):
        (table,) = FINDER.read_file("表.xlsx", [printed(facts, layout).grid()], kept)
        assert shown(table) == expected_rows(facts)
    (other,) = FINDER.read_file("表.xlsx", [printed(BREEDING, Layout()).grid()], kept)
    assert shown(other) == expected_rows(BREEDING)


def test_a_mapping_survives_storing() -> None:
    mapping = propose(printed(COMMISSIONED, Layout())).mapping
    assert mapping_from_json(mapping_to_json(mapping)) == mapping


@pytest.mark.parametrize("broken", [None, [], {"fingerprint": 1}, {"choices": "x"}])
def test_a_broken_mapping_is_refused(broken: object) -> None:
    with pytest.raises(KitProblem):
        mapping_from_json(broken)


def test_the_same_heads_in_other_columns_are_another_table() -> None:
    prints = {
        propose(printed(COMMISSIONED, Layout(**change))).mapping.fingerprint
        for change in (
            {},
            {"side_label": False},
            {"heads": ODD_HEADS},
            {"order": ("planned", "actual", "full_score", "stated_score")},
        )
    }
    assert len(prints) == 4
    assert propose(printed(BREEDING, Layout())).mapping.fingerprint in prints
