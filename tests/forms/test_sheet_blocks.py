"""Blocks sheets are laid out from: spans of the levels, typed cells, two halves side by side."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from forms import registry
from forms.context import FormContext
from forms.indicator_table import joined_value
from forms.schema import FieldKind, FieldSpec
from forms.sheet import Cell, CellRole, Sheet
from forms.sheet_blocks import amount_format, annual_grid, cell_value, spans_by_level
from forms.signature_block import foot_line
from models.domain.money import AmountUnit
from tests.forms import cases
from tests.forms.cases import CLEANING, KIT_10, KIT_101, MEDIUM_ROWS, OVERALL, ROADS, TARGET, TOWN, line

FORM = registry.form(TARGET)
TWO = cases.context(cases.two_halves())


def sheet_of(context: FormContext, answers: dict[str, Any]) -> Sheet:
    form = registry.form(context.task.form_id)
    return form.build_sheet(form, context, answers)


def cells(sheet: Sheet, text: str) -> list[Cell]:
    return [cell for cell in sheet.cells if cell.value == text]


def test_levels_span_the_rows_they_share() -> None:
    rows = [
        {"first_level": "a", "second_level": "x"},
        {"first_level": "a", "second_level": "x"},
        {"first_level": "a", "second_level": "y"},
        {"first_level": "b", "second_level": "y"},
        {"first_level": "b", "second_level": None},
    ]
    assert spans_by_level(rows) == [(3, 2), (0, 0), (0, 1), (2, 1), (0, 1)]
    assert spans_by_level([]) == []


@pytest.mark.parametrize(
    ("kind", "key", "kept", "value", "role", "number_format"),
    [
        (FieldKind.MONEY, "a_fen", 128_400_000, Decimal("128.4"), CellRole.AMOUNT, "#,##0.00####"),
        (FieldKind.MONEY, "a_fen", "约一百万", "约一百万", CellRole.CENTERED, ""),
        (FieldKind.MONEY, "a_fen", None, None, CellRole.CENTERED, ""),
        (FieldKind.WEIGHT, "w", "22.5", Decimal("22.5"), CellRole.NUMBER, "0.0"),
        (FieldKind.WEIGHT, "w", "10", Decimal(10), CellRole.NUMBER, "0"),
        (FieldKind.WEIGHT, "w", "十", "十", CellRole.CENTERED, ""),
        (FieldKind.PLANNED_VALUE, "v", "8,600", Decimal(8600), CellRole.NUMBER, "0"),
        (FieldKind.PLANNED_VALUE, "v", "健全", "健全", CellRole.CENTERED, ""),
        (FieldKind.CODE, "c", "51000027", "51000027", CellRole.CODE, ""),
        (FieldKind.TEXT, "t", "=1+1", "=1+1", CellRole.TEXT, ""),
        (FieldKind.DATE, "d", "2026-09-15", "2026年9月15日", CellRole.CENTERED, ""),
    ],
)
def test_cells_are_typed_by_their_kind(kind, key, kept, value, role, number_format) -> None:
    spec = FieldSpec(key, "栏目", kind)
    assert cell_value(spec, kept, cases.context()) == (value, role, number_format)


def test_money_formats_lose_no_fen() -> None:
    assert amount_format(AmountUnit.YUAN) == "#,##0.00"
    assert amount_format(AmountUnit.WAN_YUAN).count("#", 6) == 4


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (line(1, "output.quantity", "里程", "≥12", "公里"), "≥12公里"),
        (line(1, "output.quantity", "里程", "定性健全"), "健全"),
        (line(1, "output.quantity", "里程", "其他2027年底", ""), "2027年底"),
        ({"comparator": "≥", "measure_unit": "公里"}, ""),
        ({}, ""),
    ],
)
def test_sign_value_and_unit_joined(row: dict[str, Any], text: str) -> None:
    assert joined_value(row) == text


@pytest.mark.parametrize("kit", [KIT_10, KIT_101, cases.in_one_cell()])
def test_what_a_kit_does_not_use_widens_the_third_level(kit) -> None:
    context = cases.context(kit)
    table = FORM.table("indicators")
    grid = annual_grid(table, context)
    columns = table.visible_columns(context)
    assert len(grid.widths) == 9
    assert sum(grid.spans) == 8
    assert len(grid.spans) == len(columns)
    assert sum(grid.widths) == pytest.approx(170)


def test_the_annual_block_prints_the_kits_columns_in_frame_order() -> None:
    sheet = sheet_of(cases.context(KIT_101), {**ROADS, "indicators": ROADS["indicators"][::-1]})
    assert sheet.head_rows is not None
    head = [cell.value for cell in sheet.cells if cell.row == sheet.head_rows[0] and cell.column > 0]
    assert head == ["一级指标", "二级指标", "三级指标", "符号", "指标值", "计量单位", "分值", "方向"]
    names = [row["third_level"] for row in ROADS["indicators"]]
    printed = [str(cell.value) for cell in sheet.cells if cell.value in names]
    assert sorted(names, key=printed.index) == printed
    assert printed[0] == "每公里养护成本"
    [output] = cells(sheet, "产出指标")
    assert output.row_span == 4
    assert [cell.value for cell in sheet.cells if cell.place == "indicators[r5].comparator"] == ["≥"]
    assert [cell.value for cell in sheet.cells if cell.place == "indicators[r7].comparator"] == ["定性"]
    assert [cell.value for cell in sheet.cells if cell.place == "indicators[r1].direction"] == ["反向"]


def test_two_halves_stand_side_by_side_under_one_first_level() -> None:
    sheet = sheet_of(TWO, {**CLEANING, "medium_term_indicators": MEDIUM_ROWS})
    [output] = cells(sheet, "产出指标")
    assert output.row_span == 5, "as many lines as the longer half"
    left = next(cell for cell in sheet.cells if cell.value == "≥16000吨")
    right = next(cell for cell in sheet.cells if cell.value == "≥4200吨")
    assert (left.row, left.column) == (output.row, 4)
    assert (right.row, right.column) == (output.row, 7)
    assert left.place == "medium_term_indicators[r1].planned_value"
    assert [cell.value for cell in sheet.cells if cell.place == "indicators[r8].third_level"] == [
        "群众满意度"
    ]


@pytest.mark.parametrize("context", [TWO, cases.context(KIT_10)], ids=["two halves", "annual"])
def test_no_row_is_lost_however_unfinished(context: FormContext) -> None:
    rows = [
        {"row_id": "r1", "third_level": "没有选一级指标"},
        {"row_id": "r2", "first_level": "产出", "third_level": "一级指标不在框架里"},
        {
            "row_id": "r3",
            "first_level": "benefit",
            "second_level": "quantity",
            "third_level": "二级指标不配套",
        },
        {"row_id": "r4", "first_level": "output", "third_level": "没有选二级指标"},
        {"row_id": "r5"},
    ]
    sheet = sheet_of(
        context, {"indicators": rows, "medium_term_indicators": rows[:2] if context is TWO else []}
    )
    printed = [str(cell.value) for cell in sheet.cells]
    for row in rows[:4]:
        assert row["third_level"] in printed
    places = {cell.place.partition(".")[0] for cell in sheet.cells}
    assert {f"indicators[r{number}]" for number in range(1, 6)} <= places
    assert "quantity" not in printed, "a level is shown by its name"
    assert "数量指标" in printed


def test_the_tasks_of_a_unit_are_added_up() -> None:
    sheet = sheet_of(cases.context(KIT_101, OVERALL), TOWN)
    [total] = cells(sheet, "金额合计")
    amounts = [cell.value for cell in sheet.cells if cell.row == total.row and cell.role is CellRole.AMOUNT]
    assert amounts == [Decimal("224.9"), Decimal("216.5"), Decimal("8.4")]


def test_the_foot_line_carries_who_signs() -> None:
    assert foot_line(cases.context(), ROADS) == (
        "填报人：张敏",
        "审核人：李强",
        "单位负责人：王建国",
        "联系电话：0379-6333 1234",
        "填报日期：2026年9月15日",
        "单位（盖章）：",
    )
    assert foot_line(cases.context(), {})[0] == "填报人："


def test_the_head_says_years_as_the_form_does() -> None:
    three = sheet_of(cases.context(), ROADS)
    assert cells(three, "2027年—2029年")
    assert cells(three, "中期目标（2027年—2029年）")
    one = sheet_of(cases.context(), cases.VILLAGES)
    assert cells(one, "2027年")
    assert cells(one, "中期目标")
    assert cells(sheet_of(cases.context(), {}), "中期目标（20××年—20××+n年）")
