"""Ex-ante score tables in the layouts of other offices (别处表样的事前评估评分表): marks, sums, totals, conclusions."""

from __future__ import annotations

import pytest

from forms.hand_filled.ex_ante_scores import ticked_word
from tests.forms.hand_filled.clean_table import H, audited
from tests.forms.hand_filled.paper import Value
from tests.forms.hand_filled.reader import read_one_of

TITLE = ("财政支出事前绩效评估评分表（2025年度）",)
HEADS = ("项目名称", "智慧停车", None, "项目单位", "示例县城管局")
COLUMNS = ("一级指标", "二级指标", "评分要点", "分值", "得分")
ROWS: tuple[tuple[Value, ...], ...] = (
    ("立项必要性（20分）", "明确相关性", "目的明确", 10, 8),
    (None, "必要可行性", "不重复", 10, 9),
    ("投入经济性（20分）", "预算科学性", "明细清楚", 20, 16),
    ("绩效目标合理性（20分）", "完整性", "填报规范", 20, 18),
    ("实施方案可行性（20分）", "方案", "方案可行", 20, 17),
    ("筹资合规性（20分）", "筹资", "来源合规", 20, 18),
)
Said = list[tuple[str, str, str]]


def _said(*lines: tuple[Value, ...], merges: tuple[tuple[int, int, int, int], ...] = ()) -> Said:
    audit = audited(read_one_of(*lines, merges=merges))
    return [(one.code, one.place.path, one.message) for one in audit.findings if one.severity is not H]


def _rows(*rows: tuple[Value, ...], total: int = 86, conclusion: str = "予以支持") -> Said:
    end = (("合计", None, None, 100, total), ("评估结论", conclusion))
    return _said(TITLE, HEADS, COLUMNS, *rows, *end, merges=((4, 1, 5, 1),))


def test_right_figures_are_left_alone() -> None:
    assert _rows(*ROWS) == []
    table = audited(read_one_of(TITLE, HEADS, COLUMNS, *ROWS, merges=((4, 1, 5, 1),))).table
    assert [(row.first_level, row.third_level) for row in table.indicators][:2] == [
        ("立项必要性", "目的明确"),
        ("立项必要性", "不重复"),
    ]


def test_a_score_beyond_its_marks_and_a_total() -> None:
    found = _rows((*ROWS[0][:4], 12), *ROWS[1:])
    assert {(code, where) for code, where, _ in found} == {("C34", "E10"), ("C32", "E4")}
    assert any("各项加起来是 90 分" in message for _, _, message in found)


def test_marks_of_a_dimension() -> None:
    found = _rows((*ROWS[0][:3], 5, 4), *ROWS[1:], total=82)
    assert [message for _, _, message in found if "各项加起来是 15 分" in message]


def test_a_conclusion_the_total_cannot_bear() -> None:
    assert [code for code, _, _ in _rows(*ROWS, conclusion="不予支持")] == ["C57"]
    assert _rows(*ROWS, conclusion="部分支持") == []


def test_dimensions_alone_and_ticked_conclusion() -> None:
    found = _said(
        ("财政支出项目事前论证评分表",),
        ("2025年度",),
        ("项目名称", "污水管网", "申报单位", "示例镇人民政府"),
        ("论证内容", "标准分", "评分", "评分依据"),
        ("立项必要性", 20, 18),
        ("投入经济性", 20, 15),
        ("绩效目标合理性", 20, 16),
        ("实施方案可行性", 20, 14),
        ("筹资合规性", 20, 17),
        ("总分", 100, 81),
        ("论证结论：☑予以支持 □调整完善后予以支持 □不予支持",),
    )
    assert [(code, where) for code, where, _ in found] == [("C34", "C10")]


def test_subtotals_below_their_items() -> None:
    lines = (
        (1, "立项必要性", "政策相关", 10, 10),
        (2, None, "职能相关", 10, 8),
        (None, "小计", None, 20, 19),
        (3, "投入经济性", "投入产出", 20, 15),
        (None, "小计", None, 20, 15),
    )
    found = _said(
        TITLE, HEADS, ("序号", "评估维度", "评估内容", "分值", "得分"), *lines, merges=((4, 2, 5, 2),)
    )
    assert [(code, where) for code, where, _ in found] == [("C34", "E6")]


def test_ratings_ticked_without_a_head() -> None:
    found = _said(
        ("事前绩效评估评审表（2025年度）",),
        ("项目名称", "数字乡村", "项目单位", "示例镇人民政府"),
        ("一、立项必要性（20分）",),
        ("明确相关性", "目的明确", "10分", "优□良☑中□差□"),
        (None, "唯一性", "10分", "优☑良□中□差□"),
        ("二、投入经济性（20分）",),
        ("预算科学性", "明细清晰", "15分", "优□良☑中□差□"),
        ("总分：40分",),
    )
    says = " ".join(message for _, _, message in found)
    assert "填的是 20 分，各项加起来是 15 分" in says
    assert "填的是 40 分，各项加起来是 30 分（8 + 10 + 12）" in says


def test_money_given_above_what_was_asked_for() -> None:
    money = ("送审金额（万元）", 100, None, "审定金额（万元）", 120)
    assert [code for code, _, _ in _said(TITLE, HEADS, money, COLUMNS, *ROWS)] == ["C58"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("优□良☑中□差□", "良"),
        ("□优 ☑良 □中", "良"),
        ("☑予以支持 □不予支持", "予以支持"),
        ("良", ""),
        ("优□良□", ""),
    ],
)
def test_ticked_words(text: str, word: str) -> None:
    assert ticked_word(text) == word
