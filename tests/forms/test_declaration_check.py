"""The self-check of declarations: every kind of slip is caught, in words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from forms import choices, registry
from forms.declaration_check import faults_of, head_faults
from forms.form_head import FormSubject
from forms.indicator_table import FIRST_LEVEL, SECOND_LEVEL, THIRD_LEVEL
from forms.schema import FieldKind, FieldSpec, FormSpec, SectionSpec, StepSpec, SumRule, TableSpec, always
from tests.forms.cases import TARGET

SOUND = FieldSpec("name", "名称", FieldKind.TEXT)
TABLE = TableSpec("rows", "明细", (SOUND, FieldSpec("sum_fen", "总额", FieldKind.MONEY)))


def _form(*items: FieldSpec | TableSpec, **changes: Any) -> FormSpec:
    steps = (StepSpec("only", "一步", (SectionSpec("一组", items),)),)
    return replace(registry.form(TARGET), **{"steps": steps, "checks": ("C1",), "sum_rules": (), **changes})


def _field(**changes: Any) -> FieldSpec:
    return replace(SOUND, **changes)


@pytest.mark.parametrize(
    ("form", "fault"),
    [
        (_form(SOUND, SOUND), "key name twice"),
        (_form(_field(key="项目")), "项目 is no key"),
        (_form(_field(key="Name")), "Name is no key"),
        (_form(_field(label="")), "name has no label"),
        (_form(_field(key="amount", kind=FieldKind.MONEY)), "money and only money ends in _fen"),
        (_form(_field(key="name_fen")), "money and only money ends in _fen"),
        (_form(_field(kind=FieldKind.CHOICE)), "a choice and only a choice has choices"),
        (_form(_field(choices=choices.directions)), "a choice and only a choice has choices"),
        (_form(_field(lock_note="取自名录")), "a lock has a note, a note a lock"),
        (_form(_field(is_locked=always)), "a lock has a note, a note a lock"),
        (_form(replace(TABLE, columns=(_field(key="row_id"),))), "row_id is reserved"),
        (_form(replace(TABLE, columns=(SOUND, SOUND))), "column name twice"),
        (_form(replace(TABLE, total_columns=("name",))), "total column name is no money column"),
        (_form(replace(TABLE, total_columns=("gone",))), "total column gone is no money column"),
        (_form(replace(TABLE, is_indicator_table=True)), "an indicator table needs the three levels"),
        (_form(replace(TABLE, sum_rules=(SumRule("sum_fen", ("name",)),))), "sum of name is no money"),
        (_form(SOUND, sum_rules=(SumRule("gone_fen", ("name",)),)), "sum of gone_fen is no money"),
        (_form(SOUND, checks=("C1", "C1")), "a check is listed twice"),
        (_form(SOUND, checks=("X1",)), "X1 is no check code"),
    ],
)
def test_a_slip_is_named(form: FormSpec, fault: str) -> None:
    assert any(fault in found for found in faults_of(form)), faults_of(form)


@pytest.mark.parametrize(
    "form",
    [
        _form(SOUND, TABLE),
        _form(replace(TABLE, total_columns=("sum_fen",))),
        _form(replace(TABLE, columns=(FIRST_LEVEL, SECOND_LEVEL, THIRD_LEVEL), is_indicator_table=True)),
        *registry.all_forms(),
    ],
)
def test_sound_declarations_pass(form: FormSpec) -> None:
    assert faults_of(form) == []


@pytest.mark.parametrize(
    "change",
    [
        {"version": "2"},
        {"title": "别的表"},
        {"short_title": "别的"},
        {"subject": FormSubject.UNIT},
        {"form_id": "another"},
    ],
)
def test_a_head_that_differs_from_its_declaration_is_named(change: dict[str, Any]) -> None:
    form = registry.form(TARGET)
    head = registry.head(TARGET)
    assert head_faults(head, form) == []
    (fault,) = head_faults(head._replace(**change), form)
    assert next(iter(change)) in fault


def test_a_faulty_declaration_is_refused_when_it_is_first_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = registry.head(TARGET)._replace(title="别的表")
    monkeypatch.setitem(registry._HEADS, TARGET, wrong)
    registry._declared.cache_clear()
    with pytest.raises(AssertionError, match="title is 项目支出绩效目标申报表"):
        registry.form(TARGET)
    monkeypatch.undo()
    assert registry.form(TARGET).title == registry.head(TARGET).title
