"""What a form is filled in for (填报背景): kit, task, unit, project, and what earlier filings say.

Handed to declarations, checks and sheets as one frozen record, so none of them asks anybody else.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from forms.remembered import by_identity
from models.domain.background import ApprovedTarget, LedgerLine, PeriodFiling, UnitFiling
from models.domain.errors import KitProblem
from models.domain.evidence import EvidenceFile
from models.domain.filing import Answers
from models.domain.indicator_library import LibraryIndicator
from models.domain.kit import FormSetting, FrameLayout, IndicatorFrame, ParameterKit, ScoreScheme
from models.domain.money import AmountUnit
from models.domain.project import FilingTask, Project, ProjectYear, RegisterEntry, Unit

if TYPE_CHECKING:
    from forms.form_head import FormHead
    from forms.schema import FormSpec


@dataclass(frozen=True)
class FormContext:
    """The background of one filing (填报背景).

    `previous_answers` is the same form of the year before, None when there is none;
    `has_ex_ante_evaluation` is None when nothing is known (checks that need it stay silent); `last_year_budget_fen`
    is the project's budget of the year before in 分; `first_round` what a second round (二上) was declared with first (一上).
    `approved` is the approved target of the project (or of the unit, for forms as a whole) and budget
    year; `related` the latest answers by form id of the same project and budget year, `periods` its
    monitoring of earlier periods, oldest first; `ledger` what the treasury paid; `unit_filings` the
    other filings of the unit and budget year (of all its units, for a department's summaries).
    `evidence` are the files attached (forms/evidence.py). `today_year` is the year of the clock, for age questions only.
    `library` are the indicators of the program's and the unit's own library; those of the kit come with the kit.
    """

    kit: ParameterKit
    task: FilingTask
    unit: Unit
    project: Project | None = None
    project_year: ProjectYear | None = None
    register_entry: RegisterEntry | None = None
    previous_answers: Answers | None = None
    has_ex_ante_evaluation: bool | None = None
    approved: ApprovedTarget | None = None
    related: Mapping[str, Answers] = field(default_factory=dict)
    periods: tuple[PeriodFiling, ...] = ()
    ledger: LedgerLine | None = None
    unit_filings: tuple[UnitFiling, ...] = ()
    evidence: tuple[EvidenceFile, ...] = ()
    library: tuple[LibraryIndicator, ...] = ()
    last_year_budget_fen: int | None = None
    first_round: Answers | None = None

    def title(self, form: FormHead | FormSpec) -> str:
        """What the place calls a form (表名): the title of the kit's setting, else the form's own."""
        return self.kit.form_title(form.form_id, self.budget_year, form.title)

    def beside(self, unit: Unit, **changes: Any) -> FormContext:
        """The background of another filing of the same kit and task, of which a county has thousands.

        Nothing of this filing but kit and task stands in it, only what `changes` names; what follows from kit and task
        alone is not found again.
        """
        made = object.__new__(FormContext)
        made.__dict__.update(self._shared)
        made.__dict__.update(changes, unit=unit)
        return made

    @cached_property
    def _shared(self) -> dict[str, Any]:
        """What every filing of the same kit and task has, as it stands in a record; `related` is only looked at."""
        bare = FormContext(self.kit, self.task, self.unit)
        with suppress(KitProblem):  # a kit that lacks something is told of where that is asked for
            _ = bare.setting, bare.frame, bare.scheme
        return dict(bare.__dict__)

    @cached_property
    def library_by_code(self) -> Mapping[str, LibraryIndicator]:
        """The indicator library in force by code: the kit's own rows go before all others."""
        of_kit = _by_code(self.kit.indicator_library)
        return {**{row.code: row for row in self.library}, **of_kit} if self.library else of_kit

    @cached_property
    def memory(self) -> dict[str, Any]:
        """What forms remember from one keystroke to the next; nothing in it is part of the background."""
        return {}

    @cached_property
    def setting(self) -> FormSetting:
        """How the kit uses this form for this budget year; KitProblem when it says nothing of it."""
        found = self.kit.form_setting(self.task.form_id, self.task.budget_year)
        if found is None:
            raise KitProblem(
                f"任务参数包没有说明“{self.task.name}”用哪套表", "请向财政部门索取完整的任务参数包"
            )
        return found

    @cached_property
    def frame(self) -> IndicatorFrame:
        """The indicator frame in force."""
        return self.kit.frame(self.setting.frame_id)

    @cached_property
    def scheme(self) -> ScoreScheme:
        """The score scheme in force."""
        return self.kit.scheme(self.setting.scheme_id)

    @property
    def amount_unit(self) -> AmountUnit:
        """The unit amounts of the form are shown in (元 or 万元)."""
        return self.setting.amount_unit

    @property
    def budget_year(self) -> int:
        """The budget year of the task."""
        return self.task.budget_year

    @property
    def has_two_halves(self) -> bool:
        """Whether medium-term indicators stand beside the annual ones."""
        return self.frame.layout is FrameLayout.TWO_HALVES

    @property
    def has_weights(self) -> bool:
        """Whether the kit sets weights at declaration."""
        return self.scheme.weights_at_declaration


@by_identity(8)
def _by_code(rows: tuple[LibraryIndicator, ...]) -> Mapping[str, LibraryIndicator]:
    """The indicators of a kit by code."""
    return {row.code: row for row in rows}
