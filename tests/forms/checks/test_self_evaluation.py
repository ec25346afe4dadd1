"""Self-evaluation checks on their neutral records (自评校验): what only a form filled in here can ask."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from forms.checks.self_evaluation_approved import ApprovedTarget, approved_findings
from forms.checks.self_evaluation_lines import LineColumns, ScoredLine, fits_printed
from forms.checks.self_evaluation_reasons import reason_findings
from forms.checks.self_evaluation_rows import row_findings, score_by_rule, unknown_grade
from forms.checks.self_evaluation_totals import TotalsFacts, totals_findings
from forms.checks.settings import CheckSettings
from forms.findings import Place, Severity
from forms.hand_filled.stated import StatedNumber
from forms.scoring.inputs import FundsInput, IndicatorInput
from forms.scoring.reading import IndicatorCells, row_reader
from forms.scoring.scorer import score_sheet
from resources.builtin_kits import builtin_kits

KIT = builtin_kits(2026)[0]
SETTINGS = CheckSettings(KIT)
COLUMNS = LineColumns(
    "indicators", "planned_value", "actual_value", "weight", "score", "cause", improvement="measure"
)
_READER = row_reader(KIT)


def cells(
    name: str, planned: str, actual: str = "", full: str = "10", score: str = "", unit: str = ""
) -> IndicatorInput:
    """An indicator row as a form keeps it."""
    return _READER.read(
        IndicatorCells(
            "r1",
            name,
            planned=planned,
            actual=actual,
            full_score=full,
            entered_score=score,
            measure_unit=unit,
        )
    )


def line(
    name: str,
    planned: str,
    actual: str,
    score: str = "",
    *,
    reason: str = "",
    improvement: str | None = None,
    evidence: int | None = None,
) -> ScoredLine:
    """A scored row of a form."""
    row = cells(name, planned, actual, score=score)
    sheet = score_sheet(KIT.schemes[0], FundsInput(100, 100), [row])
    stated = StatedNumber(score, Decimal(score)) if score else StatedNumber()
    full = StatedNumber("10", Decimal(10))
    return ScoredLine("r1", f"“{name}”", sheet.rows[0], full, stated, COLUMNS, reason, improvement, evidence)


def test_findings_point_where_the_form_says() -> None:
    found = list(row_findings(line("养护里程", "≥12公里", "11.2公里", "9.9"), SETTINGS))
    assert [(f.code, f.place) for f in found] == [("C33", Place("indicators", "r1", "score"))]
    assert found[0].also == (
        Place("indicators", "r1", "actual_value"),
        Place("indicators", "r1", "planned_value"),
    )


def test_a_form_of_our_own_may_call_a_wrong_score_wrong() -> None:
    one = line("养护里程", "≥12公里", "11.2公里", "9.30")
    assert [f.severity for f in score_by_rule(one, SETTINGS, Severity.BLOCKING)] == [Severity.BLOCKING]


@pytest.mark.parametrize(
    ("actual", "count"), [("进展顺利", 1), ("达成预期指标", 0), ("部分达成", 0), ("", 0), ("制度健全", 0)]
)
def test_completion_outside_the_scale(actual: str, count: int) -> None:
    grades = ("达成预期指标", "部分达成", "未达成")
    found = list(unknown_grade(line("管护制度", "制度健全", actual), grades))
    assert [f.code for f in found] == ["C38"] * count
    assert all("达成预期指标、部分达成、未达成" in f.remedy for f in found)


def test_a_number_is_never_asked_for_a_grade() -> None:
    assert not list(unknown_grade(line("养护里程", "≥12公里", "11公里"), ("达成",)))


@pytest.mark.parametrize(("measure", "count"), [(None, 0), ("", 1), ("无", 0), ("加强调度，提前备料", 0)])
def test_a_measure_has_a_column_of_its_own(measure: str | None, count: int) -> None:
    reason = "受汛期影响，工期推迟两个月"
    one = line("养护里程", "≥12公里", "11.2公里", "9.33", reason=reason, improvement=measure)
    found = list(reason_findings(one, SETTINGS))
    assert [(f.code, f.place.column) for f in found] == [("C35", "measure")] * count


def totals(*lines: ScoredLine, total: str = "98", survey: bool | None = None) -> TotalsFacts:
    """A table whose sums are right."""
    return TotalsFacts(
        lines=lines,
        execution_full=Decimal(10),
        execution_score=Decimal(10),
        full_sum=Decimal(100),
        stated_sum=Decimal(total),
        stated_total=StatedNumber(total, Decimal(total)),
        stated_grade="",
        grades=KIT.schemes[0].grades,
        total_place=Place("total"),
        grade_place=Place("grade"),
        points_place=Place("indicators"),
        has_satisfaction_evidence=survey,
    )


@pytest.mark.parametrize(
    ("evidence", "total", "survey", "count"),
    [
        (0, "98", None, 1),
        (0, "97", None, 0),
        (2, "100", None, 0),
        (None, "100", None, 0),
        (1, "95", False, 1),
        (1, "95", True, 0),
    ],
)
def test_high_totals_and_satisfaction_want_evidence(
    evidence: int | None, total: str, survey: bool | None, count: int
) -> None:
    one = line("养护里程", "≥12公里", "13公里", "10", evidence=evidence)
    found = list(totals_findings(totals(one, total=total, survey=survey), SETTINGS))
    assert [f.code for f in found] == ["C39"] * count


@pytest.mark.parametrize(
    ("printed", "exact", "fits"),
    [
        ("9.78", "9.78", True),
        ("9.8", "9.78", True),
        ("9.7", "9.78", True),
        ("10", "9.78", True),
        ("9", "9.78", True),
        ("8", "9.78", False),
        ("9.6", "9.78", False),
        ("9.79", "9.78", True),
        ("9.80", "9.78", False),
        ("8.5", "8.60", False),
        ("-", "8.60", False),
    ],
)
def test_printed_numbers_are_compared_at_their_precision(printed: str, exact: str, fits: bool) -> None:
    value = Decimal(printed) if printed != "-" else None
    assert fits_printed(Decimal(exact), StatedNumber(printed, value)) is fits


@pytest.mark.parametrize(("printed", "fits"), [("9", False), ("10", False), ("9.7", True), ("9.78", True)])
def test_execution_is_compared_at_one_decimal_at_least(printed: str, fits: bool) -> None:
    number = StatedNumber(printed, Decimal(printed))
    assert fits_printed(Decimal("9.78"), number, least_decimals=1) is fits


class TestApproved:
    TARGET = ApprovedTarget(
        (cells("养护里程", "≥12公里"), cells("路况优良率", "≥85%"), cells("管护制度", "制度健全")),
        "批复的目标",
    )

    def _codes(self, *lines: ScoredLine, approved: ApprovedTarget = TARGET) -> list[tuple[str, str]]:
        found = approved_findings(approved, lines, Place("indicators"))
        return [(f.code, f.sentence) for f in found]

    def _all(self, first: ScoredLine) -> tuple[ScoredLine, ...]:
        return first, line("路况优良率", "≥85%", "88%"), line("管护制度", "制度健全", "达成预期指标")

    @pytest.mark.parametrize("planned", ["≥12公里", "不少于12公里", "≥12000米", "12公里"])
    def test_the_same_target_in_other_words(self, planned: str) -> None:
        assert self._codes(*self._all(line("养护里程", planned, "12.4公里"))) == []

    @pytest.mark.parametrize("planned", ["≥10公里", "≤12公里", "≥12万元", "完成养护"])
    def test_another_target(self, planned: str) -> None:
        found = self._codes(*self._all(line("养护里程", planned, "12.4公里")))
        assert [code for code, _sentence in found] == ["C28"]
        assert "批复的目标是“≥12公里”" in found[0][1]

    def test_indicators_on_one_side_only(self) -> None:
        found = self._codes(*self._all(line("绿化面积", "≥5亩", "5亩")))
        assert [code for code, _sentence in found] == ["C29", "C29"]
        assert "“绿化面积”不在批复的目标里" in found[0][1]
        assert "批复的目标里的“养护里程”没有自评" in found[1][1]

    def test_weights_count_where_the_kit_fixes_them(self) -> None:
        heavier = tuple(
            replace(row, full_score=Decimal(12)) if row.name == "养护里程" else row
            for row in self.TARGET.rows
        )
        lines = self._all(line("养护里程", "≥12公里", "12.4公里"))
        assert self._codes(*lines, approved=ApprovedTarget(heavier, "批复的目标")) == []
        fixed = self._codes(*lines, approved=ApprovedTarget(heavier, "批复的目标", fixes_weights=True))
        assert [code for code, _sentence in fixed] == ["C28"]
        assert "填的是 10 分，批复的目标是 12 分" in fixed[0][1]
