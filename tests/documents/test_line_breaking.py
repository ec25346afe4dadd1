"""Chinese line breaking: rules a reader sees, and what holds for every text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.line_breaking import break_lines, width_of

CLOSING = "，。、；：？！）》”％"
OPENING = "（《“"


def advance(char: str) -> float:
    return 0.5 if char.isascii() else 1.0


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("养护村道十二公里，", 8, ["养护村道十二", "公里，"]),
        ("受益群众（含低保户）", 5, ["受益群众", "（含低", "保户）"]),
        ("共投入3,500.25万元", 6, ["共投入", "3,500.25万元"]),
        ("满意度≥95%以上", 4, ["满意度", "≥95%以", "上"]),
        ("路况良好……", 5, ["路况良", "好……"]),
        ("可持续影响指标", 6, ["可持续影响", "指标"]),
        ("目标1：\n目标2：", 20, ["目标1：", "目标2："]),
        ("甲\n\n乙", 5, ["甲", "", "乙"]),
        ("", 5, [""]),
        ("　　其他资金", 20, ["　　其他资金"]),
        ("二〇二七年 预算", 5, ["二〇二七年", "预算"]),
        ("abcdefghijklmnop", 4, ["abcdefgh", "ijklmnop"]),
    ],
)
def test_lines_end_where_they_should(text, width, lines):
    assert break_lines(text, width, advance) == lines


def test_words_of_labels_stay_whole():
    assert break_lines("服务对象满意度指标", 6, advance) == ["服务对象满意", "度指标"]
    assert break_lines("服务对象满意度指标", 6, advance, ("满意度", "指标")) == ["服务对象", "满意度指标"]


TEXTS = st.text(
    st.sampled_from("养护村道目标公里满意度一二三" + CLOSING + OPENING + "12ab.%≥ 　\n"), max_size=200
)


@given(TEXTS, st.integers(6, 40))
def test_nothing_is_lost_and_every_line_fits(text, width):
    lines = break_lines(text, width, advance)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(width_of(line.rstrip(" \u3000"), advance) <= width for line in lines)


@given(st.text(st.sampled_from("养护村道目标公里满意度"), min_size=60, max_size=120), st.data())
def test_punctuation_stays_with_its_sentence(text, data):
    pieces = [text[i : i + 7] + data.draw(st.sampled_from(CLOSING)) for i in range(0, len(text) - 7, 7)]
    lines = break_lines("".join(pieces), 9, advance)
    assert all(line[0] not in CLOSING for line in lines)


@given(st.text(st.sampled_from("养护村道目标公里满意度"), min_size=20, max_size=80))
def test_a_paragraph_does_not_end_in_a_lone_character(text):
    lines = break_lines(text, 9, advance)
    assert len(lines) == 1 or len(lines[-1]) > 1
