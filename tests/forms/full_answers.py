"""Full answers made from a declaration (按声明填满的内容): every field and column with something fitting its kind."""

from __future__ import annotations

from typing import Any

from forms.context import FormContext
from forms.schema import FieldKind, FieldSpec, FormSpec, Row, TableSpec

_BY_KIND: dict[FieldKind, Any] = {
    FieldKind.TEXT: "示例文字",
    FieldKind.LONG_TEXT: "第一条：完成 12 公里养护。\n第二条：群众满意度达到 90%以上。",
    FieldKind.MONEY: 12_345_600,
    FieldKind.WEIGHT: "2.5",
    FieldKind.PLANNED_VALUE: "12",
    FieldKind.YEAR: "2027",
    FieldKind.PHONE: "0379-6333 1234",
    FieldKind.CODE: "51000027T000000012345",
    FieldKind.RATE: "0.8620",
    FieldKind.TICK: "yes",
    FieldKind.LIGHT: "green",
}


def _value(spec: FieldSpec, context: FormContext, row: Row) -> Any:
    """Something for one field; the last choice where there are choices."""
    if spec.key == "actual_value" and spec.kind is FieldKind.TEXT:
        return "12%"
    if spec.kind is FieldKind.CHOICE:
        assert spec.choices is not None
        options = spec.choices(context, row)
        return options[-1].value if options else "12"
    if spec.kind is FieldKind.DATE:
        return context.task.closes_on.isoformat()
    return _BY_KIND[spec.kind]


def _indicator_rows(table: TableSpec, context: FormContext) -> list[dict[str, Any]]:
    """One row for every second level of the frame, backwards, so that order is the sheet's own doing."""
    rows: list[dict[str, Any]] = []
    for first in reversed(context.frame.firsts):
        for second in first.seconds:
            row: dict[str, Any] = {"row_id": f"r{len(rows) + 1}"}
            row |= {c.key: _value(c, context, row) for c in table.columns if c.is_visible(context)}
            row |= {"first_level": first.code, "second_level": second.code}
            row["third_level"] = f"三级指标{len(rows) + 1}"
            rows.append(row)
    return rows


def full_answers(form: FormSpec, context: FormContext) -> dict[str, Any]:
    """Every visible field and table of a form filled in."""
    answers: dict[str, Any] = {}
    for item in form.items():
        if not item.is_visible(context):
            continue
        if not isinstance(item, TableSpec):
            answers[item.key] = _value(item, context, {})
        elif item.is_indicator_table:
            answers[item.key] = _indicator_rows(item, context)
        elif item.has_fixed_rows(context):
            begun = {**answers, item.key: list((item.prefill or _nothing)(context))}
            rows = form.derive(context, begun)[item.key]
            answers[item.key] = [_filled(item, context, row) for row in rows]
        else:
            row = {column.key: _value(column, context, {}) for column in item.visible_columns(context)}
            answers[item.key] = [{"row_id": "t1", **row}, {"row_id": "t2", **row}]
    return dict(form.derive(context, answers))


def _nothing(_context: FormContext) -> list[Row]:
    return []


def _filled(table: TableSpec, context: FormContext, row: Row) -> dict[str, Any]:
    """A fixed row with everything the clerk may write."""
    open_columns = [c for c in table.visible_columns(context) if not c.is_closed(context, row)]
    given = {key: value for key, value in row.items() if value is not None}
    return {**{column.key: _value(column, context, row) for column in open_columns}, **given}
