"""Checks of the receiving desk on one filing (接收核对): what it knows beyond the answers, gathered and asked.

The rules stand in `forms/checks/received_catalog.py`; here is only what the store keeps.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from hashlib import sha256

from forms import registry
from forms.checks.engine import CheckReport
from forms.checks.received_catalog import check_received
from forms.checks.received_facts import GivenScore, ReceivedFacts, Submission
from forms.evidence import named_but_absent
from models.domain.canonical_json import spelled
from models.domain.filing import Filing, FilingStatus
from models.domain.review import ReviewDecision
from services.archive import ReceivedForm
from services.ports.store import FilingQuery, SubmittedVersion, UnitOfWork
from services.workspaces import Workspace

SELF_EVALUATION = "self_evaluation"
OWN_SCORE = "单位自评"
_NOT_SENT = (FilingStatus.DRAFT, FilingStatus.SEALED, FilingStatus.EXEMPT)


def received_report(workspace: Workspace, received: ReceivedForm) -> CheckReport:
    """Everything the receiving desk has to say of a filing in force."""
    with workspace.store.reading() as work:
        facts = facts_of(workspace, work, received)
    return check_received(facts)


def facts_of(workspace: Workspace, work: UnitOfWork, received: ReceivedForm) -> ReceivedFacts:
    """What this desk knows of a filing beyond its answers."""
    filing, form = received.filing, received.form
    context = received.context_of(received.in_force)
    units = {unit.code for unit in (*work.registers.units(), *workspace.current_kit().kit.units)}
    return ReceivedFacts(
        form=form,
        context=context,
        answers=filing.answers,
        version=filing.version,
        submissions=submissions_of(workspace, work, filing.filing_id),
        rivals=_rivals(workspace, work, filing),
        absent=named_but_absent(form, context, filing.answers),
        unit_scores=unit_scores(work, filing) if filing.form_id == SELF_EVALUATION else (),
        given=_given(work, received),
        form_version=filing.form_version,
        is_unit_listed=filing.unit_code in units,
        is_form_known=registry.knows(filing.form_id, filing.form_version),
    )


def submissions_of(workspace: Workspace, work: UnitOfWork, filing_id: str) -> tuple[Submission, ...]:
    """Every submission of a filing, the oldest first; of paper the day the stamped sheets came."""
    papers = {(paper.filing_id, paper.version): paper for paper in work.papers.all()}
    decided = {
        digest
        for item in work.packages.decisions(filing_id)
        for digest in (item.kept_sha256, item.came_sha256)
    }
    found = []
    for item in reversed(work.filings.versions(filing_id)):
        paper, record = papers.get((filing_id, item.version)), work.packages.get(item.manifest_sha256)
        came = paper.paper_came_on if paper else None
        name = record.file_name if record else paper.file_name if paper else ""
        day = came or workspace.local(item.at).date()
        found.append(Submission(item.version, _digest(item), day, name, item.manifest_sha256 in decided))
    return tuple(found)


def first_received(workspace: Workspace, work: UnitOfWork, filing_id: str) -> date | None:
    """The day a filing came for the first time."""
    return min((item.received_on for item in submissions_of(workspace, work, filing_id)), default=None)


def unit_scores(work: UnitOfWork, filing: Filing) -> tuple[tuple[str, Decimal], ...]:
    """The self-scores of every project of a filing's unit for its task, by project name."""
    query = FilingQuery(unit_code=filing.unit_code, form_id=filing.form_id, budget_year=filing.budget_year)
    names = {project.project_id: project.name for project in work.projects.list(filing.unit_code)}
    found = []
    for item in work.filings.overview(query):
        score = _decimal(item.score)
        if score is not None and item.status not in _NOT_SENT:
            found.append((names.get(item.project_id, ""), score))
    return tuple(sorted(found))


def own_score(received: ReceivedForm) -> GivenScore | None:
    """What the unit gave itself; None where the form has no total score."""
    answers = received.filing.answers
    points, grade = _decimal(answers.get("total_score")), str(answers.get("grade") or "")
    if received.form.form_id == "target_review" or (points is None and not grade):
        return None
    return GivenScore(OWN_SCORE, points, grade)


def _given(work: UnitOfWork, received: ReceivedForm) -> tuple[GivenScore, ...]:
    """The unit's own score and those of every level on this version, in order."""
    filing, own = received.filing, own_score(received)
    decisions = [
        item
        for item in work.reviews.decisions([filing.filing_id])
        if item.is_in_force and item.version == filing.version and (item.points or item.grade)
    ]
    return (*((own,) if own else ()), *given_of(decisions))


def given_of(decisions: Sequence[ReviewDecision]) -> tuple[GivenScore, ...]:
    """The scores that decisions gave."""
    return tuple(
        GivenScore(item.level.label, _decimal(item.points), item.grade, item.opinion) for item in decisions
    )


def rivals_of(work: UnitOfWork, filing: Filing) -> tuple[str, ...]:
    """Ids of other filings of the same unit, task and project: a desk set up anew sends the same form as another one."""
    query = FilingQuery(unit_code=filing.unit_code, task_id=filing.task_id)
    code = _place(work, filing.project_id)
    return tuple(
        item.filing_id
        for item in work.filings.overview(query)
        if item.filing_id != filing.filing_id
        and item.status not in _NOT_SENT
        and (item.project_id == filing.project_id or (bool(code) and _place(work, item.project_id) == code))
    )


def _rivals(workspace: Workspace, work: UnitOfWork, filing: Filing) -> tuple[Submission, ...]:
    """The newest submissions of those."""
    theirs = [submissions_of(workspace, work, filing_id) for filing_id in rivals_of(work, filing)]
    return tuple(found[-1] for found in theirs if found)


def _place(work: UnitOfWork, project_id: str) -> str:
    """What a project is met by: its code, its name while it has none."""
    project = work.projects.get(project_id) if project_id else None
    return (project.project_code or project.name) if project else ""


def _digest(version: SubmittedVersion) -> str:
    """One text for one content."""
    return sha256(spelled([version.answers, version.explanations])).hexdigest()


def _decimal(text: object) -> Decimal | None:
    try:
        return Decimal(str(text)) if text not in (None, "") else None
    except InvalidOperation:
        return None
