"""The gravest reason first (原因排序): a list has room for one, and it must be the one that named the verdict."""

from __future__ import annotations

from collections.abc import Sequence

from models.domain.verdict import Reason, Verdict
from services.ports.exchange import ReasonCatalogue


def gravest_first(catalogue: ReasonCatalogue, reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """The reasons, worst verdict first, otherwise in the order of judgement."""
    return tuple(sorted(reasons, key=lambda reason: -catalogue.word_of((reason,)).rank))


def what_is_wrong(catalogue: ReasonCatalogue, verdict: Verdict) -> str:
    """What the gravest reason says, without its remedy, for a sentence with a remedy of its own."""
    found = gravest_first(catalogue, verdict.reasons)
    return found[0].message.partition("。")[0] if found else verdict.word.label
