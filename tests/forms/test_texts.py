"""Comparing texts and taking values apart: right, bounded in time, never raising."""

from __future__ import annotations

import difflib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.checks.wording import clipped, money_text, number_text, percent_text, row_numbers
from forms.text_similarity import core_text, share_found_in, similarity
from forms.value_text import mark_in_name, split_value
from models.domain.money import AmountUnit

BEFORE = {"≥": ("≥", "不少于", "不低于"), "≤": ("≤", "不超过"), "=": ("=",), ">": (">", "超过")}
AFTER = {"≥": ("以上", "及以上"), "≤": ("以内",)}


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [
        ("完成村道养护", "完成村道养护", "1"),
        ("完成村道养护", "", "0"),
        ("", "", "0"),
        ("甲乙丙丁", "甲乙丙戊", "0.75"),
        ("甲乙", "乙甲", "0.5"),
        ("甲乙丙丁戊己", "甲丙戊", "2/3"),
    ],
)
def test_similarity(one: str, other: str, share: str) -> None:
    top, _, bottom = share.partition("/")
    assert similarity(one, other) == Decimal(top) / Decimal(bottom or 1)


@given(st.text("甲乙丙丁戊", max_size=30), st.text("甲乙丙丁戊", max_size=30))
def test_similarity_is_symmetric_and_never_below_difflib(one: str, other: str) -> None:
    share = similarity(one, other)
    assert share == similarity(other, one)
    assert 0 <= share <= 1
    if one and other:
        assert float(share) >= difflib.SequenceMatcher(None, one, other, autojunk=False).ratio() - 1e-9


def test_similarity_of_two_long_texts() -> None:
    one = "".join(chr(0x4E00 + number * 7 % 1999) for number in range(2000))
    assert similarity(one, one) == 1
    assert similarity(one, one[1000:] + one[:1000]) == Decimal("0.5")
    assert similarity(one, one[:1500]) == Decimal(3000) / 3500


def test_a_sentence_out_of_a_longer_text_is_found() -> None:
    duties = core_text("负责农村公路日常养护；负责环境卫生；负责民政救助。")
    assert share_found_in(core_text("负责农村公路日常养护"), duties) == 1
    assert share_found_in(core_text("建设文化广场三处"), duties) == 0
    assert share_found_in("甲", duties) == 0


def test_core_text_leaves_what_counts() -> None:
    assert core_text("目标１：完成 12 公里，\n“优良”！") == "目标1完成12公里优良"


@pytest.mark.parametrize(
    ("text", "sign", "number", "unit"),
    [
        ("不少于12种", "≥", "12", "种"),
        ("98%及以上", "≥", "98", "%"),
        ("超过 3.5 公里", ">", "3.5", "公里"),
        ("90万元以内", "≤", "90", "万元"),
        ("1,200", "", "1200", ""),
        ("-5%", "", "-5", "%"),
        ("2027年底", "", None, ""),
        ("12月底前", "", None, ""),
        ("2023.07-2024.01", "", None, ""),
        ("效果明显", "", None, ""),
        ("", "", None, ""),
    ],
)
def test_values_are_taken_apart(text: str, sign: str, number: str | None, unit: str) -> None:
    parts = split_value(text, BEFORE, AFTER)
    assert (parts.sign, parts.unit) == (sign, unit)
    assert parts.number == (Decimal(number) if number else None)


@given(st.text(max_size=80))
def test_taking_apart_never_raises(text: str) -> None:
    parts = split_value(text, BEFORE, AFTER)
    assert parts.number is None or parts.number.is_finite()
    assert mark_in_name(text, BEFORE, ("亩", "%")).unit in ("", "亩", "%")


def test_how_figures_are_written() -> None:
    assert number_text(Decimal("22.50")) == "22.5"
    assert number_text(Decimal("100")) == "100"
    assert percent_text(Decimal("0.5556")) == "55.6%"
    assert percent_text(Decimal("0.8")) == "80%"
    assert money_text(85_000_000, AmountUnit.WAN_YUAN) == "85 万元"
    assert money_text(128_400_000, AmountUnit.WAN_YUAN) == "128.40 万元"
    assert money_text(128_400_000, AmountUnit.YUAN) == "1,284,000 元"
    assert row_numbers([1, 2, 5]) == "第 1、2、5 行"
    assert row_numbers(list(range(1, 20)), limit=3) == "第 1、2、3 行等"
    assert clipped("甲" * 25) == "甲" * 20 + "……"
    assert clipped(" 两\n行 ") == "两 行"
