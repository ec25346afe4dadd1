"""Looking into answers without a store (单独的内容审查): what another process can do, and when that is all there is to it.

What a desk keeps of a project's year before, or of its first round, only the desk can tell. Where it keeps nothing of
either, checks that were run without it have found what checks with it would find.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from typing import Any, NamedTuple

from forms.findings import FindingCounts
from models.domain.evidence import EvidenceFile
from models.domain.project import Project
from models.domain.verdict import Judgement, Reason
from services.exemptions import Exemption
from services.filing_reading import ReceivedFiling, RemarkAnswer
from services.handed_out import HandedOut
from services.inspection import Inspection
from services.ports.exchange import ReasonCatalogue
from services.ports.judging_ahead import ReadAhead

_Texts = tuple[str, ...]


class _Note(NamedTuple):
    """What was made of one filing beside what its payload says (填报件审查所得): project and evidence as they are kept,
    answers to remarks, and how many findings are open, None where nothing was checked."""

    project: _Texts | None
    evidence: tuple[tuple[str, str, int, str, str], ...]
    remarks: tuple[tuple[str, str, str, bool], ...]
    counts: tuple[int, int, int] | None


class Notes(NamedTuple):
    """What has come of an inspection elsewhere (送来的审查所得): plain values, see `_Note`; the rest says the payload."""

    notes: tuple[tuple[Any, ...], ...]
    exemptions: tuple[_Texts, ...] | None

    def put_into(self, inspection: Inspection, payload: Mapping[str, Any]) -> None:
        """Let an inspection know what was found of that payload."""
        notes = [_Note(*note) for note in self.notes]
        filings = [
            _filing(item, note) for item, note in zip(payload["filings"] if notes else (), notes, strict=True)
        ]
        inspection.filings = tuple(filings)
        told = self.exemptions
        inspection.exemptions = None if told is None else tuple([Exemption(*one) for one in told])
        inspection.counts = {
            filing.filing_id: FindingCounts(*note.counts)
            for filing, note in zip(filings, notes, strict=True)
            if note.counts is not None
        }


@dataclass(slots=True)
class Inspected:
    """What an inspection keeps of a payload beside its reasons (审查所得); it travels as `Notes`."""

    filings: tuple[ReceivedFiling, ...]
    exemptions: tuple[Exemption, ...] | None
    counts: dict[str, FindingCounts]

    def put_into(self, inspection: Inspection, _payload: Mapping[str, Any]) -> None:
        """Let an inspection know what was found of that payload."""
        inspection.filings, inspection.exemptions = self.filings, self.exemptions
        inspection.counts = self.counts

    def __reduce__(self) -> tuple[type[Notes], tuple[Any, ...]]:
        told = self.exemptions
        return Notes, (
            tuple([tuple(_noted(filing, self.counts)) for filing in self.filings]),
            None if told is None else tuple([astuple(one) for one in told]),
        )


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
    payload = ahead.read.payload
    if payload is None:
        return ahead.read.bare
    alone: Inspected | Notes = ahead.found
    alone.put_into(inspection, payload)
    checked = [filing for filing in inspection.filings if filing.filing_id in inspection.counts]
    if any(_is_held_against_more(inspection, filing) for filing in checked):
        return ahead.read.answered(inspection(payload))
    return ahead.read.answered(ahead.reasons)


def _is_held_against_more(inspection: Inspection, filing: ReceivedFiling) -> bool:
    """Whether a desk keeps something of a filing's year before or first round."""
    return inspection.last_year(filing) is not None or inspection.first_round(filing) is not None


def _noted(filing: ReceivedFiling, counts: Mapping[str, FindingCounts]) -> _Note:
    """What there is to note of a filing."""
    one, counted = filing.project, counts.get(filing.filing_id)
    return _Note(
        (one.project_id, one.name, one.unit_code, one.project_code, one.category)
        if one is not None
        else None,
        tuple([(file.place, file.name, file.size, file.sha256, file.note) for file in filing.evidence]),
        tuple([(told.comment_id, told.answer, told.answered_by, told.is_changed) for told in filing.remarks]),
        (counted.blocking, counted.to_explain, counted.hints) if counted is not None else None,
    )


def _filing(item: Mapping[str, Any], note: _Note) -> ReceivedFiling:
    """A filing that was read before, out of its payload and the note of it."""
    return ReceivedFiling(
        item["filing_id"],
        item["task_id"],
        item["form_id"],
        item["form_version"],
        item["budget_year"],
        item["unit_code"],
        Project(*note.project) if note.project is not None else None,
        item["version"],
        item["answers"],
        item["explanations"],
        item["findings"],
        tuple([EvidenceFile(*one) for one in note.evidence]),
        tuple([RemarkAnswer(*one) for one in note.remarks]),
    )
