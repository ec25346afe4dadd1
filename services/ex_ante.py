"""Who must file an ex-ante evaluation (事前绩效评估的应报范围), and whether one is there: one rule for all desks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from models.domain.filing_status import FilingStatus
from services.due import NOT_ASKED
from services.ports.filing_lists import FilingQuery

if TYPE_CHECKING:
    from forms.ex_ante_rule import ExAnteDecision
    from models.domain.ex_ante_rule import ExAnteRule
    from models.domain.filing import Answers
    from models.domain.kit import ParameterKit
    from models.domain.project import ProjectYear, RegisterEntry
    from services.ports.filing_lists import FilingOverview
    from services.ports.store import UnitOfWork

EX_ANTE_FORM = "ex_ante_evaluation"
TARGET_FORM = "performance_target"
NO_RULE = "任务参数包没有规定哪些项目要报送，主管部门或财政部门要求的再填"
"""Why the form is not due of anybody in particular."""


def conclusions_of(form_id: str, kit: ParameterKit) -> tuple[str, ...]:
    """The conclusions an ex-ante evaluation can come to by its place's scheme, from best to worst; none of other forms."""
    scheme = kit.ex_ante_scheme if form_id == EX_ANTE_FORM else None
    return tuple(band.conclusion for band in scheme.bands) if scheme else ()


def has_ex_ante(work: UnitOfWork, unit_code: str, project_id: str, budget_year: int) -> bool | None:
    """Whether the project has an ex-ante evaluation of that budget year, or is exempted from it with a reason.

    One that is filled in without a fault counts, so that it may be sent together with the target. None for a
    unit as a whole, which needs none.
    """
    if not project_id:
        return None
    query = FilingQuery(
        unit_code=unit_code, form_id=EX_ANTE_FORM, budget_year=budget_year, project_id=project_id
    )
    return any(_counts(filing) for filing in work.filings.overview(query))


def _counts(filing: FilingOverview) -> bool:
    """Whether a filing stands for an evaluation: sent, exempted, or ready to be sent."""
    if filing.status in (FilingStatus.DRAFT, FilingStatus.RETURNED):
        return filing.progress >= 100 and not filing.blocking
    return True


class Declared(NamedTuple):
    """What a target declaration says of a project beyond its money (已申报情况); "" and None where it says nothing."""

    attribute: str = ""
    period_from: int | None = None
    period_to: int | None = None


class ExAnteScope(NamedTuple):
    """What the rule is asked with for many projects at once (应报判断): budgets by project and budget year in 分.

    `declared` is what is known from target declarations, only where the rule asks for it.
    """

    rule: ExAnteRule | None
    amounts: Mapping[tuple[str, int], int | None]
    declared: Mapping[tuple[str, int], Declared] = MappingProxyType({})

    def decision(self, key: str, budget_year: int) -> ExAnteDecision | None:
        """Whether a project (by id or code) needs one; None where the kit has no rule."""
        if self.rule is None:
            return None
        # Kits without a rule do without.
        from forms.ex_ante_rule import CONTINUING, ExAnteFacts, needs_ex_ante

        last = self.amounts.get((key, budget_year - 1))
        is_continuing = (key, budget_year - 1) in self.amounts
        told = self.declared.get((key, budget_year), Declared())
        return needs_ex_ante(
            self.rule,
            ExAnteFacts(
                budget_year,
                self.amounts.get((key, budget_year)),
                last,
                told.attribute or (CONTINUING if is_continuing else ""),
                told.period_from,
                told.period_to,
            ),
        )


def declared_at(
    work: UnitOfWork, rule: ExAnteRule | None, unit_code: str, filings: Sequence[FilingOverview]
) -> Mapping[tuple[str, int], Declared]:
    """What the unit's target declarations say, read only where the rule looks at more than the money.

    `filings` are the unit's: where no declaration is among them nothing is read.
    """
    if rule is None or (rule.years is None and not rule.attributes):
        return {}
    if not any(filing.form_id == TARGET_FORM for filing in filings):
        return {}
    found = work.filings.find(FilingQuery(unit_code=unit_code, form_id=TARGET_FORM))
    return {(one.project_id, one.budget_year): _declared(one.answers) for one in found}


def _declared(answers: Answers) -> Declared:
    """Attribute and years of a declaration; what cannot be read is left out."""
    years = [answers.get(key) for key in ("period_from", "period_to")]
    first, last = (int(year) if isinstance(year, str) and year.isdecimal() else None for year in years)
    attribute = answers.get("project_attribute")
    return Declared(attribute if isinstance(attribute, str) else "", first, last)


def scope_of_desk(
    rule: ExAnteRule | None,
    years: Sequence[ProjectYear],
    filings: Sequence[FilingOverview],
    declared: Mapping[tuple[str, int], Declared],
) -> ExAnteScope:
    """The scope at a clerk's desk: declared totals go before the budgets noted with the project."""
    amounts: dict[tuple[str, int], int | None] = {
        (item.project_id, item.budget_year): item.budget_fen for item in years
    }
    for filing in filings:
        if filing.form_id == TARGET_FORM and filing.amount_fen is not None:
            amounts[filing.project_id, filing.budget_year] = filing.amount_fen
    return ExAnteScope(rule, amounts, declared)


def scope_of_register(rule: ExAnteRule | None, register: Sequence[RegisterEntry]) -> ExAnteScope:
    """The scope at the bureau, by the codes of the project register."""
    return ExAnteScope(
        rule, {(e.project_code, e.budget_year): e.budget_fen for e in register if e.project_code}
    )


def leaves_to_rule(entry: RegisterEntry | None, form_id: str, reason_not_due: str) -> bool:
    """Whether the kit's rule decides: for this form, where the register neither asks for it nor says why not."""
    if form_id != EX_ANTE_FORM or reason_not_due not in ("", NOT_ASKED):
        return False
    return entry is None or form_id not in entry.forms_due
