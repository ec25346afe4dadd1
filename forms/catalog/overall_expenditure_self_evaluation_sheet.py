"""Layout of 部门（单位）整体支出绩效自评表: head, money, targets, and the items of the kit's frame."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from forms.checks.wording import number_text
from forms.context import FormContext
from forms.findings import Place
from forms.kinds import parse_number
from forms.overall_rows import frame_rows
from forms.schema import FormSpec, Row
from forms.self_evaluation_cells import entered_lines, points_cell
from forms.self_evaluation_scores import FUNDS, TABLE, rows_of, text_of
from forms.sheet import Cell, CellRole, Sheet
from forms.sheet_blocks import SheetBuilder, spans_by_level
from forms.signature_block import foot_line

Answers = Mapping[str, Any]

_WIDTHS = (8.0, 17.0, 16.0, 18.6, 8.6, 15.0, 24.0, 18.8, 16.0, 10.0, 22.0)
"""Columns in mm: 年度总体目标/绩效指标, 一级, 二级, 三级, 分值, 评分标准 (three), 完成情况, 得分, 原因.

评分标准 is the longest text of the frame: with room for it the blank form stays on one page.
"""

_HEADS = (
    (1, 1, "一级指标"),
    (2, 1, "二级指标"),
    (3, 1, "三级指标"),
    (4, 1, "分值"),
    (5, 3, "评分标准"),
    (8, 1, "实际完成\n情况"),
    (9, 1, "得分"),
    (10, 1, "扣分原因及改进措施"),
)
_SOURCES = (("total", "支出总额"), ("basic", "其中：基本支出"), ("project", "　　　项目支出"))
_MONEY = (("initial_fen", 3, 1), ("annual_fen", 4, 2), ("spending_fen", 6, 1))


def build_sheet(form: FormSpec, context: FormContext, answers: Answers) -> Sheet:
    """The form as a grid of eleven columns."""
    build = SheetBuilder(context)
    _head_rows(build, form, answers)
    _fund_rows(build, form, answers)
    _target_rows(build, form, answers)
    head_row = _item_rows(build, form, answers)
    entered_lines(build, answers, label_columns=4, points_at=4, score_at=9, gaps=((5, 4), (10, 1)))
    _total_row(build, form, answers)
    return Sheet(
        name=form.short_title,
        title=context.title(form),
        subtitle=f"（{context.budget_year}年度）",
        cells=tuple(build.cells),
        column_widths=_WIDTHS,
        orientation=form.orientation,
        head_rows=(head_row, head_row),
        foot=foot_line(context, answers),
        minimum_heights=build.minimum_heights,
    )


def _head_rows(build: SheetBuilder, form: FormSpec, answers: Answers) -> None:
    """部门（单位）名称 and 主管部门."""
    build.label(0, "部门（单位）名称", (1, 3))
    build.answer(3, form.field("unit_name"), answers.get("unit_name"), (1, 3))
    build.label(6, "主管部门")
    build.answer(7, form.field("supervising_department"), answers.get("supervising_department"), (1, 4))
    build.next_row(8.0)


def _fund_rows(build: SheetBuilder, form: FormSpec, answers: Answers) -> None:
    """支出情况: whole expenditure, basic, projects; points only where the scheme has some for execution."""
    table, rows = form.table(FUNDS), {str(row.get("row_id")): row for row in rows_of(answers, FUNDS)}
    has_points = bool(build.context.scheme.execution_score)
    build.label(0, "支出情况", (4, 1), vertical=True)
    build.label(1, f"单位：{build.context.amount_unit.label}", (1, 2))
    for (_key, column, width), label in zip(_MONEY, ("年初预算数", "全年预算数", "全年执行数"), strict=True):
        build.label(column, label, (1, width))
    build.label(7, "执行率")
    build.label(8, "分值")
    build.label(9, "得分", (1, 2))
    build.next_row(8.0)
    for row_id, label in _SOURCES:
        row = rows.get(row_id, {})
        place = Place(FUNDS, row_id).path if row else FUNDS
        at = {key: f"{place}.{key}" if row else place for key in ("rate", "weight", "score")}
        build.label(1, label, (1, 2), left=True)
        for key, column, width in _MONEY:
            build.answer(
                column, table.column(key), row.get(key), (1, width), f"{place}.{key}" if row else place
            )
        build.answer(7, table.column("rate"), row.get("rate"), place=at["rate"])
        if row_id == "total" and has_points:
            full = text_of(row, "weight") or number_text(build.context.scheme.execution_score)
            points_cell(build, 8, full, at["weight"])
            points_cell(build, 9, text_of(row, "score"), at["score"], columns=2)
        else:
            build.label(8, "—")
            build.label(9, "—", (1, 2))
        build.next_row(8.0)


def _target_rows(build: SheetBuilder, form: FormSpec, answers: Answers) -> None:
    """年度总体目标: 预期目标 beside 实际完成情况."""
    build.label(0, "年度\n总体\n目标", (2, 1))
    build.label(1, "预期目标", (1, 5))
    build.label(6, "实际完成情况", (1, 5))
    build.next_row(8.0)
    build.answer(1, form.field("expected_target"), answers.get("expected_target"), (1, 5))
    build.answer(6, form.field("actual_result"), answers.get("actual_result"), (1, 5))
    build.next_row(20.0)


def _item_rows(build: SheetBuilder, form: FormSpec, answers: Answers) -> int:
    """绩效指标: one line an item, levels joined with their points; the head row."""
    top = build.row
    for column, width, label in _HEADS:
        build.label(column, label, (1, width))
    build.next_row(10.0)
    rows = rows_of(answers) or [
        {key: value for key, value in row.items() if key != "row_id"} for row in frame_rows(build.context)
    ]
    spans = spans_by_level(rows) if rows else []
    for index, row in enumerate(rows):
        _item_row(build, form, row, spans[index], rows[index : index + spans[index][0]])
        build.next_row(8.0)
    bottom, build.row = build.row, top
    build.label(0, "绩效指标", (bottom - top, 1), vertical=True)
    build.row = bottom
    return top


def _item_row(
    build: SheetBuilder, form: FormSpec, row: Row, spans: tuple[int, int], level: Sequence[Row]
) -> None:
    """One line of the items."""
    table = form.table(TABLE)
    base = Place(TABLE, str(row["row_id"])).path if "row_id" in row else ""

    def at(key: str) -> str:
        return f"{base}.{key}" if base else TABLE

    for key, column, span in (("first_level", 1, spans[0]), ("second_level", 2, spans[1])):
        if span:
            shown = text_of(row, key)
            shown += _heading_points(level) if key == "first_level" and shown else ""
            build.cells.append(Cell(build.row, column, shown, CellRole.LABEL, span, 1, place=at(key)))
    build.answer(3, table.column("third_level"), row.get("third_level"), place=at("third_level"))
    points_cell(build, 4, text_of(row, "weight"), at("weight"))
    build.answer(5, table.column("standard"), row.get("standard"), (1, 3), at("standard"))
    build.answer(8, table.column("actual_value"), row.get("actual_value"), place=at("actual_value"))
    points_cell(build, 9, text_of(row, "score"), at("score"))
    build.answer(
        10, table.column("deviation_reason"), row.get("deviation_reason"), place=at("deviation_reason")
    )


def _heading_points(level: Sequence[Row]) -> str:
    """（25分） behind a first level: what its items add up to."""
    numbers = [parse_number(text_of(row, "weight")) for row in level]
    known = [number for number in numbers if number is not None]
    return f"\n（{number_text(sum(known, Decimal(0)))}分）" if known else ""


def _total_row(build: SheetBuilder, form: FormSpec, answers: Answers) -> None:
    """总分, and the reason of a low execution rate beside it."""
    build.label(0, "总　　分", (1, 4))
    build.label(4, number_text(build.context.scheme.full_total))
    build.label(5, "", (1, 4))
    points_cell(build, 9, text_of(answers, "total_score"), "total_score")
    build.answer(10, form.field("execution_reason"), answers.get("execution_reason"))
    build.next_row(8.0)
