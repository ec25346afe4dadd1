"""One number, several forms (同一条校验用于不同的表): the same rule read off answers of another shape."""

from __future__ import annotations

from collections.abc import Iterable

from forms.checks.engine import CheckInput, FormCheckFunction
from forms.findings import Finding


def by_form(usual: FormCheckFunction, **of_form: FormCheckFunction) -> FormCheckFunction:
    """A check that runs the function named by the form's id, else the usual one."""

    def check(given: CheckInput) -> Iterable[Finding]:
        return of_form.get(given.form.form_id, usual)(given)

    return check
