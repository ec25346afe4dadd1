"""Layout of 项目支出绩效自评表: the national form, nine columns, nothing inside the frame that it does not have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from forms import kinds
from forms.checks.wording import number_text
from forms.context import FormContext
from forms.findings import Place
from forms.indicator_table import in_frame_order, joined_value
from forms.kinds import parse_number
from forms.schema import FormSpec, Row
from forms.self_evaluation_cells import entered_lines, points_cell
from forms.self_evaluation_rows import source_note
from forms.self_evaluation_scores import FUNDS, TABLE, rows_of, text_of
from forms.sheet import Cell, CellRole, Sheet
from forms.sheet_blocks import SheetBuilder, blank_lines, spans_by_level
from forms.signature_block import foot_line

Answers = Mapping[str, Any]

_WIDTHS = (9.0, 19.0, 22.0, 27.0, 20.0, 20.0, 12.0, 13.0, 32.0)
"""Columns in mm: 年度总体目标/绩效指标, 一级, 二级, 三级, 指标值, 完成值, 分值, 得分, 偏差原因."""

_HEADS = (
    "一级指标",
    "二级指标",
    "三级指标",
    "年度\n指标值",
    "实际\n完成值",
    "分值",
    "得分",
    "偏差原因分析及改进措施",
)
_MONEY = (("initial_fen", 3), ("annual_fen", 4), ("spending_fen", 5))
_SOURCES = (
    ("total", "年度资金总额"),
    ("fiscal", "其中：当年\n财政拨款"),
    ("carryover", "　　　上年\n结转资金"),
    ("other", "　　　其他\n资金"),
)


def build_sheet(form: FormSpec, context: FormContext, answers: Answers) -> Sheet:
    """The official form as a grid."""
    build = SheetBuilder(context)
    _head_rows(build, form, answers)
    _fund_rows(build, form, answers)
    _target_rows(build, form, answers)
    head_row = _indicator_rows(build, form, answers)
    entered_lines(build, answers, label_columns=6, points_at=6, score_at=7, gaps=((8, 1),))
    _total_row(build, form, answers)
    return Sheet(
        name=form.short_title,
        title=context.title(form),
        subtitle=f"（{context.budget_year}年度）",
        cells=tuple(build.cells),
        column_widths=_WIDTHS,
        orientation=form.orientation,
        corner=source_note(context).removesuffix("，只读"),
        head_rows=(head_row, head_row),
        foot=foot_line(context, answers),
        minimum_heights=build.minimum_heights,
    )


def _head_rows(build: SheetBuilder, form: FormSpec, answers: Answers) -> None:
    """项目名称; 主管部门 and 实施单位."""
    build.label(0, "项目名称", (1, 2))
    build.answer(2, form.field("project_name"), answers.get("project_name"), (1, 7))
    build.next_row(8.0)
    build.label(0, "主管部门", (1, 2))
    build.answer(2, form.field("supervising_department"), answers.get("supervising_department"), (1, 3))
    build.label(5, "实施单位")
    build.answer(6, form.field("implementing_unit"), answers.get("implementing_unit"), (1, 3))
    build.next_row(8.0)


def _fund_rows(build: SheetBuilder, form: FormSpec, answers: Answers) -> None:
    """项目资金: total and sources; points and score stand in the total row alone."""
    table, rows = form.table(FUNDS), {str(row.get("row_id")): row for row in rows_of(answers, FUNDS)}
    build.label(0, f"项目资金\n（{build.context.amount_unit.label}）", (5, 2))
    build.label(2, "")
    for column, label in ((3, "年初预算数"), (4, "全年预算数"), (5, "全年执行数")):
        build.label(column, label)
    for column, label in ((6, "分值"), (7, "执行率"), (8, "得分")):
        build.label(column, label)
    build.next_row(8.0)
    for row_id, label in _SOURCES:
        row = rows.get(row_id, {})
        place = Place(FUNDS, row_id).path if row else FUNDS
        build.label(2, label, left=True)
        for key, column in _MONEY:
            build.answer(column, table.column(key), row.get(key), place=_at(place, key, row))
        if row_id == "total":
            points_cell(build, 6, _full_execution(build.context, row), _at(place, "weight", row))
        else:
            build.label(6, "—")
        build.answer(7, table.column("rate"), row.get("rate"), place=_at(place, "rate", row))
        if row_id == "total":
            points_cell(build, 8, text_of(row, "score"), _at(place, "score", row))
        else:
            build.label(8, "—")
        build.next_row(11.0)


def _at(place: str, key: str, row: Row) -> str:
    """The place of a cell, of the table where the row is missing."""
    return f"{place}.{key}" if row else place


def _full_execution(context: FormContext, row: Row) -> str:
    """Points of execution: those of the row, the scheme's on a blank form."""
    return text_of(row, "weight") or ("" if row else number_text(context.scheme.execution_score))


def _target_rows(build: SheetBuilder, form: FormSpec, answers: Answers) -> None:
    """年度总体目标: 预期目标 beside 实际完成情况."""
    build.label(0, "年度总体目标", (2, 1), vertical=True)
    build.label(1, "预期目标", (1, 4))
    build.label(5, "实际完成情况", (1, 4))
    build.next_row(8.0)
    build.answer(1, form.field("expected_target"), answers.get("expected_target"), (1, 4))
    build.answer(5, form.field("actual_result"), answers.get("actual_result"), (1, 4))
    build.next_row(22.0)


def _indicator_rows(build: SheetBuilder, form: FormSpec, answers: Answers) -> int:
    """绩效指标: one line a row, levels joined, the first level with its points; the head row."""
    top = build.row
    for column, label in enumerate(_HEADS, 1):
        build.label(column, label)
    build.next_row(11.0)
    rows = in_frame_order(rows_of(answers), build.context) or blank_lines(build.context)
    spans = spans_by_level(rows)
    for index, row in enumerate(rows):
        _indicator_row(build, form, row, spans[index], rows[index : index + spans[index][0]])
        build.next_row(8.0)
    bottom, build.row = build.row, top
    build.label(0, "绩效指标", (bottom - top, 1), vertical=True)
    build.row = bottom
    return top


def _indicator_row(
    build: SheetBuilder, form: FormSpec, row: Row, spans: tuple[int, int], level: Sequence[Row]
) -> None:
    """One line of the indicator block."""
    table, place = form.table(TABLE), Place(TABLE, str(row.get("row_id"))).path if "row_id" in row else TABLE
    for key, column, span in (("first_level", 1, spans[0]), ("second_level", 2, spans[1])):
        if span:
            shown = kinds.shown(table.column(key), row.get(key), build.context, row)
            shown += _heading_points(build.context, level) if key == "first_level" and shown else ""
            build.cells.append(
                Cell(build.row, column, shown, CellRole.LABEL, span, 1, place=_at_row(place, key, row))
            )
    build.answer(
        3, table.column("third_level"), row.get("third_level"), place=_at_row(place, "third_level", row)
    )
    build.text(4, joined_value(row), _at_row(place, "planned_value", row), role=CellRole.CENTERED)
    build.text(5, shown_actual(row), _at_row(place, "actual_value", row), role=CellRole.CENTERED)
    points_cell(build, 6, text_of(row, "weight"), _at_row(place, "weight", row))
    points_cell(build, 7, text_of(row, "score"), _at_row(place, "score", row))
    build.answer(
        8,
        table.column("deviation_reason"),
        row.get("deviation_reason"),
        place=_at_row(place, "deviation_reason", row),
    )


def _at_row(place: str, key: str, row: Row) -> str:
    """The place of a cell of an indicator; a blank form's lines belong to the table."""
    return f"{place}.{key}" if "row_id" in row else place


def _heading_points(context: FormContext, level: Sequence[Row]) -> str:
    """（50分） behind a first level: what its rows add up to, what the scheme gives on a blank form."""
    numbers = [parse_number(text_of(row, "weight")) for row in level]
    known = [number for number in numbers if number is not None]
    if known:
        return f"\n（{number_text(sum(known, Decimal(0)))}分）"
    code = str(level[0].get("first_level") or "") if level else ""
    weights = context.scheme.first_level_weights
    default = weights[0].get(code) if weights and all("row_id" not in row for row in level) else None
    return f"\n（{number_text(default)}分）" if default is not None else ""


def shown_actual(row: Row) -> str:
    """The actual value with its unit, as people print it; words stand alone."""
    actual, unit = text_of(row, "actual_value"), text_of(row, "measure_unit")
    return f"{actual}{unit}" if unit and parse_number(actual) is not None else actual


def _total_row(build: SheetBuilder, form: FormSpec, answers: Answers) -> None:
    """总分: 100, the total, and beside it the reason of a low execution rate, for which the form has no other place."""
    build.label(0, "总　　分", (1, 6))
    build.label(6, number_text(build.context.scheme.full_total))
    points_cell(build, 7, text_of(answers, "total_score"), "total_score")
    build.answer(8, form.field("execution_reason"), answers.get("execution_reason"))
    build.next_row(8.0)
