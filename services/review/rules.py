"""Which levels a filing goes through (审核环节): by the kit it was filed under, and whether a department stands between."""

from __future__ import annotations

from collections.abc import Iterable

from models.domain.filing import Filing
from models.domain.kit import ParameterKit
from models.domain.project import Unit
from models.domain.review import ReviewDecision, ReviewFile, ReviewLevel
from models.domain.review_rule import ReviewRule, ReviewStep
from services.ports.store import FilingOverview
from services.workspaces import DeskRole

_UNNAMED = ReviewRule((ReviewStep(ReviewLevel.PERFORMANCE),))
"""Kits issued before they named levels: the performance office alone decides."""


def review_rule(kit: ParameterKit | None) -> ReviewRule:
    """The review of a kit."""
    return (kit.review if kit else None) or _UNNAMED


def steps_at(rule: ReviewRule, form_id: str, unit: Unit, desk: DeskRole) -> tuple[ReviewStep, ...]:
    """The levels that decide at a desk: the department's own there, all the others at the bureau.

    A department's level is passed by what its package says; a unit that is its own department skips it.
    """
    steps = rule.steps_for(form_id, has_department=not unit.is_own_department)
    here = desk is DeskRole.DEPARTMENT
    return tuple(step for step in steps if (step.level is ReviewLevel.DEPARTMENT) is here)


def asks_department(rule: ReviewRule, form_id: str, unit: Unit) -> bool:
    """Whether a filing of that form goes through its department first."""
    steps = rule.steps_for(form_id, has_department=not unit.is_own_department)
    return any(step.level is ReviewLevel.DEPARTMENT for step in steps)


def awaits_department(
    rule: ReviewRule,
    filing: Filing | FilingOverview,
    unit: Unit,
    decisions: Iterable[ReviewDecision],
    *,
    is_unsigned: bool,
) -> bool:
    """Whether the department comes first and nobody has decided on this version yet (等主管部门审核).

    A stamped paper has been past the department already; what the bureau has begun to judge it goes on with.
    """
    if is_unsigned or not asks_department(rule, filing.form_id, unit):
        return False
    return is_undecided(filing, decisions)


def is_undecided(filing: Filing | FilingOverview, decisions: Iterable[ReviewDecision]) -> bool:
    """Whether nobody has decided on this version of a filing, or every decision was taken back."""
    return not any(item.is_in_force and item.version == filing.version for item in decisions)


def waiting_words(unit: Unit) -> tuple[str, str]:
    """Why the bureau cannot decide before the department has, and what to do."""
    who = f"主管部门“{unit.department_name}”" if unit.department_name else "主管部门"
    return f"{who}还没有审核这一版", "请等主管部门审核后汇总报送，或催办"


def first_level(rule: ReviewRule, form_id: str, unit: Unit, desk: DeskRole) -> ReviewLevel | None:
    """The level whose turn a filing is when it comes to a desk."""
    steps = steps_at(rule, form_id, unit, desk)
    return steps[0].level if steps else None


def level_after(
    rule: ReviewRule, form_id: str, unit: Unit, desk: DeskRole, level: ReviewLevel
) -> ReviewLevel | None:
    """The level after another at this desk; None when it was the last."""
    levels = [step.level for step in steps_at(rule, form_id, unit, desk)]
    later = list(ReviewLevel)[list(ReviewLevel).index(level) + 1 :]
    return next((item for item in levels if item in later), None)


def review_of(
    kept: ReviewFile | None,
    filing: Filing | FilingOverview,
    rule: ReviewRule,
    unit: Unit,
    office: str,
    desk: DeskRole,
) -> ReviewFile:
    """Where the review of a filing's present version stands; a new version begins again at the first level.

    A review nobody has touched has revision 0; one of an earlier version keeps its own, so that two reviewers of the new
    version meet each other as well.
    """
    if kept is not None and kept.version == filing.version:
        return kept
    level = first_level(rule, filing.form_id, unit, desk)
    revision = kept.revision if kept else 0
    assigned = kept.assigned_to if kept else ""
    return ReviewFile(filing.filing_id, filing.version, level, office, assigned, revision)
