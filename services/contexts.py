"""Form contexts from the store (填报背景的装配): kit, task, unit, project, what is approved, what was filed before."""

from __future__ import annotations

from collections.abc import Mapping

from forms.context import FormContext
from models.domain.background import LedgerLine
from models.domain.errors import InputError
from models.domain.evidence import EvidenceFile
from models.domain.filing import Answers
from models.domain.indicator_library import LibraryIndicator
from models.domain.kit import ParameterKit
from models.domain.project import FilingTask, Project, Unit
from services.approvals import approved_target
from services.ex_ante import has_ex_ante
from services.periods import earlier_periods
from services.ports.store import FilingQuery, UnitOfWork
from services.register_lines import register_entry
from services.stages import first_round
from services.unit_filings import unit_filings


def build_context(
    work: UnitOfWork,
    kit: ParameterKit,
    task: FilingTask,
    unit: Unit,
    project_id: str,
    library: tuple[LibraryIndicator, ...] = (),
) -> FormContext:
    """The background of one filing, with the desk's library; InputError when the project is not there."""
    project = None
    year = last_year = None
    if project_id:
        project = work.projects.get(project_id)
        if project is None:
            raise InputError("找不到这个项目", "请在项目列表中重新选择")
        years = {item.budget_year: item for item in work.projects.years(project_id)}
        year, before = years.get(task.budget_year), years.get(task.budget_year - 1)
        last_year = before.budget_fen if before else None
    return FormContext(
        kit=kit,
        task=task,
        unit=unit,
        project=project,
        project_year=year,
        register_entry=register_entry(kit, project, task.budget_year),
        previous_answers=previous_answers(work, task.form_id, unit.code, project_id, task.budget_year),
        has_ex_ante_evaluation=has_ex_ante(work, unit.code, project_id, task.budget_year),
        approved=approved_target(work, unit.code, project_id, task.budget_year),
        related=_related(work, task, unit, project_id),
        periods=earlier_periods(work, kit, task, unit.code, project_id),
        ledger=_ledger(work, unit, project, task.budget_year),
        unit_filings=unit_filings(work, kit, task, unit),
        evidence=_evidence(work, task, unit, project_id),
        library=library,
        last_year_budget_fen=last_year,
        first_round=first_round(work, kit, task, unit.code, project_id),
    )


def previous_answers(
    work: UnitOfWork, form_id: str, unit_code: str, project_id: str, budget_year: int
) -> Answers | None:
    """Answers of the same form for the year before a budget year, if this desk keeps any."""
    query = FilingQuery(
        unit_code=unit_code, form_id=form_id, budget_year=budget_year - 1, project_id=project_id
    )
    found = work.filings.overview(query)  # nearly always there is none, and asking for answers costs more
    filing = work.filings.get(found[0].filing_id) if found else None
    return filing.answers if filing else None


def _related(work: UnitOfWork, task: FilingTask, unit: Unit, project_id: str) -> Mapping[str, Answers]:
    """The latest answers of every other form of the same project (or unit) and budget year."""
    query = FilingQuery(unit_code=unit.code, budget_year=task.budget_year, project_id=project_id)
    newest: dict[str, tuple[float, Answers]] = {}
    for filing in work.filings.find(query):
        at = filing.updated_at.timestamp() if filing.updated_at else 0.0
        known = newest.get(filing.form_id)
        if filing.form_id != task.form_id and (known is None or at >= known[0]):
            newest[filing.form_id] = (at, filing.answers)
    return {form_id: answers for form_id, (_at, answers) in newest.items()}


def _ledger(work: UnitOfWork, unit: Unit, project: Project | None, budget_year: int) -> LedgerLine | None:
    """What the payment progress list taken in last says of the project; None where none names it."""
    if project is None or not project.project_code:
        return None
    payment = work.payments.latest(unit.code, project.project_code, budget_year)
    return payment.line if payment else None


def _evidence(work: UnitOfWork, task: FilingTask, unit: Unit, project_id: str) -> tuple[EvidenceFile, ...]:
    """What is attached to the filing of a task and project, in the order it was added."""
    query = FilingQuery(unit_code=unit.code, task_id=task.task_id, project_id=project_id)
    ids = [item.filing_id for item in work.filings.overview(query)][:1]
    return tuple(item.file for item in work.evidence.find(ids))
