"""Looking into answers without a store (单独的内容审查): what another process can do, and when that is all there is to it.

What a desk keeps of a project's year before, or of its first round, only the desk can tell. Where it keeps nothing of
either, checks that were run without it have found what checks with it would find.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from forms.findings import FindingCounts
from models.domain.verdict import Judgement, Reason
from services.exemptions import Exemption
from services.filing_reading import ReceivedFiling
from services.handed_out import HandedOut
from services.inspection import Inspection
from services.ports.exchange import ReasonCatalogue
from services.ports.judging_ahead import ReadAhead


@dataclass(frozen=True, slots=True)
class Inspected:
    """What an inspection keeps of a payload beside its reasons (审查所得)."""

    filings: tuple[ReceivedFiling, ...]
    exemptions: tuple[Exemption, ...] | None
    counts: dict[str, FindingCounts]


@dataclass(frozen=True, slots=True)
class AloneInspection:
    """Inspects by the kits of a desk alone; a `LookAlone`, sent to another process once."""

    known: HandedOut

    def __call__(
        self, payload: Mapping[str, Any], reasons: ReasonCatalogue
    ) -> tuple[Sequence[Reason], Inspected]:
        """Reasons against the payload's filings, and what was read of them."""
        inspection = Inspection(reasons, self.known)
        found = inspection(payload)
        return found, Inspected(inspection.filings, inspection.exemptions, inspection.counts)


def settled(ahead: ReadAhead, inspection: Inspection) -> Judgement:
    """The judgement of a package read ahead, as if `inspection` had looked into it, which knows its filings then.

    Where the desk keeps something to hold a filing against, it looks itself.
    """
    if ahead.read.payload is None:
        return ahead.read.bare
    alone: Inspected = ahead.found
    checked = [filing for filing in alone.filings if filing.filing_id in alone.counts]
    if any(_is_held_against_more(inspection, filing) for filing in checked):
        return ahead.read.answered(inspection(ahead.read.payload))
    inspection.filings, inspection.exemptions = alone.filings, alone.exemptions
    inspection.counts = alone.counts
    return ahead.read.answered(ahead.reasons)


def _is_held_against_more(inspection: Inspection, filing: ReceivedFiling) -> bool:
    """Whether a desk keeps something of a filing's year before or first round."""
    return inspection.last_year(filing) is not None or inspection.first_round(filing) is not None
