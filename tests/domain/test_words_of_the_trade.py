"""Filings, kits, tasks, units, indicators, verdicts and errors: the small rules the others lean on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from models.domain.errors import Cancelled, DeskError, InputError, KitProblem, WrongPassword
from models.domain.filing import FilingStatus, may_move
from models.domain.indicator import Comparator, Direction, IndicatorLevel
from models.domain.kit import FormSetting, TrustMode
from models.domain.message import MessageType, package_file_name
from models.domain.money import AmountUnit
from models.domain.project import DeclarationStage, FilingTask, Unit, departments_of, find_unit
from models.domain.verdict import Verdict, VerdictWord
from resources.builtin_kits import builtin_kits

KIT = builtin_kits(2026)[0]


@pytest.mark.parametrize(
    ("before", "after", "may"),
    [
        ("draft", "sealed", True),
        ("draft", "exempt", True),
        ("draft", "received", False),
        ("sealed", "received", True),
        ("sealed", "approved", False),
        ("received", "in_review", True),
        ("returned", "sealed", True),
        ("passed", "enlisted", True),
        ("enlisted", "unfunded", True),
        ("approved", "adjusted", True),
        ("adjusted", "draft", False),
    ],
)
def test_filings_move_along_the_chain(before: str, after: str, may: bool) -> None:
    assert may_move(FilingStatus(before), FilingStatus(after)) is may


def test_every_status_has_a_word_and_a_way() -> None:
    for status in FilingStatus:
        assert status.label
        assert not status.label.isascii()
        assert any(may_move(status, other) for other in FilingStatus)
    assert [s.value for s in FilingStatus if s.is_editable] == ["draft", "returned"]


def test_labels_are_chinese() -> None:
    for kind in (*Comparator, *Direction, *DeclarationStage, *TrustMode, *MessageType, *VerdictWord):
        assert kind.label
        assert not any(char.isalpha() and char.isascii() for char in kind.label)
    assert [sign.value for sign in Comparator if sign.is_numeric] == ["≥", "≤", "=", ">", "<"]
    assert list(IndicatorLevel) == [1, 2, 3]


def test_kits_find_what_they_carry() -> None:
    assert KIT.task("performance_target_2027_first_round") is KIT.tasks[0]
    assert KIT.task("other") is None
    assert KIT.unit("820001") is None
    assert KIT.frame("two_halves_10").first("output") is not None
    assert KIT.frame("annual_10").second("output", "social_benefit") is None
    assert KIT.frame("annual_10").second("nothing", "quantity") is None
    assert KIT.required_for("人员类") == ("quantity",)
    assert KIT.required_for("没有规定的类别") == KIT.required_for("") == ("quantity", "quality")
    with pytest.raises(KitProblem, match="指标框架"):
        KIT.frame("gone")
    with pytest.raises(KitProblem, match="计分方案"):
        KIT.scheme("gone")


def test_a_setting_for_the_budget_year_goes_before_the_default() -> None:
    own = FormSetting("performance_target", "1", "two_halves_10", "scheme_10", AmountUnit.YUAN, 2027)
    kit = replace(KIT, form_settings=(*KIT.form_settings, own))
    assert kit.form_setting("performance_target", 2027) is own
    assert kit.form_setting("performance_target", 2028) is KIT.form_settings[0]
    assert kit.form_setting("gone", 2027) is None


def test_tasks_are_due_from_units_of_their_category() -> None:
    task = FilingTask("t", "任务", "performance_target", 2027, date(2026, 8, 1), date(2026, 10, 31))
    town, school = Unit("1", "镇", category="乡镇"), Unit("2", "学校", category="学校")
    assert task.is_due_from(town)
    assert task.is_due_from(school)
    towns = replace(task, unit_categories=("乡镇",))
    assert towns.is_due_from(town)
    assert not towns.is_due_from(school)


def test_towns_are_often_their_own_department() -> None:
    assert Unit("820", "镇").is_own_department
    assert Unit("820", "镇", department_code="820").is_own_department
    assert not Unit("820001", "镇", department_code="820").is_own_department


def test_verdicts_are_ordered_from_best_to_worst() -> None:
    words = sorted(VerdictWord, key=lambda word: word.rank)
    assert [word.label for word in words] == ["有效", "有效但有提示", "无法判断", "签名无效", "内容被改动"]
    acceptable = [w for w in words if Verdict(w, True, True, True, True, True).is_acceptable]
    assert acceptable == words[:2]
    assert all(word.next_step for word in words)


def test_errors_speak_one_plain_sentence() -> None:
    assert InputError("金额太长。", "请核对。", "年度资金").sentence == "年度资金：金额太长。请核对。"
    assert DeskError("出错了").sentence == "出错了。"
    assert str(Cancelled()) == "已取消。"
    assert WrongPassword("签名密码不对", wait_seconds=8).wait_seconds == 8


def test_package_names_tell_who_what_and_when() -> None:
    name = package_file_name("820001", 2026, MessageType.SUBMISSION, 3, "abcdef0123456789")
    assert name == "820001_2026_submission_3_abcdef01.asice"


def test_a_department_is_found_by_its_units_lines():
    school = Unit("205002", "小学", "205", "教育局", "教科文股")
    town = Unit("820001", "镇")
    assert find_unit([school, town], "205") == Unit("205", "教育局", "205", "教育局", "教科文股")
    assert find_unit([school, town], "205002") is school
    assert find_unit([school, Unit("205", "教育局本级")], "205") == Unit("205", "教育局本级")
    assert find_unit([school, town], "") is None
    assert find_unit([school], "206") is None
    assert [unit.code for unit in departments_of([school, town])] == ["205", "820001"]
