"""Received filings kept (收到的填报件入库): project, newest version and what lists ask for, in one unit of work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime

from forms import registry
from forms.findings import FindingCounts
from models.domain.filing import Answers, Filing, FilingStatus
from models.domain.project import DeclarationStage
from models.domain.review import CommentState, ReviewComment, ReviewOutcome, opinion_id
from models.domain.verdict import Judgement
from services.contexts import previous_answers
from services.filing_places import context_of
from services.filing_reading import ReceivedFiling, RemarkAnswer
from services.handed_out import HandedOut
from services.inspection import LastYear
from services.ports.arrivals import ArrivedFiling
from services.ports.store import FilingFigures, FilingQuery, SubmittedVersion, UnitOfWork
from services.stages import first_round
from services.workspaces import Workspace


def keep_filing(
    work: UnitOfWork,
    received: ReceivedFiling,
    known: HandedOut,
    judged: Judgement,
    counts: FindingCounts,
    now: datetime,
) -> bool:
    """Store one filing's newest version; whether it replaced an older one.

    `counts` are the open findings by this desk's own checks, not those the payload claims.
    """
    filing = with_own_project(work, received)
    context = context_of(known, filing)
    if filing.project is not None and context is not None:
        work.projects.put(filing.project)
        if context.project_year is not None:
            work.projects.put_year(context.project_year)
    stored = work.filings.get(filing.filing_id)
    revision = stored.revision if stored else None
    work.filings.save(
        _filing_of(filing, revision or 0, now), _figures(filing, counts), expected_revision=revision
    )
    work.evidence.put_submitted(
        filing.filing_id, filing.version, judged.manifest_sha256 or "", filing.evidence
    )
    work.filings.add_version(_version_of(filing, judged, now))
    _take_answers(work, filing, now)
    return stored is not None


def arrived_filing(
    filing: ReceivedFiling, judged: Judgement, counts: FindingCounts, now: datetime
) -> ArrivedFiling:
    """What is kept of a filing met for the first time, whose project id is nobody else's; see `keep_filing`."""
    return ArrivedFiling(
        _filing_of(filing, 0, now),
        _figures(filing, counts),
        _version_of(filing, judged, now),
        filing.evidence,
    )


def _version_of(filing: ReceivedFiling, judged: Judgement, now: datetime) -> SubmittedVersion:
    """The submission as the desk keeps it."""
    return SubmittedVersion(
        filing.filing_id,
        filing.version,
        judged.manifest_sha256 or "",
        filing.answers,
        filing.explanations,
        filing.findings,
        now,
    )


def _take_answers(work: UnitOfWork, filing: ReceivedFiling, now: datetime) -> None:
    """Answers to remarks of ours and to what a return said of the whole form; what it says of others is nobody's."""
    told = {item.comment_id: item for item in filing.remarks}
    if not told:
        return
    kept = work.reviews.comments([filing.filing_id])
    known = {one.comment_id for one in kept}
    # An opinion beside remarks is answered by theirs, unless the unit has words for it.
    opinions = [
        one
        for one in _opinions(work, filing.filing_id)
        if (found := told.get(one.comment_id)) and one.comment_id not in known and (found.answer or not kept)
    ]
    for comment in (*kept, *opinions):
        answer = told.get(comment.comment_id)
        if answer is None or comment.state is not CommentState.OPEN or filing.version <= comment.version:
            continue
        work.reviews.put_comment(answered(comment, answer, now))


def _opinions(work: UnitOfWork, filing_id: str) -> Iterator[ReviewComment]:
    """What returns of a filing said of it as a whole, as remarks that an answer can be put to."""
    for one in work.reviews.decisions([filing_id]):
        comment_id = opinion_id(filing_id, one.version)
        if one.outcome is ReviewOutcome.RETURN and one.opinion.strip():
            yield ReviewComment(
                comment_id,
                filing_id,
                one.version,
                one.level,
                "",
                "",
                one.opinion,
                one.decided_by,
                one.decided_at,
            )


def answered(comment: ReviewComment, told: RemarkAnswer, at: datetime) -> ReviewComment:
    """A remark with what the unit did about it (已答复): its words, or that the place was changed."""
    return replace(
        comment,
        state=CommentState.ANSWERED,
        answer=told.answer or "已按意见修改",
        answered_by=told.answered_by,
        answered_at=at,
    )


def _filing_of(filing: ReceivedFiling, revision: int, now: datetime) -> Filing:
    """The filing as the desk keeps it."""
    return Filing(
        filing_id=filing.filing_id,
        task_id=filing.task_id,
        form_id=filing.form_id,
        form_version=filing.form_version,
        budget_year=filing.budget_year,
        unit_code=filing.unit_code,
        project_id=filing.project.project_id if filing.project else "",
        status=FilingStatus.RECEIVED,
        answers=filing.answers,
        explanations=filing.explanations,
        version=filing.version,
        updated_at=now,
        revision=revision,
    )


def with_own_project(work: UnitOfWork, filing: ReceivedFiling) -> ReceivedFiling:
    """The filing with a project id that no other unit's project has here.

    Ids are made at the units' desks, where a project taken from the register bears its code; two units
    may name the same one, by mistake or when a project has changed hands. Neither may touch the other's.
    """
    if filing.project is None:
        return filing
    project_id = filing.project.project_id
    while (taken := work.projects.get(project_id)) is not None and taken.unit_code != filing.unit_code:
        project_id = f"{filing.unit_code}:{project_id}"
    return replace(filing, project=replace(filing.project, project_id=project_id))


def last_year_of(
    workspace: Workspace,
    pending: Sequence[ReceivedFiling] = (),
    view: UnitOfWork | None = None,
    filed: dict[tuple[str, str, int], bool] | None = None,
) -> LastYear:
    """What a bureau's desk keeps of the same form and project for the year before, found by its own project id.

    `pending` are filings that came a moment ago and are not written yet; they are looked through first. `view` is an
    open unit of work to look in; without one each is looked for in its own. `filed` remembers of a view which unit has
    filed which form for which year at all.
    """

    def find(filing: ReceivedFiling) -> Answers | None:
        before = filing.budget_year - 1
        for other in pending:  # nearly all are of one year
            if other.budget_year == before and _place(other, before) == _place(filing, before):
                return other.answers
        if view is not None and filed is not None:
            unit = (filing.form_id, filing.unit_code, before)
            if unit not in filed:
                form_id, unit_code, year = unit
                asked = FilingQuery(form_id=form_id, unit_code=unit_code, budget_year=year)
                filed[unit] = bool(view.filings.overview(asked))
            if not filed[unit]:
                return None
        with nullcontext(view) if view is not None else workspace.store.reading() as work:
            project = with_own_project(work, filing).project
            project_id = project.project_id if project else ""
            return previous_answers(work, filing.form_id, filing.unit_code, project_id, filing.budget_year)

    return find


def first_round_of(
    workspace: Workspace,
    known: HandedOut,
    pending: Sequence[ReceivedFiling] = (),
    view: UnitOfWork | None = None,
) -> LastYear:
    """What a second round (二上) was declared with in the first, as `last_year_of` finds it; None for every other stage."""

    def find(filing: ReceivedFiling) -> Answers | None:
        kit = known.kit_of(filing.task_id)
        task = kit.task(filing.task_id) if kit else None
        if kit is None or task is None or task.stage is not DeclarationStage.SECOND_ROUND:
            return None
        wanted = _place(filing, filing.budget_year)
        for other in pending:
            first = kit.task(other.task_id)
            is_first = first is not None and first.stage is DeclarationStage.FIRST_ROUND
            if is_first and _place(other, other.budget_year) == wanted:
                return other.answers
        with nullcontext(view) if view is not None else workspace.store.reading() as work:
            project = with_own_project(work, filing).project
            return first_round(work, kit, task, filing.unit_code, project.project_id if project else "")

    return find


def _place(filing: ReceivedFiling, budget_year: int) -> tuple[str, str, str, int]:
    """Form, unit, project and a budget year."""
    project_id = filing.project.project_id if filing.project else ""
    return filing.form_id, filing.unit_code, project_id, budget_year


def _figures(filing: ReceivedFiling, counts: FindingCounts) -> FilingFigures:
    """Columns of a received filing."""
    form = registry.form(filing.form_id)
    score, grade = form.scoring.result(filing.answers) if form.scoring else (None, None)
    return FilingFigures(
        amount_fen=form.amount_of(filing.answers),
        score=score,
        grade=grade,
        indicator_rows=tuple(filing.answers.get("indicators") or ()),
        progress=100,
        blocking=counts.blocking,
        to_explain=counts.to_explain,
    )
