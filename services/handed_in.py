"""What was handed in by the time a form was (同时报送的填报件): the background a sent form is judged by.

A form of the unit as a whole is held against the unit's other forms. Once it is sent, their drafts go on changing;
what was right when it went out must not turn wrong by that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from forms import registry
from forms.context import FormContext
from models.domain.background import UnitFiling
from models.domain.filing import Filing, FilingStatus
from models.domain.project import Project, Unit
from services.ports.store import SubmittedVersion, UnitOfWork
from services.unit_filings import kept_filings, record_of


def as_handed_in(work: UnitOfWork, context: FormContext, filing: Filing) -> FormContext:
    """The background of a sent filing, with the unit's other forms as they had gone out by then; of a draft as it is."""
    if filing.status.is_editable or not context.unit_filings:
        return context
    versions = work.filings.versions(filing.filing_id)
    sent = next((item for item in versions if item.version == filing.version), None)
    return replace(context, unit_filings=tuple(_handed_in(work, context, sent.at))) if sent else context


def _handed_in(work: UnitOfWork, context: FormContext, by: datetime) -> Sequence[UnitFiling]:
    """The newest of every place that had gone out by then.

    None at all where a project's form had not: whether it was there to be seen nobody can tell any more, and some of
    the projects without the others would only mislead.
    """
    newest: dict[tuple[str, str, str], tuple[datetime, UnitFiling]] = {}
    for filing, project, unit in kept_filings(work, context.kit, context.task, context.unit):
        if filing.status is FilingStatus.EXEMPT:
            at, record = by, record_of(filing, None, project, unit)
        elif (version := _sent_by(work, filing, by)) is not None:
            at, record = version.at, _as_sent(filing, version, project, unit)
        elif filing.project_id:
            return ()
        else:
            continue
        place = (unit.code, filing.form_id, filing.project_id)
        if place not in newest or newest[place][0] <= at:
            newest[place] = (at, record)
    return [newest[place][1] for place in sorted(newest)]


def _sent_by(work: UnitOfWork, filing: Filing, by: datetime) -> SubmittedVersion | None:
    """The newest submission of a filing up to a moment."""
    return next((item for item in work.filings.versions(filing.filing_id) if item.at <= by), None)


def _as_sent(filing: Filing, version: SubmittedVersion, project: Project | None, unit: Unit) -> UnitFiling:
    """What others see of one submission of a filing."""
    status = FilingStatus.SEALED if filing.status.is_editable else filing.status
    sent = replace(filing, answers=version.answers, status=status)
    amount = registry.form(filing.form_id).amount_of(version.answers)
    return replace(record_of(sent, None, project, unit), amount_fen=amount)
