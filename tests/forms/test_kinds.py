"""Kinds of fields: typed text read, kept and shown again; nothing a person wrote is lost."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms import choices, kinds, registry
from forms.schema import Choice, FieldKind, FieldSpec, TableSpec
from models.domain.money import MAX_FEN
from tests.forms import cases

CONTEXT = cases.context()
MONEY = FieldSpec("amount_fen", "金额", FieldKind.MONEY)
ATTRIBUTE = FieldSpec("attribute", "属性", FieldKind.CHOICE, choices=choices.project_attributes)
OPEN = FieldSpec(
    "category", "类别", FieldKind.CHOICE, choices=choices.project_categories, is_open_choice=True
)


def spec(kind: FieldKind, **more: Any) -> FieldSpec:
    return FieldSpec("answer", "填报项", kind, **more)


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        (MONEY, "128.40", 128_400_000),
        (MONEY, "１，２３４．５", 1_234_500_000),
        (MONEY, "3000元", 300_000),
        (MONEY, "1.2亿元", 12_000_000_000),
        (MONEY, "  ", None),
        (spec(FieldKind.TEXT), " 保留 两端空格 ", " 保留 两端空格 "),
        (spec(FieldKind.LONG_TEXT), "第一行\n第二行", "第一行\n第二行"),
        (spec(FieldKind.WEIGHT), "２２．５", "22.5"),
        (spec(FieldKind.WEIGHT), "1,000", "1000"),
        (spec(FieldKind.YEAR), "２０２７", "2027"),
        (spec(FieldKind.DATE), "2026年9月5日", "2026-09-05"),
        (spec(FieldKind.DATE), "2026/9/5", "2026-09-05"),
        (spec(FieldKind.DATE), "20260905", "2026-09-05"),
        (spec(FieldKind.PHONE), "０３７９－６３３３ １２３４", "0379-6333 1234"),
        (spec(FieldKind.CODE), "５１０Ｔ", "510T"),
        (spec(FieldKind.PLANNED_VALUE), "≥９５％", "≥９５％"),
        (ATTRIBUTE, "延续项目", "continuing"),
        (ATTRIBUTE, "new", "new"),
        (OPEN, "其他专项", "其他专项"),
    ],
)
def test_typed_text_is_read(field: FieldSpec, typed: str, kept: Any) -> None:
    assert kinds.read(field, typed, CONTEXT) == kinds.Reading(kept)


@pytest.mark.parametrize(
    ("field", "typed", "problem"),
    [
        (MONEY, "约100", "“约100”不是金额"),
        (MONEY, "1e400", "“1e400”不是金额"),
        (MONEY, "0.0000001", "金额比“分”还小"),
        (MONEY, "9" * 31, "金额太长"),
        (MONEY, "NaN", "“NaN”不是金额"),
        (MONEY, "9" * 20, "金额超出范围"),
        (spec(FieldKind.TEXT, max_length=3), "四个字了", "填了 4 个字，最多 3 个字"),
        (spec(FieldKind.WEIGHT), "十分", "“十分”不是分值"),
        (spec(FieldKind.YEAR), "27", "“27”不是年份"),
        (spec(FieldKind.YEAR), "9" * 21, f"“{'9' * 20}……”不是年份"),
        (MONEY, "约" * 21, f"“{'约' * 20}……”不是金额"),
        (spec(FieldKind.YEAR), "2227", "“2227”不是年份"),
        (spec(FieldKind.DATE), "2026-02-30", "“2026-02-30”不是日期"),
        (spec(FieldKind.PHONE), "12", "“12”不像电话号码"),
        (ATTRIBUTE, "一次性", "“一次性”不在可选范围内"),
    ],
)
def test_what_cannot_be_read_is_kept_as_typed_and_said(field: FieldSpec, typed: str, problem: str) -> None:
    reading = kinds.read(field, typed, CONTEXT)
    assert (reading.value, reading.problem) == (typed, problem)
    assert reading.remedy.startswith("请")
    if field.kind is not FieldKind.CHOICE:
        assert kinds.problem_of(field, typed)[0] != ""


def test_halves_of_characters_become_a_mark_and_whole_ones_stay() -> None:
    text = spec(FieldKind.TEXT)
    assert kinds.read(text, "甲\ud83d乙", CONTEXT).value == "甲\ufffd乙"
    assert kinds.read(text, "甲\ud83d\ude00乙", CONTEXT).value == "甲😀乙"
    assert kinds.read(text, "甲😀乙", CONTEXT).value == "甲😀乙"


@pytest.mark.parametrize("kept", [True, False, 1.5, [], {}, [1], MAX_FEN + 1, -MAX_FEN - 1, "多"])
def test_kept_money_of_a_wrong_kind_is_a_problem(kept: Any) -> None:
    assert kinds.problem_of(MONEY, kept)[0] != ""
    assert not kinds.is_amount(kept)


@pytest.mark.parametrize("kind", [kind for kind in FieldKind if kind is not FieldKind.MONEY])
@pytest.mark.parametrize("kept", [True, 12, 1.5, ["12"], {"a": 1}])
def test_kept_text_of_a_wrong_kind_is_a_problem(kind: FieldKind, kept: Any) -> None:
    assert kinds.problem_of(spec(kind), kept) == ("内容格式不对", "请重新填写")


@pytest.mark.parametrize("kind", FieldKind)
@pytest.mark.parametrize("kept", [None, "", "  "])
def test_nothing_filled_in_is_no_problem(kind: FieldKind, kept: Any) -> None:
    assert kinds.problem_of(spec(kind), kept) == ("", "")


@pytest.mark.parametrize(
    ("field", "kept", "shown", "typed"),
    [
        (MONEY, 128_400_000, "128.40", "128.40"),
        (MONEY, 128_400_000_100, "128,400.0001", "128400.0001"),
        (MONEY, "约100", "约100", "约100"),
        (ATTRIBUTE, "continuing", "延续项目", "延续项目"),
        (ATTRIBUTE, "一次性", "一次性", "一次性"),
        (spec(FieldKind.DATE), "2026-09-05", "2026年9月5日", "2026年9月5日"),
        (spec(FieldKind.DATE), "九月中", "九月中", "九月中"),
        (spec(FieldKind.TEXT), None, "", ""),
    ],
)
def test_kept_values_are_shown(field: FieldSpec, kept: Any, shown: str, typed: str) -> None:
    assert kinds.shown(field, kept, CONTEXT) == shown
    assert kinds.typed(field, kept, CONTEXT) == typed


@given(st.integers(-MAX_FEN, MAX_FEN))
def test_money_survives_being_shown_and_typed_again(fen: int) -> None:
    assert kinds.read(MONEY, kinds.typed(MONEY, fen, CONTEXT), CONTEXT).value == fen
    assert kinds.read(MONEY, kinds.shown(MONEY, fen, CONTEXT), CONTEXT).value == fen


@given(st.dates(min_value=date(1000, 1, 1)))
def test_dates_survive(day: date) -> None:
    assert kinds.parse_date(kinds.show_date(day)) == day
    assert kinds.parse_date(day.isoformat()) == day


ALL_SPECS = [
    spec
    for form in registry.all_forms()
    for item in form.items()
    for spec in (item.columns if isinstance(item, TableSpec) else (item,))
]


@given(st.sampled_from(ALL_SPECS), st.text(max_size=40))
def test_reading_never_loses_or_raises(field: FieldSpec, typed: str) -> None:
    reading = kinds.read(field, typed, CONTEXT, {})
    if reading.problem:
        assert reading.value in (typed, typed.strip())
        assert reading.remedy
    elif typed.strip():
        again = kinds.read(field, kinds.typed(field, reading.value, CONTEXT, {}), CONTEXT, {})
        assert again.value == reading.value


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", "12"),
        ("1,234.50", "1234.50"),
        ("－３", "-3"),
        ("+0.9", "0.9"),
        ("12%", None),
        ("1e3", None),
        ("68，45", None),
    ]
    + [("", None), (".", None), ("1.", None), ("NaN", None), ("9" * 21, None), ("十二", None)],
)
def test_numbers(text: str, number: str | None) -> None:
    assert kinds.parse_number(text) == (Decimal(number) if number else None)


def test_choices_of_a_row_follow_its_first_level() -> None:
    labels = [choice.label for choice in choices.second_levels(CONTEXT, {"first_level": "output"})]
    assert labels == ["数量指标", "质量指标", "时效指标"]
    assert len(choices.second_levels(CONTEXT, {})) == 11
    assert choices.comparators(CONTEXT, {})[-2:] == (Choice("qualitative", "定性"), Choice("other", "其他"))
    assert [choice.label for choice in choices.directions(CONTEXT, {})] == ["正向", "反向"]
    assert choices.first_levels(CONTEXT, {})[0].value == "cost"
