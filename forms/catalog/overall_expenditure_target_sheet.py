"""Layout of 部门（单位）整体支出绩效目标申报表."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forms.context import FormContext
from forms.findings import Place
from forms.schema import FormSpec
from forms.sheet import Sheet
from forms.sheet_blocks import SheetBuilder, annual_grid, indicator_block
from forms.signature_block import foot_line

Answers = Mapping[str, Any]

_MONEY_KEYS = ("total_fen", "fiscal_fen", "other_fen")
_MONEY_WIDTH = 18.0
"""Least width in mm of a money column: seven digits with decimals."""

Span = tuple[str, int, int]
"""Key, first grid column, columns taken."""


def _task_columns(widths: tuple[float, ...]) -> tuple[Span, ...]:
    """Columns of the task table: the three amounts take what they need from the right, 主要内容 the rest."""
    spans: list[Span] = []
    end = len(widths)
    for key in reversed(_MONEY_KEYS):
        start = end - 1
        while sum(widths[start:end]) < _MONEY_WIDTH:
            start -= 1
        spans.insert(0, (key, start, end - start))
        end = start
    return (("task_name", 1, 2), ("content", 3, end - 3), *spans)


def build_sheet(form: FormSpec, context: FormContext, answers: Answers) -> Sheet:
    """The official form as a grid of nine columns."""
    build = SheetBuilder(context)
    table = form.table("indicators")
    grid = annual_grid(table, context)
    build.label(0, "部门（单位）名称", (1, 3))
    build.answer(3, form.field("unit_name"), answers.get("unit_name"), (1, 6))
    build.next_row(8.0)
    _task_rows(build, form, list(answers.get("annual_tasks") or ()), _task_columns(grid.widths))
    build.label(0, "年度总体目标", vertical=True)
    build.answer(1, form.field("annual_target"), answers.get("annual_target"), (1, 8))
    build.next_row(36.0)
    top = build.row
    head_row = indicator_block(build, table, list(answers.get("indicators") or ()), 1, grid.spans)
    bottom, build.row = build.row, top
    build.label(0, "年度绩效指标", (bottom - top, 1), vertical=True)
    return Sheet(
        name=form.short_title,
        title=context.title(form),
        subtitle=f"（{context.budget_year}年度）",
        cells=tuple(build.cells),
        column_widths=grid.widths,
        orientation=form.orientation,
        head_rows=(head_row, head_row),
        foot=foot_line(context, answers),
        minimum_heights=build.minimum_heights,
    )


def _task_rows(
    build: SheetBuilder, form: FormSpec, rows: list[Mapping[str, Any]], columns: tuple[Span, ...]
) -> None:
    """年度主要任务: task, content, three amounts, and 金额合计."""
    table = form.table("annual_tasks")
    lines: list[Mapping[str, Any]] = rows or [{}, {}]
    build.label(0, "年度主要任务", (len(lines) + 3, 1), vertical=True)
    build.label(1, "任务名称", (2, 2))
    money = columns[2:]
    first = money[0][1]
    build.label(3, "主要内容", (2, columns[1][2]))
    build.label(first, f"预算金额（{build.context.amount_unit.label}）", (1, 9 - first))
    build.next_row(8.0)
    for key, column, width in money:
        build.label(column, table.column(key).label, (1, width))
    build.next_row(8.0)
    for row in lines:
        place = Place("annual_tasks", str(row.get("row_id", ""))).path
        for key, column, width in columns:
            build.answer(column, table.column(key), row.get(key), (1, width), f"{place}.{key}" if row else "")
        build.next_row(8.0)
    build.label(1, "金额合计", (1, first - 1))
    for key, column, width in money:
        amounts = [row[key] for row in rows if isinstance(row.get(key), int)]
        build.answer(column, table.column(key), sum(amounts) if amounts else None, (1, width), "annual_tasks")
    build.next_row(8.0)
