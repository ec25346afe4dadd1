"""Sheets of the forms of the year's end (调整、整改、审核、汇总表样) whose cells are kept as golden records."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from forms import registry
from forms.sheet import Sheet
from tests.forms import adjustment_cases, review_cases, summary_cases


def _adjustment() -> Sheet:
    answers = adjustment_cases.changed("r2", is_cancelled="yes")
    return adjustment_cases.FORM.build_sheet(adjustment_cases.FORM, adjustment_cases.context(), answers)


def _review() -> Sheet:
    return review_cases.FORM.build_sheet(review_cases.FORM, review_cases.REVIEW, review_cases.reviewed())


def _of(form_id: str) -> Callable[[], Sheet]:
    def make() -> Sheet:
        form = registry.form(form_id)
        return form.build_sheet(form, summary_cases.context(form_id), summary_cases.begun(form_id))

    return make


FORM_SAMPLES: Mapping[str, Callable[[], Sheet]] = {
    "form_target_adjustment": _adjustment,
    "form_target_review": _review,
    "form_rectification": _of("rectification"),
    "form_target_summary": _of("target_summary"),
    "form_self_evaluation_summary": _of("self_evaluation_summary"),
}
"""Name of the golden record → the sheet."""
