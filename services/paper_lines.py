"""The list of unsigned filings (未签名填报件列表): each workbook taken in, with the unit and the form it is about.

Apart from taking them in, because the list is counted at every start and the reader of workbooks is not needed then.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from forms import registry
from models.domain.paper_filing import PaperFiling
from services.workspaces import Workspace

WORKBOOKS = "workbooks"
"""Folder of a workspace where the files themselves are kept, by their digest."""


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One version that came as a workbook (未签名填报件): `project_name` is "" for a form of the whole unit."""

    paper: PaperFiling
    unit_name: str
    title: str
    project_name: str
    budget_year: int

    @property
    def awaits_paper(self) -> bool:
        """Whether the stamped paper has not come yet."""
        return self.paper.paper_came_on is None


def paper_lines(workspace: Workspace) -> Sequence[PaperLine]:
    """Every version that came as a workbook, those whose paper is awaited first; a deleted filing is left out."""
    found = []
    with workspace.store.reading() as work:
        kit = work.kits.current(workspace.profile.working_year)
        papers = sorted(work.papers.all(), key=lambda item: item.paper_came_on is not None)
        units = (*(kit.kit.units if kit else ()), *work.registers.units())
        names = {unit.code: unit.name for unit in units}
        for paper in papers:
            filing = work.filings.get(paper.filing_id)
            if filing is None:
                continue
            project = work.projects.get(filing.project_id) if filing.project_id else None
            title = registry.head(filing.form_id).short_title if registry.has(filing.form_id) else ""
            found.append(
                PaperLine(
                    paper,
                    names.get(filing.unit_code, filing.unit_code),
                    title,
                    project.name if project else "",
                    filing.budget_year,
                )
            )
    return found
