"""Rules of a kit one by one: read in words, written back, refused with a sentence; what is written is what forms follow."""

from __future__ import annotations

from decimal import Decimal

import pytest

from forms.ex_ante_rule import ExAnteFacts, needs_ex_ante
from models.domain.errors import InputError
from models.domain.kit import ParameterKit
from models.domain.kit_json import kit_from_json, kit_to_json
from models.domain.money import AmountUnit
from resources.builtin_kits import builtin_kits, place_kits
from services.kit_rules.line import KitRule
from services.kit_rules.table import kit_rules, with_rule

KIT_10, KIT_101 = builtin_kits(2026)
XIGONG, SHANGYOU, *_ = place_kits(2026)
WAN = 1_000_000


def rule(kit: ParameterKit, label: str) -> KitRule:
    return next(one for one in kit_rules(kit) if one.label == label)


def changed(kit: ParameterKit, label: str, text: str) -> ParameterKit:
    made = with_rule(kit, rule(kit, label), text)
    assert kit_from_json(kit_to_json(made)) == made
    return made


@pytest.mark.parametrize("kit", [KIT_10, KIT_101, XIGONG, SHANGYOU], ids=lambda kit: kit.kit_id)
def test_every_rule_read_and_written_again_is_the_same(kit: ParameterKit) -> None:
    for one in kit_rules(kit):
        made = with_rule(kit, one, one.text)
        assert rule(made, one.label).text == one.text, one.label


def test_how_early_the_end_of_a_signature_is_announced() -> None:
    label = "签名到期前多少天提醒续期"
    assert rule(KIT_10, label).text == "60"
    assert changed(KIT_10, label, "90").renewal_notice_days == 90
    for text in ("", "六十", "6", "366", "30.5"):
        with pytest.raises(InputError):
            changed(KIT_10, label, text)


def test_how_many_equal_scores_are_worth_a_look() -> None:
    label = "同一单位几份得分全部相同要提示"
    assert rule(KIT_10, label).text == "3"
    assert changed(KIT_10, label, "5").same_scores_from == 5
    for text in ("", "三", "1", "101", "2.5"):
        with pytest.raises(InputError):
            changed(KIT_10, label, text)


def test_growth_years_and_exemptions_are_what_the_check_asks_by() -> None:
    kit = changed(KIT_101, "延续项目比上年增长多少要评估", "30%")
    kit = changed(kit, "延续项目比上年增加多少要评估", "100")
    kit = changed(kit, "执行几年以上要评估", "3")
    kit = changed(kit, "免予评估的情形", "救灾；人员类、公用经费")
    assert kit.ex_ante is not None
    assert (kit.ex_ante.growth_share, kit.ex_ante.growth_fen, kit.ex_ante.years) == (
        Decimal("0.3"),
        100 * WAN,
        3,
    )
    assert kit.ex_ante.exemptions == ("救灾", "人员类、公用经费")
    grown = ExAnteFacts(2027, 260 * WAN, 200 * WAN, "continuing")
    assert needs_ex_ante(kit.ex_ante, grown).is_needed
    kit = changed(changed(kit, "延续项目比上年增长多少要评估", ""), "延续项目比上年增加多少要评估", "")
    assert kit.ex_ante is not None
    assert not needs_ex_ante(kit.ex_ante, grown).is_needed


def test_all_projects_means_all_also_in_kits_that_named_them_elsewhere() -> None:
    assert rule(KIT_101, "金额界限适用于").text == "新增项目"
    assert rule(changed(KIT_101, "金额界限适用于", "全部项目"), "金额界限适用于").text == "全部项目"


def test_monitoring_asks_for_answers_and_follows_key_projects_closely() -> None:
    kit = changed(KIT_10, "多少金额的项目作为重点跟踪", "200")
    kit = changed(kit, "触发预警后单位要选的处理意见", "继续执行、调剂、取消")
    kit = changed(kit, "触发预警后几个工作日内答复", "10")
    kit = changed(kit, "预警灯从序时进度的多少起", "红灯 0、黄灯 50、绿灯 75")
    kit = changed(kit, "完成目标可能性的说法", "能完成、可能完成、完全不可能")
    made = kit.monitoring
    assert made is not None
    assert (made.is_key(200 * WAN), made.is_key(199 * WAN)) == (True, False)
    assert (made.answers, made.answer_days) == (("继续执行", "调剂", "取消"), 10)
    assert [str(band.lower) for band in made.bands] == ["0", "0.5", "0.75"]
    assert made.likelihood_labels == {"certain": "能完成", "possible": "可能完成"}


def test_grades_conclusions_and_attachments_are_typed_as_people_write_them() -> None:
    kit = changed(KIT_10, "评价等级和分数线", "优秀 90分，良好 75，一般 0")
    for scheme in kit.schemes:
        assert [(grade.name, grade.lower) for grade in scheme.grades] == [
            ("优秀", Decimal(90)),
            ("良好", Decimal(75)),
            ("一般", Decimal(0)),
        ]
    kit = changed(kit, "评估结论和分数线", "予以支持 90、部分支持 60、不予支持 0")
    assert kit.ex_ante_scheme is not None
    assert [band.is_support for band in kit.ex_ante_scheme.bands] == [True, True, False]
    kit = changed(kit, "报告要附的材料", "绩效目标申报表（必附）；会议纪要")
    assert kit.ex_ante_scheme is not None
    assert [(one.name, one.is_required) for one in kit.ex_ante_scheme.attachments] == [
        ("绩效目标申报表", True),
        ("会议纪要", False),
    ]


def test_self_evaluation_and_rectification() -> None:
    kit = changed(KIT_10, "哪些自评表要附自评报告", "绩效自评")
    kit = changed(kit, "整体自评的指标体系", "部门决策、综合管理、部门绩效")
    kit = changed(kit, "任务开始后多少天内整改完成", "60")
    kit = changed(kit, "问题来源有哪些", "审计、人大监督")
    assert kit.self_evaluation is not None
    assert kit.self_evaluation.report_forms == ("self_evaluation",)
    assert kit.self_evaluation.overall_frame_id == "decision"
    assert kit.rectification is not None
    assert (kit.rectification.deadline_days, kit.rectification.origins) == (60, ("审计", "人大监督"))


def test_names_units_schemes_and_layouts_of_forms() -> None:
    kit = changed(KIT_10, "事前绩效评估：本地叫什么名称", "财政支出事前论证报告")
    kit = changed(kit, "绩效目标：金额单位", "元")
    kit = changed(
        kit, "绩效目标：指标框架", next(f.name for f in KIT_10.frames if f.frame_id == "two_halves_10")
    )
    scheme = next(one.name for one in KIT_10.schemes if one.scheme_id == "scheme_20_80")
    kit = changed(kit, "绩效自评：计分方案", scheme)
    assert kit.form_title("ex_ante_evaluation", 2027, "") == "财政支出事前论证报告"
    target, evaluated = (
        kit.form_setting("performance_target", 2027),
        kit.form_setting("self_evaluation", 2025),
    )
    assert target is not None
    assert evaluated is not None
    assert (target.amount_unit, target.frame_id) == (AmountUnit.YUAN, "two_halves_10")
    assert evaluated.scheme_id == "scheme_20_80"
    assert changed(kit, "事前绩效评估：本地叫什么名称", "").form_title("ex_ante_evaluation", 2027, "") == ""


@pytest.mark.parametrize(
    ("label", "text", "says"),
    [
        ("延续项目比上年增长多少要评估", "三成", "不是数字"),
        ("延续项目比上年增加多少要评估", "-5", "小于 0"),
        ("执行几年以上要评估", "0", "至少是 1 年"),
        ("增长界限包括本数", "随便", "请从"),
        ("评价等级和分数线", "优 90、良 95、差 0", "由高到低"),
        ("评价等级和分数线", "优 90、良 80", "从 0 分起"),
        ("评价等级和分数线", "优秀", "看不懂"),
        ("评估结论和分数线", "予以支持 80、不予支持 0", "要有 3 种"),
        ("预警灯从序时进度的多少起", "紫灯 0", "看不懂"),
        ("预警灯从序时进度的多少起", "红灯 10、黄灯 60", "从 0 开始"),
        ("完成目标可能性的说法", "能、不能", "要有 3 个说法"),
        ("任务开始后多少天内整改完成", "30.5", "整数"),
        ("问题来源有哪些", "", "至少填一种"),
        ("绩效自评：本地叫什么名称", "表" * 61, "超过 60 字"),
        ("绩效目标：金额单位", "亿元", "请从"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_sentence(label: str, text: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        with_rule(KIT_101, rule(KIT_101, label), text)


def test_rules_of_an_evaluation_nobody_asks_for_are_not_shown() -> None:
    labels = {one.label for one in kit_rules(KIT_10)}
    assert KIT_10.ex_ante is None
    assert "执行几年以上要评估" not in labels
    assert "评估结论和分数线" in labels


def test_levels_of_review_and_who_may_return_are_ruled_by_the_place() -> None:
    assert rule(KIT_10, "分管领导审定看哪些表").text == "事前绩效评估、目标调整"
    kit = changed(KIT_10, "分管领导审定看哪些表", "绩效目标、事前绩效评估")
    kit = changed(kit, "绩效股复审看哪些表", "不设")
    kit = changed(kit, "哪些环节可以退回修改", "主管部门审核、业务股室初审")
    kit = changed(kit, "退回后几天内重新报送", "10")
    assert kit.review is not None
    steps = kit.review.steps_for("performance_target", has_department=True)
    assert [(step.level.value, step.may_return) for step in steps] == [
        ("department", True),
        ("office", True),
        ("leader", False),
    ]
    assert kit.review.answer_days == 10
    again = changed(kit, "绩效股复审看哪些表", "各表")
    assert again.review is not None
    assert [step.level.value for step in again.review.steps] == [
        "department",
        "office",
        "performance",
        "leader",
    ]


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("分管领导审定看哪些表", "绩效目标、没有的表"),
        ("分管领导审定看哪些表", ""),
        ("哪些环节可以退回修改", "主管部门审核"),
        ("哪些环节可以退回修改", "监督股"),
        ("退回后几天内重新报送", "0"),
    ],
)
def test_a_review_that_could_not_go_on_is_refused(label: str, text: str) -> None:
    with pytest.raises(InputError):
        changed(KIT_10, label, text)


def test_canned_opinions_are_the_places_own() -> None:
    label = "常用审核意见"
    before = rule(KIT_10, label).text
    kit = changed(KIT_10, label, f"{before}|请补充会议纪要")
    assert kit.review is not None
    assert KIT_10.review is not None
    assert kit.review.opinions[:-1] == KIT_10.review.opinions
    assert (kit.review.opinions[-1].text, kit.review.opinions[-1].form_ids) == ("请补充会议纪要", ())


def test_a_form_nobody_at_the_bureau_looks_at_is_refused() -> None:
    kit = changed(KIT_10, "绩效股复审看哪些表", "不设")
    with pytest.raises(InputError, match="没有环节审核"):
        changed(kit, "业务股室初审看哪些表", "不设")
