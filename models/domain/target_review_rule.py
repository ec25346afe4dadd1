"""How a place reviews targets (绩效目标审核), as data of the kit: items with points, grades with consequences."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class TargetReviewItem:
    """One item of the review table (审核内容): `dimension` 完整性…, `name`, what to look at, and its points."""

    item_id: str
    dimension: str
    name: str
    standard: str
    full_score: Decimal


@dataclass(frozen=True, slots=True)
class TargetReviewGrade:
    """A grade of the review (审核等级): lower bound inclusive, and what follows from it (domain §0.3)."""

    name: str
    lower: Decimal
    consequence: str
    may_enter: bool = True


@dataclass(frozen=True, slots=True)
class TargetReviewRule:
    """The review table of a place (绩效目标审核表), grades from best to worst; `source` names the circular."""

    items: tuple[TargetReviewItem, ...] = ()
    grades: tuple[TargetReviewGrade, ...] = ()
    source: str = ""

    def grade_of(self, total: Decimal) -> TargetReviewGrade | None:
        """The grade of a total; None where the kit has no grades or the total lies below them all."""
        return next((grade for grade in self.grades if total >= grade.lower), None)

    def item(self, item_id: str) -> TargetReviewItem | None:
        """The item of that id, if the table has it."""
        return next((item for item in self.items if item.item_id == item_id), None)
