"""Looking into a payload's filings (报送内容审查): known forms, sound structure, the same checks as at the clerk's."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from forms import registry
from forms.checks import catalog
from forms.context import FormContext
from forms.evidence import has_place, named_but_absent
from forms.findings import FindingCounts, count_findings
from forms.schema import FormSpec, FormSubject
from models.domain.filing import Answers
from models.domain.message import MessageType
from models.domain.verdict import Reason
from services.answers_shape import answers_fit
from services.exemptions import Exemption, MalformedExemptions, read_exemptions
from services.filing_places import place_of
from services.filing_reading import MalformedFiling, ReceivedFiling, read_filings
from services.handed_out import HandedOut
from services.one_line import one_line
from services.ports.exchange import ReasonCatalogue

_SUBMISSION = MessageType.SUBMISSION.value
_MOST_NAMED = 3
"""How many attachments that are not there one sentence names."""


LastYear = Callable[[ReceivedFiling], Answers | None]
"""What a desk keeps of the same form and project for the budget year before (上年填报内容)."""


def nothing_kept(_filing: ReceivedFiling) -> Answers | None:
    """A reader alone keeps nothing of last year."""
    return None


@dataclass
class Inspection:
    """What the strict reader asks about a payload's filings (内容审查): forms known, shape sound, nothing that blocks.

    Without `known` (command line `verify`) only forms and shapes are judged. Texts are held against what `last_year`
    finds (C8), a second round against what `first_round` finds (C51); the note that comes of it refuses nothing, for the
    filer's desk may keep nothing of either and could not have asked for an explanation. `filings`, `exemptions` (None
    where the payload carries no such list) and `counts` keep what was read of the last payload, so that intake need not
    read it again; no counts for a filing whose task or unit is not known here.
    """

    reasons: ReasonCatalogue
    known: HandedOut | None = None
    last_year: LastYear = nothing_kept
    first_round: LastYear = nothing_kept
    filings: tuple[ReceivedFiling, ...] = ()
    exemptions: tuple[Exemption, ...] | None = None
    counts: dict[str, FindingCounts] = field(default_factory=dict)
    _contexts: dict[str, FormContext] = field(default_factory=dict, init=False, repr=False)

    def __call__(self, payload: Mapping[str, Any]) -> Sequence[Reason]:
        """Reasons against the payload's filings, each code once."""
        self.filings, self.exemptions, self.counts, self._contexts = (), None, {}, {}
        if payload.get("message_type") != _SUBMISSION:
            return ()
        try:
            self.filings = tuple(read_filings(payload))
            self.exemptions = read_exemptions(payload)
        except (MalformedFiling, MalformedExemptions):
            return (self.reasons.reason("payload_type"),)
        codes = dict.fromkeys(code for filing in self.filings if (code := self._against(filing, payload)))
        found = [self.reasons.reason(code) for code in codes]
        return (*found, *(note for filing in self.filings for note in self._not_enclosed(filing)))

    def _against(self, filing: ReceivedFiling, payload: Mapping[str, Any]) -> str:
        """The reason code against one filing, "" when there is none."""
        if filing.unit_code != payload.get("unit_code"):
            return "unit_mismatch"
        if not registry.has(filing.form_id):
            return "unknown_form"
        if not registry.knows(filing.form_id, filing.form_version):
            return "unknown_form_version"
        form = registry.form(filing.form_id)
        if not answers_fit(form, filing.answers):
            return "payload_type"
        if not all(has_place(filing.answers, item.place) for item in filing.evidence):
            return "payload_type"
        if (filing.project is None) != (form.subject is FormSubject.UNIT):
            return "payload_type"
        return self._check(form, filing)

    def _check(self, form: FormSpec, filing: ReceivedFiling) -> str:
        """Run the checks; a sealed filing has no open finding."""
        place = place_of(self.known, filing) if self.known else None
        if place is None or place.task.form_id != filing.form_id:
            return ""
        # Whether an ex-ante evaluation exists or the project is exempted is for the unit's own desk to ask (C22).
        context = place.context(self.last_year(filing), self.first_round(filing), ex_ante=True)
        self._contexts[filing.filing_id] = context
        findings = catalog.runner(form, context).run_once(filing.answers).findings
        counts = self.counts[filing.filing_id] = count_findings(findings, filing.explanations)
        return "" if counts.allows_sealing else "blocking_findings"

    def _not_enclosed(self, filing: ReceivedFiling) -> Sequence[Reason]:
        """A note on a filing whose answers speak of an attachment that is not in the package (C45)."""
        context = self._contexts.get(filing.filing_id)
        if context is None:
            return ()
        form = registry.form(filing.form_id)
        named = named_but_absent(form, context, filing.answers)
        if not named:
            return ()
        subject = filing.project.name if filing.project else form.short_title
        words = one_line("、".join(named[:_MOST_NAMED]))
        return (self.reasons.reason("evidence_not_enclosed", subject, words),)


def inspector(
    known: HandedOut | None, reasons: ReasonCatalogue
) -> Callable[[Mapping[str, Any]], Sequence[Reason]]:
    """An inspection for a reader alone, see `Inspection`."""
    return Inspection(reasons, known)
