"""Money: whole 分, read in 元 and 万元, written for people and in capital characters."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.money import (
    MAX_FEN,
    AmountError,
    AmountUnit,
    capital_amount,
    format_amount,
    parse_amount,
    plain_text,
)

YUAN, WAN = AmountUnit.YUAN, AmountUnit.WAN_YUAN


@pytest.mark.parametrize(
    ("text", "unit", "fen"),
    [
        ("128.40", WAN, 128_400_000),
        ("3,309,840.00", YUAN, 330_984_000),
        ("１２８．４０", WAN, 128_400_000),
        ("−5", YUAN, -500),
        ("68,4500.5", YUAN, 68_450_050),
        ("0", WAN, 0),
        ("0.000001", WAN, 1),
        ("85万元", YUAN, 85_000_000),
        ("300元", WAN, 30_000),
        ("1.5 亿元", WAN, 15_000_000_000),
        (" 20 ", WAN, 20_000_000),
    ],
)
def test_amounts_are_read(text: str, unit: AmountUnit, fen: int) -> None:
    assert parse_amount(text, unit) == fen


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "不是金额"),
        ("约100", "不是金额"),
        ("12万", "不是金额"),
        ("68，45", "不是金额"),
        ("1,234,56", "不是金额"),
        (",5", "不是金额"),
        ("NaN", "不是金额"),
        ("Infinity", "不是金额"),
        ("1e5", "不是金额"),
        ("1_000", "不是金额"),
        ("1.2.3", "不是金额"),
        ("- 5 6-", "不是金额"),
        ("9" * 31, "太长"),
        ("100000000000", "超出范围"),
        ("0.0000001", "比“分”还小"),
        ("1.001元", "比“分”还小"),
    ],
)
def test_what_is_no_amount_is_said(text: str, what: str) -> None:
    with pytest.raises(AmountError, match=what) as caught:
        parse_amount(text, WAN)
    assert caught.value.sentence.endswith("。")


@given(st.text(max_size=40), st.sampled_from(AmountUnit))
def test_reading_gives_an_amount_or_an_error(text: str, unit: AmountUnit) -> None:
    with suppress(AmountError):
        assert abs(parse_amount(text, unit)) <= MAX_FEN


@given(st.integers(-MAX_FEN, MAX_FEN), st.sampled_from(AmountUnit), st.booleans())
def test_nothing_is_lost_between_writing_and_reading(fen: int, unit: AmountUnit, grouped: bool) -> None:
    assert parse_amount(format_amount(fen, unit, grouped=grouped), unit) == fen


@pytest.mark.parametrize(
    ("fen", "unit", "text"),
    [
        (128_400_000, WAN, "128.40"),
        (1_284_000_000_000, WAN, "1,284,000.00"),
        (1, WAN, "0.000001"),
        (-1_234_567, YUAN, "-12,345.67"),
        (0, WAN, "0.00"),
    ],
)
def test_amounts_are_written(fen: int, unit: AmountUnit, text: str) -> None:
    assert format_amount(fen, unit) == text
    assert format_amount(fen, unit, grouped=False) == text.replace(",", "")


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (0, "零元整"),
        (1, "壹分"),
        (10, "壹角整"),
        (105, "壹元零伍分"),
        (330_984_000, "叁佰叁拾万玖仟捌佰肆拾元整"),
        (100_000, "壹仟元整"),
        (1_000_100, "壹万零壹元整"),
        (10_000_000_000, "壹亿元整"),
        (10_000_100_000, "壹亿零壹仟元整"),
        (1_000_000_000_100, "壹佰亿零壹元整"),
        (12_345_678_901_234, "壹仟贰佰叁拾肆亿伍仟陆佰柒拾捌万玖仟零壹拾贰元叁角肆分"),
        (-20_050, "负贰佰元伍角整"),
        (10_050, "壹佰元伍角整"),
    ],
)
def test_capital_characters(fen: int, text: str) -> None:
    assert capital_amount(fen) == text


_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = {"拾": 10, "佰": 100, "仟": 1000}


def _value(text: str) -> int:
    """What capital characters below one 元-group amount to, read independently: up to 万亿."""
    total = section = digit = 0
    for char in text.replace("万亿", "兆"):
        if char in _DIGITS:
            digit = _DIGITS.index(char)
        elif char in _PLACES:
            section, digit = section + digit * _PLACES[char], 0
        else:
            unit = {"万": 10**4, "亿": 10**8, "兆": 10**12}[char]
            total, section, digit = total + (section + digit) * unit, 0, 0
    return total + section + digit


@given(st.integers(0, MAX_FEN))
def test_capital_characters_mean_the_same_amount(fen: int) -> None:
    whole, _, rest = capital_amount(fen).rpartition("元")
    jiao, _, cents = (
        rest.removesuffix("整").rpartition("角") if "角" in rest else ("", "", rest.removesuffix("整"))
    )
    cent = cents.removesuffix("分").removeprefix("零")
    found = (
        _value(whole) * 100 + (_DIGITS.index(jiao) * 10 if jiao else 0) + (_DIGITS.index(cent) if cent else 0)
    )
    assert found == fen
    assert "零零" not in whole


def test_units_and_plain_text() -> None:
    assert [unit.label for unit in AmountUnit] == ["元", "万元"]
    assert plain_text("　１２，０００％ ") == "12,000%"
    assert Decimal(AmountUnit.WAN_YUAN.value) / AmountUnit.YUAN.value == 10_000
