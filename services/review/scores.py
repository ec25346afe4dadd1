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
from models.domain.kit import ParameterKit
from models.domain.review import ReviewDecision, ReviewOutcome
from models.domain.target_review_rule import TargetReviewGrade, TargetReviewRule
from services.approval_states import TARGET_FORMS
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


def grading_rule(form_id: str, budget_year: int, kit: ParameterKit) -> TargetReviewRule | None:
    """The grades a filing is reviewed by: its place's for targets, the scheme's for self-evaluations; None for others."""
    setting = kit.form_setting(form_id, budget_year) if form_id in SELF_EVALUATIONS else None
    if setting is not None:
        bands = kit.scheme(setting.scheme_id).grades
        return TargetReviewRule(grades=tuple(TargetReviewGrade(band.name, band.lower, "") for band in bands))
    return (
        kit.target_review
        if form_id in TARGET_FORMS and kit.target_review and kit.target_review.grades
        else None
    )


def settled_grade(
    rule: TargetReviewRule | None, points: str, grade: str, outcome: ReviewOutcome
) -> tuple[str, str]:
    """Points and grade as they are noted: the grade that follows from the points where none was chosen.

    InputError for points that are none, a grade the place does not have or that contradicts the points, and for a
    passed target of a grade that bars it. ("", "") where the form is not graded.
    """
    if rule is None:
        return "", ""
    number = points_of(points) if points else None
    reckoned = rule.grade_of(number) if number is not None else None
    chosen = next((one for one in rule.grades if one.name == grade), None) if grade else reckoned
    if grade and chosen is None:
        names = "、".join(one.name for one in rule.grades)
        raise InputError(f"等次“{grade}”不能识别，只能是{names}", "请改正等次", WHERE)
    if reckoned is not None and chosen is not None and chosen != reckoned:
        said = f"按 {points} 分应评“{reckoned.name}”，评的是“{chosen.name}”，两者不一致"
        raise InputError(said, "请改正其中一个", WHERE)
    if chosen is not None and not chosen.may_enter and outcome is ReviewOutcome.PASS:
        said = f"评为“{chosen.name}”的绩效目标不能审核通过"
        raise InputError(said, "请退回修改或不予通过，或改评等级", WHERE)
    return (str(number) if number is not None else ""), chosen.name if chosen else ""


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
