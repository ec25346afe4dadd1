"""Layout of 项目支出绩效目标审核表: dimensions joined, points beside what is looked at, the result below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from forms.checks.wording import number_text
from forms.context import FormContext
from forms.findings import Place
from forms.schema import FormSpec, Row
from forms.sheet import Cell, CellRole, Sheet
from forms.sheet_blocks import SheetBuilder
from forms.signature_block import foot_line
from forms.target_review_rows import TABLE, first_rows, item_rows, rule_of

Answers = Mapping[str, Any]
_WIDTHS = (22.0, 26.0, 66.0, 13.0, 15.0, 36.0)
"""Columns in mm: 审核内容, 审核要点, 具体要求, 分值, 得分, 存在问题."""


def build_sheet(form: FormSpec, context: FormContext, answers: Answers) -> Sheet:
    """The official form as a grid."""
    build = SheetBuilder(context)
    _head_rows(build, form, answers)
    head_row = build.row
    for column, spec in enumerate(form.table(TABLE).columns):
        build.label(column, spec.label)
    build.next_row(9.0)
    rows = item_rows(answers) or [
        {k: v for k, v in row.items() if k != "row_id"} for row in first_rows(context)
    ]
    for index, row in enumerate(rows):
        _item_row(build, form, rows, index, row)
    below = build.row
    _result_rows(build, form, answers)
    return Sheet(
        name=form.short_title,
        title=context.title(form),
        subtitle=f"（{context.budget_year}年度）",
        cells=tuple(build.cells),
        column_widths=_WIDTHS,
        orientation=form.orientation,
        corner=f"金额单位：{context.amount_unit.label}",
        head_rows=(head_row, head_row),
        foot=foot_line(context, answers),
        minimum_heights=build.minimum_heights,
        head_until=below,
    )


def _head_rows(build: SheetBuilder, form: FormSpec, answers: Answers) -> None:
    """Project, code, department, unit, amount."""
    for left, right in (
        ("project_name", "project_code"),
        ("supervising_department", "implementing_unit"),
        ("annual_total_fen", None),
    ):
        spec = form.field(left)
        build.label(0, spec.label)
        build.answer(1, spec, answers.get(left), (1, 2 if right else 5))
        if right:
            build.label(3, form.field(right).label, (1, 2))
            build.answer(5, form.field(right), answers.get(right))
        build.next_row(9.0)


def _item_row(build: SheetBuilder, form: FormSpec, rows: Sequence[Row], index: int, row: Row) -> None:
    """One item; the dimension joined over its items."""
    table = form.table(TABLE)

    def place(key: str) -> str:
        return Place(TABLE, str(row["row_id"]), key).path if "row_id" in row else TABLE

    dimension = row.get("dimension")
    if index == 0 or rows[index - 1].get("dimension") != dimension:
        end = index
        while end < len(rows) and rows[end].get("dimension") == dimension:
            end += 1
        shown = str(dimension or "")
        build.cells.append(
            Cell(build.row, 0, shown, CellRole.LABEL, row_span=end - index, place=place("dimension"))
        )
    build.text(1, str(row.get("item_name") or ""), place("item_name"), role=CellRole.CENTERED)
    for column, key in ((2, "standard"), (3, "full_score"), (4, "score"), (5, "problem")):
        build.answer(column, table.column(key), row.get(key), place=place(key))
    build.next_row(16.0)


def _result_rows(build: SheetBuilder, form: FormSpec, answers: Answers) -> None:
    """总分 with the full marks, grade, conclusion, opinion, and who reviewed."""
    full = sum((item.full_score for item in rule_of(build.context).items), Decimal(0))
    build.label(0, "总分", (1, 3))
    build.label(3, number_text(full))
    build.answer(4, form.field("total_score"), answers.get("total_score"), (1, 2))
    build.next_row(9.0)
    for key in ("grade", "consequence", "opinion"):
        build.label(0, form.field(key).label)
        build.answer(1, form.field(key), answers.get(key), (1, 5))
        build.next_row(26.0 if key == "opinion" else 9.0)
    build.label(0, form.field("reviewed_by").label)
    build.answer(1, form.field("reviewed_by"), answers.get("reviewed_by"), (1, 2))
    build.label(3, form.field("reviewed_on").label, (1, 2))
    build.answer(5, form.field("reviewed_on"), answers.get("reviewed_on"))
    build.next_row(9.0)
