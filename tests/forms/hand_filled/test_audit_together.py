"""Several tables together (多张表互相核对): a self-evaluation beside the target it answers, and one handed in twice."""

from __future__ import annotations

from dataclasses import replace

from forms.findings import Severity
from forms.hand_filled.audit_together import together
from forms.hand_filled.stated import StatedFund, StatedTable, StatedTask
from tests.forms.hand_filled.clean_table import CLEAN, audited, changed
from tests.forms.hand_filled.published import row

TARGET = replace(
    CLEAN,
    file="目标.xlsx",
    form="performance_target",
    indicators=tuple(replace(one, actual_text="", actual_value=None) for one in CLEAN.indicators),
)


def test_a_self_evaluation_of_the_same_targets_is_left_alone() -> None:
    assert together([audited(CLEAN), audited(TARGET)]) == {}


def test_a_changed_target_and_an_indicator_left_out_are_asked_about() -> None:
    eased = changed(0, planned_text="≥10公里", planned_value=None)
    one, target = audited(replace(eased, indicators=eased.indicators[:-1])), audited(TARGET)
    found = together([one, target])[id(one)]
    assert [(f.code, f.severity, f.place.path) for f in found] == [
        ("C28", Severity.EXPLAIN, "indicators[0].planned_text"),
        ("C29", Severity.EXPLAIN, "indicators"),
    ]
    assert "绩效目标申报表（目标.xlsx）是“≥12公里”" in found[0].message
    assert id(target) not in together([one, target])


def test_an_indicator_of_its_own() -> None:
    more = replace(
        CLEAN, indicators=(*CLEAN.indicators, row("效益/社会效益指标", "带动就业", "≥3人", "3人", "5", "5"))
    )
    one = audited(more)
    assert [f.code for f in together([one, audited(TARGET)])[id(one)]] == ["C29"]


def test_other_projects_years_and_units_never_meet() -> None:
    one = audited(CLEAN)
    eased = replace(TARGET, indicators=TARGET.indicators[:1])
    for stranger in (
        replace(eased, project_name="环境整治"),
        replace(eased, fiscal_year=2024),
        replace(eased, implementing_unit="示例县桃源镇人民政府"),
        replace(eased, fiscal_year=None),
    ):
        assert together([one, audited(stranger)]) == {}
    assert together([one, audited(eased)]) != {}


def test_the_same_project_evaluated_twice() -> None:
    first, second = audited(CLEAN), audited(replace(CLEAN, file="公路（改）.xlsx"))
    found = together([first, second])
    assert list(found) == [id(second)]
    assert [(f.code, f.place.path) for f in found[id(second)]] == [("C42", "project_name")]
    assert "公路.xlsx" in found[id(second)][0].message


def test_of_two_targets_neither_counts() -> None:
    eased = replace(TARGET, indicators=TARGET.indicators[:1])
    assert together([audited(CLEAN), audited(TARGET), audited(eased)]) == {}


def whole(**changes: object) -> StatedTable:
    """The unit's own table beside the project: project expenditure of just that project."""
    funds = (
        StatedFund("total", "支出总额", annual_budget_fen=3 * BUDGET),
        StatedFund("detail", "其中：基本支出", annual_budget_fen=2 * BUDGET),
        StatedFund("detail", "项目支出", annual_budget_fen=BUDGET),
    )
    table = StatedTable(
        "整体.xlsx",
        form="overall_expenditure_self_evaluation",
        implementing_unit=CLEAN.implementing_unit,
        fiscal_year=CLEAN.fiscal_year,
        funds=funds,
    )
    return replace(table, **changes)


BUDGET = next(fund.annual_budget_fen for fund in CLEAN.funds if fund.source == "total") or 0
SECOND = replace(CLEAN, file="第二.xlsx", project_name="环境整治", project_code="")


class TestUnitBesideItsProjects:
    """C42: the whole unit's project expenditure is what its projects add up to."""

    def found(self, *tables: StatedTable) -> list[tuple[str, Severity, str]]:
        audits = [audited(table) for table in tables]
        return [
            (f.code, f.severity, f.place.path)
            for f in together(audits).get(id(audits[0]), ())
            if f.code == "C42"
        ]

    def test_sums_that_agree_are_left_alone(self) -> None:
        assert self.found(whole(), CLEAN) == []

    def test_projects_above_their_sum_are_told_with_both_figures(self) -> None:
        assert self.found(whole(), CLEAN, SECOND) == [("C42", Severity.EXPLAIN, "funds[2].annual_budget")]
        audits = [audited(table) for table in (whole(), CLEAN, SECOND)]
        (finding,) = together(audits)[id(audits[0])]
        assert "这次检查的 2 个项目合计" in finding.message
        assert "相差" in finding.message

    def test_without_project_expenditure_only_the_total_is_a_limit(self) -> None:
        alone = whole(funds=(StatedFund("total", "资金总额", annual_budget_fen=BUDGET),))
        assert self.found(alone, CLEAN) == []
        assert self.found(alone, CLEAN, SECOND) == [("C42", Severity.EXPLAIN, "funds[0].annual_budget")]

    def test_a_task_of_the_projects_name_has_its_amount(self) -> None:
        tasks = (StatedTask(CLEAN.project_name, total_fen=BUDGET // 2), StatedTask("保运转", total_fen=5))
        assert self.found(whole(tasks=tasks), CLEAN) == [
            ("C42", Severity.EXPLAIN, "annual_tasks[0].total_fen")
        ]

    def test_other_units_and_years_never_meet(self) -> None:
        for stranger in (whole(fiscal_year=1999), whole(implementing_unit="示例县桃源镇人民政府")):
            assert self.found(stranger, CLEAN, SECOND) == []

    def test_a_project_left_out_of_the_summary(self) -> None:
        listed = whole(
            form="self_evaluation_summary",
            funds=(),
            tasks=(StatedTask(CLEAN.project_name, total_fen=BUDGET),),
        )
        assert self.found(listed, CLEAN) == []
        assert self.found(listed, CLEAN, SECOND) == [("C42", Severity.EXPLAIN, "annual_tasks")]


def test_a_value_that_fell_back_since_the_month_before() -> None:
    def monitored(month: int, done: str) -> StatedTable:
        rows = (
            row("产出指标/数量指标", "养护里程", "≥12公里", done),
            row("满意度指标/满意度", "群众满意度", "≥90%", "91%"),
        )
        return StatedTable(
            f"{month}月.xlsx",
            form="monitoring",
            project_name="农村公路养护",
            implementing_unit="示例镇人民政府",
            fiscal_year=2025,
            period_month=month,
            indicators=rows,
        )

    july, august = audited(monitored(7, "8公里")), audited(monitored(8, "6公里"))
    found = together([august, july])
    assert [(f.code, f.place.path) for f in found[id(august)]] == [("C27", "indicators[0].actual_text")]
    assert id(july) not in found
    assert together([july, audited(monitored(8, "9公里"))]) == {}
