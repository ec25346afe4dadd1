"""Every numbered check: examples that fail and examples that pass, and how its findings speak."""

from __future__ import annotations

import re

import pytest

from forms.checks.catalog import CHECKS
from forms.findings import Finding, Severity
from tests.forms import cases
from tests.forms.checks import (
    adjustment,
    ex_ante,
    heads,
    library,
    money,
    monitoring,
    rows,
    self_evaluation,
    year_end,
)
from tests.forms.checks.examples import Fails, Passes

FAILING: list[Fails] = [
    *monitoring.FAILING,
    *adjustment.FAILING,
    *year_end.FAILING,
    *ex_ante.FAILING,
    *heads.FAILING,
    *money.FAILING,
    *rows.FAILING,
    *library.FAILING,
    *self_evaluation.FAILING,
]
PASSING: list[Passes] = [
    *monitoring.PASSING,
    *adjustment.PASSING,
    *year_end.PASSING,
    *ex_ante.PASSING,
    *heads.PASSING,
    *money.PASSING,
    *rows.PASSING,
    *library.PASSING,
    *self_evaluation.PASSING,
]
QUOTED = re.compile(r"“[^”]*”")


def _name(case: Fails | Passes) -> str:
    return f"{case.code} {case.name}"


@pytest.mark.parametrize("case", FAILING, ids=_name)
def test_a_fault_is_found_at_its_place_and_said_with_both_sides(case: Fails) -> None:
    all_found = cases.found(case.context, case.answers, case.code)
    here = [f for f in all_found if f.place.path == case.place and f.severity is case.severity]
    assert len(here) == 1, all_found
    for words in case.says:
        assert words in here[0].sentence


@pytest.mark.parametrize("case", PASSING, ids=_name)
def test_what_is_in_order_is_not_found_fault_with(case: Passes) -> None:
    assert cases.found(case.context, case.answers, case.code) == []


@pytest.mark.parametrize("name", cases.GOOD_FORMS)
def test_a_good_form_passes_without_a_word(name: str) -> None:
    given, answers = cases.GOOD_FORMS[name]
    assert cases.report(given, answers).findings == ()


def test_every_check_has_examples_of_both_kinds() -> None:
    runnable = {code for code, check in CHECKS.items() if check.of_form or check.of_row}
    assert {case.code for case in FAILING} == runnable
    assert {case.code for case in PASSING} == runnable
    assert set(CHECKS) == runnable


def test_every_severity_of_the_catalogue_is_shown_by_an_example() -> None:
    shown = {(case.code, case.severity) for case in FAILING}
    declared = {(check.code, severity) for check in CHECKS.values() for severity in check.severities}
    assert shown == declared


def _own_words(finding: Finding) -> str:
    """What a finding says of itself: what the clerk typed stands in quotation marks."""
    return QUOTED.sub("", finding.sentence + finding.why + "".join(label for label, _ in finding.values))


@pytest.mark.parametrize("case", FAILING, ids=_name)
def test_findings_speak_to_clerks_and_of_one_cell_once(case: Fails) -> None:
    findings = cases.report(case.context, case.answers).findings
    for finding in findings:
        words = _own_words(finding)
        assert not re.search(r"[A-Za-z_]", words), words
        assert not re.search(r"。。|，，|：：|：。|  ", finding.sentence), finding.sentence
        assert finding.why.endswith("。")
        assert "请" in finding.remedy or finding.severity is Severity.HINT
        assert finding.place not in finding.also
    cells = [f.place for f in findings if f.place.column or not f.place.field.endswith("indicators")]
    assert len(cells) == len(set(cells)), [f.sentence for f in findings]
