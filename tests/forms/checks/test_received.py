"""Checks of the receiving desk: each fires with both values and a remedy, and is silent when all is well."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from forms import registry
from forms.checks.board import not_filed
from forms.checks.received_catalog import RECEIVED_CHECKS, check_received
from forms.checks.received_facts import GivenScore, ReceivedFacts, Submission
from forms.checks.received_scores import deviation
from forms.findings import Finding, Severity
from tests.forms.cases import KIT_101, TARGET, context

BACKGROUND = context()
DUE = BACKGROUND.task.closes_on
SIGNED = {
    "preparer_name": "张敏",
    "reviewer_name": "李强",
    "unit_head_name": "王建国",
    "contact_phone": "63331234",
}
FIRST = Submission(1, "a", DUE, "先来的.asice")
OTHER = Submission(1, "b", DUE, "后来的.asice")
SOUND = ReceivedFacts(
    registry.form(TARGET), BACKGROUND, SIGNED, 1, submissions=(FIRST,), form_version="1", is_unit_listed=True
)
OWN = GivenScore("单位自评", Decimal(96), "优")


def found(facts: ReceivedFacts, code: str) -> list[Finding]:
    return [finding for finding in check_received(facts).findings if finding.code == code]


def scores(*figures: str) -> tuple[tuple[str, Decimal], ...]:
    return tuple((f"项目{number}", Decimal(one)) for number, one in enumerate(figures, 1))


FIRING = {
    "同版本两份": (
        replace(SOUND, submissions=(FIRST, OTHER)),
        "C43",
        Severity.BLOCKING,
        ("先来的", "后来的"),
    ),
    "另一份填报件": (replace(SOUND, rivals=(OTHER,)), "C43", Severity.BLOCKING, ("先来的", "后来的")),
    "单位不在名录": (replace(SOUND, is_unit_listed=False), "C44", Severity.BLOCKING, ("820001", "单位名录")),
    "表的版本": (replace(SOUND, is_form_known=False, form_version="99"), "C44", Severity.BLOCKING, ("99",)),
    "年度": (
        replace(SOUND, context=replace(BACKGROUND, task=replace(BACKGROUND.task, budget_year=1999))),
        "C44",
        Severity.BLOCKING,
        ("1999", "2027"),
    ),
    "没有审核人": (
        replace(SOUND, answers={**SIGNED, "reviewer_name": " "}),
        "C44",
        Severity.EXPLAIN,
        ("审核人", "没有填写"),
    ),
    "逾期": (
        replace(SOUND, submissions=(replace(FIRST, received_on=DUE + timedelta(days=3)),)),
        "C45",
        Severity.EXPLAIN,
        ("逾期 3 天",),
    ),
    "缺附件": (replace(SOUND, absent=("施工合同",)), "C45", Severity.EXPLAIN, ("施工合同",)),
    "得分全一样": (
        replace(SOUND, unit_scores=scores("98", "98.0", "98")),
        "C46",
        Severity.EXPLAIN,
        ("98 分",),
    ),
    "得分几乎一样": (
        replace(SOUND, unit_scores=scores("98", "98.2", "98", "98.1", "98.3")),
        "C46",
        Severity.EXPLAIN,
        ("标准差 0.12", "0.5"),
    ),
    "相差较大": (
        replace(SOUND, given=(OWN, GivenScore("绩效股复审", Decimal(90), "优", "佐证不足"))),
        "C47",
        Severity.EXPLAIN,
        ("96 分", "90 分", "相差 6 分", "超过 5 分", "差异原因"),
    ),
    "相差很大": (
        replace(SOUND, given=(OWN, GivenScore("绩效股复审", Decimal("85.5"), "优"))),
        "C47",
        Severity.EXPLAIN,
        ("相差 10.5 分", "超过 10 分", "列入复核"),
    ),
    "改等级无意见": (
        replace(SOUND, given=(OWN, GivenScore("绩效股复审", Decimal(92), "良"))),
        "C47",
        Severity.BLOCKING,
        ("优", "良", "没有写审核意见"),
    ),
}


@pytest.mark.parametrize("name", FIRING)
def test_a_fault_is_said_with_both_sides_and_what_to_do(name: str) -> None:
    facts, code, severity, words = FIRING[name]
    (finding,) = found(facts, code)
    assert finding.severity is severity
    assert finding.why
    assert finding.remedy
    for one in words:
        assert one in finding.sentence
    assert severity in RECEIVED_CHECKS[code].severities


SILENT = {
    "一切正常": SOUND,
    "已经决定过": replace(SOUND, submissions=(FIRST, replace(OTHER, is_decided=True))),
    "两份内容相同": replace(SOUND, submissions=(FIRST, replace(OTHER, content="a"))),
    "另一份内容相同": replace(SOUND, rivals=(replace(OTHER, content="a"),)),
    "首次按时、补报逾期": replace(
        SOUND, submissions=(FIRST, Submission(2, "b", DUE + timedelta(days=9), "补.asice"))
    ),
    "得分各不相同": replace(SOUND, unit_scores=scores("98", "91", "88.5", "95", "79")),
    "两个一样还不算": replace(SOUND, unit_scores=scores("98", "98")),
    "相差不大": replace(SOUND, given=(OWN, GivenScore("绩效股复审", Decimal(91), "优"))),
    "改等级有意见": replace(SOUND, given=(OWN, GivenScore("绩效股复审", Decimal(92), "良", "产出未达标"))),
}


@pytest.mark.parametrize("name", SILENT)
def test_nothing_is_said_where_all_is_well(name: str) -> None:
    assert check_received(SILENT[name]).findings == ()


def test_what_could_not_be_checked_is_listed() -> None:
    assert [title for title, _ in check_received(SOUND).not_run] == ["自评得分集中", "审核得分差异"]
    older = replace(KIT_101, check_settings={k: v for k, v in KIT_101.check_settings.items() if k != "C47"})
    facts = replace(
        SOUND, context=replace(BACKGROUND, kit=older), given=(OWN, replace(OWN, points=Decimal(1)))
    )
    report = check_received(facts)
    assert report.findings == ()
    assert ("审核得分差异", "任务参数包里的校验参数（审核得分差异）") in report.not_run


def test_deviation_of_few() -> None:
    assert deviation([]) == deviation([Decimal(3)]) == 0
    assert deviation([Decimal(1), Decimal(3)]) == 1


def test_the_board_says_what_is_due_and_until_when() -> None:
    finding = not_filed(
        replace(BACKGROUND.task, closes_on=date(2026, 10, 15)), "绩效目标申报表", "农村公路养护"
    )
    assert finding.code == "C54"
    assert "2026年10月15日" in finding.sentence
    assert "农村公路养护：应报绩效目标申报表" in finding.sentence
