"""Self-evaluations as the golden records hold them (自评表金样): a project, a unit as a whole, the reasons of the scores."""

from __future__ import annotations

from dataclasses import replace

from forms import registry
from forms.score_breakdown_sheet import breakdown_sheet
from forms.sheet import Sheet
from models.domain.self_evaluation_rule import SelfEvaluationRule
from tests.forms import cases
from tests.forms import ex_ante_cases as ex_ante
from tests.forms import self_evaluations as roads
from tests.forms.cases import KIT_101
from tests.forms.full_answers import full_answers

PROJECT, UNIT = "self_evaluation", "overall_expenditure_self_evaluation"


def project() -> Sheet:
    """农村公路养护 after its approved target, one indicator short."""
    form = registry.form(PROJECT)
    return form.build_sheet(form, roads.context(), roads.filled())


def unit() -> Sheet:
    """A unit as a whole by the kit's frame."""
    form, given = registry.form(UNIT), cases.context(KIT_101, UNIT)
    return form.build_sheet(form, given, full_answers(form, given))


def reasons() -> Sheet:
    """Why 农村公路养护 has the points it has."""
    return breakdown_sheet(registry.form(PROJECT), roads.context(), roads.filled())


def ex_ante_reasons() -> Sheet:
    """Why an ex-ante evaluation comes to its conclusion."""
    return breakdown_sheet(registry.form(ex_ante.EX_ANTE), ex_ante.context(), ex_ante.REPORT)


def report() -> Sheet:
    """The report text where a kit asks for one."""
    kit = replace(KIT_101, self_evaluation=SelfEvaluationRule(report_forms=(PROJECT,)))
    form, given = registry.form(PROJECT), roads.context(kit)
    answers = roads.filled(given)
    assert form.draft is not None
    texts = {**form.draft(form, given, answers), "report_process": "由项目站所自评，财政所复核。"}
    return form.sheets(given, {**answers, **texts})[1]


SELF_EVALUATION_SAMPLES = {
    "self_evaluation": project,
    "overall_expenditure_self_evaluation": unit,
    "self_evaluation_reasons": reasons,
    "self_evaluation_report": report,
    "ex_ante_reasons": ex_ante_reasons,
}
