"""Where received filings belong (填报件归属): the kit that handed their task out, their unit, and the background that makes."""

from __future__ import annotations

from dataclasses import dataclass

from forms.context import FormContext
from models.domain.filing import Answers
from models.domain.project import FilingTask, ProjectYear, RegisterEntry, Unit
from services.filing_reading import ReceivedFiling
from services.handed_out import HandedOut
from services.register_lines import project_year_of, register_entry


@dataclass(frozen=True, slots=True)
class FilingPlace:
    """Where a received filing belongs (归属): whose it is, and the background every filing of its task shares."""

    shared: FormContext
    unit: Unit
    filing: ReceivedFiling

    @property
    def task(self) -> FilingTask:
        """The task as it was handed out."""
        return self.shared.task

    def context(
        self, previous: Answers | None = None, first: Answers | None = None, ex_ante: bool | None = None
    ) -> FormContext:
        """The background of the filing there, with what the desk keeps of the year before and the first round."""
        entry, year = _register_of(self.shared, self.filing)
        return self.shared.beside(
            self.unit,
            project=self.filing.project,
            project_year=year,
            register_entry=entry,
            previous_answers=previous,
            has_ex_ante_evaluation=ex_ante,
            evidence=self.filing.evidence,
            first_round=first,
        )


def place_of(known: HandedOut, filing: ReceivedFiling) -> FilingPlace | None:
    """Where a filing belongs by the kit that handed its task out; None for a task or unit not known."""
    unit = known.unit(filing.unit_code)
    shared = known.background(filing.task_id, unit) if unit is not None else None
    return FilingPlace(shared, unit, filing) if shared is not None and unit is not None else None


def context_of(known: HandedOut, filing: ReceivedFiling) -> FormContext | None:
    """The background of a received filing by the kit that handed its task out; None for a task or unit not known."""
    place = place_of(known, filing)
    return place.context() if place else None


def _register_of(
    shared: FormContext, filing: ReceivedFiling
) -> tuple[RegisterEntry | None, ProjectYear | None]:
    """The line of the register that stands for a filing's project, and the project's year; none for a whole unit."""
    project = filing.project
    if project is None:
        return None, None
    entry = register_entry(shared.kit, project, filing.budget_year)
    if entry is None:
        return None, ProjectYear(project.project_id, filing.budget_year)
    return entry, project_year_of(entry, project.project_id)
