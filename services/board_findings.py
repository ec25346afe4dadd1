"""What the board has to say of one unit (报送情况核对): due and not filed (C54), late (C45), twice (C43), scores alike (C46)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from forms.checks.board import filed_late, filed_twice, not_filed
from forms.checks.received_scores import alike
from forms.checks.received_settings import ScoreSpreadSetting
from forms.checks.settings import CheckSettings
from forms.findings import Finding
from services.form_titles import FormTitles
from services.ports.store import FilingQuery
from services.received_checks import SELF_EVALUATION, first_received
from services.reporting_status import DueItem, DueState, UnitStatus
from services.workspaces import Workspace


@dataclass(frozen=True, slots=True)
class BoardFinding:
    """A finding on one line of the board (报送情况核对结果); `item` None where it is about the unit."""

    item: DueItem | None
    finding: Finding


def unit_findings(workspace: Workspace, status: UnitStatus) -> tuple[BoardFinding, ...]:
    """Everything to be said of one unit's line, the gravest first."""
    titles = FormTitles(workspace)
    found = [*_of_items(workspace, status, titles), *_of_scores(workspace, status)]
    return tuple(sorted(found, key=lambda one: one.finding.severity.rank))


def _of_items(workspace: Workspace, status: UnitStatus, titles: FormTitles) -> Iterator[BoardFinding]:
    """Of every line: not filed, filed late, filed twice."""
    with workspace.store.reading() as work:
        for item in status.items:
            task = item.task
            title = item.form_name or titles.of(task.form_id, task.budget_year)
            if item.state is DueState.MISSING:
                yield BoardFinding(item, not_filed(task, title, item.name))
            elif item.state is DueState.REPEATED:
                yield BoardFinding(item, filed_twice(title, item.name, item.version))
            elif item.filing_id:
                day = first_received(workspace, work, item.filing_id)
                if day is not None and day > task.closes_on:
                    yield BoardFinding(item, filed_late(task, title, item.name, day))


def _of_scores(workspace: Workspace, status: UnitStatus) -> Iterator[BoardFinding]:
    """Self-scores that are all alike, budget year by budget year."""
    kit = workspace.current_kit().kit
    limit = CheckSettings(kit).find(ScoreSpreadSetting)
    if limit is None:
        return
    sent = {
        item.filing_id: item
        for item in status.items
        if item.task.form_id == SELF_EVALUATION and item.state is DueState.SENT
    }
    with workspace.store.reading() as work:
        lines = work.filings.overview(FilingQuery(unit_code=status.unit.code, form_id=SELF_EVALUATION))
    by_year: dict[int, list[tuple[str, Decimal]]] = {}
    for line in lines:
        score = _decimal(line.score)
        if line.filing_id in sent and score is not None:
            by_year.setdefault(line.budget_year, []).append((sent[line.filing_id].name, score))
    for year in sorted(by_year):
        finding = alike(f"{status.unit.name}{year}年", sorted(by_year[year]), limit)
        if finding is not None:
            yield BoardFinding(None, finding)


def _decimal(text: str | None) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None
