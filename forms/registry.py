"""All forms there are (表单登记): by id and version, with the checks that keep declarations honest."""

from __future__ import annotations

from collections.abc import Sequence

from forms.catalog.overall_expenditure_target import OVERALL_EXPENDITURE_TARGET
from forms.catalog.performance_target import PERFORMANCE_TARGET
from forms.declaration_check import faults_of
from forms.schema import FormSpec
from models.domain.errors import KitProblem

_FORMS = {form.form_id: form for form in (PERFORMANCE_TARGET, OVERALL_EXPENDITURE_TARGET)}

_faults = [fault for form in _FORMS.values() for fault in faults_of(form)]
if _faults:
    raise AssertionError("; ".join(_faults))


def all_forms() -> Sequence[FormSpec]:
    """Every form of this program."""
    return tuple(_FORMS.values())


def form(form_id: str) -> FormSpec:
    """The form of that id; KitProblem when this program has none."""
    try:
        return _FORMS[form_id]
    except KeyError:
        raise KitProblem("本程序没有这种表", "请安装新版本程序后再打开") from None


def knows(form_id: str, version: str) -> bool:
    """Whether this program can read that version of a form."""
    return form_id in _FORMS and _FORMS[form_id].version == version


def has(form_id: str) -> bool:
    """Whether this program has that form in any version."""
    return form_id in _FORMS
