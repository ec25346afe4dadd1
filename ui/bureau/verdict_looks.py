"""Looks of the bureau's states (结论与状态的样子): word, tone and icon of each, in one place."""

from __future__ import annotations

from models.domain.verdict import VerdictWord
from services.certificate_list import CertificateState
from services.reporting_status import DueState
from ui.theme import Tone
from ui.widgets.chip import ChipLook

_VERDICTS = {
    VerdictWord.VALID: (Tone.GOOD, "check"),
    VerdictWord.VALID_WITH_NOTES: (Tone.CARE, "info"),
    VerdictWord.CANNOT_JUDGE: (Tone.CARE, "help"),
    VerdictWord.INVALID_SIGNATURE: (Tone.BAD, "refuse"),
    VerdictWord.ALTERED: (Tone.BAD, "problem"),
}

_DUE = {
    DueState.SENT: (Tone.GOOD, "check"),
    DueState.MISSING: (Tone.CARE, "time"),
    DueState.EXEMPT: (Tone.QUIET, "none"),
    DueState.UNLISTED: (Tone.CARE, "flag"),
    DueState.REPEATED: (Tone.QUIET, "copy"),
}

_CERTIFICATES = {
    CertificateState.IN_FORCE: (Tone.GOOD, "check"),
    CertificateState.EXPIRING: (Tone.CARE, "time"),
    CertificateState.EXPIRED: (Tone.BAD, "time"),
    CertificateState.REVOKED: (Tone.PLAIN, "forbidden"),
}


def verdict_look(word: VerdictWord) -> ChipLook:
    """The chip of a verdict."""
    return ChipLook(word.label, *_VERDICTS[word])


def due_look(state: DueState) -> ChipLook:
    """The chip of a thing due."""
    return ChipLook(state.label, *_DUE[state])


def certificate_look(state: CertificateState) -> ChipLook:
    """The chip of a key."""
    return ChipLook(state.label, *_CERTIFICATES[state])
