"""Scores in a review (审核评分): the grades a level may give a self-evaluation, and what a changed grade asks for (C47)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from forms.checks.received_facts import GivenScore
from forms.checks.received_scores import gap
from forms.checks.received_settings import ScoreGapSetting
from forms.checks.settings import CheckSettings
from forms.findings import Finding
from forms.rectification_rows import SOURCE_FORMS as SELF_EVALUATIONS
from models.domain.errors import InputError
from models.domain.review import ReviewDecision
from models.domain.target_review_rule import TargetReviewGrade, TargetReviewRule
from services.archive import ReceivedForm
from services.ports.store import FilingOverview
from services.received_checks import given_of, own_score

WHERE = "审核"
FULL = Decimal(100)
"""What a form can score at the most, in points."""


@dataclass(frozen=True)
class Scored:
    """What was scored before a level's turn (此前的得分), and from which difference it must be explained."""

    before: GivenScore
    limit: ScoreGapSetting | None

    def findings(self, after: GivenScore) -> tuple[Finding, ...]:
        """C47 on a score as it is being given; only grades are compared where the kit sets no difference."""
        if self.limit is None:
            return ()
        return tuple(gap(self.before, after, self.limit))


def grades_of(received: ReceivedForm) -> TargetReviewRule | None:
    """The grades of a self-evaluation's scheme, for a level that scores it anew; None for every other form."""
    if received.form.form_id not in SELF_EVALUATIONS:
        return None
    bands = received.context.scheme.grades
    return TargetReviewRule(grades=tuple(TargetReviewGrade(band.name, band.lower, "") for band in bands))


def scored_before(
    received: ReceivedForm, filing: FilingOverview, decisions: Iterable[ReviewDecision]
) -> Scored | None:
    """The score in force before the level that decides now: a level's, else the unit's own; None while there is none."""
    said = [item for item in decisions if item.is_in_force and item.version == filing.version]
    given = given_of([item for item in said if item.points or item.grade])
    last = given[-1] if given else own_score(received)
    limit = CheckSettings(received.context.kit).find(ScoreGapSetting)
    return Scored(last, limit) if last is not None else None


def refuse_unexplained(
    who: str, own_grade: str, decisions: Iterable[ReviewDecision], grade: str, opinion: str
) -> None:
    """C47: InputError where a level gives another grade than was given before and says nothing about it."""
    grades = [item.grade for item in decisions if item.grade]
    before = grades[-1] if grades else own_grade
    if grade and before and grade != before and not opinion.strip():
        raise InputError(
            f"等级由“{before}”改为“{grade}”，没有写明理由", f"请在审核意见里写明{who}改变等级的理由", WHERE
        )


def points_of(text: str) -> Decimal:
    """Points typed or read from a sheet. InputError when they are no number, or not from 0 to 100."""
    try:
        points = Decimal(text.strip())
    except InvalidOperation:
        raise InputError(f"得分“{text.strip()[:20]}”不是数字", "请改正后再定", WHERE) from None
    if not points.is_finite() or not 0 <= points <= FULL:
        raise InputError(f"得分“{text.strip()[:20]}”不在 0 到 {FULL} 分之间", "请改正后再定", WHERE)
    return points
