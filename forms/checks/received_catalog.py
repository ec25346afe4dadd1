"""The catalogue of checks at the receiving desk (接收核对目录): what only a bureau or department can know of a filing.

Numbers are the trade's (docs/checks.md). Unlike a form's own checks they stop nothing: the reviewer reads and decides.
"""

from __future__ import annotations

from collections.abc import Mapping

from forms.checks import received_scores, received_versions
from forms.checks.engine import CheckReport
from forms.checks.received_facts import ReceivedCheck, ReceivedFacts
from forms.checks.received_settings import ScoreGapSetting, ScoreSpreadSetting
from forms.findings import Finding, Severity

_E, _W = Severity.BLOCKING, Severity.EXPLAIN
_REVIEW, _STATUS, _INTAKE = "审核", "报送情况", "接收"

_CHECKS = (
    ReceivedCheck(
        "C43",
        "同版本两份内容",
        "同一单位、项目、任务、版本收到内容不同的两份时，两份都留存，由财政部门决定以哪一份为准。",
        (_E,),
        f"{_INTAKE}、{_REVIEW}、{_STATUS}",
        received_versions.two_contents,
    ),
    ReceivedCheck(
        "C44",
        "单位、年度、表和签署人",
        "单位、预算年度和表的版本要与下达的一致；填报人、审核人、单位负责人和联系电话要写全。",
        (_E, _W),
        f"{_INTAKE}、{_REVIEW}",
        received_versions.known_and_signed,
    ),
    ReceivedCheck(
        "C45",
        "逾期和缺附件",
        "超过截止日期才第一次报来的，写到附件而报送文件里没有的，要记录和索取。",
        (_W,),
        f"{_INTAKE}、{_REVIEW}、{_STATUS}",
        received_versions.in_time_and_whole,
    ),
    ReceivedCheck(
        "C46",
        "自评得分集中",
        "一个单位各项目的自评得分都一样，或者几乎一样的，要核实。",
        (_W,),
        f"{_REVIEW}、{_STATUS}",
        received_scores.too_alike,
        needs="本单位两个以上项目的自评表",
        is_runnable=lambda facts: len(facts.unit_scores) > 1,
        records=(ScoreSpreadSetting,),
    ),
    ReceivedCheck(
        "C47",
        "审核得分差异",
        "审核得分与自评得分（上一环节的得分）相差较大的要说明；改变等级的要写明理由。",
        (_E, _W),
        _REVIEW,
        received_scores.review_gap,
        needs="两个以上环节的得分或等级",
        is_runnable=lambda facts: len(facts.given) > 1,
        records=(ScoreGapSetting,),
    ),
)

RECEIVED_CHECKS: Mapping[str, ReceivedCheck] = {check.code: check for check in _CHECKS}
"""Every check of the receiving desk by its code."""


def check_received(facts: ReceivedFacts) -> CheckReport:
    """Every finding on a received filing, the gravest first, and what could not be checked."""
    findings: list[Finding] = []
    not_run: list[tuple[str, str]] = []
    for check in _CHECKS:
        missing = _missing(check, facts)
        if missing:
            not_run.append((check.title, missing))
        else:
            findings += check.of_filing(facts)
    return CheckReport(tuple(sorted(findings, key=lambda one: one.severity.rank)), tuple(not_run))


def _missing(check: ReceivedCheck, facts: ReceivedFacts) -> str:
    """What a check lacks to run, "" when nothing."""
    if not check.is_runnable(facts):
        return check.needs
    lacking = [record.LABEL for record in check.records if facts.settings.find(record) is None]
    return f"任务参数包里的校验参数（{'、'.join(lacking)}）" if lacking else ""
