"""Stated tables written as the workbooks offices hand in (手工表的排版): national layout, another order, a monitoring table."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from forms.hand_filled.stated import StatedFund, StatedIndicator, StatedNumber, StatedTable

TITLES = {
    "self_evaluation": "项目支出绩效自评表",
    "overall_expenditure_self_evaluation": "部门整体支出绩效自评表",
    "performance_target": "项目支出绩效目标申报表",
    "monitoring": "项目支出绩效监控表",
}
_HEAD = (
    "一级指标",
    "二级指标",
    "三级指标",
    "年度指标值",
    "实际完成值",
    "分值",
    "得分",
    "偏差原因分析及改进措施",
)


def save(table: StatedTable, folder: Path, name: str = "") -> Path:
    """The table as an .xlsx of its own."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    write(sheet, table)
    path = folder / (name or table.file)
    book.save(path)
    return path


def write(sheet: Worksheet, table: StatedTable) -> None:
    """Title, heads, money, targets, indicators and total, as the form prints them."""
    sheet.append([TITLES[table.form]])
    sheet.merge_cells("A1:H1")
    sheet.append([f"（{table.fiscal_year}年度）"])
    sheet.merge_cells("A2:H2")
    sheet.append(["项目名称", None, table.project_name])
    sheet.append(["主管部门", None, table.supervising_department, None, "实施单位", table.implementing_unit])
    _MONEY[table.form](sheet, table)
    if table.form == "performance_target":
        sheet.append(["年度目标", None, table.targets[0]])
        _indicators(sheet, table, ("一级指标", "二级指标", "三级指标", "指标值", "分值"))
        return
    if table.form == "monitoring":
        head = (
            "一级指标",
            "二级指标",
            "三级指标",
            "年度指标值",
            "1-6月执行情况",
            "全年预计完成情况",
            "完成目标可能性",
            "偏差原因",
        )
        _indicators(sheet, table, head)
        return
    sheet.append(["年度总体目标", None, "预期目标", None, None, "实际完成情况"])
    sheet.append(
        [None, None, table.targets[0] or "完成全年任务。", None, None, table.targets[1] or "已完成全年任务。"]
    )
    _indicators(sheet, table, _HEAD)
    if table.stated_total.text:
        fulls = [row.full_score.value for row in table.indicators if row.full_score.value is not None]
        sheet.append(["总分", None, None, None, None, 100 if fulls else None, _value(table.stated_total)])


def _self_evaluation_money(sheet: Worksheet, table: StatedTable) -> None:
    sheet.append(
        ["项目资金（万元）", None, None, "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"]
    )
    for fund in table.funds:
        sheet.append(
            [
                None,
                None,
                fund.label,
                *_amounts(fund),
                *map(_value, (fund.full_score, fund.stated_rate, fund.stated_score)),
            ]
        )


def _target_money(sheet: Worksheet, table: StatedTable) -> None:
    sheet.append(["项目资金（万元）", None, "年度资金总额", _wan(table.funds[0].annual_budget_fen)])


def _monitoring_money(sheet: Worksheet, table: StatedTable) -> None:
    sheet.append(["项目资金（万元）", None, None, "年初预算数", "1-6月执行数", "全年预计执行数"])
    for fund in table.funds:
        spent = _wan(fund.spending_to_date_fen)
        sheet.append([None, None, fund.label, _wan(fund.initial_budget_fen), spent])


_MONEY = {
    "self_evaluation": _self_evaluation_money,
    "overall_expenditure_self_evaluation": _self_evaluation_money,
    "performance_target": _target_money,
    "monitoring": _monitoring_money,
}


def _indicators(sheet: Worksheet, table: StatedTable, head: Sequence[str]) -> None:
    """The indicator block; first levels merged over their rows, with the points of their headings."""
    sheet.append(list(head))
    points = {one.level: one.points for one in table.subtotals}
    first_row = sheet.max_row + 1
    for row in table.indicators:
        level = row.first_level
        label = f"{level}（{points[level]}分）" if level in points else level
        sheet.append([label, row.second_level, row.third_level, row.planned_text or None, *_rest(table, row)])
    for cells in sheet.iter_rows(min_row=first_row):
        for cell in cells:
            if cell.data_type == "f":
                cell.data_type = "s"  # =100% is what the office typed, no formula
    _merge_repeated(sheet, 1, first_row)


def _rest(table: StatedTable, row: StatedIndicator) -> list[object]:
    """The columns behind the target."""
    if table.form == "performance_target":
        return [_value(row.full_score)]
    if table.form == "monitoring":
        return [row.actual_text or None, None, row.likelihood, row.deviation_reason or None]
    return [
        row.actual_text or None,
        _value(row.full_score),
        _value(row.stated_score),
        row.deviation_reason or None,
    ]


def _merge_repeated(sheet: Worksheet, column: int, first: int) -> None:
    """Cells of one text below each other become one."""
    start = first
    for row in range(first + 1, sheet.max_row + 2):
        if row > sheet.max_row or sheet.cell(row, column).value != sheet.cell(start, column).value:
            if row - 1 > start:
                sheet.merge_cells(start_row=start, end_row=row - 1, start_column=column, end_column=column)
            start = row


def _amounts(fund: StatedFund) -> list[float | None]:
    return [_wan(fund.initial_budget_fen), _wan(fund.annual_budget_fen), _wan(fund.annual_spending_fen)]


def _wan(fen: int | None) -> float | None:
    """万元 as Excel keeps them."""
    return None if fen is None else float(Decimal(fen) / 1_000_000)


def _value(number: StatedNumber) -> object:
    """A number as a cell of its own, a rate or a stroke as text."""
    if number.value is None or "%" in number.text:
        return number.text or None
    return float(number.text)
