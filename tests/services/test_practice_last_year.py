"""Last year's filings on the practice desks: where they lie, what they change, what they must not touch."""

from __future__ import annotations

import pytest

from forms.checks import catalog
from models.domain.filing import FilingStatus
from services import filings, practice, sealing
from services.archive import open_received
from services.intake_rows import IntakeOutcome
from services.matrix import matrix
from services.ports.store import FilingQuery
from services.practice_last_year import put_last_year
from services.reporting_status import reporting_status
from services.workspaces import Workspace
from tests.services.county import County

pytestmark = pytest.mark.wide

COPIED = "99000025T000820000106"
LAST_YEARS, YEAR_BEFORE = 5, 3
"""Four projects of the town and its overall target of budget 2026; what self-evaluation looks at, of 2025."""


def kept_of(desk: Workspace, budget_year: int) -> dict[str, int]:
    """Filings of a budget year by unit."""
    with desk.store.reading() as work:
        found = work.filings.find(FilingQuery(budget_year=budget_year))
    assert {filing.status for filing in found} <= {FilingStatus.RECEIVED}
    counts: dict[str, int] = {}
    for filing in found:
        counts[filing.unit_code] = counts.get(filing.unit_code, 0) + 1
    return counts


def test_a_unit_has_its_own_the_bureau_everybodys(county: County, town: Workspace) -> None:
    assert put_last_year(town) == LAST_YEARS + YEAR_BEFORE
    assert kept_of(town, 2026) == {"820001": LAST_YEARS}
    assert kept_of(town, 2025) == {"820001": YEAR_BEFORE}
    total = put_last_year(county.bureau)
    there, before = kept_of(county.bureau, 2026), kept_of(county.bureau, 2025)
    assert (there["820001"], before["820001"]) == (LAST_YEARS, YEAR_BEFORE)
    assert sum(there.values()) > 15
    assert sum(there.values()) + sum(before.values()) == total
    with town.store.reading() as here, county.bureau.store.reading() as bureau:
        mine = {f.filing_id: f.answers for f in here.filings.find(FilingQuery(budget_year=2026))}
        theirs = bureau.filings.find(FilingQuery(budget_year=2026, unit_code="820001"))
        assert {f.filing_id: f.answers for f in theirs} == mine


def test_this_years_work_stays_as_it_was(county: County, town: Workspace) -> None:
    before = matrix(town), reporting_status(county.bureau)
    put_last_year(town)
    put_last_year(county.bureau)
    assert (matrix(town), reporting_status(county.bureau)) == before
    assert sealing.candidates(town) == []


def target_of_copied(town: Workspace) -> sealing.SealCandidate:
    """The target of the project whose words are last year's, ready or nearly so."""
    (copied,) = [
        c
        for c in sealing.candidates(town)
        if (c.opened.filing.project_id, c.opened.form.form_id) == (COPIED, practice.PROJECT_TARGET)
    ]
    return copied


def test_a_target_copied_from_last_year_is_seen_and_can_be_explained(county: County, town: Workspace) -> None:
    put_last_year(town)
    put_last_year(county.bureau)
    practice.fill(town)
    copied = target_of_copied(town)
    codes = {finding.code for finding in copied.report.findings}
    assert "C8" in codes
    assert "需说明" in copied.obstacle
    told = {f.explanation_key: "与上年任务相同，按户数分年实施。" for f in copied.report.findings}
    filings.save_draft(town, copied.opened, copied.opened.filing.answers, told)
    county.accepted(town, [copied.opened.filing.filing_id])
    with county.bureau.store.reading() as work:
        (before,) = work.filings.find(FilingQuery(budget_year=2026, project_id=COPIED))
        (sent,) = work.filings.find(FilingQuery(budget_year=2027, project_id=COPIED))
    assert before.answers["annual_target"] != sent.answers["annual_target"]
    assert [key for key in sent.explanations if key.startswith("C8")]


def copied_unseen(county: County, town: Workspace) -> str:
    """A filing with last year's target, sealed by a desk that keeps nothing of last year."""
    practice.fill(town)
    copied = target_of_copied(town)
    assert not copied.obstacle
    return copied.opened.filing.filing_id


def test_the_bureau_sees_a_copied_target_by_itself(county: County, town: Workspace) -> None:
    filing_id = copied_unseen(county, town)
    put_last_year(county.bureau)
    path = county.sealed(town, [filing_id])
    county.receive(path)
    county.register()
    (row,) = county.receive(path).rows
    assert (row.outcome, {reason.code for reason in row.reasons}) == (
        IntakeOutcome.RECEIVED,
        {"blocking_findings"},
    )
    with county.bureau.store.reading() as work:
        (shown,) = work.filings.overview(FilingQuery(budget_year=2027, project_id=COPIED))
    assert (shown.blocking, shown.to_explain) == (0, 1)
    received = open_received(county.bureau, filing_id)
    found = catalog.runner(received.form, received.context).run(received.filing.answers).findings
    assert [finding.code for finding in found] == ["C8"]


def test_nothing_is_held_against_a_filing_where_the_bureau_keeps_nothing(
    county: County, town: Workspace
) -> None:
    filing_id = copied_unseen(county, town)
    county.accepted(town, [filing_id])
    with county.bureau.store.reading() as work:
        (shown,) = work.filings.overview(FilingQuery(budget_year=2027, project_id=COPIED))
    assert (shown.blocking, shown.to_explain) == (0, 0)
    assert open_received(county.bureau, filing_id).context.previous_answers is None


def test_a_target_no_kit_names_any_more_is_read_as_the_current_kit_asks(
    county: County, town: Workspace
) -> None:
    put_last_year(county.bureau)
    with county.bureau.store.reading() as work:
        (kept,) = work.filings.find(FilingQuery(budget_year=2026, project_id=COPIED))
    received = open_received(county.bureau, kept.filing_id)
    assert county.bureau.current_kit().kit.task(kept.task_id) is None
    assert (received.context.budget_year, received.context.task.task_id) == (2026, kept.task_id)
    assert received.context.kit.task(kept.task_id) == received.context.task
    assert received.context.task.opens_on.year == 2025
    assert received.filing.answers == kept.answers
