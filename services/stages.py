"""Rounds of budget preparation (申报阶段): what a second round (二上) was declared with in the first (一上)."""

from __future__ import annotations

from models.domain.filing import Answers, FilingStatus
from models.domain.kit import ParameterKit
from models.domain.project import DeclarationStage, FilingTask
from services.ports.store import FilingQuery, UnitOfWork


def first_round(
    work: UnitOfWork, kit: ParameterKit, task: FilingTask, unit_code: str, project_id: str
) -> Answers | None:
    """The same form of the same budget year in the first round; None for any other stage, and where none was filed.

    Which filing that is, its task says; one of a task no kit here knows any longer counts where it is the only one.
    """
    if task.stage is not DeclarationStage.SECOND_ROUND:
        return None
    query = FilingQuery(
        unit_code=unit_code, form_id=task.form_id, budget_year=task.budget_year, project_id=project_id
    )
    others = [
        filing
        for filing in work.filings.find(query)
        if filing.task_id != task.task_id and filing.status is not FilingStatus.EXEMPT
    ]
    for filing in others:
        handed_out = kit.task(filing.task_id)
        if handed_out is not None and handed_out.stage is DeclarationStage.FIRST_ROUND:
            return filing.answers
    unknown = [filing for filing in others if kit.task(filing.task_id) is None]
    return unknown[0].answers if len(unknown) == 1 else None
