"""Numbers in words (中文数字): read where they are values, left alone where they are names."""

from __future__ import annotations

import pytest

from forms.chinese_numerals import dates_in_figures, in_figures, number_in_words
from models.domain.money import capital_amount
from tests.forms.hand_filled.reader import SHARED

VALUES = {
    "五次": "5次",
    "两次": "2次",
    "十二场": "12场",
    "一百二十人": "120人",
    "一千零五十户": "1050户",
    "三点五公里": "3.5公里",
    "不少于五次": "不少于5次",
    "全年不少于四期": "全年不少于4期",
    "百分之九十五": "95%",
    "百分之九十五以上": "95%以上",
    "百分百": "100%",
    "千分之三": "3‰",
    "九成以上": "90%以上",
    "三万五千元": "35000元",
    "十余次": "10余次",
    "五次/年": "5次/年",
    "二十四小时": "24小时",
}
NAMES = "一般 一级 三公经费 十四五 十分满意 一致 一次性 一站式 一户一策 三类 第五次 二十大 万无一失 一百二人 百个 一季度"


@pytest.mark.parametrize("text", VALUES)
def test_values(text: str) -> None:
    assert in_figures(text, SHARED.known_units) == VALUES[text]


@pytest.mark.parametrize("text", NAMES.split())
def test_names_stay_words(text: str) -> None:
    assert in_figures(text, SHARED.known_units) == text


@pytest.mark.parametrize(
    "number", [1, 10, 15, 101, 110, 999, 1001, 1010, 20_003, 100_500, 70_080_009, 10**8 + 5]
)
def test_capitals_are_read_back(number: int) -> None:
    assert number_in_words(capital_amount(number * 100).removesuffix("元整")) == number


def test_dates() -> None:
    assert dates_in_figures("二〇二四年十二月底前") == "2024年12月底前"
    assert dates_in_figures("三月十五日") == "3月15日"
    assert dates_in_figures("三个月内") == "三个月内"
