"""Filings of the practice county: complete, in the forms' own keys, clean but for the teaching cases."""

from __future__ import annotations

import copy
from collections import Counter
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import combinations

import pytest

from forms.answers import progress
from forms.findings import Severity
from forms.schema import FieldKind, TableSpec, never
from models.domain.indicator import Comparator, Direction
from resources import practice_county as county
from tests.practice.practice_filings import PracticeFiling, filings, kit_for, task_of
from tests.wide import first_of_each

FILINGS = [filing for year in (2027, 2026) for filing in filings(year)]
PROJECT_FILINGS = [filing for filing in FILINGS if filing.project_code]
ONE_OF_EACH_FORM = first_of_each(lambda filing: (filing.form.form_id, filing.context.budget_year), FILINGS)
TEACHING = {(case.project_code, case.budget_year): case for case in county.practice_teaching_cases()}


def key_of(filing: PracticeFiling) -> tuple[str, int]:
    return filing.project_code, filing.context.budget_year


def names(some: list[PracticeFiling]) -> list[str]:
    return [f"{filing.name}-{filing.context.budget_year}" for filing in some]


def test_every_due_project_of_2027_is_filled_in() -> None:
    for entry in county.practice_register(2027):
        answers = county.practice_target_answers(entry.project_code, 2027)
        assert (answers is not None) == ("performance_target" in entry.forms_due), entry.project_name


def test_every_unit_that_must_file_its_overall_target_has() -> None:
    task = task_of(kit_for(2027), "overall_expenditure_target")
    due = {unit.code for unit in county.practice_units() if task.is_due_from(unit)}
    filed = {
        unit.code for unit in county.practice_units() if county.practice_overall_answers(unit.code, 2027)
    }
    assert due == filed
    assert len(due) == 8


def test_previous_year_is_kept_for_some_continuing_projects() -> None:
    before = [filing for filing in PROJECT_FILINGS if filing.context.budget_year == 2026]
    assert len(before) >= 15
    for filing in before:
        now = county.practice_target_answers(filing.project_code, 2027)
        assert now is not None
        assert now["annual_total_fen"] != filing.answers["annual_total_fen"]
        assert now["indicators"] != filing.answers["indicators"]


def test_nothing_is_made_up_for_what_is_not_kept() -> None:
    assert county.practice_target_answers("99000025Y000820000102", 2025) is None
    assert county.practice_target_answers("99000025T000000000000", 2027) is None
    assert county.practice_overall_answers("219002", 2027) is None
    assert county.practice_overall_answers("999999", 2027) is None


@pytest.mark.parametrize("filing", ONE_OF_EACH_FORM, ids=names(FILINGS))
def test_answers_are_complete_and_of_the_form(filing: PracticeFiling) -> None:
    keys = {item.key for item in filing.form.items() if item.is_visible(filing.context)}
    assert set(filing.answers) <= keys
    assert progress(filing.form, filing.context, filing.answers) == 100
    money = [spec.key for spec in filing.form.fields() if spec.kind is FieldKind.MONEY]
    assert all(type(filing.answers[key]) is int for key in money if key in filing.answers)
    for table in filing.form.tables():
        if table.is_visible(filing.context):
            check_rows(table, filing)


def check_rows(table: TableSpec, filing: PracticeFiling) -> None:
    """Rows numbered from r1, their columns those of the table."""
    rows = filing.answers[table.key]
    assert [row["row_id"] for row in rows] == [f"r{i}" for i in range(1, len(rows) + 1)]
    columns = {column.key for column in table.columns if column.is_visible is not never}
    for row in rows:
        assert set(row) - {"row_id"} == columns
        assert all(type(value) is int for key, value in row.items() if key.endswith("_fen"))


@pytest.mark.parametrize("filing", ONE_OF_EACH_FORM, ids=names(FILINGS))
def test_indicators_hang_in_the_frame_and_weigh_ninety(filing: PracticeFiling) -> None:
    rows = filing.answers["indicators"]
    assert 6 <= len(rows) <= 10
    weights: Counter[str] = Counter()
    for row in rows:
        assert filing.context.frame.second(row["first_level"], row["second_level"]) is not None
        comparator = Comparator(row["comparator"])
        assert bool(row["measure_unit"]) == comparator.is_numeric
        limit = comparator in (Comparator.AT_MOST, Comparator.LESS)
        assert Direction(row["direction"]) is (Direction.NEGATIVE if limit else Direction.POSITIVE)
        weights[row["first_level"]] += Decimal(row["weight"])
    assert sum(weights.values()) == 90
    assert dict(weights) in [dict(split) for split in filing.context.scheme.first_level_weights]


@pytest.mark.parametrize(
    "filing",
    first_of_each(lambda filing: filing.context.budget_year, PROJECT_FILINGS),
    ids=names(PROJECT_FILINGS),
)
def test_funds_agree_with_the_register(filing: PracticeFiling) -> None:
    answers, entry = filing.answers, filing.context.register_entry
    assert entry is not None
    assert answers["annual_total_fen"] == entry.budget_fen
    assert answers["annual_total_fen"] == answers["annual_fiscal_fen"] + answers["annual_other_fen"]
    lasts = int(answers["period_to"]) > int(answers["period_from"])
    assert ("medium_total_fen" in answers) == ("medium_term_target" in answers) == lasts
    if lasts:
        assert answers["medium_total_fen"] > answers["annual_total_fen"]
        assert answers["medium_total_fen"] == answers["medium_fiscal_fen"] + answers["medium_other_fen"]
    assert answers["project_attribute"] == (
        "new" if str(entry.budget_year) == answers["period_from"] else "continuing"
    )


@pytest.mark.parametrize("filing", FILINGS, ids=names(FILINGS))
def test_clean_but_for_the_teaching_cases(filing: PracticeFiling) -> None:
    report = filing.report()
    grave = [f for f in report.findings if f.severity is not Severity.HINT]
    case = TEACHING.get(key_of(filing))
    expected = [] if case is None else [(case.check_code, case.severity)]
    assert [(f.code, f.severity.value) for f in grave] == expected, [f.sentence for f in grave]
    assert {title for title, _ in report.not_run} <= {"指标库核对"}


def test_one_teaching_case_blocks_and_four_ask_for_a_reason() -> None:
    assert Counter(case.severity for case in TEACHING.values()) == {"blocking": 1, "explain": 4}
    assert set(TEACHING) <= {key_of(filing) for filing in FILINGS}


def test_no_two_projects_share_their_texts() -> None:
    latest = [filing for filing in PROJECT_FILINGS if filing.context.budget_year == 2027]
    for one, other in combinations(latest, 2):
        for key in ("annual_target", "medium_term_target"):
            if key in one.answers and key in other.answers:
                assert likeness(one.answers[key], other.answers[key]) < 0.8, (one.name, other.name)
        assert likeness(figures(one), figures(other)) < 0.8, (one.name, other.name)


def test_no_target_repeats_the_year_before_but_the_one_that_teaches_it() -> None:
    now = {filing.name: filing for filing in FILINGS if filing.context.budget_year == 2027}
    for before in (filing for filing in FILINGS if filing.context.budget_year == 2026):
        after = now[before.name]
        case = TEACHING.get(key_of(after))
        is_alike = likeness(before.answers["annual_target"], after.answers["annual_target"]) >= 0.8
        assert is_alike == (case is not None and case.check_code == "C8"), before.name


def figures(filing: PracticeFiling) -> str:
    """The indicators of a filing as one text: names, signs and values."""
    return "；".join(
        f"{row['third_level']}{row['comparator']}{row['planned_value']}{row['measure_unit']}"
        for row in filing.answers["indicators"]
    )


def likeness(one: str, other: str) -> float:
    """Share of text two texts have in common, 0…1; where the cheap upper bound is low, that bound."""
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    bound = matcher.quick_ratio()
    return matcher.ratio() if bound >= 0.8 else bound


def test_overall_amounts_are_those_of_the_projects() -> None:
    for filing in FILINGS:
        if not filing.project_code:
            tasks = filing.answers["annual_tasks"]
            assert all(task["total_fen"] == task["fiscal_fen"] + task["other_fen"] for task in tasks)
            department = filing.context.unit.department_code
            members = {u.code for u in county.practice_units() if u.department_code == department}
            entries = county.practice_register(filing.context.budget_year)
            asked = sum(e.budget_fen or 0 for e in entries if e.unit_code in members and e.forms_due)
            assert sum(task["total_fen"] for task in tasks) >= asked


def test_callers_get_answers_of_their_own() -> None:
    first = county.practice_target_answers("99000025T000820000103", 2027)
    assert first is not None
    kept = copy.deepcopy(first)
    first["indicators"].clear()
    first["annual_target"] = ""
    assert county.practice_target_answers("99000025T000820000103", 2027) == kept


@pytest.mark.parametrize("filing", ONE_OF_EACH_FORM, ids=names(FILINGS))
def test_every_filing_lays_out_as_its_official_form(filing: PracticeFiling) -> None:
    sheet = filing.form.build_sheet(filing.form, filing.context, filing.answers)
    printed = "\n".join(str(cell.value) for cell in sheet.cells)
    assert filing.answers["annual_target"] in printed
    assert all(row["third_level"] in printed for row in filing.answers["indicators"])
