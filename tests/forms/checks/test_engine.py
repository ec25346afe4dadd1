"""The engine: memory of rows, slices, page order, checks that cannot run, kits with settings missing."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace

import pytest

from forms import registry
from forms.checks.catalog import CHECKS, runner
from forms.checks.engine import Check, CheckReport, CheckRunner, RowInput
from forms.checks.evidence_settings import EvidenceSetting
from forms.checks.self_evaluation_settings import SELF_EVALUATION_RECORDS
from forms.checks.settings import RECORDS, CheckSettings, setting_faults
from models.domain.background import PeriodFiling
from models.domain.kit import ParameterKit
from tests.forms import cases
from tests.forms.cases import KIT_10, KIT_101, ROADS, TARGET
from tests.forms.checks.library import LIBRARY


def _counting() -> tuple[CheckRunner, list[str]]:
    """A runner whose one check notes which rows it is asked about."""
    asked: list[str] = []

    def note(given: RowInput):
        asked.append(given.line.row_id)
        return iter(())

    check = Check("C99", "计数", "", of_row=note)
    return CheckRunner(registry.form(TARGET), cases.context(), [check]), asked


def test_only_the_changed_row_is_checked_again() -> None:
    counting, asked = _counting()
    counting.run(ROADS)
    assert asked == [f"r{number}" for number in range(1, 9)]
    asked.clear()
    counting.run(cases.row_changed(ROADS, "r3", planned_value="40"))
    assert asked == ["r3"]
    asked.clear()
    counting.run({**ROADS, "indicators": ROADS["indicators"][1:]})
    assert asked[0] == "r2", "rows that moved say another number"


def test_a_run_dropped_half_way_leaves_nothing_behind() -> None:
    counting, asked = _counting()
    slices = counting.run_in_slices({**ROADS, "indicators": ROADS["indicators"] * 10})
    next(slices)
    slices.close()
    asked.clear()
    counting.run(ROADS)
    assert len(asked) == 8


def test_slices_end_in_the_same_report() -> None:
    broken = {**ROADS, "project_name": "", "annual_other_fen": 0}
    reports: list[CheckReport] = []

    def whole() -> Generator[None, None, None]:
        reports.append((yield from runner(registry.form(TARGET), cases.context()).run_in_slices(broken)))

    pauses = sum(1 for _ in whole())
    assert reports == [cases.report(cases.context(), broken)]
    assert pauses > 10


def test_findings_come_in_page_order_graver_first() -> None:
    answers = cases.row_changed(
        {**ROADS, "filled_on": "2027-01-01", "annual_other_fen": 0, "project_code": ""},
        "r4",
        planned_value="120",
        measure_unit="百分比",
        third_level="养护里程",
    )
    places = [
        (f.place.field, f.place.row_id, f.code) for f in cases.report(cases.context(), answers).findings
    ]
    assert places == [
        ("project_code", "", "C2"),
        ("filled_on", "", "C53"),
        ("annual_total_fen", "", "C3"),
        ("indicators", "r2", "C17"),
        ("indicators", "r4", "C12"),
        ("indicators", "r4", "C50"),
    ]


def test_checks_that_cannot_run_are_named_with_what_is_missing() -> None:
    not_run = dict(cases.report(cases.context(KIT_10), cases.CLEANING).not_run)
    assert not_run == {
        "金额单位": "年度预算项目名录或项目的预算数",
        "目标文字雷同": "本单位职责或上年填报内容",
        "事前绩效评估": "任务参数包里的事前绩效评估范围",
        "指标库核对": "绩效指标库",
    }


def _without(kit: ParameterKit, key: str) -> ParameterKit:
    return replace(kit, check_settings={k: v for k, v in kit.check_settings.items() if k != key})


_USED = [record for record in RECORDS if any(record in check.records for check in CHECKS.values())]


def test_every_setting_is_used_by_a_check_or_elsewhere() -> None:
    """Hand-filled tables are judged by some settings; attaching evidence goes by its own."""
    assert set(RECORDS) - set(_USED) <= {*SELF_EVALUATION_RECORDS, EvidenceSetting}


def _not_run(kit: ParameterKit, form_id: str) -> dict[str, str]:
    """What cannot run of a form about whose project everything is known."""
    given = cases.context(
        kit,
        form_id,
        project_year=cases.project_year(1),
        previous_answers={},
        library=LIBRARY,
        periods=(PeriodFiling("一季度", 3, {}),),
    )
    return dict(cases.report(given, {}).not_run)


@pytest.mark.parametrize("record", _USED, ids=lambda record: record.KEY)
def test_a_kit_without_a_setting_silences_its_checks_and_says_so(record) -> None:
    kit = _without(KIT_101, record.KEY)
    needing = {check.title for check in CHECKS.values() if record in check.records}
    not_run = {title: why for head in registry.heads() for title, why in _not_run(kit, head.form_id).items()}
    assert needing
    assert needing <= set(not_run)
    assert any(record.LABEL in not_run[title] for title in needing)
    assert setting_faults(kit) == [record.LABEL]


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        "明显",
        {"words": "明显", "measures": []},
        {"words": [1], "measures": []},
        {"words": ["明显"]},
    ],
)
def test_a_setting_spelled_wrongly_counts_as_missing(value) -> None:
    kit = replace(KIT_101, check_settings={**KIT_101.check_settings, "C16": value})
    assert setting_faults(kit) == ["模糊用语"]
    assert CheckSettings(kit).find(next(r for r in RECORDS if r.KEY == "C16")) is None


def test_settings_of_a_newer_kit_are_read_as_far_as_known() -> None:
    newer = {**KIT_101.check_settings["C16"], "new_rule": {"deep": 1}}
    assert setting_faults(replace(KIT_101, check_settings={**KIT_101.check_settings, "C16": newer})) == []


def test_built_in_kits_carry_every_setting() -> None:
    assert setting_faults(KIT_10) == setting_faults(KIT_101) == []


def test_forms_name_only_checks_there_are() -> None:
    for form in registry.all_forms():
        assert set(form.checks) <= set(CHECKS)


def test_severities_are_those_the_catalogue_declares() -> None:
    answers = {**ROADS, "annual_target": None, "indicators": []}
    for finding in cases.report(cases.context(), answers).findings:
        assert finding.severity in CHECKS[finding.code].severities
