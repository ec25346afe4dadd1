"""All forms there are (表单登记): by id and version.

The heads stand here as light data; a declaration is imported when its form is first asked for, and checks itself
then, so the program's start does not grow with the number of forms.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from forms.form_head import FormHead, FormSubject
from models.domain.errors import KitProblem

if TYPE_CHECKING:
    from forms.schema import FormSpec

_HEADS = {
    head.form_id: head
    for head in (
        FormHead("performance_target", "1", "项目支出绩效目标申报表", "绩效目标", FormSubject.PROJECT),
        FormHead(
            "overall_expenditure_target",
            "1",
            "部门（单位）整体支出绩效目标申报表",
            "整体绩效目标",
            FormSubject.UNIT,
        ),
        FormHead("ex_ante_evaluation", "1", "事前绩效评估报告", "事前绩效评估", FormSubject.PROJECT),
        FormHead("monitoring", "1", "项目支出绩效目标执行监控表", "运行监控", FormSubject.PROJECT),
        FormHead(
            "overall_expenditure_monitoring",
            "1",
            "部门（单位）整体支出绩效运行监控表",
            "整体运行监控",
            FormSubject.UNIT,
        ),
        FormHead("target_adjustment", "1", "绩效目标调整申请（审批）表", "目标调整", FormSubject.PROJECT),
        FormHead("self_evaluation", "1", "项目支出绩效自评表", "绩效自评", FormSubject.PROJECT),
        FormHead(
            "overall_expenditure_self_evaluation",
            "1",
            "部门（单位）整体支出绩效自评表",
            "整体绩效自评",
            FormSubject.UNIT,
        ),
        FormHead("rectification", "1", "整改情况反馈表", "整改反馈", FormSubject.UNIT),
        FormHead("target_review", "1", "项目支出绩效目标审核表", "目标审核", FormSubject.PROJECT),
        FormHead("target_summary", "1", "绩效目标汇总表", "目标汇总", FormSubject.UNIT),
        FormHead("self_evaluation_summary", "1", "绩效自评结果汇总表", "自评汇总", FormSubject.UNIT),
    )
}
"""In the order lists show them. The declaration of form `a_b` is `A_B` in `forms/catalog/a_b.py`."""


_BESIDE = {
    "overall_expenditure_target": "performance_target",
    "target_summary": "performance_target",
    "overall_expenditure_monitoring": "monitoring",
    "overall_expenditure_self_evaluation": "self_evaluation",
    "self_evaluation_summary": "self_evaluation",
}
"""Forms of the unit as a whole and the projects' form of the same stage of the year (同一环节的表)."""


def stands_beside(form_id: str) -> str:
    """The projects' form a form of the unit as a whole belongs to; "" for every other form."""
    return _BESIDE.get(form_id, "")


def heads() -> Sequence[FormHead]:
    """Head of every form of this program; loads no declaration."""
    return tuple(_HEADS.values())


def head(form_id: str) -> FormHead:
    """Head of the form of that id; KitProblem when this program has none. Loads no declaration."""
    try:
        return _HEADS[form_id]
    except KeyError:
        raise KitProblem("本程序没有这种表", "请安装新版本程序后再打开") from None


def all_forms() -> Sequence[FormSpec]:
    """Every form of this program, whole."""
    return tuple(_declared(form_id) for form_id in _HEADS)


def form(form_id: str) -> FormSpec:
    """The form of that id, whole; KitProblem when this program has none."""
    return _declared(head(form_id).form_id)


def knows(form_id: str, version: str) -> bool:
    """Whether this program can read that version of a form."""
    return form_id in _HEADS and _HEADS[form_id].version == version


def has(form_id: str) -> bool:
    """Whether this program has that form in any version."""
    return form_id in _HEADS


@cache
def _declared(form_id: str) -> FormSpec:
    """The declaration, checked once when it is loaded; AssertionError when we made a slip in it."""
    from forms.declaration_check import faults_of, head_faults

    found: FormSpec = getattr(import_module(f"forms.catalog.{form_id}"), form_id.upper())
    faults = head_faults(_HEADS[form_id], found) + faults_of(found)
    if faults:
        raise AssertionError("; ".join(faults))
    return found
