"""Sheets of the ex-ante report for the golden records (事前绩效评估报告样张): a project's, a policy's, a blank one."""

from __future__ import annotations

from forms import registry
from forms.sheet import Sheet
from tests.forms.ex_ante_cases import EX_ANTE, POLICY, REPORT, context, xigong_kit


def report() -> Sheet:
    """农村公路养护, filled in."""
    form = registry.form(EX_ANTE)
    return form.build_sheet(form, context(), REPORT)


def policy() -> Sheet:
    """The same as a policy."""
    form = registry.form(EX_ANTE)
    return form.build_sheet(form, context(), POLICY)


def blank_under_a_local_name() -> Sheet:
    """财政支出事前论证报告, nothing filled in."""
    form = registry.form(EX_ANTE)
    return form.build_sheet(form, context(xigong_kit()), {})


EX_ANTE_SAMPLES = {
    "ex_ante_evaluation": report,
    "ex_ante_evaluation_policy": policy,
    "ex_ante_evaluation_blank": blank_under_a_local_name,
}
