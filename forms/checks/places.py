"""Fields and rows in words (校验位置的说法): how a finding names where it points."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forms.checks.wording import clipped
from forms.schema import FieldSpec, FormSpec, TableSpec

ANNUAL_TABLE = "indicators"
"""Key of the annual indicator table in every form that has one."""

MEDIUM_TABLE = "medium_term_indicators"
"""Key of the medium-term indicator table of the two-half layout."""


def plain_label(spec: FieldSpec) -> str:
    """A label as a sentence says it: without the 其中： of the printed form."""
    return spec.label.removeprefix("其中：")


def field_subject(form: FormSpec, key: str) -> str:
    """A field in words; with its group's name where the label stands twice on the form (中期资金的财政拨款)."""
    spec = form.field(key)
    labels = [item.label for item in form.fields()]
    if labels.count(spec.label) == 1:
        return plain_label(spec)
    for step in form.steps:
        for section in step.sections:
            if spec in section.items:
                return f"{section.title}的{plain_label(spec)}"
    return plain_label(spec)


def row_subject(table: TableSpec, row: Mapping[str, Any], number: int, column: str = "") -> str:
    """A plain table's row or cell in words: 年度主要任务第 2 行“人居环境整治”的总额."""
    first = row.get(table.columns[0].key)
    name = f"“{clipped(first)}”" if isinstance(first, str) and first.strip() else ""
    cell = f"的{table.column(column).label}" if column else ""
    return f"{table.label}第 {number} 行{name}{cell}"
