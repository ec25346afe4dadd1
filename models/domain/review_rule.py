"""How a place reviews (审核流程), as data of the kit: levels, who may return, canned opinions, consequences."""

from __future__ import annotations

from dataclasses import dataclass, field

from models.domain.letter_template import ApprovalLetterTemplate, LetterTemplate
from models.domain.review import ReviewLevel


@dataclass(frozen=True, slots=True)
class ReviewStep:
    """One level of the place's review (审核环节). `title` is what the place calls it, "" for the usual name.

    `form_ids` are the forms it looks at, none means all; `may_return` whether it may send a form back.
    """

    level: ReviewLevel
    title: str = ""
    form_ids: tuple[str, ...] = ()
    may_return: bool = True

    def looks_at(self, form_id: str) -> bool:
        """Whether filings of that form go through this level."""
        return not self.form_ids or form_id in self.form_ids

    @property
    def shown_title(self) -> str:
        """What people read."""
        return self.title or self.level.label


@dataclass(frozen=True, slots=True)
class CannedOpinion:
    """A sentence reviewers use again and again (常用审核意见); `form_ids` none means for every form."""

    text: str
    form_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewRule:
    """The review of a place (审核流程): steps in order; days for an answer to a return; opinions.

    `needs_two_signers` asks for the countersignature of 单位负责人 on submissions; a kit without it takes one.
    `bureau_may_precede` lets the bureau decide, with its reason in the opinion, before a department that comes first
    has (主管部门审核前先行办理). `return_letter` words the letter beside what is returned (退回修改函),
    `approval_letter` the one that tells a unit its approved targets (批复函).
    """

    steps: tuple[ReviewStep, ...] = ()
    answer_days: int = 5
    opinions: tuple[CannedOpinion, ...] = ()
    needs_two_signers: bool = False
    bureau_may_precede: bool = True
    return_letter: LetterTemplate = field(default_factory=LetterTemplate)
    approval_letter: ApprovalLetterTemplate = field(default_factory=ApprovalLetterTemplate)

    def steps_for(self, form_id: str, *, has_department: bool) -> tuple[ReviewStep, ...]:
        """The steps a filing of that form goes through; no department's where the unit is its own department."""
        return tuple(
            step
            for step in self.steps
            if step.looks_at(form_id) and (has_department or step.level is not ReviewLevel.DEPARTMENT)
        )
