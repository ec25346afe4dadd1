"""The sheets of the summary workbook (汇总工作簿各页): groups in rows, measures in columns, a total at the foot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from models.domain.money import AmountUnit
from services.figures.counting import Group, figures_of, grouped, rate, total
from services.figures.distribution import distribution
from services.figures.measures import (
    AMOUNT,
    AVERAGE,
    COUNT,
    COVERING,
    CUT,
    CUT_RATE,
    EXECUTION,
    MISSING,
    SENT,
    Kind,
    Measure,
    Value,
    measures_of,
)
from services.figures.records import Basis, Belonging, Dimension, DueLine
from services.ports.figure_books import (
    ChartKind,
    FigureCell,
    FigureChart,
    FigureFormat,
    FigureHead,
    FigureSheet,
)
from services.ports.figure_books import Value as CellValue
from services.reporting_status import DueState

_FORMATS = {
    Kind.COUNT: FigureFormat.COUNT,
    Kind.MONEY: FigureFormat.MONEY,
    Kind.RATE: FigureFormat.RATE,
    Kind.SCORE: FigureFormat.SCORE,
}
_GROUPED = (
    (Dimension.UNIT, "按单位"),
    (Dimension.DEPARTMENT, "按主管部门"),
    (Dimension.OFFICE, "按股室"),
    (Dimension.FUND_TYPE, "按资金性质"),
    (Dimension.CATEGORY, "按项目类别"),
)
_ONLY_HERE = {
    AMOUNT.key,
    COUNT.key,
    CUT.key,
    CUT_RATE.key,
    EXECUTION.key,
    AVERAGE.key,
    "submitted",
    "approved",
}
"""Measures that stand in the sheets of many forms side by side; the others have sheets of their own."""


def all_sheets(basis: Basis, before: Basis | None, note: str) -> tuple[FigureSheet, ...]:
    """Every sheet of the workbook, in the order they are turned; `before` is the year compared with."""
    return (
        _overall(basis, before, note),
        *(_by(basis, dimension, name, note) for dimension, name in _GROUPED),
        _by_form(basis, note),
        _grades(basis, note),
        _reporting(basis, note),
        _details(basis, note),
        _missing(basis, note),
    )


def cell_value(value: Value, kind: Kind) -> Decimal | int | None:
    """A figure as a workbook has it: money in 万元, everything else as it is."""
    return (
        Decimal(int(value)) / AmountUnit.WAN_YUAN.value if value is not None and kind is Kind.MONEY else value
    )


def wan_yuan(fen: int | None) -> Decimal | None:
    """分 as 万元."""
    return None if fen is None else Decimal(fen) / AmountUnit.WAN_YUAN.value


def _head(measure: Measure, over: str = "") -> FigureHead:
    return FigureHead(measure.heading, _FORMATS[measure.kind], over)


def _cells(measures: Sequence[Measure], group: Group) -> tuple[CellValue, ...]:
    return tuple(cell_value(measure.value(group.figures), measure.kind) for measure in measures)


def _overall(basis: Basis, before: Basis | None, note: str) -> FigureSheet:
    """总表: every form's figures, beside those of the year before."""
    heads = (
        FigureHead("表"),
        FigureHead("指标"),
        FigureHead("单位"),
        FigureHead(f"{basis.budget_year}年", FigureFormat.SCORE),
        FigureHead(f"{before.budget_year if before else basis.budget_year - 1}年", FigureFormat.SCORE),
        FigureHead("增减", FigureFormat.SCORE),
    )
    rows = [row for form_id in basis.form_ids() for row in _overall_rows(basis, before, form_id)]
    return FigureSheet("总表", f"{basis.budget_year}年预算绩效管理汇总表", note, heads, tuple(rows))


def _overall_rows(basis: Basis, before: Basis | None, form_id: str) -> Iterator[tuple[CellValue, ...]]:
    """One row per measure of a form; rates in percent, so that one column holds every kind."""
    now = total(basis, form_id).figures
    then = total(before, form_id).figures if before and form_id in before.form_ids() else None
    for measure in measures_of(basis, form_id):
        value = _percent(measure.value(now), measure.kind)
        last = _percent(measure.value(then), measure.kind) if then else None
        change = value - last if value is not None and last is not None else None
        cells = (_cell(one, measure.kind) for one in (value, last, change))
        yield (basis.titles[form_id], measure.label, _UNITS[measure.kind], *cells)


def _cell(value: Decimal | int | None, kind: Kind) -> FigureCell | None:
    """A figure with the format of its kind; percents are plain numbers here."""
    shape = FigureFormat.SCORE if kind is Kind.RATE else _FORMATS[kind]
    return None if value is None else FigureCell(value, shape)


_UNITS = {Kind.COUNT: "份", Kind.MONEY: "万元", Kind.RATE: "%", Kind.SCORE: "分"}


def _percent(value: Value, kind: Kind) -> Decimal | int | None:
    return None if value is None else value * 100 if kind is Kind.RATE else cell_value(value, kind)


def _by(basis: Basis, dimension: Dimension, name: str, note: str) -> FigureSheet:
    """One row per group, the forms side by side."""
    forms = basis.form_ids()
    shown = [(form_id, m) for form_id in forms for m in measures_of(basis, form_id) if m.key in _ONLY_HERE]
    by_form = {
        form_id: {group.key: group for group in grouped(basis, dimension, form_id)} for form_id in forms
    }
    heads = (FigureHead(dimension.label), *(_head(m, basis.titles[form_id]) for form_id, m in shown))
    rows: list[tuple[CellValue, ...]] = []
    for group in grouped(basis, dimension):
        cells = (
            cell_value(measure.value(found.figures), measure.kind)
            if (found := by_form[form_id].get(group.key))
            else None
            for form_id, measure in shown
        )
        rows.append((group.name, *cells))
    whole = {form_id: total(basis, form_id).figures for form_id in forms}
    rows.append(("合计", *(cell_value(m.value(whole[form_id]), m.kind) for form_id, m in shown)))
    money = next((n for n, (_, m) in enumerate(shown, 1) if m.key == AMOUNT.key), None)
    charts = (_chart(f"{name}：{heads[money].over}金额", money, "万元"),) if money else ()
    title = f"{basis.budget_year}年预算绩效管理汇总表（{name}）"
    return FigureSheet(name, title, note, heads, tuple(rows), has_total=True, charts=charts)


def _chart(title: str, column: int, unit: str) -> FigureChart:
    return FigureChart(title, ChartKind.BARS, 0, (column,), unit)


def _by_form(basis: Basis, note: str) -> FigureSheet:
    """按表: one row per form with every figure that is not a grade. Money is not added up over forms."""
    known = {
        m.key: m for f in basis.form_ids() for m in measures_of(basis, f) if not m.key.startswith("grade:")
    }
    groups = grouped(basis, Dimension.FORM)
    heads = (FigureHead("表"), *map(_head, known.values()))
    rows = []
    for group in groups:
        said = {measure.key for measure in measures_of(basis, group.key)}
        values = zip(known, _cells(tuple(known.values()), group), strict=True)
        rows.append((group.name, *(value if key in said else None for key, value in values)))
    keys = list(known)
    series = tuple(keys.index(m.key) + 1 for m in (SENT, MISSING) if m.key in known)
    charts = (FigureChart("各表报送情况", ChartKind.STACKED, 0, series, "份"),) if series else ()
    title = f"{basis.budget_year}年预算绩效管理汇总表（按表）"
    return FigureSheet("按表", title, note, heads, tuple(rows), charts=charts)


def _grades(basis: Basis, note: str) -> FigureSheet:
    """评价等级: filings by the grade their points fall into, form by form."""
    heads = (
        FigureHead("表"),
        FigureHead("等级"),
        FigureHead("分数段"),
        FigureHead("份数", FigureFormat.COUNT),
        FigureHead("占比", FigureFormat.RATE),
        FigureHead("全年预算（万元）", FigureFormat.MONEY),
        FigureHead("平均得分", FigureFormat.SCORE),
    )
    charts: list[FigureChart] = []
    rows: list[tuple[CellValue, ...]] = []
    for form_id in basis.form_ids():
        scored = [line for line in basis.lines if line.form_id == form_id and line.score is not None]
        if not scored or form_id not in basis.bands:
            continue
        begin = len(rows)
        for band in distribution(scored, basis.bands[form_id], basis.full_scores[form_id]):
            figures = figures_of(band.lines)
            money = wan_yuan(figures.budget_fen) if figures.executed else None
            share = rate(len(band.lines), len(scored))
            title = basis.titles[form_id]
            rows.append((title, band.name, band.range_words, len(band.lines), share, money, figures.average))
        name = f"{basis.titles[form_id]}等级分布"
        charts.append(FigureChart(name, ChartKind.COLUMNS, 1, (3,), "份", (begin, len(rows))))
    title = f"{basis.budget_year}年绩效评价等级分布表"
    said = note if rows else f"还没有收到带得分的表。{note}"
    return FigureSheet("评价等级", title, said, heads, tuple(rows), charts=tuple(charts))


def _reporting(basis: Basis, note: str) -> FigureSheet:
    """报送情况: due against sent, unit by unit."""
    heads = (FigureHead("单位"), FigureHead("主管部门"), *map(_head, COVERING))
    whole = total(basis)
    rows: list[tuple[CellValue, ...]] = [
        (group.name, _belonging(group).department_name, *_cells(COVERING, group))
        for group in grouped(basis, Dimension.UNIT)
        if group.due
    ]
    rows.append(("合计", "", *_cells(COVERING, whole)))
    chart = FigureChart("各单位报送情况", ChartKind.STACKED, 0, (3, 4), "份")
    title = f"{basis.budget_year}年预算绩效管理报送情况表"
    return FigureSheet("报送情况", title, note, heads, tuple(rows), has_total=True, charts=(chart,))


def _belonging(group: Group) -> Belonging:
    return (group.lines or group.due)[0].belonging


def _details(basis: Basis, note: str) -> FigureSheet:
    """明细: the filings behind every figure."""
    money = ("金额", "送审", "审定", "审减", "全年预算", "执行")
    heads = (
        FigureHead("序号", FigureFormat.COUNT),
        FigureHead("单位代码", FigureFormat.CODE),
        *map(FigureHead, ("单位", "主管部门", "业务股室")),
        FigureHead("项目代码", FigureFormat.CODE),
        *map(FigureHead, ("项目（单位）", "表", "任务", "资金性质", "项目类别", "状态")),
        *(FigureHead(f"{word}（万元）", FigureFormat.MONEY) for word in money),
        FigureHead("得分", FigureFormat.SCORE),
        FigureHead("等级"),
    )
    rows: list[tuple[CellValue, ...]] = []
    for number, line in enumerate(basis.lines, 1):
        at = line.belonging
        amounts = (
            line.amount_fen,
            line.submitted_fen,
            line.approved_fen,
            line.cut_fen,
            line.budget_fen,
            line.spending_fen,
        )
        where = (at.unit_code, at.unit_name, at.department_name, at.office, line.project_code, line.name)
        what = (basis.titles.get(line.form_id, ""), line.task_name, at.fund_type, at.category)
        rows.append(
            (number, *where, *what, line.status.label, *map(wan_yuan, amounts), line.score, line.grade)
        )
    return FigureSheet("明细", f"{basis.budget_year}年填报件明细表", note, heads, tuple(rows))


def _missing(basis: Basis, note: str) -> FigureSheet:
    """未报明细: what has not come yet."""
    heads = (
        FigureHead("序号", FigureFormat.COUNT),
        FigureHead("单位代码", FigureFormat.CODE),
        *map(FigureHead, ("单位", "主管部门", "业务股室")),
        FigureHead("项目代码", FigureFormat.CODE),
        *map(FigureHead, ("项目（单位）", "表", "任务")),
    )
    wanted: list[DueLine] = [item for item in basis.due if item.state is DueState.MISSING]
    rows: list[tuple[CellValue, ...]] = []
    for number, item in enumerate(wanted, 1):
        at = item.belonging
        what = (item.project_code, item.name, basis.titles.get(item.form_id, ""), item.task_name)
        rows.append((number, at.unit_code, at.unit_name, at.department_name, at.office, *what))
    return FigureSheet("未报明细", f"{basis.budget_year}年未报明细表", note, heads, tuple(rows))
