"""Layout of 绩效目标调整申请（审批）表: old at the left, new at the right, what changed marked, opinions below."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forms import kinds
from forms.context import FormContext
from forms.findings import Place
from forms.indicator_table import in_frame_order, joined_value
from forms.schema import FormSpec, Row
from forms.sheet import Cell, CellRole, Sheet
from forms.sheet_blocks import SheetBuilder, spans_by_level
from forms.signature_block import foot_line
from forms.target_adjustment_rows import CANCELLED, TABLE, UNCHANGED, rows_of

Answers = Mapping[str, Any]

_WIDTHS = (9.0, 17.0, 28.0, 29.0, 22.0, 29.0, 24.0, 20.0)
"""Columns in mm: 绩效指标, 一级, 二级, 原三级, 原值, 调整后三级, 调整后值, 变动."""
_SEAL_LINE = "\n\n　　　　　　　　负责人签字：　　　　　　　（盖章）　　　　　　年　　月　　日"


def build_sheet(form: FormSpec, context: FormContext, answers: Answers) -> Sheet:
    """The official form as a grid."""
    build = SheetBuilder(context)
    _head_rows(build, form, answers)
    _fund_rows(build, form, answers)
    _target_rows(build, form, answers)
    head_row = _indicator_rows(build, form, answers)
    below = build.row
    _text_rows(build, form, answers)
    return Sheet(
        name=form.short_title,
        title=context.title(form),
        subtitle=_subtitle(context, answers),
        cells=tuple(build.cells),
        column_widths=_WIDTHS,
        orientation=form.orientation,
        head_rows=(head_row, head_row),
        foot=foot_line(context, answers),
        minimum_heights=build.minimum_heights,
        head_until=below,
    )


def _subtitle(context: FormContext, answers: Answers) -> str:
    """The year, and which adjustment of the year this is."""
    number = answers.get("adjustment_number")
    return f"（{context.budget_year}年度{f'　第 {number} 次调整' if number else ''}）"


def _head_rows(build: SheetBuilder, form: FormSpec, answers: Answers) -> None:
    """Project, code, department, unit, and the approval that is to be adjusted."""
    pairs = (
        ("项目名称", "project_name", "项目代码", "project_code"),
        ("主管部门", "supervising_department", "实施单位", "implementing_unit"),
        ("原批复文号", "approved_document", "原批复日期", "approved_on"),
    )
    for left, left_key, right, right_key in pairs:
        build.label(0, left, (1, 2))
        build.answer(2, form.field(left_key), answers.get(left_key), (1, 2))
        build.label(4, right)
        build.answer(5, form.field(right_key), answers.get(right_key), (1, 3))
        build.next_row(8.0)


def _fund_rows(build: SheetBuilder, form: FormSpec, answers: Answers) -> None:
    """Old and new budget by source, and the difference."""
    build.label(0, f"预算\n（{build.context.amount_unit.label}）", (4, 2))
    for column, label, width in (
        (2, "资金来源", 1),
        (3, "原批复预算", 1),
        (4, "调整后预算", 2),
        (6, "增减金额", 2),
    ):
        build.label(column, label, (1, width))
    build.next_row(8.0)
    money = form.field("change_fen")
    for label, name in (
        ("年度资金总额", "total_fen"),
        ("其中：财政拨款", "fiscal_fen"),
        ("　　　其他资金", "other_fen"),
    ):
        old, new = answers.get(f"old_{name}"), answers.get(f"annual_{name}")
        build.label(2, label, left=True)
        build.answer(3, form.field(f"old_{name}"), old)
        build.answer(4, form.field(f"annual_{name}"), new, (1, 2))
        difference = new - old if kinds.is_amount(old) and kinds.is_amount(new) else None
        build.answer(6, money, difference, (1, 2), f"annual_{name}")
        build.next_row(8.0)


def _target_rows(build: SheetBuilder, form: FormSpec, answers: Answers) -> None:
    """年度目标: old beside new."""
    build.label(0, "年度目标", (2, 1), vertical=True)
    build.label(1, "原年度目标", (1, 4))
    build.label(5, "调整后年度目标", (1, 3))
    build.next_row(8.0)
    build.answer(1, form.field("old_target"), answers.get("old_target"), (1, 4))
    build.answer(5, form.field("annual_target"), answers.get("annual_target"), (1, 3))
    build.next_row(22.0)


_HEADS = ("一级指标", "二级指标", "原三级指标", "原指标值", "调整后三级指标", "调整后指标值", "变动")


def _indicator_rows(build: SheetBuilder, form: FormSpec, answers: Answers) -> int:
    """绩效指标: one line a row, old and new side by side; its head row."""
    top = build.row
    for column, label in enumerate(_HEADS, 1):
        build.label(column, label)
    build.next_row(8.0)
    rows = in_frame_order(rows_of(answers), build.context) or [{}] * 4
    for row, spans in zip(rows, spans_by_level(rows), strict=True):
        _indicator_row(build, form, row, spans if row else (1, 1))
        build.next_row(8.0)
    bottom, build.row = build.row, top
    build.label(0, "绩效指标", (bottom - top, 1), vertical=True)
    build.row = bottom
    return top


def _indicator_row(build: SheetBuilder, form: FormSpec, row: Row, spans: tuple[int, int]) -> None:
    """One line: what is cancelled has nothing at the right, what is unchanged says so."""
    table = form.table(TABLE)

    def place(key: str) -> str:
        return Place(TABLE, str(row["row_id"]), key).path if "row_id" in row else TABLE

    for key, column, span in (("first_level", 1, spans[0]), ("second_level", 2, spans[1])):
        if span:
            shown = kinds.shown(table.column(key), row.get(key), build.context, row)
            build.cells.append(Cell(build.row, column, shown, CellRole.LABEL, span, 1, place=place(key)))
    is_cancelled = row.get("change") == CANCELLED
    build.answer(
        3, table.column("old_third_level"), row.get("old_third_level"), place=place("old_third_level")
    )
    build.text(
        4,
        _with_points(row.get("old_value"), row.get("old_weight")),
        place("old_value"),
        role=CellRole.CENTERED,
    )
    third = "" if is_cancelled else row.get("third_level")
    build.answer(5, table.column("third_level"), third, place=place("third_level"))
    value = "" if is_cancelled else _with_points(joined_value(row), row.get("weight"))
    build.text(6, value, place("planned_value"), role=CellRole.CENTERED)
    change = str(row.get("change") or "")
    build.text(
        7,
        change if change == UNCHANGED or not change else f"★{change}",
        place("change"),
        role=CellRole.CENTERED,
    )


def _with_points(value: Any, weight: Any) -> str:
    """A value with its points behind it, where the kit sets points."""
    text = str(value or "")
    return f"{text}\n（{weight}分）" if text and weight else text


def _text_rows(build: SheetBuilder, form: FormSpec, answers: Answers) -> None:
    """Reason and basis, then the opinions with room to sign."""
    width = len(_WIDTHS) - 2
    for key, label, height in (("reason", "调整原因", 20.0), ("basis_document", "调整依据", 8.0)):
        build.label(0, label, (1, 2))
        build.answer(2, form.field(key), answers.get(key), (1, width))
        build.next_row(height)
    for key, label in (
        ("unit_opinion", "申请单位\n意见"),
        ("department_opinion", "主管部门\n意见"),
        ("office_opinion", "财政部门\n业务股室意见"),
    ):
        build.label(0, label, (1, 2))
        build.text(2, f"{answers.get(key) or ''}{_SEAL_LINE}", key, (1, width))
        build.next_row(20.0)
