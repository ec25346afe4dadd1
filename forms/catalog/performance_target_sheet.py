"""Layout of 项目支出绩效目标申报表: the national head over a two-half or an annual indicator block."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from forms import kinds
from forms.context import FormContext
from forms.schema import FormSpec
from forms.sheet import CellRole, Sheet
from forms.sheet_blocks import SheetBuilder, annual_grid, indicator_block, paired_halves
from forms.signature_block import foot_line


@dataclass(frozen=True, slots=True)
class _Head:
    """Where the head's cells stand: (column, columns taken) of each part, and the grid's widths in mm."""

    widths: tuple[float, ...]
    right_label: tuple[int, int]
    right_value: tuple[int, int]
    fund_label: tuple[int, int]
    fund_amount: tuple[int, int]


_TWO_HALVES = _Head((10, 17, 26, 27, 20, 26, 27, 19), (4, 1), (5, 3), (4, 2), (6, 2))


def _annual_head(widths: tuple[float, ...]) -> _Head:
    return _Head(widths, (4, 2), (6, 3), (4, 2), (6, 3))


Answers = Mapping[str, Any]


def build_sheet(form: FormSpec, context: FormContext, answers: Answers) -> Sheet:
    """The official form as a grid."""
    build = SheetBuilder(context)
    grid = annual_grid(form.table("indicators"), context)
    head = _TWO_HALVES if context.has_two_halves else _annual_head(grid.widths)
    _head_rows(build, form, head, answers)
    _fund_rows(build, form, head, answers)
    _target_rows(build, form, len(head.widths), answers)
    top = build.row
    rows = list(answers.get("indicators") or ())
    if context.has_two_halves:
        medium = list(answers.get("medium_term_indicators") or ())
        head_row = paired_halves(
            build, form.table("medium_term_indicators"), medium, form.table("indicators"), rows
        )
    else:
        head_row = indicator_block(build, form.table("indicators"), rows, 1, grid.spans)
    bottom, build.row = build.row, top
    build.label(0, "绩效指标", (bottom - top, 1), vertical=True)
    return Sheet(
        name=form.short_title,
        title=context.title(form),
        subtitle=f"（{context.budget_year}年度）",
        cells=tuple(build.cells),
        column_widths=head.widths,
        orientation=form.orientation,
        head_rows=(head_row, head_row),
        foot=foot_line(context, answers),
        minimum_heights=build.minimum_heights,
    )


def _head_rows(build: SheetBuilder, form: FormSpec, head: _Head, answers: Answers) -> None:
    """项目名称; 主管部门及代码 and 实施单位; 项目属性 and 项目期."""
    last = len(head.widths) - 2
    name = form.field("project_name")
    build.label(0, "项目名称", (1, 2))
    build.answer(2, name, answers.get("project_name"), (1, last))
    build.next_row(8.0)
    department = " ".join(
        str(answers.get(key) or "") for key in ("supervising_department_code", "supervising_department")
    ).strip()
    _pair(
        build,
        head,
        ("主管部门及代码", department, "supervising_department"),
        "实施单位",
        "implementing_unit",
        answers,
    )
    attribute = kinds.shown(form.field("project_attribute"), answers.get("project_attribute"), build.context)
    years = [str(answers.get(key) or "") for key in ("period_from", "period_to")]
    period = (
        "" if not any(years) else f"{years[0]}年" if years[0] == years[1] else f"{years[0]}年—{years[1]}年"
    )
    _pair(
        build,
        head,
        ("项目属性", attribute, "project_attribute"),
        "项目期",
        "period_from",
        {"period_from": period},
    )


def _pair(
    build: SheetBuilder, head: _Head, left: tuple[str, str, str], label: str, key: str, answers: Answers
) -> None:
    """A row of two labelled texts."""
    build.label(0, left[0], (1, 2))
    build.text(2, left[1], left[2], (1, 2), CellRole.TEXT)
    build.label(head.right_label[0], label, (1, head.right_label[1]))
    build.text(head.right_value[0], str(answers.get(key) or ""), key, (1, head.right_value[1]), CellRole.TEXT)
    build.next_row(8.0)


_FUND_ROWS = (
    ("中期资金总额：", "medium_total_fen", "年度资金总额：", "annual_total_fen"),
    ("　其中：财政拨款", "medium_fiscal_fen", "　其中：财政拨款", "annual_fiscal_fen"),
    ("　　　　其他资金", "medium_other_fen", "　　　　其他资金", "annual_other_fen"),
)


def _fund_rows(build: SheetBuilder, form: FormSpec, head: _Head, answers: Answers) -> None:
    """项目资金: medium-term at the left, annual at the right."""
    build.label(0, f"项目资金\n（{build.context.amount_unit.label}）", (3, 2))
    for left_label, left_key, right_label, right_key in _FUND_ROWS:
        build.label(2, left_label, left=True)
        build.answer(3, form.field(left_key), answers.get(left_key))
        build.label(head.fund_label[0], right_label, (1, head.fund_label[1]), left=True)
        build.answer(
            head.fund_amount[0], form.field(right_key), answers.get(right_key), (1, head.fund_amount[1])
        )
        build.next_row(8.0)


def _target_rows(build: SheetBuilder, form: FormSpec, columns: int, answers: Answers) -> None:
    """总体目标: 中期目标 with its years beside 年度目标."""
    build.label(0, "总体目标", (2, 1), vertical=True)
    start, end = (str(answers.get(key) or "") for key in ("period_from", "period_to"))
    years = f"（{start}年—{end}年）" if start and end and start != end else "（20××年—20××+n年）"
    has_medium = bool(answers.get("medium_term_target")) or start != end or not start
    build.label(1, f"中期目标{years}" if has_medium else "中期目标", (1, 3))
    build.label(4, "年度目标", (1, columns - 4))
    build.next_row(8.0)
    build.answer(1, form.field("medium_term_target"), answers.get("medium_term_target"), (1, 3))
    build.answer(4, form.field("annual_target"), answers.get("annual_target"), (1, columns - 4))
    build.next_row(24.0)
