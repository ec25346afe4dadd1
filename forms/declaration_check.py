"""Self-check of declarations (声明自检): run when a form is first loaded and by the tests, so a slip never reaches a clerk."""

from __future__ import annotations

import re

from forms.form_head import FormHead
from forms.schema import FieldKind, FieldSpec, FormSpec, SumRule, TableSpec, never, no_row


def faults_of(form: FormSpec) -> list[str]:
    """What is wrong with a declaration, in words for developers; empty when it is sound."""
    faults: list[str] = []
    items = list(form.items())
    keys = [item.key for item in items]
    faults += [f"{form.form_id}: key {key} twice" for key in sorted({k for k in keys if keys.count(k) > 1})]
    for item in items:
        specs = item.columns if isinstance(item, TableSpec) else (item,)
        faults += [f"{form.form_id}.{item.key}: {fault}" for spec in specs for fault in _field_faults(spec)]
        if isinstance(item, TableSpec):
            faults += _table_faults(form, item)
    money = [item.key for item in form.fields() if item.kind is FieldKind.MONEY]
    faults += [f"{form.form_id}: {fault}" for fault in _sum_faults(form.sum_rules, money)]
    if len(set(form.checks)) != len(form.checks):
        faults.append(f"{form.form_id}: a check is listed twice")
    faults += [
        f"{form.form_id}: {code} is no check code" for code in form.checks if not re.fullmatch(r"C\d+", code)
    ]
    return faults


def head_faults(head: FormHead, form: FormSpec) -> list[str]:
    """Where the registry's light head and the declaration differ."""
    return [
        f"{head.form_id}: {name} is {getattr(form, name)} in the declaration, {told} in the registry"
        for name, told in head._asdict().items()
        if getattr(form, name) != told
    ]


def _sum_faults(rules: tuple[SumRule, ...], money: list[str]) -> list[str]:
    """Sums over what is no money."""
    used = [key for rule in rules for key in (rule.total, *rule.parts)]
    return [f"sum of {key} is no money" for key in used if key not in money]


def _field_faults(spec: FieldSpec) -> list[str]:
    """Faults of one field or column."""
    faults = []
    if not re.fullmatch(r"[a-z][a-z0-9_]*", spec.key):
        faults.append(f"{spec.key} is no key")
    if not spec.label:
        faults.append(f"{spec.key} has no label")
    if (spec.kind is FieldKind.MONEY) != spec.key.endswith("_fen"):
        faults.append(f"{spec.key}: money and only money ends in _fen")
    if (spec.kind is FieldKind.CHOICE) != (spec.choices is not None):
        faults.append(f"{spec.key}: a choice and only a choice has choices")
    locks = spec.is_locked is not never or spec.is_locked_in_row is not no_row or spec.is_computed
    if bool(spec.lock_note) != locks:
        faults.append(f"{spec.key}: a lock has a note, a note a lock")
    return faults


def _table_faults(form: FormSpec, table: TableSpec) -> list[str]:
    """Faults of one table."""
    keys = [column.key for column in table.columns]
    faults = []
    if "row_id" in keys:
        faults.append(f"{form.form_id}.{table.key}: row_id is reserved")
    money = [column.key for column in table.columns if column.kind is FieldKind.MONEY]
    faults += [
        f"{form.form_id}.{table.key}: column {key} twice"
        for key in sorted({k for k in keys if keys.count(k) > 1})
    ]
    faults += [
        f"{form.form_id}.{table.key}: total column {key} is no money column"
        for key in table.total_columns
        if key not in money
    ]
    faults += [f"{form.form_id}.{table.key}: {fault}" for fault in _sum_faults(table.sum_rules, money)]
    if bool(table.fixed_note) != (table.has_fixed_rows is not never):
        faults.append(f"{form.form_id}.{table.key}: fixed rows have a note, a note fixed rows")
    if table.is_indicator_table and not {"first_level", "second_level", "third_level"} <= set(keys):
        faults.append(f"{form.form_id}.{table.key}: an indicator table needs the three levels")
    return faults
