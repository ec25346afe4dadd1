"""Last year's filings on the practice desks: where they lie, what they change, what they must not touch."""

from __future__ import annotations

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

COPIED = "99000025T000820000106"
LAST_YEARS = 5
"""Four projects of the town and its overall target."""


def last_years(desk: Workspace) -> dict[str, int]:
    """Filings of budget year 2026 by unit."""
    with desk.store.reading() as work:
        found = work.filings.find(FilingQuery(budget_year=2026))
    assert {filing.status for filing in found} <= {FilingStatus.RECEIVED}
    counts: dict[str, int] = {}
    for filing in found:
        counts[filing.unit_code] = counts.get(filing.unit_code, 0) + 1
    return counts


def test_a_unit_has_its_own_the_bureau_everybodys(county: County, town: Workspace) -> None:
    assert put_last_year(town) == LAST_YEARS
    assert last_years(town) == {"820001": LAST_YEARS}
    total = put_last_year(county.bureau)
    there = last_years(county.bureau)
    assert there["820001"] == LAST_YEARS
    assert sum(there.values()) == total > 15
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


def test_a_target_copied_from_last_year_is_seen_and_can_be_explained(county: County, town: Workspace) -> None:
    put_last_year(town)
    put_last_year(county.bureau)
    practice.fill(town)
    (copied,) = [c for c in sealing.candidates(town) if c.opened.filing.project_id == COPIED]
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
    (copied,) = [c for c in sealing.candidates(town) if c.opened.filing.project_id == COPIED]
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
