"""The indicator coach: each fault with a way out, each way out sound, nothing said twice."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from forms.coach import MOST
from forms.coach_notes import kind_of
from forms.findings import Finding
from resources.builtin_library import builtin_library, coach_words
from tests.forms import cases
from tests.forms.cases import KIT_10, ROADS, Answers, line
from tests.forms.checks.library import LENGTH, with_library
from tests.forms.checks.test_published_tables import CADRES, FOREST, SCHOOLS
from tests.forms.coach.coaching import advice, coach_of, context, taken, with_row

PUBLISHED = {"cadres": CADRES, "forest": FOREST, "schools": SCHOOLS}


@pytest.mark.parametrize(
    ("row", "code", "words", "source"),
    [
        (
            ("output.timeliness", "补助经费到位及时性", "定性及时"),
            "C16",
            "补助经费到位及时率 ≥95%",
            "按常用写法",
        ),
        (
            ("output.timeliness", "补助经费到位及时性", "定性及时"),
            "C16",
            "补助经费到位及时率 =100%",
            "指标库·村级运转",
        ),
        (
            ("output.quality", "种植作物成活率", "=95%以上", "%"),
            "C11",
            "种植作物成活率 ≥95%",
            "按填写的内容整理",
        ),
        (("output.quality", "报告合格率", "≥100", "百分比"), "C12", "报告合格率 =100%", "按填写的内容整理"),
        (("output.quality", "报告合格率", "≥100", "%"), "C13", "报告合格率 =100%", "按填写的内容整理"),
        (("output.quantity", "种植面积", "≥29.5亩"), "C12", "种植面积 ≥29.5亩", "按填写的内容整理"),
        (("output.quantity", "作业道长度(公里)", "=30"), "C10", "作业道长度 =30公里", "按填写的内容整理"),
        (
            ("output.quantity", "清运生活垃圾量", "≥4200"),
            "C10",
            "清运生活垃圾量 ≥4200吨",
            "参照指标库·环卫保洁的“全年清运生活垃圾量”",
        ),
        (
            ("output.timeliness", "完工时间", "≥2027年12月底"),
            "C11",
            "完工时间 2027年12月底",
            "日期、期限等用“其他”",
        ),
        (("output.quality", "垃圾清运率", "定性95%"), "C11", "垃圾清运率 ≥95%", "按填写的内容整理"),
        (
            ("output.quantity", "补助资金金额", "=43.2", "万元"),
            "C18",
            "移到成本指标 · 经济成本指标：补助资金金额 =43.2万元",
            "金额放在成本指标",
        ),
        (
            ("output.quality", "报酬按时发放", "≥1", "人/年"),
            "C18",
            "移到产出指标 · 时效指标：报酬按时发放率 ≥95%",
            "按常用写法",
        ),
        (
            ("benefit.social_benefit", "市民满意程度", "≥95", "%"),
            "C18",
            "移到满意度指标 · 服务对象满意度指标：市民满意程度 ≥95%",
            "满意度放在满意度指标",
        ),
        (("cost.economic_cost", "项目总成本", "≥90", "万元"), "C19", "项目总成本 ≤90万元", "越少越好的用“≤”"),
        (
            ("cost.economic_cost", "项目总成本", "≤9000", "万元"),
            "C19",
            "项目总成本 ≤128.4万元",
            "按年度资金封顶",
        ),
        (
            ("benefit.social_benefit", "维护社会稳定", "≥95", "%"),
            "C50",
            "矛盾纠纷就地化解率 ≥95%",
            "按常用写法",
        ),
        (
            ("satisfaction.client_satisfaction", "群众满意度", "=100", "%"),
            "C14",
            "群众满意度 ≥90%",
            "按常用写法",
        ),
        (
            ("benefit.sustainable_impact", "办学条件", "定性持续改善"),
            "C16",
            "办学条件 定性 持续改善，按优良中低差评定为优",
            "写明分几档",
        ),
    ],
    ids=lambda value: value[1] if isinstance(value, tuple) else None,
)
def test_a_fault_comes_with_a_way_out_that_can_be_taken(row: Any, code: str, words: str, source: str) -> None:
    answers = with_row(*row)
    offered = {
        s.words: s for a in advice(answers) if a.finding and a.finding.code == code for s in a.suggestions
    }
    assert words in offered
    suggestion = offered[words]
    assert suggestion.source == source
    after = cases.report(context(), taken(answers, suggestion)).findings
    assert not [f for f in after if f.code == code and f.place.row_id]


@pytest.mark.parametrize(
    ("row", "remark", "words"),
    [
        (("output.quantity", "村组干部230人", "≥230", "个"), "名称里写了“230人”", "村组干部人数 ≥230人"),
        (
            ("output.quantity", "更换供水管网长度", "≥6", "人"),
            "说的是长度，计量单位却是“人”",
            "更换供水管网长度 ≥6公里",
        ),
        (("output.quantity", "种植面积(今年)", "≥30", "公里"), "说的是面积", "种植面积(今年) ≥30亩"),
        (("output.quantity", "培训人次数", "≥300", "次"), "说的是人次", "培训人次数 ≥300人次"),
        (
            ("benefit.economic_benefit", "农户收入增长率", "≥5", "%"),
            "没有说明与什么时候相比",
            "农户收入比上年增长率 ≥5%",
        ),
        (
            ("output.quantity", "路面状况明显提升", "≥12", "公里"),
            "没有说明与什么时候相比",
            "路面状况比上年提升 ≥12公里",
        ),
        (("cost.economic_cost", "每公里成本", "≤9", "万元"), "方向是“正向”，应为“反向”", "每公里成本 ≤9万元"),
        (
            ("benefit.social_benefit", "方便沿线群众出行", "≥8600", "人"),
            "名称照抄了年度目标",
            "沿线受益群众人数 ≥（待填）人",
        ),
    ],
)
def test_what_no_check_speaks_of_the_coach_says_itself(row: Any, remark: str, words: str) -> None:
    answers = with_row(*row, direction="positive")
    (one,) = advice(answers)
    assert one.finding is None
    assert remark in one.remark
    assert words in [suggestion.words for suggestion in one.suggestions]
    assert advice(taken(answers, one.suggestions[0])) == []


@pytest.mark.parametrize(
    ("name", "unit"),
    [("养护里程", "万公里"), ("人均住房面积", "平方米/人"), ("养护里程合格率", "%"), ("受益人口", "万人")],
)
def test_a_unit_that_fits_is_left_alone(name: str, unit: str) -> None:
    told = advice(with_row("output.quantity", name, "≥12", unit))
    assert not [one for one in told if "说的是" in one.remark]


def test_the_library_itself_counts_everything_in_units_that_fit() -> None:
    words = coach_words()
    for row in builtin_library():
        kind = kind_of(row.name, words)
        assert kind is None or row.measure_unit == "%" or kind.measures(row.measure_unit), row.name


def test_a_goal_below_last_years_is_noticed() -> None:
    given = context(previous_answers=with_row("output.quality", "路况优良率", "≥88", "%"))
    (one,) = advice(with_row("output.quality", "路况优良率", "≥85", "%"), given)
    assert "上年申报的是 88%，今年填 85%" in one.remark
    assert one.suggestions[0].changes == {"planned_value": "88"}
    assert advice(with_row("output.quality", "路况优良率", "≥90", "%"), given) == []


def test_a_name_that_stands_twice_can_be_taken_out() -> None:
    answers = {**ROADS, "indicators": [*ROADS["indicators"], {**ROADS["indicators"][1], "row_id": "r9"}]}
    (one,) = [a for a in advice(answers) if a.finding and a.finding.code == "C17"]
    assert one.place.row_id == "r9"
    assert one.suggestions[0].removes
    assert taken(answers, one.suggestions[0])["indicators"] == ROADS["indicators"]


def test_one_value_for_everything_is_told_apart_by_the_library() -> None:
    names = (
        ("output.quality", "路况优良率"),
        ("output.timeliness", "水毁修复及时率"),
        ("output.quality", "竣工验收合格率"),
        ("benefit.social_benefit", "群众出行改善率"),
    )
    answers = {**ROADS, "indicators": [line(n, *spec, "≥95", "%") for n, spec in enumerate(names, 1)]}
    found = [a for a in advice(answers) if a.finding and a.finding.code == "C17"]
    words = {suggestion.words for one in found for suggestion in one.suggestions}
    assert {"路况优良率 ≥85%", "项目验收合格率 =100%"} <= words
    after = cases.report(context(), taken(answers, found[0].suggestions[0])).findings
    assert "C17" not in {finding.code for finding in after}


def _weighed(**weights: str | None) -> Answers:
    rows = [{**row, "weight": weights.get(row["row_id"], row["weight"])} for row in ROADS["indicators"]]
    return {**ROADS, "indicators": rows}


def test_points_that_do_not_add_up_get_the_row_that_puts_them_right() -> None:
    answers = _weighed(r4="9")
    found = [a for a in advice(answers) if a.finding and a.finding.code == "C20"]
    words = [one.suggestions[0].words for one in found]
    assert words == ["每公里养护成本 分值 20 → 23", "养护里程 分值 10 → 13"]
    assert found[0].suggestions[0].source == "合计正好 90 分"
    for one in found:
        after = taken(answers, one.suggestions[0])
        assert not [f for f in cases.found(context(), after, "C20") if not f.place.row_id]


def test_rows_without_points_share_what_is_left() -> None:
    answers = _weighed(r2=None, r5=None)
    (one,) = [a for a in advice(answers) if a.finding and a.finding.code == "C21"]
    assert one.suggestions[0].words == "养护里程 分值 空 → 10"
    assert one.suggestions[0].source == "还剩 20 分没有分配，2 条指标平均"
    answers = taken(answers, one.suggestions[0])
    (last,) = [a for a in advice(answers) if a.finding and a.finding.code == "C21"]
    answers = taken(answers, last.suggestions[0])
    assert last.suggestions[0].source == "还剩 10 分没有分配"
    assert advice(answers) == []


def test_points_nobody_can_put_right_in_one_row_are_left_to_people() -> None:
    answers = _weighed(**{f"r{number}": "90" for number in range(1, 9)})
    found = [
        a for a in advice(answers) if a.finding and a.finding.code == "C20" and not a.finding.place.row_id
    ]
    assert found == []


def test_a_changed_library_row_goes_back_or_goes_its_own_way() -> None:
    given = with_library()
    answers = {**ROADS, "indicators": [{**ROADS["indicators"][1], "library_code": LENGTH, "comparator": "≤"}]}
    (one,) = [a for a in advice(answers, given) if a.finding and a.finding.code == "C23"]
    back, own = one.suggestions
    assert back.words == "养护里程 ≥12公里"
    assert own.words == "保留现在的写法：养护里程 ≤12公里"
    assert cases.found(given, taken(answers, back), "C23") == []
    assert cases.found(given, taken(answers, own), "C23") == []


@pytest.mark.parametrize("name", cases.GOOD_FORMS)
def test_nothing_is_suggested_where_nothing_is_wrong(name: str) -> None:
    given, answers = cases.GOOD_FORMS[name]
    assert advice(answers, given) == []


@pytest.mark.parametrize("kit", [cases.KIT_101, KIT_10, cases.in_one_cell()], ids=["101", "10", "one cell"])
@pytest.mark.parametrize("name", PUBLISHED)
def test_no_suggestion_makes_anything_worse(name: str, kit: Any) -> None:
    given, answers = context(kit=kit), PUBLISHED[name]
    before = {finding.code for finding in cases.report(given, answers).findings}
    found = advice(answers, given)
    for one in found:
        assert 1 <= len(one.suggestions) <= MOST
        for suggestion in one.suggestions:
            after = cases.report(given, taken(answers, suggestion)).findings
            new = {f.code for f in after if _is_of_row(f, suggestion.row_id)} - before - {"C10"}
            assert new == set(), suggestion
            if one.finding and one.finding.code != "C17":
                assert not [f for f in after if f.code == one.finding.code and f.place == one.finding.place]


def _is_of_row(finding: Finding, row_id: str) -> bool:
    return finding.place.row_id == row_id and finding.code not in ("C17", "C20", "C21")


def test_published_tables_get_advice_in_the_order_of_their_rows() -> None:
    rows = [one.place.row_id for one in advice(CADRES)]
    assert rows == sorted(rows, key=lambda row_id: int(row_id[1:]))
    assert {"r1", "r3", "r4", "r5", "r6", "r7"} <= set(rows)


def test_a_vague_row_shows_a_bad_and_a_good_case_of_its_own_level() -> None:
    (one,) = advice(with_row("output.timeliness", "补助经费到位及时性", "定性及时"))
    assert one.case is not None
    assert dict(one.case.bad)["second_level"] == "timeliness"
    assert dict(one.case.good)["third_level"] == "补助经费到位及时率"


def test_suggestions_say_nothing_a_finding_says() -> None:
    for answers in PUBLISHED.values():
        found = advice(answers)
        remarks = {one.remark for one in found if one.finding is None}
        sentences = " ".join(f.sentence for f in cases.report(context(), answers).findings)
        assert not [remark for remark in remarks if remark in sentences]
        for one in found:
            assert (one.finding is None) == bool(one.remark)


def test_the_coach_is_silent_without_the_kits_words() -> None:
    settings = {k: v for k, v in cases.KIT_101.check_settings.items() if k != "shared"}
    given = context(kit=replace(cases.KIT_101, check_settings=settings))
    assert advice(CADRES, given) == []


def test_broken_answers_are_no_trouble() -> None:
    given = context()
    rows: list[Any] = [{"row_id": "r1"}, {"row_id": "r2", "third_level": 5}, {"third_level": "x" * 500}]
    answers: Answers = {**ROADS, "indicators": rows}
    assert coach_of(given).advise(answers, cases.report(given, answers)) is not None
