"""The whole thread: fill, seal, hand over, first meeting of a key, receive, receipt, second version."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from models.domain.errors import EnvironmentProblem, InputError, WrongPassword
from models.domain.filing import FilingStatus
from models.domain.verdict import VerdictWord
from services import archive, bureau_keys, filings, intake, practice, receipts, reporting_status, sealing
from services.intake_rows import IntakeOutcome
from services.job import JobContext
from services.ports.store import FilingQuery
from services.reporting_status import DueState
from services.workspaces import Workspace
from tests.flows.conftest import PASSWORD, County

TOWN = "820001"


def _seal(county: County, desk: Workspace, ids: list[str]) -> Path:
    return sealing.seal(desk, ids, county.stick, PASSWORD, JobContext()).written.path


def _receive(county: County, *paths: Path) -> list[IntakeOutcome]:
    report = intake.receive(county.bureau.workspace, paths, JobContext())
    return [row.outcome for row in report.rows]


def _register_waiting(county: County) -> None:
    (waiting,) = intake.quarantine(county.bureau.workspace)
    bureau_keys.register_key(county.bureau.workspace, county.bureau.keys, waiting)


@pytest.mark.slow
def test_from_first_filing_to_receipt_and_second_version(county: County) -> None:
    desk = county.unit(TOWN)
    ready = practice.sealable(desk, practice.fill(desk, limit=2))
    assert ready
    package = _seal(county, desk, ready)
    bureau = county.bureau.workspace

    first = intake.receive(bureau, [package], JobContext())
    assert [row.word for row in first.rows] == [VerdictWord.CANNOT_JUDGE]
    assert [reason.code for reason in first.rows[0].reasons] == ["unregistered_signer"]
    with bureau.store.reading() as work:
        assert not work.filings.find(FilingQuery())
    _register_waiting(county)
    assert _receive(county, package) == [IntakeOutcome.RECEIVED]
    assert _receive(county, county.stick) == [IntakeOutcome.UNCHANGED] * 2  # its own kit is known, too
    assert not [w for w in intake.quarantine(bureau) if w.path == str(package)]

    board = reporting_status.reporting_status(bureau)
    town = next(status for status in board if status.unit.code == TOWN)
    assert town.count(DueState.SENT) == len(ready)

    received = archive.open_received(bureau, ready[0])
    documents = archive.documents_of(bureau, received.versions[0])
    assert sorted(Path(name).suffix for name in documents) == [".pdf", ".xlsx"]

    (record,) = receipts.without_receipt(bureau)
    receipt = receipts.issue_receipt(bureau, record, county.bureau.keys.bureau, county.stick)
    taken = receipts.take_receipt(desk, Path(receipt.source_path))
    assert taken.filing_count == len(ready)
    assert taken.certificate_taken
    with desk.store.reading() as work:
        assert work.filings.get(ready[0]).status is FilingStatus.RECEIVED  # type: ignore[union-attr]
    assert not desk.vault.certificate("unit").is_self_signed
    again = receipts.take_receipt(desk, Path(receipt.source_path))
    assert (again.filing_count, again.was_known) == (0, True)

    task_id, project_id = received.filing.task_id, received.filing.project_id
    opened = filings.reopen(desk, filings.open_filing(desk, task_id, project_id))
    changed = {**opened.filing.answers, "reviewer_name": "周正"}
    filings.save_draft(desk, opened, changed, opened.filing.explanations)
    second = _seal(county, desk, [ready[0]])
    assert _receive(county, second) == [IntakeOutcome.REPLACED]
    older = intake.receive(bureau, [package], JobContext())
    assert older.rows[0].outcome is IntakeOutcome.UNCHANGED
    desk.close()


@pytest.mark.slow
def test_sealing_refuses_and_loses_nothing(county: County) -> None:
    desk = county.unit(TOWN)
    (filing_id,) = practice.sealable(desk, practice.fill(desk, limit=1))
    with pytest.raises(WrongPassword):
        sealing.seal(desk, [filing_id], county.stick, "not-the-one", JobContext())
    county.clock.moment += timedelta(minutes=30)
    county.clock.moment -= timedelta(days=60)
    with pytest.raises(EnvironmentProblem, match="早于任务参数包"):
        sealing.seal(desk, [filing_id], county.stick, PASSWORD, JobContext())
    with pytest.raises(InputError, match="没有选择"):
        sealing.seal(desk, [], county.stick, PASSWORD, JobContext())
    with desk.store.reading() as work:
        kept = work.filings.get(filing_id)
    assert kept is not None
    assert kept.status is FilingStatus.DRAFT
    desk.close()
