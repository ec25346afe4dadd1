"""Submissions nobody has seen before, written together (首次收到的报送文件成批入库).

Nearly every file of a county's week is of this kind: its package, its filings are not here, its projects are either not
here or its own unit's. A batch asks once what of it is here, and what is new goes in by one statement a table, in the
same transaction as everything else of the batch. From the first file that is not that plain, the rest of the batch is
left to be written one by one (`services.intake_batch`): what is numbered has the files' order, however batches fall.
"""

from __future__ import annotations

from collections.abc import Sequence

from forms.findings import FindingCounts
from models.domain.message import MessageType
from models.domain.project import Project, ProjectYear
from models.domain.verdict import Judgement
from services.exemptions import has_list, keep_exemptions
from services.filing_places import context_of
from services.filing_reading import ReceivedFiling
from services.inspection import Inspection
from services.intake_against import against_now
from services.intake_desk import IntakeDesk
from services.intake_looked import Looked
from services.intake_rows import IntakeOutcome, IntakeRow, row_of
from services.ports.arrivals import Arrivals, ArrivedFiling, Asked
from services.ports.store import PackageRecord, UnitOfWork
from services.received import received_record
from services.received_filings import arrived_filing


class FreshArrivals:
    """What of a batch is new, gathered and written at once (首次收到部分)."""

    def __init__(self, desk: IntakeDesk, work: UnitOfWork, items: Sequence[Looked]) -> None:
        self._desk, self._work = desk, work
        filings = [filing for item in items for filing in _filings(item)]
        asked = Asked(
            frozenset(item.judged.manifest_sha256 or "" for item in items if item.judged),
            frozenset(filing.filing_id for filing in filings),
            frozenset(filing.project.project_id for filing in filings if filing.project),
        )
        here = work.packages.met(asked)
        self._packages, self._known = set(here.packages), set(here.filings)
        self._projects, self._years = dict(here.projects), dict(here.years)
        self._is_over = False
        self._year_of: dict[str, ProjectYear | None] = {}
        self._lists: dict[tuple[object, object], bool] = {}
        self._new_packages: list[PackageRecord] = []
        self._new_filings: list[ArrivedFiling] = []
        self._new_projects: list[Project] = []
        self._new_years: list[ProjectYear] = []

    def row(self, item: Looked) -> IntakeRow | None:
        """The line of a file that is new in all its parts; None for one that is to be written by itself."""
        judged, inspection = item.judged, item.inspection
        if item.known is not None or item.reasons:  # writes nothing that has an order
            return None
        if judged is None or inspection is None or self._is_over or not self._is_fresh(item, judged):
            self._is_over = True
            return None
        self._gather(item, judged, inspection)
        return row_of(item.path, judged, IntakeOutcome.RECEIVED, kit=self._desk.known.current)

    def write(self) -> None:
        """Add everything gathered."""
        if self._new_packages:
            gathered = (self._new_packages, self._new_filings, self._new_projects, self._new_years)
            packages, filings, projects, years = gathered
            self._work.packages.arrive(
                Arrivals(tuple(packages), tuple(filings), tuple(projects), tuple(years))
            )

    def _is_fresh(self, item: Looked, judged: Judgement) -> bool:
        """Whether nothing of a package is here, and nothing is against it."""
        is_plain = (
            not item.reasons
            and item.carrier is None
            and item.own_key is None
            and judged.message_type == MessageType.SUBMISSION.value
            and bool(judged.manifest_sha256)
            and judged.manifest_sha256 not in self._packages
        )
        filings = _filings(item)
        told = {filing.project for filing in filings if filing.project}
        if not is_plain or len({project.project_id for project in told}) != len(told):
            return False
        if not all(self._is_new(filing) for filing in filings):
            return False
        return not against_now(self._desk, self._work, judged, filings, are_new=True)

    def _is_new(self, filing: ReceivedFiling) -> bool:
        """Whether a filing is not here, answers no remark, and its project is as the desk would keep it."""
        if filing.filing_id in self._known or filing.remarks:
            return False
        project = filing.project
        if project is None:
            return True
        context = context_of(self._desk.known, filing)
        if context is None:
            return False
        kept = self._projects.get(project.project_id)
        year = self._year_of[filing.filing_id] = context.project_year
        known = self._years.get((project.project_id, year.budget_year)) if year else None
        return kept in (None, project) and known in (None, year)

    def _gather(self, item: Looked, judged: Judgement, inspection: Inspection) -> None:
        """Note everything of one package that is to be added."""
        now = self._desk.workspace.tools.clock.now()
        for filing in inspection.filings:
            counts = inspection.counts.get(filing.filing_id, FindingCounts())
            self._new_filings.append(arrived_filing(filing, judged, counts, now))
            self._known.add(filing.filing_id)
            self._add_project(filing)
        self._keep_exemptions(judged, inspection)
        versions = tuple((filing.filing_id, filing.version) for filing in inspection.filings)
        self._new_packages.append(received_record(item.path, judged, versions, now))
        self._packages.add(judged.manifest_sha256 or "")

    def _add_project(self, filing: ReceivedFiling) -> None:
        """A filing's project and its year, where they are not here."""
        if filing.project is None:
            return
        if filing.project.project_id not in self._projects:
            self._projects[filing.project.project_id] = filing.project
            self._new_projects.append(filing.project)
        year = self._year_of.pop(filing.filing_id)
        if year is not None and (year.project_id, year.budget_year) not in self._years:
            self._years[year.project_id, year.budget_year] = year
            self._new_years.append(year)

    def _keep_exemptions(self, judged: Judgement, inspection: Inspection) -> None:
        """What the unit need not file; an empty list matters only where one is kept, which is asked once a unit."""
        payload = judged.payload or {}
        key = (payload.get("unit_code"), payload.get("working_year"))
        if not inspection.exemptions:
            if inspection.exemptions is None:
                return
            if key not in self._lists:
                self._lists[key] = has_list(self._work, payload)
            if not self._lists[key]:
                return
        keep_exemptions(self._work, payload, inspection.exemptions)
        self._lists[key] = True


def _filings(item: Looked) -> Sequence[ReceivedFiling]:
    """The filings of a file that was judged and may be taken in."""
    return item.inspection.filings if item.inspection is not None and not item.reasons else ()
