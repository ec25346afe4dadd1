"""Published tables audited (公开的真实表格核对): each known fault found with its number, scores as reckoned by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from forms.findings import Severity
from forms.hand_filled.audit import TableAudit, audit
from forms.hand_filled.audit_basis import AuditBases
from forms.hand_filled.stated import StatedTable
from resources.builtin_kits import builtin_kits
from tests.forms.hand_filled import published as real

BASES = AuditBases(builtin_kits(2026))


def _audited(table: StatedTable) -> TableAudit:
    return audit(table, BASES)


def _found(table: StatedTable, *severities: Severity) -> set[tuple[str, str]]:
    wanted = severities or (Severity.BLOCKING, Severity.EXPLAIN)
    return {(f.code, f.place.path) for f in _audited(table).findings if f.severity in wanted}


@pytest.mark.parametrize(
    ("table", "found"),
    [
        (
            real.SERVICES,
            {
                ("C3", "funds[0].initial_budget"),
                ("C3", "funds[0].annual_budget"),
                ("C3", "funds[0].annual_spending"),
                ("C30", "funds[0].stated_rate"),
                ("C31", "funds[0].stated_score"),
            },
        ),
        (
            real.WATER_GAUGES,
            {
                ("C34", "indicators"),
                ("C34", "stated_total"),
                *(("C34", f"indicators[{row}].actual_text") for row in (0, 1, 3, 4, 6, 8)),
                ("C38", "indicators[7].actual_text"),
                ("C39", "indicators"),
            },
        ),
        (real.HOUSEHOLDS, set()),
        (
            real.INSURANCE,
            {
                ("C31", "funds[0].stated_score"),
                *(("C33", f"indicators[{row}].stated_score") for row in (0, 4, 5)),
                *(("C35", f"indicators[{row}].deviation_reason") for row in (4, 5)),
                ("C34", "stated_total"),
            },
        ),
        (real.FISHING_BAN, {("C34", "indicators[3].actual_text")}),
        (
            real.SALARIES,
            {
                ("C31", "funds[0].stated_score"),
                ("C10", "indicators[0].actual_text"),
                ("C10", "indicators[1].actual_text"),
            },
        ),
        (
            real.MEDIA,
            {
                ("C36", "funds[0].reason"),
                ("C33", "indicators[6].stated_score"),
                ("C35", "indicators[6].deviation_reason"),
                ("C38", "indicators[7].actual_text"),
                ("C38", "indicators[8].actual_text"),
                ("C37", "indicators[9].deviation_reason"),
            },
        ),
        (
            real.CADRES,
            {
                ("C17", "indicators[0].planned_value"),
                *(("C50", f"indicators[{row}].third_level") for row in (0, 3, 5, 6)),
                ("C18", "indicators[2].second_level"),
                ("C40", "indicators[4].measure_unit"),
            },
        ),
        (
            real.FOREST,
            {
                ("C6", "annual_target"),
                ("C19", "indicators[6].comparator"),
                ("C10", "indicators[7].comparator"),
                ("C10", "indicators[9].comparator"),
            },
        ),
        (
            real.SCHOOLS,
            {
                ("C6", "annual_target"),
                ("C10", "indicators[0].measure_unit"),
                ("C16", "indicators[4].planned_value"),
                ("C16", "indicators[5].planned_value"),
            },
        ),
        (real.HERITAGE, {("C24", "funds[0].spending_to_date")}),
    ],
    ids=[
        "委托业务",
        "水标尺",
        "到户补贴",
        "医保",
        "禁捕",
        "工资",
        "融媒体",
        "村组干部",
        "营造林",
        "学校",
        "申遗",
    ],
)
def test_known_faults_are_found_and_nothing_else(table: StatedTable, found: set[tuple[str, str]]) -> None:
    assert _found(table) == found


@pytest.mark.parametrize(
    ("table", "rate", "execution", "rules", "total"),
    [
        (real.SERVICES, "1.0000", "10.00", "8 8 8 8 8 10 10 10 10", "90.00"),
        (real.WATER_GAUGES, "1.0000", "10.00", "10 10 20 10 10 10 10 10 10", "110.00"),
        (real.HOUSEHOLDS, "1.0000", "10.00", "20 - - - - 10 - 10 - - 5 5 20 10", "90.00"),
        (real.INSURANCE, "0.9910", "9.91", "14.86 15 10 10 30 10", "99.77"),
        (real.FISHING_BAN, "1.0000", "20.00", "- - - -", None),
        (real.SALARIES, "1.0000", "10.00", "- -", None),
        (real.MEDIA, "0.7600", "7.60", "2 1 2 2 2 2 1.45 3 5 5 10 10", "53.05"),
    ],
    ids=["委托业务", "水标尺", "到户补贴", "医保", "禁捕", "工资", "融媒体"],
)
def test_scores_are_recomputed(
    table: StatedTable, rate: str, execution: str, rules: str, total: str | None
) -> None:
    scores = _audited(table).scores
    assert scores is not None
    assert str(scores.sheet.execution.rate) == rate
    assert str(scores.sheet.execution.score) == execution
    expected = [None if text == "-" else Decimal(text) for text in rules.split()]
    assert [line.rule for line in scores.lines] == expected
    assert scores.rule_total == (Decimal(total) if total else None)


def test_which_points_agree_with_the_rule() -> None:
    scores = _audited(real.INSURANCE).scores
    assert scores is not None
    assert [line.agrees(Decimal(0)) for line in scores.lines] == [False, True, True, True, False, False]
    assert (scores.sum_of_full_scores, scores.sum_of_stated, scores.grade) == (100, 93, "优")


def test_points_of_execution_count_once_where_they_stand_twice() -> None:
    scores = _audited(real.HOUSEHOLDS).scores
    assert scores is not None
    assert scores.sum_of_full_scores == scores.sum_of_stated == 90


def test_another_places_points_for_execution_are_taken_from_the_table() -> None:
    scores = _audited(real.FISHING_BAN).scores
    assert scores is not None
    assert scores.scheme.execution_score == 20
    assert (scores.sum_of_full_scores, scores.sum_of_stated) == (None, 100)
    assert scores.grade == "优"


def test_an_unfinished_table_has_no_grade() -> None:
    for table in (real.SALARIES, real.MEDIA):
        scores = _audited(table).scores
        assert scores is not None
        assert scores.grade == ""


def test_tables_without_faults_have_at_most_advice() -> None:
    findings = _audited(real.HOUSEHOLDS).findings
    assert {finding.severity for finding in findings} == {Severity.HINT}


def test_every_finding_says_both_figures() -> None:
    sentences = {f.code: f.sentence for f in _audited(real.INSURANCE).findings}
    assert (
        "填的是 94 分，各行得分加起来是 93 分（9 + 13 + 15 + 10 + 10 + 27 + 9），相差 1 分"
        in sentences["C34"]
    )
    assert "填的是 9 分，按规则应得 9.91 分（10 × 65.07 ÷ 65.66 = 9.91（执行率 99.1%））" in sentences["C31"]
    water = [f.sentence for f in _audited(real.WATER_GAUGES).findings if f.place.path == "indicators"]
    assert any(
        "各行分值加起来是 110 分（其中预算执行率 10 分），应为 100 分，多了 10 分" in text for text in water
    )
    heritage = [f.sentence for f in _audited(real.HERITAGE).findings]
    assert any("39.8%，低于 6 月底的警戒线 40%" in text for text in heritage)
    assert any("比时间进度 50%慢 10.2 个百分点" in text for text in heritage)
