"""Hand-filled tables as answers: where each statement goes, and that nothing is dropped without a word."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from forms import registry
from forms.hand_filled.levels import placed
from forms.hand_filled.printed import UNCALCULATED
from forms.hand_filled.to_answers import StatedAnswers, answers_of
from tests.forms.cases import KIT_10, KIT_101, OVERALL, TARGET, context, two_halves
from tests.forms.hand_filled.paper import Value
from tests.forms.hand_filled.reader import read_one_of

HEAD = ("一级指标", "二级指标", "三级指标", "指标值")
TITLE = ("项目支出绩效目标申报表（2027年度）",)


def converted(*lines: tuple[Value, ...], form_id: str = TARGET, kit: Any = KIT_101) -> StatedAnswers:
    return answers_of(registry.form(form_id), context(kit, form_id), read_one_of(*lines))


def test_the_head_money_and_rows_of_a_target() -> None:
    made = converted(
        TITLE,
        ("项目名称", "农村公路养护", "主管部门", "219 示例县交通运输局"),
        ("年度资金总额（万元）", "128.40", "其中：财政拨款", "100"),
        ("年度总体目标", "完成 12 公里村道日常养护，路况优良率达到 85%以上"),
        HEAD,
        ("产出指标（50分）", "数量指标", "养护里程", "≥12公里"),
        ("", "质量指标", "路况优良率", "８５％以上"),
    )
    answers = made.answers
    assert answers["supervising_department"] == "示例县交通运输局"
    assert answers["supervising_department_code"] == "219"
    assert (answers["annual_total_fen"], answers["annual_fiscal_fen"]) == (128400000, 100000000)
    assert answers["annual_target"].startswith("完成 12 公里")
    assert [
        (r["first_level"], r["second_level"], r["comparator"], r["planned_value"], r["measure_unit"])
        for r in answers["indicators"]
    ] == [("output", "quantity", "≥", "12", "公里"), ("output", "quality", "≥", "85", "%")]
    assert made.notes == ()


def test_money_without_a_place_is_named() -> None:
    made = converted(
        TITLE,
        ("年度资金总额（万元）", "10"),
        ("上年结转资金（万元）", "3"),
        HEAD,
        ("产出指标", "数量指标", "里程", "≥1公里"),
    )
    assert [note.text for note in made.notes] == [
        "上年结转资金(万元) 3.00 万元"
    ] or "3.00 万元" in made.notes[0].text


def test_a_sign_nobody_wrote_is_left_to_the_person() -> None:
    made = converted(TITLE, HEAD, ("产出指标", "数量指标", "养护里程", "12公里"))
    assert "comparator" not in made.answers["indicators"][0]
    assert "没有写明" in made.notes[0].message


def test_words_and_ranges_stay_as_written() -> None:
    made = converted(
        TITLE,
        HEAD,
        ("产出指标", "质量指标", "制度健全性", "健全"),
        ("产出指标", "质量指标", "合格率", "80%—90%"),
    )
    first, second = made.answers["indicators"]
    assert (first["comparator"], first["planned_value"]) == ("qualitative", "健全")
    assert second["planned_value"] == "80%—90%"


def test_levels_the_frame_does_not_have_keep_their_words_and_are_named() -> None:
    made = converted(TITLE, HEAD, ("成效指标", "影响指标", "知晓率", "≥90%"))
    row = made.answers["indicators"][0]
    assert (row["first_level"], row["second_level"]) == ("成效指标", "影响指标")
    assert "不在指标框架里" in made.notes[0].message


def test_a_level_under_another_first_level_is_moved_and_said() -> None:
    frame = context(KIT_101).frame
    found = placed(frame, "产出指标", "经济成本指标")
    assert (found.first, found.second, found.moved_to) == ("cost", "economic_cost", "成本指标")
    assert placed(frame, "成本", "经济成本").moved_to == ""
    assert not placed(frame, "", "").is_known


def test_medium_term_rows_go_where_the_kit_has_them_or_are_named() -> None:
    lines = (
        TITLE,
        ("二级指标", "三级指标", "指标值", "二级指标", "三级指标", "指标值"),
        ("数量指标", "三年里程", "≥36公里", "数量指标", "年度里程", "≥12公里"),
    )
    both = converted(*lines, kit=two_halves())
    assert [row["third_level"] for row in both.answers["medium_term_indicators"]] == ["三年里程"]
    one = converted(*lines, kit=KIT_10)
    assert "medium_term_indicators" not in one.answers
    assert any("中期指标" in note.message for note in one.notes)


def test_tasks_of_an_overall_target() -> None:
    made = converted(
        ("部门（单位）整体支出绩效目标申报表（2027年度）",),
        ("部门（单位）名称", "示例县柳林镇人民政府"),
        ("年度主要任务", "任务名称", "主要内容", "总额", "财政拨款", "其他资金"),
        ("", "人居环境整治", "清运垃圾", "96.5", "96.5", "0"),
        ("", "金额合计", "", "96.5", "96.5", "0"),
        ("年度总体目标", "保障 11 个行政村正常运转"),
        HEAD,
        ("产出指标", "数量指标", "村数", "=11个"),
        form_id=OVERALL,
    )
    (task,) = made.answers["annual_tasks"]
    assert (task["task_name"], task["total_fen"], task["other_fen"]) == ("人居环境整治", 96500000, 0)


def test_a_self_evaluation_fills_money_results_and_reasons() -> None:
    made = converted(
        ("项目支出绩效自评表（2025年度）",),
        ("项目资金（万元）", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"),
        ("", "年度资金总额", "100", "100", "90", "10", "90%", "9"),
        ("", "其中：当年财政拨款", "100", "100", "90", "", "", ""),
        (
            "一级指标",
            "二级指标",
            "三级指标",
            "年度指标值",
            "实际完成值",
            "分值",
            "得分",
            "偏差原因分析及改进措施",
        ),
        ("产出指标", "数量指标", "养护里程", "≥12公里", "11.2公里", "50", "46.67", "塌方"),
        form_id="self_evaluation",
    )
    fiscal = next(row for row in made.answers["funds"] if row["row_id"] == "fiscal")
    assert (fiscal["annual_fen"], fiscal["spending_fen"]) == (100000000, 90000000)
    (row,) = made.answers["indicators"]
    assert (row["planned_value"], row["actual_value"], row["weight"]) == ("12", "11.2", "50")
    assert row["deviation_reason"] == "塌方"


def test_money_of_two_levels_is_one_source() -> None:
    made = converted(
        TITLE,
        ("资金总额：120万元", "上级财政资金：50万元", "本级财政资金：60万元", "其他资金：10万元"),
        HEAD,
        ("产出指标", "数量指标", "整治村数", "=9个"),
    )
    money = {key: made.answers[key] for key in ("annual_total_fen", "annual_fiscal_fen", "annual_other_fen")}
    assert list(money.values()) == [120_000_000, 110_000_000, 10_000_000]


def test_a_formula_without_result_is_no_answer() -> None:
    table = read_one_of(TITLE, HEAD, ("产出指标", "数量指标", "整治村数", "=9个"))
    row = replace(table.indicators[0], planned_text=UNCALCULATED, planned_value=None, comparator=None)
    made = answers_of(registry.form(TARGET), context(KIT_101, TARGET), replace(table, indicators=(row,)))
    assert "planned_value" not in made.answers["indicators"][0]
