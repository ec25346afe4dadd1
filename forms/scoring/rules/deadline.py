"""Times of completion (时效指标的时间要求): in time is full marks, late is for people to judge."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from forms.checks.wording import clipped
from forms.scoring.deadlines import is_in_time, read_deadline
from forms.scoring.inputs import IndicatorInput
from forms.scoring.marks import Mark, Outcome
from forms.scoring.rules.base import Rule
from forms.scoring.rules.judged import QualitativeRule


@dataclass(frozen=True, slots=True)
class DeadlineRule(Rule):
    """A planned time (完成时限): no circular says what a delay costs, so a late row is judged by grades."""

    judged: QualitativeRule

    def mark(self, row: IndicatorInput, full: Decimal) -> Mark:
        """Full marks in time; else as a qualitative indicator."""
        return (full, Outcome.MET) if _in_time(row) else self.judged.mark(row, full)

    def bounds(self, row: IndicatorInput, full: Decimal, mark: Mark) -> tuple[Decimal, Decimal]:
        """Full marks in time; else what the grade allows."""
        return mark[:1] * 2 if _in_time(row) else self.judged.bounds(row, full, mark)

    def formula(self, row: IndicatorInput, full: Decimal, mark: Mark) -> str:
        """实际 7月完成，不晚于要求的 9月前，得满分 10 分."""
        if _in_time(row):
            reason = f"实际完成时间“{clipped(row.actual_text)}”，不晚于“{clipped(row.planned_text)}”"
            return self.full_marks(reason, full)
        return self.judged.formula(row, full, mark)

    def change(self, row: IndicatorInput, full: Decimal, mark: Mark) -> str:
        """What the grades allow."""
        return "" if _in_time(row) else self.judged.change(row, full, mark)


def _in_time(row: IndicatorInput) -> bool:
    """Whether both texts name a time and the actual one is not later."""
    planned, actual = read_deadline(row.planned_text), read_deadline(row.actual_text)
    return planned is not None and actual is not None and is_in_time(planned, actual) is True
