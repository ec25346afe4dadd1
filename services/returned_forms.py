"""What was returned and is still at the clerk's (退回待改): how many forms, and by when they are wanted back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from models.domain.filing import FilingStatus
from models.domain.message import MessageType
from services.ports.store import FilingQuery, PackageRecord, UnitOfWork
from services.received import RECEIVED
from services.workspaces import Workspace


@dataclass(frozen=True, slots=True)
class ReturnedForms:
    """The forms that wait to be changed (退回待改的表); `answer_by` the nearest day they are wanted back, None for none."""

    count: int
    answer_by: date | None = None
    days_left: int | None = None


def returned_forms(workspace: Workspace) -> ReturnedForms:
    """The unit's forms in state 退回修改, with the nearest day any of their slips names."""
    unit = workspace.profile.unit.code
    with workspace.store.reading() as work:
        found = work.filings.overview(FilingQuery(unit_code=unit, status=FilingStatus.RETURNED))
        versions = {filing.filing_id: filing.version for filing in found}
        days = [day for record in slips(work) if versions and (day := _wanted_by(record, versions))]
    nearest = min(days, default=None)
    left = (nearest - workspace.today).days if nearest is not None else None
    return ReturnedForms(len(versions), nearest, left)


def slips(work: UnitOfWork) -> Collection[PackageRecord]:
    """The slips taken in, newest first."""
    return work.packages.find(RECEIVED, MessageType.RETURN_SLIP.value)


def answer_by(record: PackageRecord) -> date | None:
    """The day a slip wants its forms back; None where it names none that can be read."""
    try:
        return date.fromisoformat(record.verdict.get("answer_by", ""))
    except ValueError:
        return None


def returned_in(record: PackageRecord) -> Mapping[str, int]:
    """The filings a slip returned, with the version it spoke of."""
    return dict(record.verdict.get("filings", ()))


def _wanted_by(record: PackageRecord, versions: Mapping[str, int]) -> date | None:
    """The day of a slip that speaks of one of these filings as it was sent last."""
    is_about = any(versions.get(key) == version for key, version in returned_in(record).items())
    return answer_by(record) if is_about else None
