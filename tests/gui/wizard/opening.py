"""What the wizard's tests share (向导测试公用): a fresh form, and answers with known faults."""

from __future__ import annotations

from forms.answers import blank_answers
from forms.registry import form
from tests.forms.cases import ROADS, TARGET, context, row_changed

FAULTY = {
    **row_changed(ROADS, "r2", measure_unit=None),
    "project_code": "123",
    "annual_fiscal_fen": 1_000_000,
}
"""C2 to be explained, C3 and C10 to be mended."""


def blank(wizard, given_context=None, **options):
    """Open a fresh project form."""
    opened = given_context or context()
    wizard.open(opened, blank_answers(form(TARGET), opened), **options)
    return wizard
