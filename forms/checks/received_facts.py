"""What a receiving desk knows of a filing beyond its answers (接收核对的事实): submissions, days, other filings, scores given."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from forms.checks.settings import CheckSettings, SettingRecord
from forms.context import FormContext
from forms.findings import Finding, Severity
from forms.schema import FormSpec
from models.domain.filing import Answers


@dataclass(frozen=True, slots=True)
class Submission:
    """One submission (一次报送): `content` is a digest of answers and explanations, `source` what people know it by.

    `is_decided` once a person has chosen between it and another of its number.
    """

    version: int
    content: str
    received_on: date
    source: str
    is_decided: bool = False


@dataclass(frozen=True, slots=True)
class GivenScore:
    """A score or grade somebody gave (评分): the unit itself first, then every level that gave one, in order.

    `opinion` is the text that went with it; the unit's own has none and needs none.
    """

    who: str
    points: Decimal | None
    grade: str = ""
    opinion: str = ""


@dataclass(frozen=True)
class ReceivedFacts:
    """A received filing as the receiving desk sees it (接收核对的事实).

    `submissions` are all of this filing, the oldest first; `rivals` newest submissions of other filings of the same
    unit, task and project; `absent` the words for attachments that are named and not there; `unit_scores` the
    self-scores of all the unit's projects of that budget year; `given` the scores of this filing in order.
    `is_unit_listed` and `is_form_known` say what registers and program know.
    """

    form: FormSpec
    context: FormContext
    answers: Answers
    version: int
    submissions: tuple[Submission, ...] = ()
    rivals: tuple[Submission, ...] = ()
    absent: tuple[str, ...] = ()
    unit_scores: tuple[tuple[str, Decimal], ...] = ()
    given: tuple[GivenScore, ...] = ()
    form_version: str = ""
    is_unit_listed: bool = True
    is_form_known: bool = True

    @property
    def settings(self) -> CheckSettings:
        """The kit's figures."""
        return CheckSettings(self.context.kit)


@dataclass(frozen=True, slots=True)
class ReceivedCheck:
    """A numbered check of the receiving desk (接收核对规则): rule in plain words, where it is shown, its function."""

    code: str
    title: str
    rule: str
    severities: tuple[Severity, ...]
    shown_at: str
    of_filing: Callable[[ReceivedFacts], Iterator[Finding]]
    needs: str = ""
    is_runnable: Callable[[ReceivedFacts], bool] = lambda _facts: True
    records: tuple[type[SettingRecord], ...] = ()
