"""The form as it stands beside the version sent last (与上次报送相比), place by place, for the clerk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from models.domain.errors import InputError
from services.filings import OpenFiling, payload_answers
from services.version_differences import FieldDifference, FilingContent, differences
from services.workspaces import Workspace


@dataclass(frozen=True, slots=True)
class SinceSent:
    """What differs from the version sent last (与上次报送的差异); `kept` of a difference is what was sent, `came` what stands now."""

    version: int
    sent_at: datetime
    differences: tuple[FieldDifference, ...]


def since_sent(workspace: Workspace, opened: OpenFiling) -> SinceSent:
    """Compare a saved form with its newest version; InputError when it was never sent from here."""
    with workspace.store.reading() as work:
        sent = next(iter(work.filings.versions(opened.filing.filing_id)), None)
        now = work.filings.get(opened.filing.filing_id)
    if sent is None or now is None:
        raise InputError("这份表还没有报送过", "报送以后才能对比", "与上次报送相比")
    project = opened.context.project
    found = differences(
        opened.form,
        opened.context,
        FilingContent(sent.answers, sent.explanations, project),
        FilingContent(payload_answers(now.answers), now.explanations, project),
    )
    return SinceSent(sent.version, sent.at, found)
