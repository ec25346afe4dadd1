"""A form returned by the bureau (退回): from the unit's package to the signed slip, as the bureau's desk does it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from main import Adapters
from models.domain.desk_user import DeskUser, UserRole
from models.domain.filing import Filing
from models.domain.review import ReviewOutcome
from services import bureau_keys, intake
from services.job import JobContext
from services.ports.store import FilingQuery
from services.review.approval_messages import issue_notices, waiting_for_notice
from services.review.deciding import DecisionDraft, decide
from services.review.remarks import RemarkDraft, remark
from services.review.return_slips import issue_return_slips, waiting_for_slip
from services.workspaces import Workspace
from tests.gui.desks.county import County

OFFICE = DeskUser("U1", "李文", (UserRole.OFFICE_REVIEWER,))
OPINION = "请按意见修改后重新报送。"
OPINION_REFUSED = "绩效目标与项目内容不符，不得进入预算安排。"


def slip_for(county: County, package: Path, into: Path, tools: Adapters, remarks: list[RemarkDraft]) -> Path:
    """The slip that returns every filing of the package, each with these remarks."""
    bureau, found = _received(county, package, into, tools)
    for filing in found:
        for draft in remarks:
            remark(bureau, OFFICE, filing.filing_id, draft)
        decide(bureau, OFFICE, filing.filing_id, 0, DecisionDraft(ReviewOutcome.RETURN, OPINION))
    (record,) = issue_return_slips(bureau, waiting_for_slip(bureau), county.keys.bureau, into, JobContext())
    bureau.close()
    return Path(record.source_path)


def refusal_for(county: County, package: Path, into: Path, tools: Adapters) -> Path:
    """The notice that every filing of the package was refused."""
    bureau, found = _received(county, package, into, tools)
    for filing in found:
        decide(bureau, OFFICE, filing.filing_id, 0, DecisionDraft(ReviewOutcome.REFUSE, OPINION_REFUSED))
    waiting = waiting_for_notice(bureau, found[0].budget_year)
    (record,) = issue_notices(bureau, waiting, county.keys.bureau, into, JobContext())
    bureau.close()
    return Path(record.source_path)


def _received(
    county: County, package: Path, into: Path, tools: Adapters
) -> tuple[Workspace, Sequence[Filing]]:
    """A bureau's desk that took the package in, with what was in it."""
    bureau = county.bureau(into / "reviewing", tools)
    intake.receive(bureau, [package], JobContext())
    for waiting in intake.quarantine(bureau):
        bureau_keys.register_key(bureau, county.keys, waiting)
    intake.receive(bureau, [package], JobContext())
    with bureau.store.reading() as work:
        return bureau, work.filings.find(FilingQuery())
