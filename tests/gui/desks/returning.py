"""A form returned by the bureau (退回): from the unit's package to the signed slip, as the bureau's desk does it."""

from __future__ import annotations

from pathlib import Path

from main import Adapters
from models.domain.desk_user import DeskUser, UserRole
from models.domain.review import ReviewOutcome
from services import bureau_keys, intake
from services.job import JobContext
from services.ports.store import FilingQuery
from services.review.deciding import DecisionDraft, decide
from services.review.remarks import RemarkDraft, remark
from services.review.return_slips import issue_return_slips, waiting_for_slip
from tests.gui.desks.county import County

OFFICE = DeskUser("U1", "李文", (UserRole.OFFICE_REVIEWER,))
OPINION = "请按意见修改后重新报送。"


def slip_for(county: County, package: Path, into: Path, tools: Adapters, remarks: list[RemarkDraft]) -> Path:
    """The slip that returns every filing of the package, each with these remarks."""
    bureau = county.bureau(into / "reviewing", tools)
    intake.receive(bureau, [package], JobContext())
    for waiting in intake.quarantine(bureau):
        bureau_keys.register_key(bureau, county.keys, waiting)
    intake.receive(bureau, [package], JobContext())
    with bureau.store.reading() as work:
        found = work.filings.find(FilingQuery())
    for filing in found:
        for draft in remarks:
            remark(bureau, OFFICE, filing.filing_id, draft)
        decide(bureau, OFFICE, filing.filing_id, 0, DecisionDraft(ReviewOutcome.RETURN, OPINION))
    (record,) = issue_return_slips(bureau, waiting_for_slip(bureau), county.keys.bureau, into, JobContext())
    bureau.close()
    return Path(record.source_path)
